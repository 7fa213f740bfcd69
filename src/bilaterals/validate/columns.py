"""Checks of single columns: their names, types, nulls, vocabularies, patterns, bounds, and the key.

Types are brought in first, so that a text "12" from a CSV is an integer. The rest is what the pandera schema
of the table checks as well, but each distinct value of a column is looked at once, and the rows are known at
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bilaterals.schema import VOCABULARIES, Field
from bilaterals.schema.arrow import FORMULA, arrow_schema, coerce, pandas_type, to_arrow, to_frame, unguard
from bilaterals.schema.model import table
from bilaterals.validate import hints
from bilaterals.validate.report import Finding
from bilaterals.validate.source import Cells, Distinct, Fault, Rows, Source, apply, where


def check_columns(source: Source) -> None:
    """Check every column of a source, and fill its frame with the columns that it has, in their types."""
    fields = [field for field in table(source.table).fields if field.name in source.cells]
    _check_names(source)
    faults = list(_formulas(source, fields)) if source.is_csv else []
    columns = {}
    for field in fields:
        columns[field.name], bad = _typed(source.cells[field.name], field, is_csv=source.is_csv)
        if bad is not None:
            faults.append(_type_fault(field, bad))
    source.frame = pd.DataFrame(columns, copy=False)
    apply(source, faults)
    for field in fields:
        apply(source, list(_faults(source, field)))
    apply(source, list(_repeated_keys(source)))


def _check_names(source: Source) -> None:
    known = table(source.table)
    unknown = [column for column in source.cells if column not in known.columns]
    missing = [field for field in known.fields if field.name not in source.cells]
    for column in unknown:
        meant = hints.closest(column, [field.name for field in missing])
        hint = f"did you mean {meant!r}?" if meant else "take it away or rename it"
        message = f"is no column of the table {source.table}"
        source.findings.append(_about_column(source, column, "unknown-column", message, hint))
    for field in missing:
        hint = "add it; its cells may stay empty" if field.nullable else f"add it: {field.description}"
        source.findings.append(_about_column(source, field.name, "missing-column", "is missing", hint))


def _about_column(source: Source, column: str, rule: str, message: str, hint: str) -> Finding:
    return Finding(source.file, 1 if source.is_csv else None, None, column, None, rule, message, hint)


def _typed(cells: Cells, field: Field, *, is_csv: bool) -> tuple[Any, npt.NDArray[np.bool_] | None]:
    """Bring one column to its type; a DataFrame's column that has the type already stays as it is."""
    target = arrow_schema(field.table).field(field.name).type
    if isinstance(cells, pd.Series):
        wanted = pandas_type(target)
        if cells.dtype == (wanted if wanted is not None else "datetime64[ms]") and not _has_empty_text(cells):
            return cells, None
        cells = to_arrow(cells)
    elif is_csv and field.is_free_text:
        cells = unguard(cells)
    values, bad = coerce(cells, field)
    series = to_frame(pa.table({field.name: values}))[field.name]
    return series, None if bad is None else bad.to_numpy()


def _has_empty_text(cells: pd.Series[Any]) -> bool:
    return isinstance(cells.dtype, pd.StringDtype) and bool((cells == "").any())


def _type_fault(field: Field, bad: npt.NDArray[np.bool_]) -> Fault:
    article = "an" if field.type == "integer" else "a"
    message = "is no text" if field.type == "string" else f"is not {article} {field.type}"
    return Fault(np.flatnonzero(bad), (field.name,), "type", message, partial(hints.for_type, field))


def _formulas(source: Source, fields: list[Field]) -> Iterator[Fault]:
    """Find cells that a spreadsheet would run as a formula when it opens the CSV."""
    for field in fields:
        cells = source.cells[field.name]
        if field.is_free_text and isinstance(cells, pa.ChunkedArray):
            runs = pc.match_substring_regex(cells, f"^{FORMULA}")
            if pc.any(runs).as_py():
                rows = np.flatnonzero(pc.fill_null(runs, False).to_numpy())
                message = "begins like a spreadsheet formula"
                yield Fault(rows, (field.name,), "formula", message, "put an apostrophe before it")


def _faults(source: Source, field: Field) -> Iterator[Fault]:
    """Check the nulls, vocabulary, form and minimum of one column."""
    values, columns = source.frame[field.name], (field.name,)
    if not field.nullable:
        yield Fault(where(values.isna()), columns, "required", "must not be empty", field.description)
    if field.minimum is not None:
        yield Fault(where(values < field.minimum), columns, "minimum", f"is less than {field.minimum}")
    if field.vocabulary is not None and field.separator is None:
        known = pa.array(VOCABULARIES[field.vocabulary].values, pa.large_string())
        distinct = source.distinct(field.name)
        strange = pc.invert(pc.is_in(distinct.values.cast(pa.large_string()), known, skip_nulls=True))
        message = f"is not in the vocabulary {field.vocabulary}"
        hint = partial(hints.for_vocabulary, field)
        yield Fault(_rows(distinct, strange), columns, "vocabulary", message, hint)
    elif field.cell_pattern is not None:
        distinct = source.distinct(field.name)
        strange = pc.invert(pc.match_substring_regex(distinct.values, field.cell_pattern))
        message = "does not have the form of the column"
        yield Fault(_rows(distinct, strange), columns, "pattern", message, partial(hints.for_pattern, field))


def _rows(distinct: Distinct, strange: pa.Array) -> Rows:
    wrong = pc.and_kleene(strange, pc.is_valid(distinct.values)).fill_null(False)
    return distinct.rows_where(wrong.to_numpy(zero_copy_only=False))


def _repeated_keys(source: Source) -> Iterator[Fault]:
    key = list(table(source.table).primary_key)
    if key and source.is_sound(*key):
        if len(key) == 1 and len(source.distinct(key[0]).values.unique()) == source.length:
            return
        rows = np.flatnonzero(source.frame.duplicated(key).to_numpy())
        if len(rows):
            yield _duplicates(source, rows, key)


def _duplicates(source: Source, rows: Rows, key: list[str]) -> Fault:
    """Name the record that has the same key and stands first."""
    groups = source.frame.groupby(key, dropna=False, sort=False).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    lines = source.lines() if source.lines else None
    hints_by_row = {
        row: f"first in row {one + 1}" if lines is None else f"first on line {lines[one]}"
        for row, one in zip(rows.tolist(), first[groups[rows]].tolist(), strict=True)
    }
    message = "occurs more than once" if len(key) == 1 else f"repeats the key {' + '.join(key)}"
    return Fault(rows, (key[0],), "unique", message, hints_by_row)
