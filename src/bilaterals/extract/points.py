"""The points of a shared position: an enumeration cut at its verbs, or a numbered or bulleted list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract.candidates import Evidence, Point
from bilaterals.extract.clauses import Reading
from bilaterals.extract.domains import domain_of


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/consensus.toml`."""

    complements: dict[str, tuple[str, ...]]
    courtesies: tuple[str, ...]
    adjunct: re.Pattern[str]
    nouns: tuple[str, ...]
    point: re.Pattern[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "consensus.toml").read_text(encoding="utf-8"))
    adjuncts = "|".join(sorted(map(re.escape, table["adjuncts"]["words"]), key=len, reverse=True))
    verbs = "|".join(table["point_verbs"]["words"])
    return Words(
        {verb.replace("_", " "): tuple(listed) for verb, listed in table["complements"].items()},
        tuple(table["courtesies"]["words"]),
        re.compile(rf",\s(?:{adjuncts})\b"),
        tuple(table["nouns"]["words"]),
        re.compile(
            rf"(?:[,;]\s(?:and\s)?|\sand\s)(?=(?:that\s)?(?:[a-z]+ly\s)?(?:{verbs})\b|that\s|to\s[a-z]+|(?:welcomed|reaffirmed|agreed|expressed|condemned|called|underscored|decided|committed|stressed)\b)"
        ),
    )


LEAD = re.compile(r"^(?:that|to)\s+")
LISTED = re.compile(r"\s*:\s*\n+(?P<items>(?:[ \t]*(?:\d{1,2}[.)]|[-•*–]|\(?[a-z0-9]\))\s[^\n]{1,600}(?:\n+|$)){1,40})")


LIST_ITEM = re.compile(
    r"^[ \t]*(?:\d{1,2}[.)]|[-•*–]|\(?[a-z0-9]\))\s+(?:to\s|that\s)?(?P<text>[^\n]+?)[;,.]?(?:\s(?:and|or))?[;,.]?$",
    re.MULTILINE,
)


def listed_points(reading: Reading, stop: int) -> tuple[list[Point], int]:
    """The numbered or bulleted points behind a colon, and where the list ends."""
    found = LISTED.match(reading.tokens.text, stop)
    if found is None:
        return [], stop
    points = []
    for item in LIST_ITEM.finditer(reading.tokens.text, found.start("items"), found.end("items")):
        start, end = item.span("text")
        points.append(Point(item["text"], domain_of(item["text"]), Evidence("text", start, end, "point.listed")))
    return points, found.end("items") - (len(found["items"]) - len(found["items"].rstrip(" \n;,.")))


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Whether a quotation that opens behind ``start`` is still open at ``at``."""
    depth = text.count("“", start, at) - text.count("”", start, at) + text.count('"', start, at) % 2
    return depth > 0


def split_points(reading: Reading, start: int, stop: int) -> Iterator[Point]:
    """The points of a shared position: its content cut where a new verb or "that" begins."""
    text = reading.tokens.text
    cuts = [start]
    for found in words().point.finditer(text, start, stop):
        if found.start() > start + 3 and not _is_quoted(text, start, found.start()):
            cuts.extend((found.start(), found.end()))
    cuts.append(stop)
    for first, last in zip(cuts[0::2], cuts[1::2], strict=False):
        piece = text[first:last]
        lead = len(piece) - len(piece.lstrip(" ,;"))
        words_of = piece.strip(" ,;:")
        words_of = LEAD.sub("", words_of)
        if len(words_of) > 3:
            at = text.index(words_of, first + lead)
            yield Point(words_of, domain_of(words_of), Evidence("text", at, at + len(words_of), "point.split"))
