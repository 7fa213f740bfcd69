"""Collections in one file: .jsonl, .csv and .parquet."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.corpus import read_path, read_records

from .helpers import codes, split

RECORDS: list[dict[str, Any]] = [
    {
        "id": "a-1",
        "date": "2024-12-26",
        "title": "Talks",
        "text": "Wang met\u00a0 Iwaya.",
        "source": "A Paper",
        "url": "u",
    },
    {
        "id": "a-2",
        "date": "2024-12-27",
        "title": "",
        "text": 'They said "yes",\nand parted.',
        "source": "",
        "url": "",
    },
]


def write_jsonl(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def write_csv(path: Path, records: list[dict[str, Any]], delimiter: str = ",", bom: str = "") -> Path:
    cells = [list(records[0]), *([record[key] for key in records[0]] for record in records)]
    lines = (delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in cells)
    path.write_text(bom + "\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return path


def write_parquet(path: Path, records: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(records), path)
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_the_three_forms_give_the_same_documents(form: str, tmp_path: Path) -> None:
    write = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}[form]
    documents, issues = split(read_path(write(tmp_path / f"texts.{form}", RECORDS)))
    assert issues == []
    first, second = documents
    assert (first.doc_id, first.title, first.text) == ("a-1", "Talks", "Talks\n\nWang met Iwaya.")
    assert (first.published, first.publisher, first.url) == (dt.date(2024, 12, 26), "A Paper", "u")
    assert (first.form, first.path, first.body_start) == (form, f"texts.{form}", 7)
    assert first.raw == "Talks\n\nWang met\u00a0 Iwaya."
    assert first.quote(7, len(first.text)) == "Wang met\u00a0 Iwaya."
    assert (second.text, second.title, second.publisher, second.url) == (RECORDS[1]["text"], "", None, None)


@pytest.mark.parametrize(("delimiter", "bom"), [(";", "\ufeff"), ("\t", ""), (",", "\ufeff")])
def test_a_csv_as_spreadsheets_write_it(delimiter: str, bom: str, tmp_path: Path) -> None:
    documents, issues = split(read_path(write_csv(tmp_path / "t.csv", RECORDS, delimiter, bom)))
    assert ([document.doc_id for document in documents], issues) == (["a-1", "a-2"], [])


def test_columns_may_stand_in_any_order_and_case(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("TEXT, Date ,Licence\nWang met.,2024-12-26,CC0\n", encoding="utf-8")
    (document,), issues = split(read_path(tmp_path / "t.csv"))
    assert (document.text, document.published, document.licence) == (
        "Wang met.",
        dt.date(2024, 12, 26),
        "CC0",
    )
    assert issues == []


def test_typed_dates_and_nulls_of_parquet_are_understood(tmp_path: Path) -> None:
    records = [
        {"id": 1, "date": dt.date(2024, 12, 26), "text": "one", "side": None},
        {"id": 2, "date": None, "text": "two", "side": "JPN"},
        {"id": 3, "date": dt.date(2024, 12, 27), "text": None, "side": "JPN"},
    ]
    documents, issues = split(read_path(write_parquet(tmp_path / "t.parquet", records)))
    assert [(document.doc_id, document.published, document.side) for document in documents] == [
        ("t#1", dt.date(2024, 12, 26), None),
        ("t#2", None, "JPN"),
    ]
    assert [(issue.code, issue.place) for issue in issues] == [("no-date", "row 2"), ("empty-text", "row 3")]


def test_ids_that_come_twice_are_set_aside(tmp_path: Path) -> None:
    records = [{"id": "x", "date": "2024-01-01", "text": text} for text in ("one", "two")]
    documents, issues = split(read_path(write_jsonl(tmp_path / "t.jsonl", records)))
    assert [document.text for document in documents] == ["one"]
    assert [(issue.code, issue.place) for issue in issues] == [("duplicate-id", "line 2")]
    assert "line 1" in issues[0].reason


def test_bare_numbers_are_ids_of_their_file_only(tmp_path: Path) -> None:
    for year in (2019, 2020):
        write_jsonl(tmp_path / f"{year}.jsonl", [{"id": 1, "date": f"{year}-01-01", "text": f"Text of {year}."}])
    documents, issues = split(read_path(tmp_path))
    assert ([document.doc_id for document in documents], issues) == (["2019#1", "2020#1"], [])


def test_a_record_without_an_id_is_named_by_its_text() -> None:
    documents, _ = split(read_records([{"text": "one"}, {"text": "two"}]))
    again, _ = split(read_records([{"text": "two"}]))
    assert documents[1].doc_id == again[0].doc_id != documents[0].doc_id


def test_broken_lines_are_set_aside_with_line_and_column_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    good = b'{"date": "2024-01-01", "text": "%s"}\n'
    path.write_bytes(
        b"\xef\xbb\xbf" + good % b"one" + b'{"text": "open\n' + b"[1, 2]\n" + b"\n" + b'{"text": "caf\xe9"}\n'
        + b"[" * 100_000 + b"\n" + b'{"text": "\\ud800"}\n' + b'{"title": "no text"}\n' + good % b"two"
    )  # fmt: skip
    documents, issues = split(read_path(path))
    assert [document.text for document in documents] == ["one", "two"]
    assert [(issue.code, issue.place) for issue in issues] == [
        ("wrong-json", "line 2, column 10"),
        ("not-a-record", "line 3"),
        ("not-utf8", "byte 77, line 5"),
        ("wrong-json", "line 6"),
        ("not-unicode", "line 7"),
        ("no-text", "line 8"),
    ]
    assert path.read_bytes()[77] == 0xE9


def test_unknown_columns_are_set_aside_once_a_file(tmp_path: Path) -> None:
    records = [{"text": text, "date": "2024-01-01", "mood": "good"} for text in ("one", "two")]
    for path in (write_jsonl(tmp_path / "t.jsonl", records), write_csv(tmp_path / "t.csv", records)):
        documents, issues = split(read_path(path))
        assert len(documents) == 2
        assert codes(issues) == ["unknown-column"]
        assert "'mood'" in issues[0].reason


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_without_the_text_column_is_set_aside(form: str, tmp_path: Path) -> None:
    write = {"csv": write_csv, "parquet": write_parquet}[form]
    documents, issues = split(read_path(write(tmp_path / f"t.{form}", [{"id": "1", "body": "one"}])))
    assert (documents, codes(issues)) == ([], ["no-text-column"])
    assert "id, body" in issues[0].reason


def test_rows_of_a_csv_that_do_not_fit_are_set_aside_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        b'date,text\n2024-01-01,"one,\nline two"\n2024-01-01\n2024-01-01,caf\xe9\n2024-01-01,"a" b\n'
        b'\n2024-02-30,two\n,"left open\nx\n'
    )
    documents, issues = split(read_path(path))
    assert [document.text for document in documents] == ["one,\nline two", "two"]
    assert [(issue.code, issue.place) for issue in issues] == [
        ("wrong-cells", "line 4"),
        ("not-utf8", "byte 62, line 5"),
        ("wrong-csv", "line 6"),
        ("wrong-date", "line 8"),
        ("wrong-csv", "lines 9-10"),
    ]
    assert path.read_bytes()[62] == 0xE9


def test_a_header_with_equal_columns_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("text,date,Text\na,b,c\n", encoding="utf-8")
    documents, issues = split(read_path(tmp_path / "t.csv"))
    assert (documents, codes(issues)) == ([], ["repeated-column"])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.jsonl", b"", "empty-file"),
        ("t.jsonl", b"\n\n", "empty-file"),
        ("t.csv", b"", "empty-file"),
        ("t.csv", b"date,text\n", "empty-file"),
        ("t.parquet", b"", "wrong-parquet"),
        ("t.parquet", b"PAR1 and then nothing", "wrong-parquet"),
        ("t.jsonl", '{"text": "one"}'.encode("utf-16"), "utf16"),
        ("t.csv", "text\none\n".encode("utf-16-le"), "utf16"),
        ("t.jsonl", b"\x00\x01\x02\n" * 100, "binary"),
        ("t.csv", b"a,\x00\x01\x02\n" * 100, "binary"),
    ],
)
def test_files_of_another_kind_are_set_aside_once(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    documents, issues = split(read_path(tmp_path / name))
    assert (documents, codes(issues)) == ([], [code])


def test_a_cell_may_hold_a_long_text(tmp_path: Path) -> None:
    text = "The two sides agreed. " * 20_000
    documents, issues = split(read_path(write_csv(tmp_path / "t.csv", [{"date": "2024-01-01", "text": text}])))
    assert (documents[0].text, issues) == (text.strip(), [])


def test_values_that_are_no_text_are_taken_as_nothing_or_written_out() -> None:
    record = {
        "id": 7,
        "date": dt.datetime(2024, 12, 26, 23, 0),
        "text": "one",
        "title": float("nan"),
        "url": None,
    }
    (document,), issues = split(read_records([record]))
    assert (document.doc_id, document.published, document.title, document.url) == (
        "7",
        dt.date(2024, 12, 26),
        "",
        None,
    )
    assert issues == []


record = st.fixed_dictionaries(
    {
        "text": st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
        "title": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=9),
    }
)


@given(st.lists(record, max_size=5))
def test_every_record_gives_a_document_or_a_reason(records: list[dict[str, str]]) -> None:
    documents, issues = split(read_records(records))
    empty = [issue for issue in issues if issue.code == "empty-text"]
    assert len(documents) + len(empty) == len(records)
    for document in documents:
        assert document.raw.encode()
        for position, shown in enumerate(document.text):
            assert shown in " \n" or document.quote(position, position + 1) == shown
