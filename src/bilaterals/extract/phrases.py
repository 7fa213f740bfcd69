"""Phrases as data: the rows of `rules/visits.toml` and its like, read once and compiled by the cue they belong to.

A cue is what a reader looks for at one place of its own ("is the journey only prepared?"); its rows are the phrases that
say so, each with an id. The reader holds the cue in a constant of its module and asks it as it would ask a compiled
pattern, so that a phrase in a file costs what a pattern in the code would.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bilaterals.extract.clauses import compile_shape, has_any

NOTHING = "(?!)"
Find = Callable[..., re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of a file of phrases; the keys are explained at the head of each file."""

    id: str
    pattern: str
    words: tuple[str, ...] = ()
    makes: str = ""
    said: re.Pattern[str] | None = None


class Cue:
    """All phrases of one cue in one pattern, in the order of the file: the first that fits is the one that is read."""

    __slots__ = ("_by_group", "finditer", "fullmatch", "match", "phrases", "search", "sub", "words")

    search: Find
    match: Find
    fullmatch: Find
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.read(phrases)

    def read(self, phrases: Iterable[Phrase]) -> None:
        """Take these phrases in place of those it had."""
        self.phrases = tuple(phrases)
        self._by_group = {f"phrase_{n}": phrase for n, phrase in enumerate(self.phrases)}
        # An empty group behind a phrase tells which one it was; one around it would cost the engine its shortcuts.
        parts = (f"(?:{phrase.pattern})(?P<{group}>)" for group, phrase in self._by_group.items())
        pattern = re.compile("|".join(parts) or NOTHING)
        self.search, self.match, self.fullmatch = pattern.search, pattern.match, pattern.fullmatch
        self.finditer, self.sub = pattern.finditer, pattern.sub
        every = all(phrase.words for phrase in self.phrases)
        self.words = tuple(word for phrase in self.phrases for word in phrase.words) if every else ()

    def find(self, text: str) -> re.Match[str] | None:
        """The first of its phrases in a text; where each has its words, only after one of them was seen there."""
        return self.search(text) if not self.words or has_any(text, self.words) else None

    def phrase(self, found: re.Match[str]) -> Phrase:
        """The phrase that was found."""
        return self._by_group[found.lastgroup or ""]

    def id_of(self, found: re.Match[str]) -> str:
        """The id of the phrase that was found."""
        return self.phrase(found).id


@cache
def cues(name: str) -> dict[str, Cue]:
    """The cues of the file `rules/<name>.toml`, by their names."""
    text = (Path(__file__).parent / "rules" / f"{name}.toml").read_text(encoding="utf-8")
    phrases: dict[str, list[Phrase]] = {}
    for row in tomllib.loads(text)["rule"]:
        phrases.setdefault(row["cue"], []).append(_phrase(row))
    return {cue: Cue(rows) for cue, rows in phrases.items()}


def _phrase(row: dict[str, Any]) -> Phrase:
    pattern = compile_shape(row["shape"]).pattern if "shape" in row else row["pattern"]
    said = re.compile(row["said"]) if "said" in row else None
    return Phrase(row["id"], pattern, tuple(row.get("words", ())), row.get("makes", ""), said)
