"""``bilaterals build``: raw text to a version of the data, with a short account of it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never

import click
from tqdm import tqdm

from bilaterals.cli import WrongUse
from bilaterals.release import BuildError, BuildReport, Progress, build


def run(raw: str, out: str, quote_all: bool) -> None:
    """Build, and print the rows of each table, what was set aside, and where the files are."""
    try:
        with _bars() as progress:
            report = build(raw, out, quote_all=quote_all, progress=progress)
    except BuildError as error:
        raise WrongUse(str(error)) from error
    click.echo("\n".join(_account(report)))


@contextmanager
def _bars() -> Iterator[Progress]:
    """Show one bar a stage on stderr; nothing where stderr is no terminal."""
    bars: dict[str, tqdm[Never]] = {}

    def progress(stage: str, count: int) -> None:
        if stage not in bars:
            for earlier in bars.values():
                earlier.close()
            bars[stage] = tqdm(desc=stage, disable=None, leave=False)
        bars[stage].update(count - bars[stage].n)

    try:
        yield progress
    finally:
        for bar in bars.values():
            bar.close()


def _account(report: BuildReport) -> Iterator[str]:
    if report.changed:
        yield f"version {report.version}"
    else:
        yield f"no change: the rows are those of version {report.version}"
    yield "rows"
    for table, count in report.rows.items():
        yield f"  {table:<14}{count:>9,}"
    warnings = _warnings(report.folder)
    yield "warnings" if warnings else "warnings: none"
    for (stage, code), count in warnings:
        yield f"  {stage + ' ' + code:<30}{count:>5,}"
    if warnings:
        yield f"  (each with its place and reason in {report.folder / 'issues.csv'})"
    yield f"row hash  {report.row_hash}"
    yield f"files in  {report.folder}"


def _warnings(folder: Path) -> list[tuple[tuple[str, str], int]]:
    """Return how often each kind of trouble was set aside, the most frequent first."""
    with (folder / "issues.csv").open(encoding="utf-8", newline="") as lines:
        kinds = Counter((row["stage"], row["code"]) for row in csv.DictReader(lines))
    return kinds.most_common()
