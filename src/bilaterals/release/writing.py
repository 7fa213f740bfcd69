"""One table to its two files, Parquet and CSV, a batch of rows at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq

from bilaterals.release.errors import BuildError
from bilaterals.release.spool import Spool, Values
from bilaterals.schema import TABLES, SchemaError, arrow_schema, arrow_table, conform, frame_schema, write_csv

if TYPE_CHECKING:
    from hashlib import _Hash

BATCH = 5_000


def batches(rows: Iterator[Values], size: int = BATCH) -> Iterator[list[Values]]:
    """Rows in lists of at most this size; one empty list for a table without rows."""
    batch = list(islice(rows, size))
    yield batch
    while batch := list(islice(rows, size)):
        yield batch


def write_table(spool: Spool, table: str, folder: Path, digest: _Hash | None) -> int:
    """Write a table as Parquet and CSV, checked against its schema, and take its rows into the row hash."""
    columns = TABLES[table].columns
    count = 0
    csv_path, scratch = folder / f"{table}.csv", folder / f".{table}.part"
    if digest is not None:
        digest.update(json.dumps([table, columns]).encode() + b"\n")
    parquet = pq.ParquetWriter(folder / f"{table}.parquet", arrow_schema(table), compression="zstd")
    with parquet, csv_path.open("wb") as out:
        for number, batch in enumerate(batches(spool.rows(table))):
            frame = _checked(pd.DataFrame(batch, columns=columns, dtype=object), table)
            parquet.write_table(arrow_table(frame, table))
            write_csv(frame, scratch, table)
            with scratch.open("rb") as part:
                if number:
                    part.readline()  # the names of the columns stand in the first part only
                while block := part.read(1 << 20):
                    out.write(block)
            count += len(batch)
            if digest is not None:
                digest.update(canonical(batch))
    scratch.unlink()
    return count


def canonical(rows: Iterable[Values]) -> bytes:
    """Rows as the row hash sees them: one JSON list a line, dates as ISO 8601, nothing of the file format."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "".join(line + "\n" for line in lines).encode()


def _checked(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame in the types of its table, every value within the schema."""
    import pandera.errors

    try:
        return frame_schema(table).validate(conform(frame, table), lazy=True)
    except SchemaError as error:
        raise BuildError(f"the build made rows that do not fit their table: {error}") from error
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5).to_dict("records")
        told = "; ".join(f"{c['column']}: {c['failure_case']!r} ({c['check']})" for c in cases)
        raise BuildError(f"the build made rows that do not fit table {table}: {told}") from error


def sha256_of(path: Path) -> str:
    """SHA-256 of the bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
