"""Articles and readouts: with a head, in the bare form, plain."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.corpus import Document, read_article, read_text
from bilaterals.corpus.clean import clean_text
from bilaterals.setaside import SetAside

from .helpers import codes, split

BODY = "Wang Yi met Takeshi Iwaya on Wednesday.\n\nThey agreed."


def read(raw: str) -> tuple[Document, list[SetAside]]:
    documents, issues = split(read_article(raw, path="a.txt", doc_id="a"))
    assert len(documents) == 1
    return documents[0], issues


def test_a_head_gives_what_is_known_of_the_text() -> None:
    document, issues = read(
        "Date: 2024-12-26\nTITLE: Talks in Beijing\npublisher: Some Ministry\nside: CHN\n"
        f"url: https://example.org/a?b=1\nlanguage: en\nlicense: CC BY 4.0\n\n{BODY}"
    )
    assert issues == []
    assert document.form == "article"
    assert document.published == dt.date(2024, 12, 26)
    assert (document.title, document.publisher, document.side) == ("Talks in Beijing", "Some Ministry", "CHN")
    assert (document.url, document.language, document.licence) == (
        "https://example.org/a?b=1",
        "en",
        "CC BY 4.0",
    )
    assert document.text == f"Talks in Beijing\n\n{BODY}"
    assert document.quote(0, 5) == "Talks"
    assert document.raw[slice(*document.to_source(document.body_start, len(document.text)))] == BODY


def test_the_bare_form_keeps_its_place_apart() -> None:
    raw = f" date 2024-12-26 BEIJING: {BODY}"
    document, issues = read(raw)
    assert issues == []
    assert (document.form, document.dateline, document.entry_place) == ("bare", "BEIJING", None)
    assert document.published == dt.date(2024, 12, 26)
    assert document.text == BODY
    assert document.to_source(0, 4) == (raw.index("Wang"), raw.index("Wang") + 4)


@pytest.mark.parametrize(
    ("raw", "dateline", "text"),
    [
        ("date 2024-12-26 NEW YORK: Wang met.", "NEW YORK", "Wang met."),
        ("date 2024-12-26 WASHINGTON, D.C.: Wang met.", "WASHINGTON, D.C.", "Wang met."),
        ("date 2024-12-26\nWang met.", None, "Wang met."),
        ("date 2024-12-26 Wang said: we met.", None, "Wang said: we met."),
        ("\ufeff date 2024-12-26 TOKYO: Wang met.\r\n", "TOKYO", "Wang met."),
    ],
)
def test_forms_of_the_bare_form(raw: str, dateline: str | None, text: str) -> None:
    document, _ = read(raw)
    assert (document.form, document.dateline, document.text) == ("bare", dateline, text)


@pytest.mark.parametrize(
    "raw",
    [
        BODY,
        "BEIJING: Wang met.\n\nThey agreed.",
        "Dates were set: none.\nWang met.",
        "https://example.org\n\nWang met.",
    ],
)
def test_a_plain_text_has_no_head(raw: str) -> None:
    document, issues = read(raw)
    assert (document.form, document.text, document.published) == ("text", raw, None)
    assert codes(issues) == ["no-date"]
    assert issues[0].doc_id == "a"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-12-26", dt.date(2024, 12, 26)),
        ("2024-12-26T23:30:00+08:00", dt.date(2024, 12, 26)),
        ("2024/12/26", dt.date(2024, 12, 26)),
        ("20241226", dt.date(2024, 12, 26)),
        ("26 December 2024", dt.date(2024, 12, 26)),
        ("Dec. 26, 2024", dt.date(2024, 12, 26)),
        ("2024-02-29", dt.date(2024, 2, 29)),
    ],
)
def test_dates_that_can_be_read(date: str, expected: dt.date) -> None:
    document, issues = read(f"date: {date}\n\n{BODY}")
    assert (document.published, issues) == (expected, [])


@pytest.mark.parametrize(
    "date",
    [
        "2024-02-30",
        "2023-02-29",
        "2024-12",
        "2024",
        "26/12/2024",
        "yesterday",
        "30 Febtober 2024",
        "0000-01-01",
    ],
)
def test_a_wrong_date_is_set_aside_with_its_line_and_the_text_is_read(date: str) -> None:
    document, issues = read(f"title: T\ndate: {date}\n\n{BODY}")
    assert document.published is None
    assert document.text.endswith(BODY)
    assert [(issue.code, issue.place, issue.path) for issue in issues] == [("wrong-date", "line 2, column 7", "a.txt")]
    assert date in issues[0].reason


def test_a_wrong_date_in_the_bare_form() -> None:
    document, issues = read("date 2024-02-30 BEIJING: Wang met.")
    assert (document.published, document.text) == (None, "Wang met.")
    assert [(issue.code, issue.place) for issue in issues] == [("wrong-date", "line 1")]


def test_an_unknown_key_is_set_aside_with_its_line_and_the_text_is_read() -> None:
    for raw in (
        f"date: 2024-12-26\nauthor: N. N.\n\n{BODY}",
        f"author: N. N.\r\ndate: 2024-12-26\r\n\r\n{BODY}",
    ):
        document, issues = read(raw)
        assert (document.text, document.published) == (BODY, dt.date(2024, 12, 26))
        assert codes(issues) == ["unknown-key"]
        assert issues[0].place == f"line {1 + raw[: raw.index('author')].count(chr(10))}"
        assert "'author'" in issues[0].reason


def test_a_key_given_twice_is_set_aside() -> None:
    document, issues = read(f"date: 2024-12-26\ndate: 2024-12-27\n\n{BODY}")
    assert document.published == dt.date(2024, 12, 26)
    assert [(issue.code, issue.place) for issue in issues] == [("repeated-key", "line 2, column 7")]


def test_a_head_without_a_blank_line_loses_no_text() -> None:
    document, issues = read("date: 2024-12-26\nWang Yi met Iwaya.\n\nThey agreed.")
    assert document.text == "Wang Yi met Iwaya.\n\nThey agreed."
    assert [(issue.code, issue.place) for issue in issues] == [("no-blank-line", "line 2")]


@pytest.mark.parametrize(
    "raw", ["", " \r\n\ufeff", "date: 2024-12-26\n", "date: 2024-12-26\n\n \n", "date 2024-12-26 BEIJING:"]
)
def test_without_text_there_is_no_document(raw: str) -> None:
    documents, issues = split(read_article(raw))
    assert documents == []
    assert codes(issues) == ["empty-text"]


def test_an_unknown_side_is_set_aside() -> None:
    pytest.importorskip("bilaterals.reference.countries")
    document, issues = read(f"date: 2024-12-26\nside: Atlantis\n\n{BODY}")
    assert document.side is None
    assert [(issue.code, issue.place) for issue in issues] == [("unknown-side", "line 2, column 7")]


@pytest.mark.parametrize("side", ["Japan", "JP", "japan"])
def test_a_side_may_be_a_name(side: str) -> None:
    pytest.importorskip("bilaterals.reference.countries")
    document, issues = read(f"date: 2024-12-26\nside: {side}\n\n{BODY}")
    assert (document.side, issues) == ("JPN", [])


def test_a_text_in_memory_is_taken_as_it_is() -> None:
    document = read_text(" date 2024-12-26 BEIJING: x", published="2024-12-26", side="CHN", doc_id="d", publisher="P")
    assert (document.text, document.form, document.doc_id) == ("date 2024-12-26 BEIJING: x", "text", "d")
    assert (document.published, document.side, document.publisher) == (dt.date(2024, 12, 26), "CHN", "P")
    with pytest.raises(ValueError, match="no day of the calendar"):
        read_text("x", published="2024-02-30")


def test_ids_and_hashes_are_of_the_text_as_it_was_read() -> None:
    first, same, other = read_text("Wang met."), read_text("Wang met."), read_text("Wang met.\r\n")
    assert (first.doc_id, first.sha256) == (same.doc_id, same.sha256)
    assert first.sha256 != other.sha256
    assert first.text == other.text


value = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20)
line_end = st.sampled_from(["\n", "\r\n"])
paragraphs = st.lists(value.map(lambda text: f"The {text}  and\u00a0 more."), min_size=1, max_size=4)


@given(
    st.dictionaries(st.sampled_from(["title", "publisher", "url", "language", "licence"]), value),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    paragraphs,
    line_end,
    st.sampled_from(["", "\ufeff"]),
)
def test_what_is_written_as_a_head_is_read_back(
    facts: dict[str, str], date: dt.date, body: list[str], end: str, bom: str
) -> None:
    head = end.join([f"date: {date}", *(f"{key.title()} :  {text}" for key, text in facts.items())])
    written = (end * 2).join(body)
    document, issues = read(f"{bom}{head}{end}{end}{written}")
    assert issues == []
    assert document.published == date
    for key in ("publisher", "url", "language", "licence"):
        assert getattr(document, key) == facts.get(key)
    assert document.title == facts.get("title", "")
    assert document.text[document.body_start :] == clean_text(written)[0]
    assert clean_text(document.quote(document.body_start, len(document.text)))[0] == clean_text(written)[0]
    if document.title:
        assert document.quote(0, len(document.title)) == facts["title"]
