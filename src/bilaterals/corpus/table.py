"""CSV lists read row by row, with the line of each row, as spreadsheets and people write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from bilaterals.corpus.decode import UnreadableText, check_encoding, decode
from bilaterals.corpus.facts import Note
from bilaterals.setaside import SetAside

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column, and the line of the file on which it begins."""

    line: int
    values: Mapping[str, str]


class CsvTable:
    """One CSV file: UTF-8 with or without BOM, cells parted by comma, semicolon, tab or bar.

    ``columns`` are the names of the header in lower case. Rows that cannot be read are set aside with their
    line; the rest is read on. Raises `UnreadableText` when opened if the file is empty or not UTF-8 from its
    first line.
    """

    def __init__(self, path: Path, note: Note) -> None:
        self._note = note
        self._file = path.open("rb")
        self._bad: dict[int, UnreadableText] = {}
        csv.field_size_limit(2**31 - 1)  # a cell may hold a long text; the module's own limit is 128 kB
        try:
            beginning = self._file.readline()
            check_encoding(beginning)
            header = decode(beginning).removeprefix("\ufeff")
            delimiter = max(_DELIMITERS, key=header.count)
            self._first, self._header_seen = header, False
            self._reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)
            self.columns = [name.strip().lower() for name in self._header()]
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> CsvTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _header(self) -> list[str]:
        try:
            header = next(self._reader, [])
        except csv.Error as error:
            raise UnreadableText("wrong-csv", "line 1", f"the header cannot be read: {error}") from None
        if not any(name.strip() for name in header):
            raise UnreadableText("empty-file", "line 1", "there is no header with the names of the columns")
        names = [name.strip().lower() for name in header if name.strip()]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise UnreadableText("repeated-column", "line 1", f"columns with the same name: {', '.join(twice)}")
        return header

    def _lines(self) -> Iterator[str]:
        yield self._first
        byte = self._file.tell()
        for number, line in enumerate(self._file, 2):
            try:
                yield decode(line, first_byte=byte, first_line=number)
            except UnreadableText as error:
                self._bad[number] = error
                yield line.decode("utf-8", "replace").replace("\x00", " ")
            byte += len(line)

    def rows(self) -> Iterator[Row | SetAside]:
        """The rows below the header."""
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                last = self._reader.line_num
                where = f"line {line}" if last <= line else f"lines {line}-{last}"
                yield self._note(where, "wrong-csv", f"the row cannot be read: {error}; look for a quote left open")
                continue
            bad = [self._bad.pop(n) for n in range(line, self._reader.line_num + 1) if n in self._bad]
            if bad:
                yield self._note(bad[0].place, bad[0].code, bad[0].reason)
            elif len(cells) != len(self.columns):
                if any(cell.strip() for cell in cells):
                    reason = f"the row has {len(cells)} cells, the header {len(self.columns)}"
                    yield self._note(f"line {line}", "wrong-cells", reason)
            elif any(cell.strip() for cell in cells):
                yield Row(line, dict(zip(self.columns, cells, strict=True)))
