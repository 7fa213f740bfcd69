"""Validating a large table, beside pandera alone: ``python benchmarks/validation.py [ROWS]``."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors

from bilaterals.reference.countries import countries
from bilaterals.schema import TABLES, VOCABULARIES, Field, conform, frame_schema, write_csv
from bilaterals.validate import Report, validate_file, validate_frame
from bilaterals.validate.rows import STATUSES

SEED = 20241226
REPEATS = 3
SHARE_OF_ERRORS = 0.01


def events(rows: int) -> pd.DataFrame:
    """Make a valid events table: pairs of states, days, titles, lists and codes as real ones have them."""
    rng = np.random.default_rng(SEED)
    fields = {field.name: field for field in TABLES["events"].fields}
    frame = pd.DataFrame({name: _column(field, rows, rng) for name, field in fields.items()})
    codes = np.array(sorted(countries()))
    first = rng.integers(0, len(codes) - 1, rows)
    frame["country_a"] = codes[first]
    frame["country_b"] = codes[rng.integers(first + 1, len(codes))]
    frame["venue_country"] = frame["country_a"]
    frame["reported_by"] = frame["country_b"]
    types = frame["event_type"].to_numpy()
    for event_type, statuses in STATUSES.items():
        chosen = types == event_type
        frame.loc[chosen, "status"] = rng.choice(statuses, chosen.sum())
    days = np.datetime64("1972-09-29") + rng.integers(0, 19_000, rows).astype("timedelta64[D]")
    for name in ("earliest_date", "latest_date", "first_reported"):
        frame[name] = days.astype("datetime64[ms]")
    frame["date_start"] = days.astype(str)
    frame["date_precision"] = "day"
    pairs = zip(frame["country_a"], frame["country_b"], frame["date_start"], types, range(rows), strict=True)
    frame["event_id"] = [f"{a}-{b}-{day.replace('-', '')}-{kind}-{i:08x}" for a, b, day, kind, i in pairs]
    frame["title"] = [f"Meeting {i} of the foreign ministers, Beijing" for i in range(rows)]
    return conform(frame.assign(date_end=None, parent_event_id=None), "events")


def _column(field: Field, rows: int, rng: np.random.Generator) -> object:
    if field.vocabulary is not None:
        values = sorted(VOCABULARIES[field.vocabulary].values)
        if field.separator is not None:
            values = [field.separator.join(values[i : i + 3]) for i in range(len(values))]
        return rng.choice(values, rows)
    if field.type == "integer":
        return rng.integers(1, 20, rows)
    if field.type == "boolean":
        return rng.random(rows) < 0.5
    return field.example if field.type == "string" else None


def with_errors(frame: pd.DataFrame) -> pd.DataFrame:
    """Spoil one cell in a hundred of three columns: a word of no vocabulary, a foreign date, a wrong list."""
    rng = np.random.default_rng(SEED + 1)
    spoiled = frame.copy()
    for column, value in {"status": "hold", "date_start": "25/12/2024", "domains": "youth;sport"}.items():
        spoiled.loc[rng.random(len(frame)) < SHARE_OF_ERRORS, column] = value
    return spoiled


def by_pandera(frame: pd.DataFrame) -> int:
    try:
        frame_schema("events").validate(frame, lazy=True)
    except SchemaErrors as failed:
        return len(failed.failure_cases)
    return 0


def _read(path: Path) -> pd.DataFrame:
    """Read the CSV as a user of pandera alone would: by pandas, then into the types of the schema."""
    return conform(pd.read_csv(path, dtype=str, keep_default_na=False), "events")


def seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def run(rows: int = 1_000_000) -> dict[str, float]:
    """Measure pandera alone beside `validate_frame` (same frame) and `validate_file` (same CSV)."""
    valid = events(rows)
    spoiled = with_errors(valid)
    for frame in (valid, spoiled):
        validate_frame(frame.head(1000), "events")  # imports and caches are not what is measured
    result: dict[str, float] = {"rows": rows}
    for name, frame in (("valid", valid), ("spoiled", spoiled)):
        alone = seconds(lambda frame=frame: by_pandera(frame))
        ours = seconds(lambda frame=frame: validate_frame(frame, "events"))
        result |= {f"{name}_pandera_s": alone, f"{name}_frame_s": ours, f"{name}_ratio": ours / alone}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "events.csv")
        write_csv(spoiled, path, "events")
        reports: list[Report] = []
        result["spoiled_csv_s"] = seconds(lambda: reports.append(validate_file(path)))
        result["spoiled_csv_pandera_s"] = seconds(lambda: by_pandera(_read(path)))
    result["spoiled_csv_ratio"] = result["spoiled_csv_s"] / result["spoiled_csv_pandera_s"]
    result["errors"] = len(reports[0])
    return {name: round(value, 3) for name, value in result.items()}


if __name__ == "__main__":
    for measure, figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000).items():
        print(f"{measure:20} {figure:>14,}")
