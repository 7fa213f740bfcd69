"""Which licences allow that words of a text are published beside the facts read from them
(``licences.csv``)."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


@cache
def _allowing() -> frozenset[str]:
    path = Path(__file__).with_name("licences.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(_fold(row["name"]) for row in csv.DictReader(lines))


def may_quote(licence: str | None) -> bool:
    """Whether words of a text under this licence may be published; an unknown licence allows nothing."""
    return licence is not None and _fold(licence) in _allowing()
