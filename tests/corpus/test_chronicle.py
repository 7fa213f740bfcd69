"""Chronicles: one file a year and pair, each entry a document of its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.corpus import Document, EntryDate, read_chronicle, read_path
from bilaterals.corpus.chronicle import Sources
from bilaterals.corpus.facts import Facts

from .helpers import codes, split

SOURCES_CSV = (
    "key,url,publisher,side,title,published,language,accessed\n"
    "mofa13,https://example.org/13,Ministry of Foreign Affairs of Japan,JPN,A page,2013-09-05,en,2026-01-02\n"
    "press,https://example.org/p,A Paper,,Another page,,en,2026-01-02\n"
)
FILE = """2013-09-05 | St Petersburg | mofa13, press
Xi and Abe spoke for a few minutes
before the summit.

2013-09 |  | press
Officials of both sides met.

2013-12-24/2013-12-26 | Beijing | mofa13
A delegation visited.
"""


def body(document: Document) -> str:
    """The prose of an entry, without the date and place of its head line."""
    return document.text[document.body_start :]


def write(folder: Path, text: str = FILE, *, sources: str | None = SOURCES_CSV) -> Path:
    chronicle = folder / "data" / "raw" / "CHN-JPN" / "chronicle"
    chronicle.mkdir(parents=True)
    (chronicle / "2013.txt").write_text(text, encoding="utf-8", newline="")
    if sources is not None:
        (chronicle / "sources.csv").write_text(sources, encoding="utf-8")
    return chronicle


def test_each_entry_is_a_document_with_its_date_place_and_sources(tmp_path: Path) -> None:
    documents, issues = split(read_path(write(tmp_path)))
    assert issues == []
    assert [document.doc_id for document in documents] == [
        "CHN-JPN/chronicle/2013#2013-09-05",
        "CHN-JPN/chronicle/2013#2013-09",
        "CHN-JPN/chronicle/2013#2013-12-24--2013-12-26",
    ]
    first, month, several = documents
    assert first.text == "2013-09-05 | St Petersburg\n\nXi and Abe spoke for a few minutes before the summit."
    assert body(first) == "Xi and Abe spoke for a few minutes before the summit."
    assert first.entry_date == EntryDate("2013-09-05", None, "day")
    assert (first.entry_place, first.sources) == ("St Petersburg", ("mofa13", "press"))
    assert (first.side, first.url) == ("JPN", "https://example.org/13")
    assert first.publisher == "Ministry of Foreign Affairs of Japan"
    assert (first.path, first.form, first.title) == ("CHN-JPN/chronicle/2013.txt", "chronicle", "")
    assert (month.entry_place, month.entry_date) == (None, EntryDate("2013-09", None, "month"))
    assert several.entry_date == EntryDate("2013-12-24", "2013-12-26", "day")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2013-09-05", "2013-09-05", "2013-09-05"),
        ("2013-09", "2013-09-01", "2013-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("2024-12-24/2024-12-26", "2024-12-24", "2024-12-26"),
        ("2013-11/2014-02", "2013-11-01", "2014-02-28"),
    ],
)
def test_an_entry_is_published_on_the_last_day_its_date_can_mean(written: str, first: str, last: str) -> None:
    (document,), _ = split(read_chronicle(f"{written} | Tokyo | \nThey met."))
    assert document.entry_date is not None
    assert document.entry_date.first_day == dt.date.fromisoformat(first)
    assert document.published == document.entry_date.last_day == dt.date.fromisoformat(last)


@pytest.mark.parametrize(
    "date",
    [
        "2024-02-30",
        "2024-13",
        "2024-12-26/2024-12-24",
        "2024-12-01/2024-12",
        "24-12-01",
        "2024-12-24/26",
        "soon",
    ],
)
def test_an_entry_with_a_wrong_date_is_set_aside_with_its_line(date: str) -> None:
    prose = ("2024-01-01", "They met."), (date, "They met again."), ("2024-12-30", "And again.")
    raw = "\n\n".join(f"{day} | Tokyo |\n{words}" for day, words in prose)
    documents, issues = split(read_chronicle(raw))
    assert [body(document) for document in documents] == ["They met.", "And again."]
    wrong = [issue for issue in issues if issue.code == "wrong-date"]
    assert [(issue.place, date in issue.reason) for issue in wrong] == [("line 4", True)]


def test_an_unknown_source_is_set_aside_and_the_entry_read_without_it() -> None:
    sources = Sources({"a": Facts(publisher="A")}, [])
    raw = "2024-01-01 | Tokyo | x; a\nThey met."
    (document,), issues = split(read_chronicle(raw, sources=sources))
    assert (document.sources, document.publisher) == (("a",), "A")
    assert [(issue.code, issue.place, issue.doc_id) for issue in issues] == [
        ("unknown-source", "line 1", "chronicle#2024-01-01")
    ]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("They met in Tokyo.", "no-entry-line"),
        ("2024-01-01 | Tokyo\nThey met.", "no-entry-line"),
        ("2024-01-01 | Tokyo | a", "empty-entry"),
    ],
)
def test_blocks_that_are_no_entries_are_set_aside(block: str, code: str) -> None:
    documents, issues = split(read_chronicle(f"2024-01-02 | Tokyo | \nFine.\n\n\n{block}\n"))
    assert [body(document) for document in documents] == ["Fine."]
    assert [(issue.code, issue.place) for issue in issues[1:]] == [(code, "line 5")]


def test_a_date_that_repeats_gets_a_number(tmp_path: Path) -> None:
    text = "2013-09-05 | A | press\nFirst.\n\n2013-09-05 | B | press\nSecond.\n"
    documents, _ = split(read_path(write(tmp_path, text)))
    assert [document.doc_id.partition("#")[2] for document in documents] == ["2013-09-05", "2013-09-05-2"]


def test_an_entry_of_another_year_is_noted(tmp_path: Path) -> None:
    documents, issues = split(read_path(write(tmp_path, "2014-01-01 | A | press\nThey met.\n")))
    assert len(documents) == 1
    assert [(issue.code, issue.place) for issue in issues] == [("other-year", "line 1")]


def test_the_list_of_sources_may_lie_one_folder_above(tmp_path: Path) -> None:
    chronicle = write(tmp_path, sources=None)
    (chronicle.parent / "sources.csv").write_text(SOURCES_CSV, encoding="utf-8")
    documents, issues = split(read_path(tmp_path / "data" / "raw"))
    assert (documents[0].side, issues) == ("JPN", [])
    alone, _ = split(read_path(chronicle / "2013.txt"))
    assert alone == documents


def test_a_missing_list_of_sources_is_said_once_a_file(tmp_path: Path) -> None:
    documents, issues = split(read_path(write(tmp_path, sources=None)))
    assert len(documents) == 3
    assert codes(issues).count("no-sources") == 1


def test_troubles_in_the_list_of_sources_are_set_aside_with_their_line(tmp_path: Path) -> None:
    rows = "mofa13,,Twice,,,,,\nlate,,P,,,2013-02-30,,\n,,nobody,,,,,\nshort,row\n"
    _, issues = split(read_path(write(tmp_path, sources=SOURCES_CSV + rows)))
    assert [(issue.code, issue.place) for issue in issues] == [
        ("repeated-key", "line 4"),
        ("no-key", "line 6"),
        ("wrong-cells", "line 7"),
    ]
    assert {issue.path for issue in issues} == {"CHN-JPN/chronicle/sources.csv"}


words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8)
entry = st.tuples(
    st.dates(dt.date(1972, 1, 1), dt.date(2030, 1, 1)),
    st.one_of(st.just(""), words),
    st.lists(words, min_size=1, max_size=30),
)


@given(st.lists(entry, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_what_is_written_as_a_chronicle_is_read_back(
    entries: list[tuple[dt.date, str, list[str]]], end: str, bom: str
) -> None:
    blocks = [f"{date} | {place} | {end}{end.join(prose)}" for date, place, prose in entries]
    raw = bom + (end * 2).join(blocks)
    documents, issues = split(read_chronicle(raw))
    assert set(codes(issues)) == {"no-source"}
    assert len(documents) == len({document.doc_id for document in documents}) == len(entries)
    for document, (date, place, prose), block in zip(documents, entries, blocks, strict=True):
        assert body(document) == " ".join(prose)
        assert (document.published, document.entry_place) == (date, place or None)
        assert raw[document.source_start : document.source_end] == block
        at = document.body_start  # the line of date and place before it may hold the words too
        for word in prose:
            at = document.text.index(word, at)
            assert document.quote(at, at + len(word)) == word
            start, stop = document.to_source(at, at + len(word))
            assert document.source_start < start < stop <= document.source_end
            at += len(word)


def test_a_catalogue_row_for_the_folder_gives_every_entry_the_licence_of_the_prose(tmp_path: Path) -> None:
    chronicle = write(tmp_path)
    catalogue = chronicle.parents[1] / "catalogue.csv"
    catalogue.write_text("path,licence\nCHN-JPN/chronicle,own text\n", encoding="utf-8")
    documents, issues = split(read_path(chronicle.parents[1]))
    assert issues == []
    assert {document.licence for document in documents} == {"own text"}
