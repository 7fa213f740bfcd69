"""What the extractor gives: candidate records of one document, every field with the words it was read from.

A candidate is not yet an event. It speaks of one document only; `bilaterals.link` decides which candidates of
several documents are the same event. Offsets count characters of ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bilaterals.setaside import SetAside


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that one field was read from.

    ``field`` is a column of the candidate's table ("date_start", "city", "status", ...) or "" for the record as a
    whole. ``start`` and ``end`` are character offsets in ``Document.text``, end exclusive. ``rule_id`` names the rule.
    """

    field: str
    start: int
    end: int
    rule_id: str


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date or interval at the precision stated: ISO 8601, "2024-12-25", "2024-12" or "2024".

    ``end`` is set for ranges only. ``precision`` is day, month, year or unknown (then both are None).
    """

    start: str | None = None
    end: str | None = None
    precision: str = "unknown"


UNKNOWN_DATE = Date()


@dataclass(frozen=True, slots=True)
class Participant:
    """One person, or one role without a name, on one side of an event. ``country`` is ISO 3166 alpha-3."""

    country: str
    name: str | None = None
    office: str | None = None
    level: str | None = None
    person_id: str | None = None
    is_head: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a consensus, or one item of a counted set of agreements, in the document's words."""

    text: str
    domain: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DomainWords:
    """The document's own words for a field of cooperation, and the domain they stand for ("other" if unknown)."""

    domain: str
    words: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another candidate of the same document, by its index: part_of, resulted_in, follows_up, ..."""

    relation: str
    other: int


@dataclass(slots=True)
class Candidate:
    """One visit, meeting, consensus, agreement or reference as one document tells it.

    ``event_type`` is visit, meeting, consensus, agreement, or reference (a mention of another identifiable event; not
    published as an event of its own). ``countries`` are ISO 3166 alpha-3 codes in alphabetical order; a candidate with
    another number of countries than two is set aside by `bilaterals.link`. ``evidence`` holds the record's own span
    first (field ""). All values are None or empty where the text does not give them.
    """

    event_type: str
    status: str
    countries: tuple[str, ...]
    evidence: list[Evidence]
    date: Date = UNKNOWN_DATE
    participants: tuple[Participant, ...] = ()
    city: str | None = None
    venue_country: str | None = None
    level: str | None = None
    mode: str | None = None
    settings: tuple[str, ...] = ()
    occasion: str | None = None
    mechanism: str | None = None
    mechanism_round: int | None = None
    instrument: str | None = None
    title: str | None = None
    n_stated: int | None = None
    domains: tuple[DomainWords, ...] = ()
    points: tuple[Point, ...] = ()
    reported_by: str | None = None
    is_main: bool = True
    visitor_from: str | None = None
    visitor_to: str | None = None
    relations: list[Relation] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end of the words the whole record rests on."""
        return self.evidence[0].start, self.evidence[0].end


@dataclass(frozen=True, slots=True)
class Extraction:
    """All candidates of one document in the order of the text, and what was set aside with its reason."""

    candidates: tuple[Candidate, ...]
    set_aside: tuple[SetAside, ...] = ()
