"""Which state a publisher speaks for: "Ministry of Foreign Affairs of Japan", "The White House"."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from bilaterals.extract.lexicon import split_tokens
from bilaterals.reference import countries, places

OFFICIAL = re.compile(
    r"\b(?:ministry|department|government|embassy|office|presidency|president|prime minister|parliament|cabinet|council|assembly|legislature|foreign affairs|mfa|secretariat|high commission|supreme|chancellery|consulate|mission|white house|kremlin|kantei|royal|state|congress|senate)\b",
    re.IGNORECASE,
)


@cache
def known() -> dict[str, str]:
    """Publishers that speak for a state without naming it, from `rules/publishers.toml`."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "publishers.toml").read_text(encoding="utf-8"))
    return {str(name): str(state) for state, row in table.items() for name in row["names"]}


@lru_cache(maxsize=4096)
def side_of(publisher: str | None) -> str | None:
    """The ISO3 code of the one state whose official body the publisher is, or None."""
    if not publisher:
        return None
    for name, state in known().items():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", publisher, re.IGNORECASE):
            return state
    if not OFFICIAL.search(publisher):
        return None
    words = split_tokens(publisher)
    found: set[str] = set()
    i = 0
    while i < len(words):
        for width in (6, 5, 4, 3, 2, 1):
            surface = _join(publisher, words[i : i + width])
            readings = countries.names().get(surface) if surface else None
            if (
                readings
                and len({entry.iso3 for entry in readings}) == 1
                and (width > 1 or readings[0].kind != "adjective" or (i + 1 < len(words) and words[i + 1][0].isupper()))
            ):
                found.add(readings[0].iso3)
                i += width - 1
                break
            building = places.buildings().get(surface) if surface else None
            if building is not None:
                found.add(building.country)
                break
        i += 1
    return found.pop() if len(found) == 1 else None


def _join(text: str, words: list[str]) -> str:
    if not words:
        return ""
    start = text.find(words[0])
    end = start
    for word in words:
        end = text.find(word, end) + len(word)
    return text[start:end]
