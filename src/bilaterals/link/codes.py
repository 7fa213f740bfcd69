"""PLOVER and CAMEO codes of an event, from ``codes.csv``; no code where neither scheme has one.

The sources named there: the CAMEO code list 0.7b5 and the PLOVER manual and crosswalk of the Open Event Data
Alliance (github.com/openeventdata/PLOVER).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

Codes = tuple[str | None, str | None, str | None]


@cache
def _codes() -> dict[tuple[str, str, str], Codes]:
    with Path(__file__).with_name("codes.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["event_type"], row["status"], row["place"]): (
                row["plover_event"] or None,
                row["plover_mode"] or None,
                row["cameo"] or None,
            )
            for row in csv.DictReader(lines)
        }


def _place(mode: str | None, venue_country: str | None, countries: tuple[str, str]) -> str:
    if mode == "phone":
        return "phone"
    if mode in ("video", "letter"):
        return "remote"
    if venue_country is None:
        return "unknown"
    return "at_home" if venue_country in countries else "third_country"


def codes_of(
    event_type: str, status: str, mode: str | None, venue_country: str | None, countries: tuple[str, str]
) -> Codes:
    """PLOVER event, PLOVER mode and CAMEO code; None for each that does not exist."""
    table = _codes()
    place = _place(mode, venue_country, countries)
    return table.get((event_type, status, place)) or table.get((event_type, status, "*")) or (None, None, None)
