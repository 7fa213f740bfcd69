"""The codebook: the field table and the vocabularies as one table for readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from bilaterals.schema.model import TABLES, VOCABULARIES, Field, Table, Value, table

COLUMNS = (
    "kind",
    "table",
    "field",
    "type",
    "nullable",
    "key",
    "vocabulary",
    "value",
    "separator",
    "pattern",
    "minimum",
    "references",
    "description",
    "example",
    "plover",
    "cameo",
    "source",
)


def codebook(name: str | None = None) -> pd.DataFrame:
    """Give every column (kind "column") and value of a vocabulary (kind "value"), of one table or of all.

    All cells are text, so that the codebook is the same read from its CSV.
    """
    tables = list(TABLES.values()) if name is None else [table(name)]
    rows = [_column(field) for one in tables for field in one.fields]
    rows += [_value(vocabulary, value) for vocabulary, value in _values(tables, every=name is None)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(pd.StringDtype("pyarrow"))


def _values(tables: list[Table], *, every: bool) -> Iterator[tuple[str, Value]]:
    used = {field.vocabulary for one in tables for field in one.fields}
    for vocabulary in VOCABULARIES.values():
        if every or vocabulary.name in used:
            for value in vocabulary.values.values():
                yield vocabulary.name, value


def _column(field: Field) -> dict[str, Any]:
    return {
        "kind": "column",
        "table": field.table,
        "field": field.name,
        "type": field.type,
        "nullable": str(field.nullable).lower(),
        "key": str(field.key).lower(),
        "vocabulary": field.vocabulary,
        "separator": field.separator,
        "pattern": field.pattern,
        "minimum": None if field.minimum is None else str(field.minimum),
        "references": field.references,
        "description": field.description,
        "example": field.example,
        "source": field.source,
    }


def _value(vocabulary: str, value: Value) -> dict[str, Any]:
    return {
        "kind": "value",
        "vocabulary": vocabulary,
        "value": value.value,
        "description": value.definition,
        "example": value.example,
        "plover": value.plover,
        "cameo": value.cameo,
        "source": value.source,
    }
