"""The comparable facts of a report: what identity is decided on."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bilaterals.extract.candidates import Candidate, Date
from bilaterals.link.names import Person, fold, principals
from bilaterals.reference import places

LONGEST_RANGE = timedelta(days=60)  # a longer range says no more than a month does
SMALL_WORDS = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "with",
        "both",
        "two",
        "sides",
        "side",
        "will",
        "should",
        "has",
        "have",
        "had",
        "their",
        "its",
        "are",
        "was",
    ]
)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day on which an event may lie, and whether the days themselves are stated."""

    first: date
    last: date
    by_day: bool

    def overlaps(self, other: Span) -> bool:
        """Whether a day lies in both."""
        return self.first <= other.last and other.first <= self.last


def interval(text: str) -> tuple[date, date]:
    """First and last day of an ISO 8601 date at its precision: "2024-12" is the whole of December."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def span_of(when: Date) -> Span | None:
    """The days that a stated date covers; None when no date is stated."""
    if when.start is None:
        return None
    first, last = interval(when.start)
    if when.end:
        last = max(last, interval(when.end)[1])
    by_day = when.precision == "day" and last - first <= LONGEST_RANGE
    return Span(first, last, by_day)


@dataclass(frozen=True, slots=True)
class Facts:
    """What two reports are compared by. ``parent`` is the number of the parent's group, once that is
    known."""

    when: Span | None
    sides: tuple[tuple[Person, ...], tuple[Person, ...]]
    city: str | None
    venue_country: str | None
    mode: str | None
    mechanism: frozenset[str]
    mechanism_round: int | None
    status: str
    level: str | None
    direction: tuple[str | None, str | None]
    instrument: str | None
    title: frozenset[str]
    domains: frozenset[str]
    n_stated: int | None
    text: frozenset[str]
    parent: int | None = None

    @property
    def weight(self) -> int:
        """How much is known: the best informed report begins a group."""
        known = (self.city, self.venue_country, self.mode, self.mechanism, self.mechanism_round, self.title)
        named = sum(person.is_named for side in self.sides for person in side)
        return named + sum(bool(value) for value in (*known, self.domains, self.text, self.instrument))


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, folded."""
    return frozenset(word for word in fold(text) if len(word) > 2 and word not in SMALL_WORDS)


def _city(name: str) -> str:
    """The folded name of a city, under the one name that the list gives it: Kiev is Kyiv."""
    known = places.cities().get(name, ())
    return " ".join(fold(known[0].name if len(known) == 1 else name))


def facts_of(candidate: Candidate, parent: int | None = None) -> Facts:
    """The comparable facts of a candidate of two countries."""
    country_a, country_b = candidate.countries
    return Facts(
        when=span_of(candidate.date),
        sides=(principals(candidate.participants, country_a), principals(candidate.participants, country_b)),
        city=_city(candidate.city) if candidate.city else None,
        venue_country=candidate.venue_country,
        mode=candidate.mode,
        mechanism=content_words(candidate.mechanism) if candidate.mechanism else frozenset(),
        mechanism_round=candidate.mechanism_round,
        status=candidate.status,
        level=candidate.level,
        direction=(candidate.visitor_from, candidate.visitor_to),
        instrument=candidate.instrument,
        title=content_words(candidate.title) if candidate.title else frozenset(),
        domains=frozenset(d.domain if d.domain != "other" else d.words.lower() for d in candidate.domains),
        n_stated=candidate.n_stated,
        text=frozenset().union(*(content_words(point.text) for point in candidate.points)),
        parent=parent,
    )
