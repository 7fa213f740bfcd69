"""pandera schemas from the field table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from bilaterals.schema.model import VOCABULARIES, Field, table

if TYPE_CHECKING:
    import pandera.pandas as pa


@cache
def frame_schema(name: str) -> pa.DataFrameSchema:
    """Give the pandera schema of a table: types, nulls, vocabularies, patterns, minima, the primary key.

    It checks frames as `conform`, `read_csv` and `read_parquet` give them.
    """
    import pandera.pandas as pa

    definition = table(name)
    key = list(definition.primary_key)
    return pa.DataFrameSchema(
        {field.name: _column(field, unique=key == [field.name]) for field in definition.fields},
        name=name,
        description=definition.description,
        strict=True,
        unique=key if len(key) > 1 else None,
        report_duplicates="exclude_first",
    )


def _column(field: Field, *, unique: bool) -> Any:
    import pandera.pandas as pa

    return pa.Column(
        _dtype(field),
        checks=_checks(field),
        nullable=field.nullable,
        unique=unique,
        report_duplicates="exclude_first",
        description=field.description,
    )


def _dtype(field: Field) -> Any:
    return {
        "string": pd.StringDtype("pyarrow"),
        "integer": pd.Int64Dtype(),
        "boolean": pd.BooleanDtype(),
        "date": "datetime64[ms]",
    }[field.type]


def _checks(field: Field) -> list[Any]:
    import pandera.pandas as pa

    checks = []
    if field.vocabulary is not None and field.separator is None:
        checks.append(pa.Check.isin(list(VOCABULARIES[field.vocabulary].values), name="vocabulary"))
    if field.cell_pattern is not None:
        checks.append(pa.Check.str_matches(field.cell_pattern, name="pattern"))
    if field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum, name="minimum"))
    return checks
