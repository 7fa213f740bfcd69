"""DataFrames of the field table's types, and their two published forms, Parquet and CSV.

Both forms give the very same frame back: text columns are ``StringDtype("pyarrow")``, integers ``Int64``,
booleans ``boolean``, dates ``datetime64[ms]``. In CSV a null is an empty cell (so the text "NA" is Namibia's
code) and a text that a spreadsheet would run as a formula has an apostrophe before it, which reading takes
away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bilaterals.schema.arrow import arrow_schema, coerce, guard, to_arrow, to_frame, unguard
from bilaterals.schema.model import Field, SchemaError, table

_NEEDS_QUOTES = re.compile(r'[",\r\n]')
_BLOCK = 1 << 24  # a row of a CSV file must fit into one block


def empty(name: str) -> pd.DataFrame:
    """Give a table without rows."""
    return to_frame(arrow_schema(name).empty_table())


def conform(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give the frame with the table's columns in order and type; SchemaError names what does not fit."""
    return to_frame(arrow_table(frame, name))


def arrow_table(frame: pd.DataFrame, name: str) -> pa.Table:
    """Give the frame as an Arrow table of the table's schema; SchemaError names what does not fit."""
    definition = table(name)
    _check_columns([str(column) for column in frame.columns], name)
    return _assemble({f.name: to_arrow(frame[f.name]) for f in definition.fields}, name)


def read_parquet(path: str | PathLike[str], name: str) -> pd.DataFrame:
    """Read a published Parquet file."""
    data = pq.ParquetFile(path, pre_buffer=True).read()
    schema = arrow_schema(name)
    if not data.schema.equals(schema):
        _check_columns(data.column_names, name)
        data = _assemble({column: data[column] for column in data.column_names}, name)
    return to_frame(data)


def read_csv(path: str | PathLike[str], name: str) -> pd.DataFrame:
    """Read a published CSV file."""
    data = _read_text_columns(Path(path))
    _check_columns(data.column_names, name)
    columns = {f.name: unguard(data[f.name]) if f.is_free_text else data[f.name] for f in table(name).fields}
    return to_frame(_assemble(columns, name))


def write_parquet(frame: pd.DataFrame, path: str | PathLike[str], name: str) -> None:
    """Write a table as Parquet."""
    pq.write_table(arrow_table(frame, name), path, compression="zstd")


def write_csv(frame: pd.DataFrame, path: str | PathLike[str], name: str) -> None:
    """Write a table as CSV: UTF-8, commas, line feeds, dates as 2024-12-25, true and false."""
    data = arrow_table(frame, name)
    columns = [_cells(data[f.name], f) for f in table(name).fields]
    with Path(path).open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(data.column_names) + "\n")
        out.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))


def _cells(values: pa.ChunkedArray, field: Field) -> Iterator[str]:
    """Give the cells of a column as they stand in CSV; the csv module would not quote a lone CR."""
    if field.is_free_text:
        values = guard(values)
    for cell in values.cast(pa.string()).to_pylist():
        if cell is None:
            yield ""
        elif _NEEDS_QUOTES.search(cell):
            yield '"' + cell.replace('"', '""') + '"'
        else:
            yield cell


def _read_text_columns(path: Path) -> pa.Table:
    options = pa_csv.ConvertOptions(
        null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True, check_utf8=True
    )
    with path.open("rb") as file:
        header = pa_csv.open_csv(file, parse_options=pa_csv.ParseOptions(newlines_in_values=True)).schema.names
    options.column_types = dict.fromkeys(header, pa.string())
    return pa_csv.read_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=_BLOCK),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=options,
    )


def _check_columns(columns: list[str], name: str) -> None:
    expected = table(name).columns
    faults = [f"column {c!r} is missing" for c in expected if c not in columns]
    faults += [f"column {c!r} is unknown" for c in columns if c not in expected]
    faults += [f"column {c!r} occurs more than once" for c in sorted({c for c in columns if columns.count(c) > 1})]
    if faults:
        raise SchemaError(f"table {name}: {'; '.join(faults)}")


def _assemble(columns: dict[str, pa.ChunkedArray], name: str) -> pa.Table:
    fields = table(name).fields
    arrays, faults = [], []
    for field in fields:
        values, bad = coerce(columns[field.name], field)
        arrays.append(values)
        if bad is not None:
            first = columns[field.name].filter(bad)[0].as_py()
            count = bad.to_pylist().count(True)
            faults.append(f"{field.name}: {count} value(s) are no {field.type}, first {first!r}")
        elif not field.nullable and values.null_count:
            faults.append(f"{field.name}: {values.null_count} value(s) are null")
    if faults:
        raise SchemaError(f"table {name}: {'; '.join(faults)}")
    return pa.Table.from_arrays(arrays, schema=arrow_schema(name))
