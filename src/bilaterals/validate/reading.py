"""From a file to cells: CSV as people and spreadsheets save it, and Parquet.

CSV is taken with or without a byte order mark, with commas, semicolons or tabs, with any line endings and
columns in any order. Every cell stays the text that it was, so that a report can show it. A well-formed file
is parsed by pyarrow; one with ragged rows or open quotes by the csv module, which can say where the trouble
is.
"""

from __future__ import annotations

import codecs
import csv
import io
from functools import cache, partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bilaterals.schema import TABLES
from bilaterals.validate.lines import record_lines
from bilaterals.validate.report import Finding
from bilaterals.validate.source import NotATable, Rows, Source

_BLOCK = 1 << 24
_HEAD = 1 << 16
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MAGIC = {
    b"PAR1": "it is a Parquet file; give it the ending .parquet",
    b"PK\x03\x04": "it is a spreadsheet or a zip archive; save it as CSV UTF-8",
    b"\xff\xfe": "it is UTF-16; save it as CSV UTF-8",
    b"\xfe\xff": "it is UTF-16; save it as CSV UTF-8",
}


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a file; `NotATable` says why it is none. The table is guessed when no name is given."""
    source = _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    source.table = name or guess_table(path, list(source.cells))
    return source


def guess_table(path: Path, columns: list[str]) -> str:
    """Guess the table of a file from its name, and if that names none, from its columns."""
    stem = path.stem.lower()
    if stem in TABLES:
        return stem
    shared = {name: len(set(table.columns) & set(columns)) for name, table in TABLES.items()}
    best = max(shared, key=lambda name: (shared[name] / len(TABLES[name].columns), shared[name]))
    if shared[best] * 2 < min(len(columns), len(TABLES[best].columns)) or not shared[best]:
        message = "has neither the name nor the columns of a table"
        raise _none(path, "unknown-table", message, f"name the table: {', '.join(TABLES)}")
    return best


def refuse_repeated(file: str, names: list[str], line: int | None) -> None:
    """Raise `NotATable` if two columns have one name: nobody knows which is meant."""
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        message = f"has the column {', '.join(map(repr, repeated))} more than once"
        raise NotATable(Finding(file, line, None, None, None, "repeated-column", message, "keep one of them"))


def _none(path: Path, rule: str, message: str, hint: str | None, line: int | None = None) -> NotATable:
    return NotATable(Finding(str(path), line, None, None, None, rule, message, hint))


def _read_parquet(path: Path) -> Source:
    try:
        data = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise _none(path, "not-parquet", f"cannot be read as Parquet: {reason}", "write it anew") from error
    refuse_repeated(str(path), data.column_names, None)
    return Source(str(path), {name: data[name] for name in data.column_names}, data.num_rows)


def _read_csv(path: Path) -> Source:
    data = _checked_bytes(path)
    header, delimiter = _header(path, data)
    names = [name.strip() for name in header]
    refuse_repeated(str(path), names, 1)
    source = _parse_fast(path, data, names, delimiter) or _parse_exactly(path, data, names, delimiter)
    if delimiter != ",":
        message = f"has {_DELIMITERS[delimiter]} between its cells; it was read so"
        hint = "published files have commas"
        source.findings.append(Finding(str(path), 1, None, None, None, "delimiter", message, hint, "note"))
    return source


def _checked_bytes(path: Path) -> bytes:
    """Read the file and make sure that it is text in UTF-8; a byte order mark is taken away."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise _none(path, "unreadable", f"cannot be read: {reason}", "check its permissions") from error
    for magic, hint in _MAGIC.items():
        if data.startswith(magic):
            raise _none(path, "not-csv", "is no CSV file", hint)
    mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    if not data[mark : mark + _HEAD].strip() and not data[mark:].strip():
        raise _none(path, "empty-file", "is empty", "the first line of a table names its columns")
    nul = data.find(b"\0")
    if nul >= 0:
        raise _none(path, "not-csv", f"is binary: byte {nul + 1} is null", "save it as CSV UTF-8")
    wrong = _not_utf8(data)
    if wrong is not None:
        message = f"is not UTF-8: byte {wrong + 1} is 0x{data[wrong]:02X}"
        line = data.count(b"\n", 0, wrong) + 1
        raise _none(path, "not-utf8", message, "save it as CSV UTF-8", line)
    return data[mark:]


def _not_utf8(data: bytes) -> int | None:
    """Give the offset of the first byte that is not UTF-8."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    for begin in range(0, len(data), _BLOCK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[begin : begin + _BLOCK], begin + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            return begin - pending + error.start
    return None


def _header(path: Path, data: bytes) -> tuple[list[str], str]:
    """Read the names of the columns with the delimiter that gives the most known names."""
    known = {column for table in TABLES.values() for column in table.columns}
    head = data[:_HEAD].decode("utf-8", "ignore")
    headers = {mark: _first_record(head, mark) for mark in _DELIMITERS}
    delimiter = max(headers, key=lambda mark: len(known & {name.strip() for name in headers[mark]}))
    if not known & {name.strip() for name in headers[delimiter]}:
        shown = ", ".join(headers[","])[:80]
        message = f"names no known column in its first line: {shown!r}"
        raise _none(path, "no-header", message, "the first line of a table names its columns", 1)
    return headers[delimiter], delimiter


def _first_record(head: str, delimiter: str) -> list[str]:
    try:
        return next((row for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row), [])
    except csv.Error:
        return []


def _parse_fast(path: Path, data: bytes, names: list[str], delimiter: str) -> Source | None:
    """Parse a well-formed file, or give None. The header is read as the first row, then taken away."""
    if data.count(b'"') % 2:
        return None
    ragged = []

    def refuse(row: pa_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        parsed = pa_csv.read_csv(
            pa.BufferReader(data),
            read_options=pa_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refuse),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if ragged:
        return None
    rows = parsed.slice(1)
    lines = cache(partial(_lines, data, rows.num_rows, delimiter))
    cells = {name: rows[name] for name in names}
    return Source(str(path), cells, rows.num_rows, is_csv=True, lines=lines)


def _lines(data: bytes, rows: int, delimiter: str) -> Rows:
    """Give the line of each record; by the csv module if quotes within cells mislead the quick way."""
    lines = record_lines(data)
    if len(lines) != rows + 1:
        reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
        ends = [(reader.line_num, bool(row)) for row in reader]
        starts = [1, *(end + 1 for end, _ in ends)]
        lines = np.array([start for start, (_, full) in zip(starts, ends, strict=False) if full], np.int64)
    return lines[1:]


def _parse_exactly(path: Path, data: bytes, names: list[str], delimiter: str) -> Source:
    """Parse record by record, and report each row that has another number of cells than the header."""
    findings: list[Finding] = []
    records: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if record and len(record) == len(names):
                records.append(record)
                lines.append(line)
            elif record:
                message = f"has {len(record)} cells where the header has {len(names)}"
                hint = "put cells that contain the delimiter or a line break in quotes"
                findings.append(Finding(str(path), line, None, None, None, "ragged-row", message, hint))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"breaks the rules of CSV: {error}; nothing behind this line was read"
        hint = 'write a quote within a cell as "", and close every cell that is opened with one'
        findings.append(Finding(str(path), line, None, None, None, "quotes", message, hint))
    columns = list(zip(*records[1:], strict=True)) or [()] * len(names)
    cells = {
        name: pa.chunked_array([pa.array([cell or None for cell in column], pa.string())])
        for name, column in zip(names, columns, strict=True)
    }
    found = np.array(lines[1:], np.int64)
    return Source(str(path), cells, len(found), is_csv=True, lines=lambda: found, findings=findings)
