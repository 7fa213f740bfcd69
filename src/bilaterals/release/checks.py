"""What a version must at least hold: ``expectations.csv`` beside the raw text, one line a pair, year and
type.

    dyad,year,event_type,at_least
    CHN-JPN,2024,meeting,12

An empty year or type stands for all. A version with fewer events is not written: rows were lost.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from bilaterals.release.errors import BuildError

EXPECTATIONS = "expectations.csv"
COLUMNS = ("dyad", "year", "event_type", "at_least")

Counts = Counter[tuple[str, str, str]]  # pair, year, type


def check_expectations(raw: Path, counts: Counts) -> None:
    """BuildError with every line that the counts do not reach."""
    path = raw / EXPECTATIONS
    if not path.is_file():
        return
    short = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = set(COLUMNS) - set(rows.fieldnames or ())
        if missing:
            raise BuildError(f"{path}: column {', '.join(sorted(missing))} missing; needed are {', '.join(COLUMNS)}")
        for row in rows:
            wanted = [(row[name] or "").strip() for name in COLUMNS]
            if not wanted[3].isdigit():
                raise BuildError(f"{path}, line {rows.line_num}: at_least is no number: {wanted[3]!r}")
            found = sum(
                n for key, n in counts.items() if all(w in ("", k) for w, k in zip(wanted[:3], key, strict=True))
            )
            if found < int(wanted[3]):
                what = " ".join(part for part in wanted[:3] if part) or "all events"
                short.append(f"line {rows.line_num}: {what}: {found} found, at least {wanted[3]} expected")
    if short:
        told = "\n  ".join(short)
        raise BuildError(
            f"{path}: events were lost, nothing was written:\n  {told}\n"
            "Find out why (rules, raw text); change the expectation only if the events were wrong."
        )
