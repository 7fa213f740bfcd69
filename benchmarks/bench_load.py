"""``load_events()`` beside a bare ``pandas.read_parquet`` of the same file, in fresh processes and warm."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import bilaterals
from benchmarks import Figure, child

ROWS = 100_000
FRESH, WARM = 9, 15
MOST = 1.2

BARE = "pandas.read_parquet({path!r})"
OURS = "import bilaterals; bilaterals.load_events()"
TIMED = "import time, pandas; begin = time.perf_counter(); {work}; print(time.perf_counter() - begin)"


def run() -> list[Figure]:
    """Measure the newest version at hand, and a table of 100,000 events."""
    figures = []
    versions = bilaterals.list_versions()
    if versions:
        from bilaterals.store import folder_of

        figures += beside(f"version {versions[0]}", folder_of(versions[0]))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "2026.1.0"
        folder.mkdir()
        write(folder)
        figures += beside(f"{ROWS:,} events", folder)
    return figures


def write(folder: Path) -> None:
    """Write a large table of events."""
    from benchmarks.validation import events
    from bilaterals.schema import write_parquet

    write_parquet(events(ROWS), folder / "events.parquet", "events")


def beside(name: str, folder: Path) -> list[Figure]:
    """Measure both ways of reading, one after the other so that both meet the same noise."""
    path = str(folder / "events.parquet")
    env = os.environ | {"BILATERALS_DATA": str(folder)}
    bare = TIMED.format(work=BARE.format(path=path))
    ours = TIMED.format(work=OURS)
    fresh = [(float(child("-c", bare) or 0), float(child("-c", ours, env=env) or 0)) for _ in range(FRESH)]
    os.environ["BILATERALS_DATA"] = str(folder)
    try:
        warm = [(timed(lambda: pd.read_parquet(path)), timed(bilaterals.load_events)) for _ in range(WARM)]
    finally:
        del os.environ["BILATERALS_DATA"]
    figures = []
    for state, pairs in (("fresh process", fresh), ("warm", warm[1:])):
        theirs, mine = (statistics.median(times) for times in zip(*pairs, strict=True))
        figures.append(Figure(f"{name}, {state}: read_parquet", theirs * 1000, "ms"))
        figures.append(Figure(f"{name}, {state}: load_events", mine * 1000, "ms"))
        figures.append(Figure.at_most(f"{name}, {state}: ratio", mine / theirs, "x", MOST))
    return figures


def timed(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
