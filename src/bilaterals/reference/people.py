"""Who held which office when.

``people.csv`` has one row a person, ``offices.csv`` one row a tenure; each row names its source.

* ``person_id`` is the country and the ASCII name. The family name stands first for Chinese, Japanese,
  Korean, Vietnamese, Taiwanese and Cambodian names (``CHN-wang-yi``, ``JPN-hayashi-yoshimasa``), the given
  name elsewhere (``FRA-emmanuel-macron``). A number is added when two people of a country share a name.
* ``office`` is lower-case English ("foreign minister"). "leader" is the effective leader of a state in a
  source that does not tell the title; its level is empty.
* ``start`` and ``end`` are ISO 8601 at the precision of the source ("2013-03-14", "1974-11", "1971"). Both
  count as days in office. An empty end is a tenure that was current when its source was written. Where the
  source tells only that the person was in office on a date, that date is the bound and ``source`` says so:
  the tenure may have begun earlier or lasted longer.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NEAR_YEARS = 12
LEADING = ("head_of_state", "head_of_government")
_HERE = Path(__file__).parent

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_APOSTROPHES = re.compile("['’‘ʻʼ`]")

# Words inside a name that do not tell people apart.
_PARTICLES = frozenset(
    {
        *("al", "el", "de", "da", "do", "dos", "das", "del", "di", "du", "la", "le", "van", "von"),
        *("der", "den", "bin", "ibn", "ould", "of", "the", "jr", "sr", "y", "e"),
    }
)

# States where people are commonly called by a name that is not the family name ("Prime Minister Phuc").
_ANY_WORD = frozenset(
    {
        *("AFG", "BGD", "BTN", "ERI", "ETH", "IDN", "ISL", "KHM", "LAO", "MMR"),
        *("MNG", "MYS", "PAK", "SOM", "THA", "TLS", "VNM"),
    }
)

# States whose names put the family name first in English prose.
_FAMILY_FIRST = frozenset({"CHN", "KHM", "KOR", "PRK", "TWN", "VNM"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person, with the spellings that texts use."""

    person_id: str
    name: str
    family_name: str
    given_name: str | None
    other_names: tuple[str, ...]
    country: str
    source: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """One time in one office."""

    person_id: str
    office: str
    level: str | None
    country: str
    start: str | None
    end: str | None
    source: str

    def covers(self, day: date) -> bool:
        """Whether the office was held on the day, as far as the precision of the bounds tells."""
        return self.covers_iso(day.isoformat())

    def covers_iso(self, iso: str) -> bool:
        """The same, of a day in ISO 8601."""
        return (self.start is None or self.start <= iso[: len(self.start)]) and (
            self.end is None or iso[: len(self.end)] <= self.end
        )


@cache
def people() -> dict[str, Person]:
    """All people, by id."""
    return {
        person_id: Person(
            person_id,
            name,
            family_name,
            given_name or None,
            tuple(other_names.split("; ")) if other_names else (),
            country,
            source,
        )
        for person_id, name, family_name, given_name, other_names, country, source in _rows("people.csv")
    }


@cache
def tenures() -> tuple[Tenure, ...]:
    """All tenures, by country, person and start."""
    return tuple(
        Tenure(person_id, office, level or None, country, start or None, end or None, source)
        for person_id, office, level, country, start, end, source in _rows("offices.csv")
    )


def holders(office: str, country: str, day: date) -> tuple[Person, ...]:
    """Who held the office of the state on the day: nobody, one, or several.

    Several hold an office on a day of handover, in a month or year of handover when no more is known, and
    where the office is not of one person.
    """
    ids = {t.person_id: None for t in _by_office().get((office, country), ()) if t.covers(day)}
    return tuple(people()[person_id] for person_id in ids)


def tenures_of(person_id: str, day: date | None = None) -> tuple[Tenure, ...]:
    """The tenures of a person; with a day, those that cover it."""
    return tuple(t for t in _by_person().get(person_id, ()) if day is None or t.covers(day))


def find_people(name: str, day: date | None = None, country: str | None = None) -> tuple[Person, ...]:
    """Every person whom the name fits, in the order of their ids.

    Accents, capitals, hyphens and the order of the words do not matter, and the family name alone is enough.
    With a day, only people who held an office on it; with a country, only its people. No guess is made:
    a name that fits two people gives two.
    """
    bearers = _bearers(name)
    if country is not None:
        bearers = tuple(person for person in bearers if person.country == country)
    if day is not None and bearers:
        iso = day.isoformat()
        bearers = tuple(
            person for person in bearers if any(t.covers_iso(iso) for t in _by_person().get(person.person_id, ()))
        )
    return bearers


@lru_cache(maxsize=65536)
def _bearers(name: str) -> tuple[Person, ...]:
    """Every person whom the name fits, at any time: a text asks for the same few names again and again."""
    asked = _words(name)
    content = asked - _PARTICLES or asked
    return tuple(
        person for person in map(people().__getitem__, sorted(_candidates(content))) if _fits(person, name, content)
    )


def find_near(name: str, day: date, level: str) -> tuple[Person, ...]:
    """The people whom a full name fits and who held an office of that level within ``NEAR_YEARS`` of the day.

    The lists have gaps, and a leader returns to office. The answer is worth something only where the text itself gives
    the person that office: it tells for whom he speaks, not that he held it on the day.
    """
    first, last = str(day.year - NEAR_YEARS), str(day.year + NEAR_YEARS)
    return tuple(
        person
        for person in find_people(name)
        if person.given_name
        and any(
            (tenure.level == level or (tenure.office == "leader" and level in LEADING))
            and (tenure.end or last)[:4] >= first
            and (tenure.start or first)[:4] <= last
            for tenure in tenures_of(person.person_id)
        )
    )


def fold(text: str) -> str:
    """The text in small letters without accents and apostrophes."""
    lowered = _APOSTROPHES.sub("", text.lower()).translate(_LETTERS)
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def _rows(file: str) -> Iterator[list[str]]:
    with (_HERE / file).open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        next(reader)  # the names of the columns
        yield from reader


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    """The words of a name, parts of hyphenated ones apart; lone letters only when there is nothing else."""
    words = [part for word in _WORD.findall(fold(name)) for part in word.split("-")]
    return frozenset([w for w in words if len(w) > 1 or not w.isascii()] or words)


@lru_cache(maxsize=65536)
def _joined(name: str) -> frozenset[str]:
    """Hyphenated words written as one ("Jong-un", "Jongun")."""
    return frozenset(word.replace("-", "") for word in _WORD.findall(fold(name)) if "-" in word)


@cache
def _given_joined(person: Person) -> frozenset[str]:
    """The two words of a given name written as one, where texts do so ("Kim Jong Un", "Kim Jongun")."""
    if person.country not in _FAMILY_FIRST or person.given_name is None:
        return frozenset()
    return frozenset({"".join(_WORD.findall(fold(person.given_name))).replace("-", "")})


def _fits(person: Person, name: str, content: frozenset[str]) -> bool:
    family = _words(person.family_name) - _PARTICLES or _words(person.family_name)
    given = _given_joined(person)
    for spelling in (person.name, *person.other_names):
        words = _words(spelling)
        core, joined = words - _PARTICLES or words, _joined(spelling)
        if content <= words | joined | given:
            if len(content) > 1 or content <= family or (len(core) == 1 and content <= words):
                return True
            if person.country in _ANY_WORD:
                return True
            if content <= joined and content <= _joined(person.family_name):
                return True
        elif len(core) > 1 and core <= content:
            return True
    return person.given_name is None and _ends_with_family(person, name, family)


def _ends_with_family(person: Person, name: str, family: frozenset[str]) -> bool:
    """A full name fits a person of whom only the family name is known when that name stands in its place."""
    words = [word for word in _WORD.findall(fold(name)) if word not in _PARTICLES]
    if len(words) < 2 or not family:
        return False
    place = words[0] if person.country in _FAMILY_FIRST else words[-1]
    return family <= _words(" ".join(words)) and bool(family & (_words(place) | _joined(place)))


def _candidates(content: frozenset[str]) -> set[str]:
    index = _by_word()
    return {person_id for word in content for person_id in index.get(word, ())}


@cache
def _by_word() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for person in people().values():
        spellings = " ".join((person.name, *person.other_names))
        family = _words(person.family_name)
        for word in (_words(spellings) - _PARTICLES) | family | _joined(spellings) | _given_joined(person):
            index.setdefault(word, []).append(person.person_id)
    return index


@cache
def _by_office() -> dict[tuple[str, str], list[Tenure]]:
    index: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures():
        index.setdefault((tenure.office, tenure.country), []).append(tenure)
    return index


@cache
def _by_person() -> dict[str, list[Tenure]]:
    index: dict[str, list[Tenure]] = {}
    for tenure in tenures():
        index.setdefault(tenure.person_id, []).append(tenure)
    return index
