"""Collections in one file: .jsonl, .csv and .parquet with a record for each text.

Columns are id, date, title, text, source, url and, optional, publisher, side, language, licence; only text
must be there. ``source`` names the publisher where there is no ``publisher``. A column that nobody knows is
set aside once. The text as it was read is title + two newlines + text of the record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bilaterals.corpus.article import make_document
from bilaterals.corpus.clean import trim
from bilaterals.corpus.decode import UnreadableText, check_encoding, decode
from bilaterals.corpus.document import Document
from bilaterals.corpus.facts import KEYS, noter, read_facts
from bilaterals.corpus.table import CsvTable
from bilaterals.setaside import SetAside

COLUMNS = ("id", "date", "title", "text", "source", "url", "publisher", "side", "language", "licence")
_KNOWN = {*KEYS, "id", "text", "source"}
SUFFIXES = {".jsonl", ".ndjson", ".csv", ".parquet"}

Found = tuple[str, Mapping[str, Any]] | SetAside
"""A record with its place in the file, or what could not be read as one."""


def read_records(
    records: Iterable[Mapping[str, Any]], *, path: str = "", form: str = "record"
) -> Iterator[Document | SetAside]:
    """Documents out of records in memory, such as the rows of a DataFrame as dictionaries."""
    found = ((f"record {number}", record) for number, record in enumerate(records, 1))
    return documents(found, path=path, file_id="", form=form)


def read_record_file(path: Path, name: str, file_id: str) -> Iterator[Document | SetAside]:
    """Documents out of a .jsonl, .csv or .parquet file, one record in memory at a time."""
    suffix = path.suffix.lower()
    form = "jsonl" if suffix == ".ndjson" else suffix.removeprefix(".")
    read = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}[form]
    try:
        yield from documents(read(path, name), path=name, file_id=file_id, form=form)
    except UnreadableText as error:
        yield noter(name)(error.place, error.code, error.reason)


def documents(found: Iterable[Found], *, path: str, file_id: str, form: str) -> Iterator[Document | SetAside]:
    """Documents out of records and their places; ids that come twice in one file are set aside."""
    reader = _RecordReader(path, file_id, form)
    count = 0
    for item in found:
        count += 1
        if isinstance(item, SetAside):
            yield item
        else:
            yield from reader.read(*item)
    if not count:
        yield reader.note("", "empty-file", "the file holds no record")


class _RecordReader:
    """Reads the records of one file."""

    def __init__(self, path: str, file_id: str, form: str) -> None:
        self.path, self.file_id, self.form = path, file_id, form
        self.note = noter(path)
        self._unknown: set[str] = set()
        self._ids: dict[str, str] = {}

    def read(self, place: str, record: Mapping[str, Any]) -> Iterator[Document | SetAside]:
        """The document of one record, and what of it could not be understood."""
        values = {key.strip().lower(): _written(value) for key, value in record.items()}
        for key in values.keys() - _KNOWN - self._unknown:
            self._unknown.add(key)
            reason = f"nobody knows the column {key!r}, it is not read; known are {', '.join(COLUMNS)}"
            yield self.note(place, "unknown-column", reason)
        given = values.get("id", "").strip()
        if given and given in self._ids:
            yield self.note(place, "duplicate-id", f"the id {given!r} is that of {self._ids[given]} already")
            return
        if "text" not in values:
            yield self.note(place, "no-text", f"there is no column 'text' among {', '.join(values) or 'none'}")
            return
        title, body = values.get("title", "").strip(), values["text"]
        if trim(body, 0, len(body))[0] == len(body):
            yield self.note(place, "empty-text", "the text of the record is empty")
            return
        if given:
            self._ids[given] = place
        try:
            yield from self._document(place, given, title, body, values)
        except UnicodeEncodeError:
            yield self.note(place, "not-unicode", "the text holds half of a surrogate pair, which is no character")

    def _document(
        self, place: str, given: str, title: str, body: str, values: Mapping[str, str]
    ) -> Iterator[Document | SetAside]:
        raw = f"{title}\n\n{body}" if title else body
        "".join(values.values()).encode()
        sha256 = hashlib.sha256(raw.encode()).hexdigest()
        publisher = values.get("publisher", "").strip() or values.get("source", "")
        items = [
            (key, value, place) for key, value in values.items() if key in KEYS and key not in ("publisher", "title")
        ]
        facts, issues = read_facts([*items, ("publisher", publisher, place)], self.note)
        yield from issues
        if facts.published is None and not any(issue.code == "wrong-date" for issue in issues):
            reason = "the record has no date: it is read, but relative dates in it stay unknown"
            yield self.note(place, "no-date", reason)
        yield make_document(
            raw,
            facts,
            title=(0, len(title)),
            body=(len(raw) - len(body), len(raw)),
            doc_id=self._doc_id(given, sha256),
            path=self.path,
            form=self.form,
            sha256=sha256,
        )

    def _doc_id(self, given: str, sha256: str) -> str:
        """The record's id; a bare number counts in its file only; without an id the hash serves."""
        if given and (not given.isdecimal() or not self.file_id):
            return given
        return f"{self.file_id or 'record'}#{given or sha256[:12]}"


def _written(value: Any) -> str:
    """A value as text: dates as ISO 8601, nothing for null and NaN."""
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def _jsonl(path: Path, name: str) -> Iterator[Found]:
    note = noter(name)
    byte = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            place = f"line {number}"
            try:
                if number == 1:
                    check_encoding(line)
                text = decode(line, first_byte=byte, first_line=number)
                text = (text.removeprefix("\ufeff") if number == 1 else text).strip()
                if text:
                    record = json.loads(text)
                    if isinstance(record, dict):
                        yield place, record
                    else:
                        yield note(place, "not-a-record", "the line is JSON, but no object of columns and values")
            except UnreadableText as error:
                yield note(error.place, error.code, error.reason)
                if error.code != "not-utf8":  # a file of another kind: each further line would say the same
                    return
            except json.JSONDecodeError as error:
                yield note(f"{place}, column {error.colno}", "wrong-json", f"the line is no JSON: {error.msg}")
            except (RecursionError, ValueError) as error:
                yield note(place, "wrong-json", f"the line cannot be read as JSON: {error}")
            byte += len(line)


def _csv(path: Path, name: str) -> Iterator[Found]:
    note = noter(name)
    with CsvTable(path, note) as table:
        _check_columns(table.columns)
        for row in table.rows():
            yield row if isinstance(row, SetAside) else (f"line {row.line}", row.values)


def _parquet(path: Path, name: str) -> Iterator[Found]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check_columns([column.strip().lower() for column in file.schema_arrow.names])
            number = 0
            for batch in file.iter_batches(batch_size=64):
                for record in batch.to_pylist():
                    number += 1
                    yield f"row {number}", record
    except pa.ArrowException as error:
        raise UnreadableText("wrong-parquet", "", f"the file cannot be read as Parquet: {error}") from None


def _check_columns(columns: list[str]) -> None:
    if "text" not in columns:
        reason = f"there is no column 'text' among {', '.join(filter(None, columns))}; no row can be read"
        raise UnreadableText("no-text-column", "line 1", reason)
