"""What several tests need: a version of the data with events of the test's own."""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bilaterals import schema

Row = dict[str, Any]
WriteVersion = Callable[..., Path]

EVENT: Row = {
    "event_type": "meeting",
    "status": "held",
    "date_precision": "day",
    "country_a": "CHN",
    "country_b": "JPN",
    "is_background": False,
    "n_documents": 1,
    "review_status": "machine",
}


def event(number: int, day: str | None = None, **cells: Any) -> Row:
    """Return a row of events: a meeting of China and Japan on a day, in a month or year, or undated."""
    row = EVENT | {"date_start": day, "date_precision": "unknown"} | cells
    if day is not None:
        earliest = pd.Period(day).start_time.date()
        latest = pd.Period(day).end_time.date()
        precision = {4: "year", 7: "month", 10: "day"}[len(day)]
        row = {"date_precision": precision, "earliest_date": earliest, "latest_date": latest} | row
        row["date_precision"] = precision
    stamp = (day or "undated").replace("-", "")
    pair = f"{row['country_a']}-{row['country_b']}"
    return {"event_id": f"{pair}-{stamp}-{row['event_type']}-{number:04x}"} | row


def frame_of(table: str, rows: list[Row]) -> pd.DataFrame:
    """Return rows as a conforming frame; columns that they do not give are null."""
    columns = schema.TABLES[table].columns
    return schema.conform(pd.DataFrame([{c: row.get(c) for c in columns} for row in rows], columns=columns), table)


def write_tables(folder: Path, events: list[Row], forms: tuple[str, ...] = ("parquet", "csv")) -> Path:
    """Write a version: all tables, empty but for events and domains, with its data package and sums."""
    shutil.copytree(empty_version().name, folder)
    write_table(folder, "events", events)
    package = schema.data_package(folder.name, [], created="2026-11-23T00:00:00Z")
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for path in list(folder.iterdir()):
        if path.suffix in {".parquet", ".csv"} and path.suffix[1:] not in forms:
            path.unlink()
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return folder


@functools.cache
def empty_version() -> tempfile.TemporaryDirectory[str]:
    """Write the tables that are the same in every version of a test, once."""
    home = tempfile.TemporaryDirectory()
    for table in schema.TABLES:
        write_table(Path(home.name), table, domain_rows() if table == "domains" else [])
    return home


def write_table(folder: Path, table: str, rows: list[Row]) -> None:
    """Write one table in both forms."""
    frame = frame_of(table, rows)
    schema.write_parquet(frame, folder / f"{table}.parquet", table)
    schema.write_csv(frame, folder / f"{table}.csv", table)


def domain_rows() -> list[Row]:
    """Return a list of domains in which youth stands under people_to_people."""
    parents = {
        "security": None,
        "people_to_people": None,
        "youth": "people_to_people",
        "sports": "people_to_people",
    }
    return [{"domain": name, "parent": parent, "label": name} for name, parent in parents.items()]


@pytest.fixture
def write_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WriteVersion]:
    """Write versions of the data below one folder, which is the only place that loading looks at."""
    home = tmp_path / "versions"
    monkeypatch.setenv("BILATERALS_DATA", str(home))

    def write(events: list[Row], version: str = "2026.11.0", **options: Any) -> Path:
        return write_tables(home / version, events, **options)

    yield write
