"""HTML pages: what is text, and where it stands in the source."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.corpus import Document
from bilaterals.corpus.facts import Facts
from bilaterals.corpus.html import read_html
from bilaterals.setaside import SetAside

from .helpers import codes, split

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Talks &amp; more | A Ministry</title>
<meta property="article:published_time" content="2024-12-26T08:00:00+08:00">
<meta property="og:site_name" content="A Ministry">
<link rel="canonical" href="https://example.org/talks">
<style>p { color: red }</style><script>var text = "<p>Wang Yi</p>";</script>
</head><body>
<nav><a href="/">Wang Yi</a></nav>
<h1>Wang Yi meets&nbsp;Iwaya</h1>
<p>Wang <b>Yi</b> met Iwa&shy;ya in <i>Beijing</i><!-- not Tokyo -->.<br>They&#x2019;re friends.</p>
<div>One<div>Two</div>Three</div>
<ul><li>first<li>second</ul>
<noscript><p>Switch on scripts</p></noscript>
<p hidden>hidden</p><p style="display: none">hidden too</p>
<footer>All rights reserved</footer>
</body></html>"""


def read(raw: str, facts: Facts | None = None) -> tuple[Document | None, list[SetAside]]:
    documents, issues = split(read_html(raw, path="a.html", sha256="0" * 64, facts=facts))
    return (documents[0] if documents else None), issues


def text_of(raw: str) -> str:
    document, _ = read(raw)
    assert document is not None
    return document.text


def test_a_page_gives_title_text_and_facts() -> None:
    document, issues = read(PAGE)
    assert document is not None
    assert issues == []
    assert document.title == "Wang Yi meets Iwaya"
    assert document.text == (
        "Wang Yi meets Iwaya\n\nWang Yi met Iwaya in Beijing.\nThey’re friends.\n\nOne\n\nTwo\n\nThree\n\nfirst\nsecond"
    )
    assert document.published == dt.date(2024, 12, 26)
    assert (document.language, document.publisher, document.url) == (
        "en",
        "A Ministry",
        "https://example.org/talks",
    )
    assert document.raw is PAGE


@pytest.mark.parametrize("page", [PAGE, PAGE.replace("\n", "\r\n"), "\ufeff" + PAGE])
def test_offsets_lead_into_the_html_source(page: str) -> None:
    document, _ = read(page)
    assert document is not None
    for words, written in [
        ("Wang Yi met", "Wang <b>Yi</b> met"),
        ("Iwaya in", "Iwa&shy;ya in"),
        ("They’re", "They&#x2019;re"),
        ("meets Iwaya", "meets&nbsp;Iwaya"),
        ("second", "second"),
    ]:
        start = document.text.index(words)
        assert document.quote(start, start + len(words)) == written


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a\n  b</p>\n\n<p>c</p>", "a b\n\nc"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<b>Wang</b> <i>Yi</i> said<b>:</b>yes", "Wang Yi said:yes"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\nb\nc"),
        ("<pre>\na  b\n c</pre>", "a b\nc"),
        (
            "x &lt; y &amp;&amp; z &notit; &unknown; AT&T &#0; &#128;",
            "x < y && z ¬it; &unknown; AT&T \ufffd €",
        ),
        ("a &#1; b", "a b"),
        ("<p>one<p>two<div>three", "one\n\ntwo\n\nthree"),
        ("<p title='a > b' data-x=\"</p>\">text</p>", "text"),
        ("<![CDATA[no]]><?php no ?></ no><!-->yes<!---->", "yes"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("<header>Site</header><div role=navigation>x</div><div class='top navbar'>y</div>text", "text"),
        ("<p>side</p><main><p>text</p></main><p>side</p>", "text"),
        ("<p>side</p><article>text</article><aside>side</aside>", "text"),
        ("<article>a</article><article>b</article>", "a\n\nb"),
        ("<table>moved<tr><td>cell</td></tr></table>", "moved\n\ncell"),
        ("<template>no</template><p>text</p><textarea>no</textarea><select><option>no</select>", "text"),
        ("<script><!-- <script> --></script><p>text</p>", "text"),
        ("text<script>unfinished", "text"),
        ("<h1>T<script>no</script></h1>text", "T\n\ntext"),
        ("text<a href='unfinished", "text"),
        ("<plaintext>text <b>", "text <b>"),
    ],
)
def test_what_is_text_and_where_it_breaks(body: str, text: str) -> None:
    assert text_of(f"<html><body>{body}") == text


def test_the_title_is_the_only_h1_else_the_title_of_the_page() -> None:
    assert text_of("<title>A &lt; B</title><h1>C</h1><p>text</p>") == "C\n\ntext"
    assert text_of("<title>A &lt; B</title><h1>C</h1><h1>D</h1><p>text</p>") == "A < B\n\nC\n\nD\n\ntext"
    assert text_of("<p>text</p>") == "text"
    document, _ = read("<p>before</p><h1>T</h1><p>after</p>")
    assert document is not None
    assert (document.text, document.body_start) == ("T\n\nbefore\n\nafter", 3)
    assert [document.quote(*span) for span in ((0, 1), (3, 9), (11, 16))] == ["T", "before", "after"]


@pytest.mark.parametrize(
    ("head", "published", "issues"),
    [
        ("<meta name='date' content='2024-12-26'>", dt.date(2024, 12, 26), []),
        ("<meta name='PubDate' content='26 December 2024'>", dt.date(2024, 12, 26), []),
        ("<time datetime='2024-12-26T01:00Z'>x</time>", dt.date(2024, 12, 26), []),
        ("<time datetime='2024-12-26'>x</time><time datetime='2024-12-27'>y</time>", None, ["no-date"]),
        (
            "<time datetime='2024-12-26'>x</time><time pubdate datetime='2024-12-27'>y</time>",
            dt.date(2024, 12, 27),
            [],
        ),
        ("<meta name='date' content='2024-02-30'>", None, ["wrong-date"]),
        ("<p>26 December 2024</p>", None, ["no-date"]),
    ],
)
def test_a_date_is_taken_only_where_it_is_clearly_given(
    head: str, published: dt.date | None, issues: list[str]
) -> None:
    document, found = read(f"{head}<p>text</p>")
    assert document is not None
    assert (document.published, codes(found)) == (published, issues)


def test_facts_of_a_catalogue_go_before_those_of_the_page() -> None:
    document, _ = read(PAGE, Facts(publisher="The Ministry", published=dt.date(2024, 12, 27)))
    assert document is not None
    assert (document.publisher, document.published) == ("The Ministry", dt.date(2024, 12, 27))
    assert document.url == "https://example.org/talks"


@pytest.mark.parametrize("raw", ["<html></html>", "<nav>x</nav>", "<script>x</script>", "<title>x</title>", "<p>&shy;"])
def test_a_page_without_text_is_set_aside(raw: str) -> None:
    document, issues = read(raw)
    assert document is None
    assert codes(issues) == ["empty-text"]


# Pages made of known words, nested at random, each character written raw or as a reference.
ENTITIES = {"é": "&eacute;", "&": "&amp;", "<": "&lt;", "’": "&rsquo;", "\u00a0": "&nbsp;"}
character = st.sampled_from(["W", "i", "é", "&", "<", "’", "中", "9", ";"])
way = st.integers(0, 3)


def write_character(found: tuple[str, int]) -> tuple[str, str]:
    shown, how = found
    named = ENTITIES.get(shown, f"&#{ord(shown)};")
    plain = named if shown in "&<" else shown
    return shown, (plain, named, f"&#{ord(shown)};", f"&#x{ord(shown):x};")[how]


word = st.lists(st.tuples(character, way).map(write_character), min_size=1, max_size=5)
leaf = st.tuples(st.sampled_from(["p", "b", "span", "li", "td", "em"]), word)
tree = st.recursive(
    leaf,
    lambda inner: st.tuples(st.sampled_from(["div", "section", "ul"]), st.lists(inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


def write_tree(found: tuple[str, list], space: str) -> tuple[str, list[tuple[str, str]]]:  # type: ignore[type-arg]
    tag, inside = found
    if inside and isinstance(inside[0][1], str):
        word = "".join(shown for shown, _ in inside), "".join(written for _, written in inside)
        return f"<{tag} class='x>y'> {word[1]}{space}</{tag}>", [word]
    parts = [write_tree(part, space) for part in inside]
    html = f"<!-- {tag} -->".join(html for html, _ in parts)
    return f"<{tag}>{html}</{tag}>", [word for _, words in parts for word in words]


@given(tree, st.sampled_from([" ", "\n", "\r\n\t", "&nbsp;", "\u2003"]))
def test_every_word_leads_to_its_own_characters(found: tuple[str, list], space: str) -> None:  # type: ignore[type-arg]
    html, words = write_tree(found, space)
    document, _ = read(f"<body>{html}")
    if not words:
        assert document is None
        return
    assert document is not None
    assert document.text.split() == [shown for shown, _ in words]
    at = 0
    for shown, written in words:
        at = document.text.index(shown, at)
        assert document.quote(at, at + len(shown)) == written
        at += len(shown)


MARKUP = """
<p> </p> <b> </b> <i> </i> <table> <tr> <td> </table> <div> </div> <!-- --> <script> </script> <title>
</title> <textarea> </textarea>
<svg> </svg> <h1> </h1> <br/> <select> <option> <pre> <template> <frameset> <plaintext>
<main> <form> <math> </ <! < > ' " = ; é Wang Yi & &amp; &amp &am &# &#x41 &#65;
"""
pieces = st.sampled_from([*MARKUP.split(), "<a b='", " ", "\n", "\r"])


@given(st.lists(pieces, max_size=25).map("".join))
def test_broken_pages_are_read_soundly_or_set_aside(raw: str) -> None:
    document, issues = read(raw)
    if document is None:
        assert set(codes(issues)) & {"empty-text", "html-not-aligned"}
        return
    for position, shown in enumerate(document.text):
        if not shown.isspace():
            written = document.quote(position, position + 1)
            assert shown == written or (written.startswith("&") and shown in unescape(written))
