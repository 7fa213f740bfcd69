"""What is to be checked, wherever it came from: cells as they were read, and where each record stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from bilaterals.schema.model import table
from bilaterals.validate.report import Finding

Rows = npt.NDArray[np.int64]
Cells: TypeAlias = "pa.ChunkedArray | pd.Series[Any]"


class NotATable(Exception):
    """The file cannot be read as a table at all; carries the one finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Distinct:
    """A text column as its distinct values and, by row, the place of the row's value among them (-1 is null).

    Large tables repeat their words, so that a check looks at each of them once. The values of a key do not
    repeat; they are left as they are, null included.
    """

    values: pa.Array
    places: Rows

    @classmethod
    def of(cls, column: pd.Series[Any], *, repeats: bool) -> Distinct:
        """Take a column apart."""
        array = pa.array(column)
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if not repeats:
            return cls(array, np.arange(len(array)))
        encoded = array.dictionary_encode()
        return cls(encoded.dictionary, encoded.indices.fill_null(-1).to_numpy().astype(np.int64))

    def rows_where(self, wrong: npt.NDArray[np.bool_]) -> Rows:
        """Give the rows whose value is one of the wrong ones."""
        if not wrong.any():
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.append(wrong, False)[self.places])

    def rows_if(self, is_wrong: Callable[[str], bool]) -> Rows:
        """Give the rows whose value is wrong."""
        values = self.values.to_pylist()
        return self.rows_where(np.array([value is not None and is_wrong(value) for value in values], bool))


@dataclass(slots=True)
class Source:
    """One table to be checked.

    ``cells`` are the columns as they were read, ``frame`` the columns of the table in their types, with null
    where a cell could not be brought to the type; ``faulty`` says by column which cells are already known to
    be wrong. ``lines`` gives the line of each record, for CSV only.
    """

    file: str
    cells: Mapping[str, Cells]
    length: int
    is_csv: bool = False
    lines: Callable[[], Rows] | None = None
    findings: list[Finding] = field(default_factory=list)
    table: str = ""
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    faulty: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
    _distinct: dict[str, Distinct] = field(default_factory=dict)

    def distinct(self, column: str) -> Distinct:
        """Give the distinct values of a text column of the frame, and which of them each row has."""
        if column not in self._distinct:
            self._distinct[column] = Distinct.of(self.frame[column], repeats=not self._is_key(column))
        return self._distinct[column]

    def _is_key(self, column: str) -> bool:
        return table(self.table).field(column).key

    def is_sound(self, *columns: str) -> bool:
        """Whether the frame has all these columns."""
        return all(column in self.frame for column in columns)

    def mark(self, column: str, rows: Rows) -> None:
        """Note that these cells are wrong, so that no further check speaks of them."""
        self.faulty.setdefault(column, np.zeros(self.length, bool))[rows] = True

    def values(self, column: str, rows: Rows) -> list[Any]:
        """Give the cells of a column in these rows as they were read."""
        cells = self.cells[column]
        if isinstance(cells, pd.Series):
            return [None if pd.isna(value) else value for value in cells.iloc[rows].tolist()]
        values: list[Any] = cells.take(pa.array(rows)).to_pylist()
        return values


@dataclass(frozen=True, slots=True)
class Fault:
    """The rows in which one rule is broken.

    ``columns`` are all columns that the rule looks at, the one that is blamed first. ``hint`` is one text
    for all rows, a function of the value, or a text for each row.
    """

    rows: Rows
    columns: tuple[str, ...]
    rule: str
    message: str
    hint: str | Callable[[str], str | None] | Mapping[int, str] | None = None


def where(mask: pd.Series[Any]) -> Rows:
    """Give the rows in which the mask is true; null is false."""
    if mask.dtype != bool:
        return np.flatnonzero(mask.to_numpy(dtype=bool, na_value=False))
    return np.flatnonzero(mask.to_numpy())


def apply(source: Source, faults: list[Fault]) -> None:
    """Turn faults into findings, each cell's first fault only."""
    for fault in faults:
        rows = fault.rows
        for column in fault.columns:
            if column in source.faulty:
                rows = rows[~source.faulty[column][rows]]
        if len(rows):
            source.findings.extend(_findings(source, fault, rows))
            source.mark(fault.columns[0], rows)


def _findings(source: Source, fault: Fault, rows: Rows) -> list[Finding]:
    column = fault.columns[0]
    lines = source.lines()[rows].tolist() if source.lines is not None else [None] * len(rows)
    hint = _hints(fault)
    found = []
    for row, line, value in zip(rows.tolist(), lines, source.values(column, rows), strict=True):
        text = None if value is None else str(value)
        found.append(
            Finding(source.file, line, row + 1, column, text, fault.rule, fault.message, hint(row, text or ""))
        )
    return found


def _hints(fault: Fault) -> Callable[[int, str], str | None]:
    """Give the hint of a row and value; one that depends on the value alone is found once a value."""
    hint = fault.hint
    if isinstance(hint, Mapping):
        return lambda row, value: hint.get(row)
    if callable(hint):
        of_value = cache(hint)
        return lambda row, value: of_value(value)
    return lambda row, value: hint
