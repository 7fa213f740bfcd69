"""Are two mentions one person? By id, else by the parts of the name, whatever their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bilaterals.extract.candidates import Participant
from bilaterals.reference.people import fold as plain_letters

HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "he",
        "hon",
        "sir",
        "madam",
        "dame",
        "lord",
        "president",
        "premier",
        "prime",
        "minister",
        "foreign",
        "secretary",
        "of",
        "the",
        "for",
        "datuk", "dato", "seri", "tan", "sri", "tun", "sheikh", "shaikh", "shri", "smt", "sayyid",
    ]
)  # fmt: skip

# From the highest to the lowest; an event has the level of its lower-ranked principal.
LEVELS = (
    "head_of_state",
    "head_of_government",
    "deputy_head",
    "foreign_minister",
    "minister",
    "vice_minister",
    "official",
    "legislature",
    "party",
    "delegation",
)


def rank(level: str | None) -> int:
    """Place of a level in the order of protocol; an unknown level comes last."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


@lru_cache(maxsize=65536)
def fold(text: str) -> tuple[str, ...]:
    """Words of a text in lower case without accents and punctuation, in their order."""
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’]", "", plain_letters(text)).replace(".", " ")))


@lru_cache(maxsize=65536)
def name_tokens(name: str) -> frozenset[str]:
    """The parts of a name that identify a person: no titles, no initials."""
    return frozenset(part for part in fold(name) if len(part) > 1 and part not in HONORIFICS)


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a participant."""

    person_id: str | None
    tokens: frozenset[str]
    level: str | None
    office: frozenset[str]

    @property
    def is_named(self) -> bool:
        """Whether a person, not only a role, is known."""
        return bool(self.person_id or self.tokens)


def person_of(participant: Participant) -> Person:
    """The comparable part of a participant."""
    return Person(
        participant.person_id,
        name_tokens(participant.name) if participant.name else frozenset(),
        participant.level,
        frozenset(fold(participant.office)) if participant.office else frozenset(),
    )


@lru_cache(maxsize=65536)
def _near(a: str, b: str) -> bool:
    """One spelling or two of a word: Zelensky, Zelenskyy."""
    if a == b:
        return True
    if len(a) < 5 or len(b) < 5 or a[0] != b[0]:
        return False
    return SequenceMatcher(None, a, b).ratio() >= 0.86


@lru_cache(maxsize=65536)
def same_name(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one name is the other or a part of it, in any order and with small differences of spelling."""
    if not a or not b:
        return False
    if sorted("".join(a)) == sorted("".join(b)):  # Jong-un, Jong Un, Jongun
        return True
    short, long = sorted((a, b), key=len)
    return all(any(_near(part, other) for other in long) for part in short)


def same_person(a: Person, b: Person) -> bool:
    """Whether two named mentions are one person."""
    if a.person_id and b.person_id:
        return a.person_id == b.person_id
    return same_name(a.tokens, b.tokens)


LOOSE = 0.7


def _loosely(a: str, b: str) -> bool:
    """Two transliterations of a word: Tokayev, Toqaev; Gordienko is no Hardziyenka."""
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= LOOSE


def loosely_same(a: Person, b: Person) -> bool:
    """Whether two names may be spellings of one: a word of each is close, and the ranks do not tell them apart.

    This is weak: it counts only for one side of a meeting whose day and other side are known to agree.
    """
    if (a.person_id and b.person_id) or (a.level and b.level and a.level != b.level):
        return False
    return any(_loosely(one, two) for one in a.tokens for two in b.tokens)


def same_role(a: Person, b: Person) -> bool:
    """Whether two mentions, at least one of them without a name, may be holders of one office."""
    if a.level and b.level:
        return a.level == b.level
    return bool(a.office & b.office - HONORIFICS) or a.office == b.office != frozenset()


def principals(participants: tuple[Participant, ...], country: str) -> tuple[Person, ...]:
    """The heads of one side: those marked as such, else those of the highest level that is named."""
    side = [p for p in participants if p.country == country]
    heads = [p for p in side if p.is_head]
    if not heads and side:
        best = min(rank(p.level) for p in side)
        heads = [p for p in side if rank(p.level) == best]
    return tuple(person_of(p) for p in heads)
