"""What puts an event behind the news of its text: words before it ("under", "since", "not long ago").

The phrases are in `rules/background.toml`, the heads of references and the words around them in `rules/references.toml`.
Frames ask here whether what they found is told as news, and references whether a phrase names something of the past.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress
from pathlib import Path

from bilaterals.extract.clauses import Clause, Reading, positions
from bilaterals.extract.phrases import Cue, cues
from bilaterals.extract.tokens import Tokens

CUES = cues("background")
OPENER, DETERMINER, IN_BEING, SIGNING, ANNIVERSARY = (
    CUES[name] for name in ("opener", "determiner", "in-being", "signing", "anniversary")
)

OPENING_REACH = 40
LEAD_REACH, LONGEST_LEAD = 80, 4  # in characters, in words
LONGEST_KEPT = 80
DATES = frozenset("D")
WORD = re.compile(r"\w+")
TWO_WEEKS = dt.timedelta(14)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/references.toml`."""

    proper: tuple[str, ...]
    heads: tuple[str, ...]
    gatherings: frozenset[str]
    deeds: frozenset[str]
    deals: frozenset[str]
    articles: frozenset[str]
    modifiers: frozenset[str]
    ordinals: frozenset[str]
    inner: frozenset[str]
    past: frozenset[str]
    joining: frozenset[str]
    tail_starts: frozenset[str]
    tail_words: frozenset[str]
    tail_ends: frozenset[str]
    ahead: re.Pattern[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "references.toml").read_text(encoding="utf-8"))
    lists = {name: tuple(str(word) for word in row["words"]) for name, row in table.items()}
    sets = {name: frozenset(found) for name, found in lists.items() if name not in ("proper", "instruments", "ahead")}
    ahead = re.compile(rf"\b(?:{_any_of(lists['ahead'])})\b[^,;]{{0,12}}$", re.IGNORECASE)
    return Words(lists["proper"], (*lists["gatherings"], *lists["instruments"]), ahead=ahead, **sets)


@cache
def _pattern_of(proper: tuple[str, ...], heads: tuple[str, ...]) -> re.Pattern[str]:
    """Some of the heads of phrases, as they stand in a text."""
    return re.compile(rf"(?:(?P<proper>{_any_of(proper)})|(?P<head>(?i:{_any_of(heads)})))\b(?![’'-]\w{{2}})")


def _any_of(names: Iterable[str]) -> str:
    """The inside of a pattern that matches one of some words; of none of them, where there are none."""
    return "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True)) or "(?!)"


HeadPlace = tuple[int, re.Pattern[str]]


class HeadPlaces(dict[str, tuple[HeadPlace, ...]]):
    """Where in a token's surface a head may begin, at a word of it, and the heads that may. Most tokens hold none.

    It is emptied when it has grown large, so that no text can make it eat the memory.
    """

    LIMIT = 100_000

    def __missing__(self, surface: str) -> tuple[HeadPlace, ...]:
        if len(self) >= self.LIMIT:
            self.clear()
        found = tuple(self._find(surface))
        if len(surface) <= LONGEST_KEPT:
            self[surface] = found
        return found

    def _find(self, surface: str) -> Iterator[HeadPlace]:
        for word in WORD.finditer(surface):
            rest = surface[word.start() :].lower()
            proper, heads = (
                tuple(name for name in names if rest.startswith(name.lower().split()[0]))
                for names in (words().proper, words().heads)
            )
            if proper or heads:
                yield word.start(), _pattern_of(proper, heads)


_head_places = HeadPlaces()


def find_heads(tokens: Tokens, first: int, last: int) -> list[re.Match[str]]:
    """Every head of a phrase that names an event or an instrument and begins in the tokens first:last, in their order."""
    text = tokens.text
    found = []
    near = list(map(_head_places.__getitem__, tokens.words[first:last]))
    for i in compress(range(first, last), near):
        for place, pattern in near[i - first]:
            at = tokens.starts[i] + place
            if not (at and (text[at - 1].isalnum() or text[at - 1] == "_")) and (head := pattern.match(text, at)):
                found.append(head)
    return found


def opens_in_the_past(reading: Reading, clause: Clause) -> bool:
    """Whether a sentence begins with words that go back behind the news ("Not long ago, ...")."""
    start = reading.tokens.starts[clause.first]
    return OPENER.search(reading.tokens.text[start : start + OPENING_REACH].lower()) is not None


def told_of_the_past(reading: Reading, clause: Clause, before: int) -> bool:
    """Whether a date of the past (a month, a year, another day than the text's) stands before an item of the sentence.

    A chronicle's entry tells its own day; it never speaks of the past in this sense.
    """
    if reading.entry_when is not None or clause.number <= reading.tokens.body or before <= 0:
        return False
    base = reading.tokens.base
    for at in positions(clause.codes[:before], DATES):
        mention = reading.tokens.dates.get(clause.items[at].first)
        if mention is None or mention.date is None or mention.date.start is None:
            continue
        start = mention.date.start
        if len(start) < 10 or (base is not None and start < (base - TWO_WEEKS).isoformat()):
            return base is None or start <= base.isoformat()[: len(start)]
    return False


def already_in_being(lead: str) -> bool:
    """Whether the words before an instrument ("under the", "since the signing of the") tell that it stood before the news."""
    said = lead[-LEAD_REACH:].lower().split()
    while said and DETERMINER.fullmatch(said[-1]):
        said.pop()
    told = " ".join(said)
    signing = SIGNING.find(told)
    if signing is None:
        return _ends_with(IN_BEING, said)
    before = told[: signing.start()].split()
    return ends_with(before, words().past) or _ends_with(ANNIVERSARY, before)


def _ends_with(cue: Cue, said: list[str]) -> bool:
    """Whether the last one to four words are a phrase of the cue."""
    return any(cue.fullmatch(" ".join(said[first:])) for first in range(max(0, len(said) - LONGEST_LEAD), len(said)))


def ends_with(said: list[str], leads: frozenset[str]) -> bool:
    """Whether the last one to four words are one of some leads."""
    if not said or said[-1].lower() not in _last_words(leads):
        return False
    last = [word.lower() for word in said[-4:]]
    return any(" ".join(last[n:]) in leads for n in range(len(last)))


@cache
def _last_words(leads: frozenset[str]) -> frozenset[str]:
    """The last word of each lead: it is asked first, since most words are none."""
    return frozenset(lead.split()[-1] for lead in leads)
