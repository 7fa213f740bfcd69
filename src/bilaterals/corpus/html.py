"""HTML pages: title, date and text, without scripts, navigation and the like; offsets lead into the source.

The text is that of the page's one ``main`` or ``article`` if it has such a part, else of its body. Blocks are
parted by a blank line, table cells, list items and ``br`` by a newline. The title is the page's only ``h1``,
else its ``title``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bilaterals.corpus.clean import CleanText, trim
from bilaterals.corpus.document import Document
from bilaterals.corpus.facts import Facts, Note, noter, read_facts
from bilaterals.corpus.html_source import Aligner, HtmlSource
from bilaterals.setaside import SetAside

_SILENT = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select", "textarea",
    "datalist",     "svg", "math", "canvas", "iframe", "object", "video", "audio", "dialog", "menu", "head",
    "xmp", "noembed", "noframes",
}  # fmt: skip
_SILENT_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "menu",
    "menubar",
}
_SILENT_NAMES = {"nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "footer", "sidebar"}
_LINES = {"td", "th", "li", "dt", "dd", "tr", "caption", "br", "hr", "option", "summary", "legend"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl",
    "table",     "thead", "tbody", "tfoot", "blockquote", "pre", "figure", "figcaption", "address", "form",
    "fieldset", "details",    "center", "body", "title", "hgroup",
}  # fmt: skip
_DATE_NAMES = {
    "article:published_time", "date", "pubdate", "publishdate", "publish-date", "publish_date",
    "datepublished", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
}  # fmt: skip
_DEEPEST = 5000  # the time that parsing takes grows with the square of the depth: 0.1 s here
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """A text node that is kept: where it stands, the gap before it, and if its line ends count."""

    start: int
    end: int
    gap: str
    lines: bool


class _Unaligned(Exception):
    """A text node that cannot be found in the source."""


def read_html(
    raw: str, *, path: str = "", doc_id: str | None = None, sha256: str, facts: Facts | None = None
) -> Iterator[Document | SetAside]:
    """The document of one page. ``facts`` of a catalogue go before those of the page's own meta elements."""
    note = noter(path, doc_id)
    source = HtmlSource(raw)
    if source.deepest > _DEEPEST:
        reason = f"elements are nested {source.deepest} deep, which is no page that a person wrote"
        yield note("", "too-deep", reason)
        return
    tree = LexborHTMLParser(raw.removeprefix("\ufeff"))
    own, issues = _facts(tree, note)
    yield from issues
    try:
        title, body = _read_words(tree, source)
    except _Unaligned as error:
        reason = f"the words {str(error)[:60]!r} cannot be found in the HTML source, so no offset would be right"
        yield note("", "html-not-aligned", reason)
        return
    if not body:
        yield note("", "empty-text", "the page holds no text outside of scripts and navigation")
        return
    known = facts.filled_from(own) if facts else own
    if known.published is None and not any(issue.code == "wrong-date" for issue in issues):
        yield note("", "no-date", "the page gives no date: it is read, but relative dates in it stay unknown")
    yield _document(raw, source, known, (title, body), path=path, doc_id=doc_id, sha256=sha256)


def _document(
    raw: str,
    source: HtmlSource,
    known: Facts,
    words: tuple[list[_Words], list[_Words]],
    *,
    path: str,
    doc_id: str | None,
    sha256: str,
) -> Document:
    title, body = words
    builder = CleanText(source.text)
    _put(builder, title)
    shown_title = builder.text() if len(builder) else known.title
    if len(builder):
        builder.put("\n\n", title[-1].end, max(title[-1].end, body[0].start))
    body_start = len(builder)
    _put(builder, body)
    builder.map.lead_through(source.map)
    return Document(
        doc_id=doc_id or f"html-{sha256[:12]}",
        text=builder.text(),
        published=known.published,
        title=shown_title,
        publisher=known.publisher,
        side=known.side,
        language=known.language,
        url=known.url,
        licence=known.licence,
        path=path,
        form="html",
        sha256=sha256,
        source=builder.map,
        body_start=body_start,
        raw=raw,
        source_end=len(raw),
    )


def _put(builder: CleanText, words: list[_Words]) -> None:
    before: _Words | None = None
    for found in words:
        if before:
            builder.put(found.gap, min(before.end, found.start), found.start)
        builder.clean(found.start, found.end, newlines=found.lines)
        before = found


def _facts(tree: LexborHTMLParser, note: Note) -> tuple[Facts, list[SetAside]]:
    """What the page says of itself in ``html lang``, meta elements, its canonical link and ``time``."""
    items: list[tuple[str, str, str]] = []
    dates: list[str] = []
    if tree.root is not None and (language := tree.root.attributes.get("lang")):
        items.append(("language", language, "html lang"))
    for meta in tree.css("meta"):
        content = meta.attributes.get("content") or ""
        name = (meta.attributes.get("property") or meta.attributes.get("name") or "").lower()
        if name in _DATE_NAMES:
            dates.append(content)
        elif name == "og:site_name":
            items.append(("publisher", content, "meta og:site_name"))
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and (href := link.attributes.get("href")):
        items.append(("url", href, "link canonical"))
    if not any(date.strip() for date in dates):
        times = {node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")}
        marked = tree.css_first("time[pubdate], time[itemprop=datePublished]")
        if marked is not None and marked.attributes.get("datetime"):
            dates = [marked.attributes.get("datetime") or ""]
        elif len({time[:10] for time in times}) == 1:
            dates = [times.pop()]
    given = next((date for date in dates if date.strip()), "")
    unique = list({key: (key, value, place) for key, value, place in reversed(items)}.values())
    return read_facts([("date", given, "meta or time element"), *unique], note)


def _read_words(tree: LexborHTMLParser, source: HtmlSource) -> tuple[list[_Words], list[_Words]]:
    """The words of the title and of the body."""
    part = _only(tree, "main") or _only(tree, "article")
    heading = _only(tree, "h1")
    title_id = heading.mem_id if heading is not None and heading.text(strip=True) else None
    if title_id is None and (page_title := tree.css_first("head > title")) is not None:
        title_id = page_title.mem_id
    walk = _Walk(title_id, part.mem_id if part is not None and part.text(strip=True) else None)
    walk.run(tree, Aligner(source.text))
    return walk.title, walk.body


def _only(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    found = tree.css(selector)
    return found[0] if len(found) == 1 else None


class _Walk:
    """One walk over the tree in document order, which sorts words into title, body and what is left out."""

    def __init__(self, title_id: int | None, part_id: int | None) -> None:
        self.title: list[_Words] = []
        self.body: list[_Words] = []
        self._title_id, self._part_id = title_id, part_id
        self._silent = self._in_title = self._lines = 0
        self._in_part = int(part_id is None)
        self._title_silent = 0
        self._gap = ""

    def run(self, tree: LexborHTMLParser, aligner: Aligner) -> None:
        """Walk the whole tree. Words left out are looked up too, so that equal words are told apart."""
        for node, entered in _events(tree):
            if node.is_text_node:
                if entered:
                    self._words(node.text_content or "", aligner)
            elif node.is_element_node:
                self._element(node, 1 if entered else -1)

    def _element(self, node: LexborNode, step: int) -> None:
        name = node.tag or ""
        if node.mem_id == self._title_id:
            self._in_title += step
            self._title_silent = self._silent  # a title element lies in the head, which is left out else
        if node.mem_id == self._part_id:
            self._in_part += step
        if name == "pre":
            self._lines += step
        if _is_silent(node, name):
            self._silent += step
        if name == "br":
            if step > 0:
                self._gap = "\n\n" if "\n" in self._gap else "\n"
        elif name in _BLOCKS:
            self._gap = "\n\n"
        elif name in _LINES and "\n" not in self._gap:
            self._gap = "\n"

    def _words(self, content: str, aligner: Aligner) -> None:
        words = content.strip()
        if content[:1].isspace():
            self._gap = self._gap or " "
        if not words:
            return
        found = aligner.find(words)
        wanted = None
        if self._in_title:
            wanted = self.title if self._silent == self._title_silent else None
        elif self._in_part and not self._silent:
            wanted = self.body
        if wanted is not None:
            if found is None:
                raise _Unaligned(words)
            start, end = trim(words, 0, len(words))
            if start < end:
                wanted.append(_Words(*found, self._gap, bool(self._lines)))
            self._gap = ""
        if content[-1:].isspace():
            self._gap = self._gap or " "


def _is_silent(node: LexborNode, name: str) -> bool:
    """Whether what the element holds is no part of the text: scripts, navigation, hidden parts."""
    if name in _SILENT:
        return True
    if name == "header":
        return node.css_first("h1") is None and node.css_first("p") is None
    given = node.attributes
    if not given or name in ("html", "body"):
        return False
    named = {*(given.get("class") or "").lower().split(), (given.get("id") or "").lower()}
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or (given.get("role") or "").lower() in _SILENT_ROLES
        or not _SILENT_NAMES.isdisjoint(named)
        or bool(_HIDDEN.search(given.get("style") or ""))
    )


def _events(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """Every node in document order, twice: when it is entered and when it is left."""
    node = root = tree.root
    while node is not None and root is not None:
        yield node, True
        if (child := node.first_child) is not None:
            node = child
            continue
        yield node, False
        while node.mem_id != root.mem_id and node.next is None:
            node = node.parent
            if node is None:
                return
            yield node, False
        node = node.next if node.mem_id != root.mem_id else None
