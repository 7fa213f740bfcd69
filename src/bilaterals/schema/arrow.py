"""Arrow schemas from the field table, and columns of any origin brought to the type of their field.

`coerce` accepts a value only where it means the same without doubt: the text "12" is an integer, the integer
40 is not the CAMEO code "040".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bilaterals.schema.model import Field, table

_ARROW = {"string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEANS = {"true": True, "false": False}

# What a spreadsheet takes for a formula when it opens a CSV; the full-width forms are East Asian input.
FORMULA = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Give the Arrow schema of a table; descriptions are in the metadata of its fields."""
    definition = table(name)
    return pa.schema(
        [
            pa.field(f.name, _ARROW[f.type], f.nullable, {"description": f.description, "source": f.source})
            for f in definition.fields
        ],
        {"table": name, "description": definition.description},
    )


def pandas_type(arrow_type: pa.DataType) -> Any:
    """Give the pandas type of an Arrow type: the same on pandas 2.2 and 3, from Parquet and from CSV."""
    if pa.types.is_string(arrow_type) or pa.types.is_large_string(arrow_type):
        return pd.StringDtype("pyarrow")
    if pa.types.is_int64(arrow_type):
        return pd.Int64Dtype()
    if pa.types.is_boolean(arrow_type):
        return pd.BooleanDtype()
    return None


def to_frame(data: pa.Table) -> pd.DataFrame:
    """Turn an Arrow table that has the schema of a table into a DataFrame."""
    frame: pd.DataFrame = data.to_pandas(types_mapper=pandas_type, date_as_object=False, ignore_metadata=True)
    return frame


def coerce(values: pa.ChunkedArray, field: Field) -> tuple[pa.ChunkedArray, pa.ChunkedArray | None]:
    """Bring a column to the type of its field: the new column, and where that failed (None if nowhere).

    A value that cannot be brought to the type is null in the new column. An empty text is a null.
    """
    if pa.types.is_dictionary(values.type):
        values = pa.chunked_array([chunk.dictionary_decode() for chunk in values.chunks], values.type.value_type)
    if pa.types.is_large_string(values.type):
        values = values.cast(pa.string())
    if pa.types.is_string(values.type):
        values = _nullify_empty(values)
    target = _ARROW[field.type]
    if values.type == target:
        return values, None
    if pa.types.is_null(values.type) or values.null_count == len(values):
        return pa.chunked_array([pa.nulls(len(values), target)]), None
    converted = _convert(values, field.type, target)
    bad = pc.and_(pc.is_valid(values), pc.is_null(converted))
    return converted, bad if pc.any(bad).as_py() else None


def to_arrow(column: pd.Series[Any]) -> pa.ChunkedArray:
    """Give the Arrow form of a pandas column; values of several types in one column become their text."""
    try:
        array = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        array = pa.array([None if _is_null(value) else _as_text(value) for value in column], pa.string())
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def guard(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Put an apostrophe before each value that a spreadsheet would run; `unguard` takes it away again."""
    risky = pc.match_substring_regex(values, f"^'*{FORMULA}")
    if not pc.any(risky).as_py():
        return values
    return pc.if_else(risky, pc.binary_join_element_wise("'", values, ""), values)


def unguard(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take away the apostrophe that `guard` has put before a value."""
    guarded = pc.match_substring_regex(values, f"^'+{FORMULA}")
    if not pc.any(guarded).as_py():
        return values
    return pc.if_else(guarded, pc.utf8_slice_codeunits(values, 1), values)


def _nullify_empty(values: pa.ChunkedArray) -> pa.ChunkedArray:
    empty = pc.equal(values, "")
    return pc.if_else(empty, pa.scalar(None, values.type), values) if pc.any(empty).as_py() else values


def _convert(values: pa.ChunkedArray, type_name: str, target: pa.DataType) -> pa.ChunkedArray:
    nulls = pa.chunked_array([pa.nulls(len(values), target)])
    if pa.types.is_string(values.type) and type_name != "string":
        return _by_distinct_value(values, _PARSERS[type_name], target)
    if type_name == "integer" and pa.types.is_integer(values.type):
        return values.cast(target)
    if type_name == "integer" and pa.types.is_floating(values.type):
        whole = pc.and_(pc.is_finite(values), pc.equal(values, pc.round(values)))
        return pc.if_else(whole, values, pa.scalar(None, values.type)).cast(target)
    if type_name == "date" and pa.types.is_timestamp(values.type) and values.type.tz is None:
        days = values.cast(target, safe=False)
        return pc.if_else(pc.equal(days.cast(values.type), values), days, pa.scalar(None, target))
    return nulls


def _by_distinct_value(values: pa.ChunkedArray, parse: Callable[[str], Any], target: pa.DataType) -> pa.ChunkedArray:
    """Parse each distinct text once: dates and numbers of a large table repeat."""
    encoded = values.combine_chunks().dictionary_encode()
    parsed = pa.array([parse(text) for text in encoded.dictionary.to_pylist()], target)
    return pa.chunked_array([parsed.take(encoded.indices)])


def _parse_integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _parse_date(text: str) -> dt.date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _parse_boolean(text: str) -> bool | None:
    return _BOOLEANS.get(text.lower())


_PARSERS: dict[str, Callable[[str], Any]] = {
    "integer": _parse_integer,
    "date": _parse_date,
    "boolean": _parse_boolean,
}


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else f"{value!r} ({type(value).__name__})"
