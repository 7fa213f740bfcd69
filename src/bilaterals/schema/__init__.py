"""What a record is: the field table, its vocabularies, and every schema that is made of them.

Importing this package reads three small CSV files and nothing else; pandas, pyarrow and pandera are imported
by the functions that need them.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from bilaterals.schema.descriptors import Resource, data_package, json_schema, table_schema
from bilaterals.schema.model import (
    TABLES,
    VOCABULARIES,
    Field,
    ForeignKey,
    SchemaError,
    Table,
    Value,
    Vocabulary,
)

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas
    import pyarrow as pa

__all__ = [
    "TABLES",
    "VOCABULARIES",
    "Field",
    "ForeignKey",
    "Resource",
    "SchemaError",
    "Table",
    "Value",
    "Vocabulary",
    "arrow_schema",
    "arrow_table",
    "codebook",
    "conform",
    "data_package",
    "empty",
    "frame_schema",
    "json_schema",
    "read_csv",
    "read_parquet",
    "table_schema",
    "write_csv",
    "write_parquet",
]


def arrow_schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table, with the descriptions in the metadata of its fields."""
    from bilaterals.schema import arrow

    return arrow.arrow_schema(table)


def frame_schema(table: str) -> pandera.pandas.DataFrameSchema:
    """Give the pandera schema of a table."""
    from bilaterals.schema import pandera_schema

    return pandera_schema.frame_schema(table)


def empty(table: str) -> pd.DataFrame:
    """Give a table without rows, with all columns in their types."""
    from bilaterals.schema import frames

    return frames.empty(table)


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Give the frame with the table's columns in order and type; SchemaError names what does not fit."""
    from bilaterals.schema import frames

    return frames.conform(frame, table)


def arrow_table(frame: pd.DataFrame, table: str) -> pa.Table:
    """Give the frame as an Arrow table of the table's schema; SchemaError names what does not fit."""
    from bilaterals.schema import frames

    return frames.arrow_table(frame, table)


def read_parquet(path: str | PathLike[str], table: str) -> pd.DataFrame:
    """Read a published Parquet file."""
    from bilaterals.schema import frames

    return frames.read_parquet(path, table)


def read_csv(path: str | PathLike[str], table: str) -> pd.DataFrame:
    """Read a published CSV file to the very same frame as its Parquet twin."""
    from bilaterals.schema import frames

    return frames.read_csv(path, table)


def write_parquet(frame: pd.DataFrame, path: str | PathLike[str], table: str) -> None:
    """Write a table as Parquet."""
    from bilaterals.schema import frames

    frames.write_parquet(frame, path, table)


def write_csv(frame: pd.DataFrame, path: str | PathLike[str], table: str) -> None:
    """Write a table as CSV in which no cell runs as a spreadsheet formula."""
    from bilaterals.schema import frames

    frames.write_csv(frame, path, table)


def codebook(table: str | None = None) -> pd.DataFrame:
    """Give the codebook of one table or of all: the columns, and the values of their vocabularies."""
    from bilaterals.schema.book import codebook as build

    return build(table)
