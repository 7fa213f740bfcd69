"""A group of reports into one event: the best value of each field, everybody who took part, all the
evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from bilaterals.extract.candidates import Evidence, Participant, Point
from bilaterals.link.choosing import (
    SINGLE,
    WORDED,
    chosen_date,
    chosen_status,
    conflict,
    in_order,
    preferred,
    worded,
)
from bilaterals.link.codes import codes_of
from bilaterals.link.events import Event, Row
from bilaterals.link.facts import content_words, interval
from bilaterals.link.identity import similarity
from bilaterals.link.names import Person, name_tokens, person_of, rank, same_person, same_role
from bilaterals.link.reports import Report
from bilaterals.setaside import SetAside

# What an extractor may call a field, and the column it stands in.
COLUMNS = {
    "date": "date_start",
    "domain": "domain",
    "words": "words_in_text",
    "place": "city",
    "parties": None,
}
FIELDS = {
    "events": frozenset(
        ("event_type", "status", "date_start", "date_end", "title", "settings", "reported_by", *SINGLE)
    ),
    "participants": frozenset(("side", "name", "office", "level", "person_id", "is_head")),
    "points": frozenset(("text", "domain")),
    "event_domains": frozenset(("domain", "words_in_text")),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence of one field before it is a row: ``number`` is the part of the record's id behind that of the
    event."""

    table: str
    number: str
    report: Report
    evidence: Evidence

    def row(self, event_id: str) -> Row:
        """The row of evidence; the words of the report must be at hand."""
        words = self.report.words[self.evidence.start, self.evidence.end]
        column = COLUMNS.get(self.evidence.field, self.evidence.field)
        return {
            "table": self.table,
            "record_id": event_id + self.number,
            "field": column if column in FIELDS[self.table] else None,
            "doc_id": self.report.origin.doc_id,
            "start": words.start,
            "end": words.end,
            "rule_id": self.evidence.rule_id,
            "quote": words.quote,
            "quote_sha256": words.quote_sha256,
        }


@dataclass(slots=True)
class Merged:
    """An event, where each of its fields was read, and what documents do not agree on."""

    event: Event
    sources: list[Source] = field(default_factory=list)
    notes: list[SetAside] = field(default_factory=list)

    def add_source(self, table: str, number: str, report: Report, evidence: Evidence) -> None:
        """Note the evidence of a field."""
        self.sources.append(Source(table, number, report, evidence))

    def finish(self) -> Event:
        """The event with its id in all rows and its evidence."""
        event = self.event
        for rows in (event.participants, event.points, event.domains, event.links):
            for row in rows:
                row["event_id"] = event.event_id
        event.evidence = [source.row(event.event_id) for source in self.sources]
        return event


class _Attendee:
    """One participant, as all documents together name them."""

    def __init__(self, participant: Participant) -> None:
        self.mentions = [participant]
        self.evidence: list[tuple[Report, Evidence]] = []
        self.people: list[Person] = [person_of(participant)]

    def is_same(self, participant: Participant) -> bool:
        """Whether the mention is of this participant: by person, or, where a name is missing, by office."""
        if participant.country != self.mentions[0].country:
            return False
        person = person_of(participant)
        for own in self.people:
            if own.is_named and person.is_named:
                if same_person(own, person):
                    return True
            elif same_role(own, person):
                return True
        return False

    def row(self) -> Row:
        """The row of the participant, without its ordinal."""
        names = [m.name for m in self.mentions if m.name]
        # the fullest form, spelled as most do, not in capitals; at a tie the first in weight
        name = max(
            dict.fromkeys(names),
            key=lambda n: (len(name_tokens(n)), -sum(w.isupper() for w in n.split()), names.count(n)),
            default=None,
        )
        offices = Counter(m.office for m in self.mentions if m.office)
        office = max(sorted(offices), key=lambda o: (offices[o], len(o)), default=None)
        levels = Counter(m.level for m in self.mentions if m.level)
        level = max(sorted(levels), key=lambda v: (levels[v], -rank(v)), default=None)
        ids = sorted({m.person_id for m in self.mentions if m.person_id})
        return {
            "side": self.mentions[0].country,
            "person_id": ids[0] if len(ids) == 1 else None,
            "name": name,
            "office": office,
            "level": level,
            "is_head": any(m.is_head for m in self.mentions),
        }


def _attendees(reports: list[Report]) -> list[_Attendee]:
    """Everybody who took part, each once: those with names first, so that a bare role finds its holder."""
    found: list[_Attendee] = []
    mentions = [
        (r, p) for r in in_order(reports) for p in r.candidate.participants if p.country in r.candidate.countries
    ]
    mentions = [(r, p) for r, p in mentions if p.name or p.office or p.level or p.person_id]
    mentions.sort(key=lambda pair: not person_of(pair[1]).is_named)
    for report, participant in mentions:
        fits = [attendee for attendee in found if attendee.is_same(participant)]
        named = person_of(participant).is_named
        if fits and (named or len(fits) == 1):
            attendee = fits[0]
            attendee.mentions.append(participant)
            attendee.people.append(person_of(participant))
        elif fits:
            attendee = fits[0]  # a role that two of them hold: the first, and nothing new is learnt of either
        else:
            attendee = _Attendee(participant)
            found.append(attendee)
        attendee.evidence += [(report, evidence) for evidence in participant.evidence]
    return found


def _add_participants(merged: Merged, reports: list[Report]) -> None:
    event = merged.event
    attendees = [(attendee, attendee.row()) for attendee in _attendees(reports)]
    order = {id(attendee): number for number, (attendee, _) in enumerate(attendees)}
    attendees.sort(
        key=lambda pair: (
            str(pair[1]["side"]),
            not pair[1]["is_head"],
            rank(_text(pair[1]["level"])),
            order[id(pair[0])],
        )
    )
    for state in {str(row["side"]) for _, row in attendees}:
        _mark_head([row for _, row in attendees if row["side"] == state])
    for ordinal, (attendee, row) in enumerate(attendees, 1):
        event.participants.append({"ordinal": ordinal, **row})
        for report, evidence in attendee.evidence:
            merged.add_source("participants", f"#{ordinal}", report, evidence)
    _add_unnamed_side(event)
    for side in ("a", "b"):
        country = event.row[f"country_{side}"]
        names = [str(p["name"]) for p in event.participants if p["side"] == country and p["name"]]
        event.row[f"participants_{side}"] = "; ".join(name.replace(";", ",") for name in names) or None


def _add_unnamed_side(event: Event) -> None:
    """A meeting has two sides: where the documents say who came for one only, the other takes part without name or office."""
    present = {row["side"] for row in event.participants}
    if event.row["event_type"] != "meeting" or len(present) != 1:
        return
    for country in (event.row["country_a"], event.row["country_b"]):
        if country not in present:
            nobody = {"person_id": None, "name": None, "office": None, "level": None}
            event.participants.append(
                {"ordinal": len(event.participants) + 1, "side": country, **nobody, "is_head": True}
            )


def _mark_head(side: list[Row]) -> None:
    """The first of a side is its head when no document says so and nobody beside him is of his level."""
    first, *others = side
    alone = all(rank(_text(other["level"])) > rank(_text(first["level"])) for other in others)
    if alone and not any(row["is_head"] for row in side):
        first["is_head"] = True


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _add_points(merged: Merged, reports: list[Report]) -> None:
    """The points of the fullest account; the other accounts give evidence for those that say the same."""
    told = [report for report in in_order(reports) if report.candidate.points]
    if not told:
        return
    main = max(told, key=lambda r: (r.origin.may_quote, len(r.candidate.points), -told.index(r)))
    for ordinal, point in enumerate(main.candidate.points, 1):
        merged.event.points.append(
            {
                "ordinal": ordinal,
                "text": point.text if main.origin.may_quote else None,
                "domain": point.domain,
            }
        )
    for report in told:
        for place, point in enumerate(report.candidate.points, 1):
            number = place if report is main else _alike(point, main.candidate.points)
            if number:
                merged.add_source("points", f"#{number}", report, point.evidence)


def _alike(point: Point, others: tuple[Point, ...]) -> int | None:
    words = content_words(point.text)
    scores = [similarity(words, content_words(other.text)) for other in others]
    best = max(scores, default=0.0)
    return scores.index(best) + 1 if best >= 0.5 else None


def _add_domains(merged: Merged, reports: list[Report]) -> None:
    event, words = merged.event, defaultdict[str, dict[str, None]](dict)
    for report in in_order(reports):
        for domain in report.candidate.domains:
            words[domain.domain][domain.words.replace("; ", ", ")] = None
            merged.add_source("event_domains", f"#{domain.domain}", report, domain.evidence)
    points = {str(point["domain"]) for point in event.points if point["domain"]}
    event.domains = [{"domain": name, "words_in_text": "; ".join(words[name])} for name in sorted(words)]
    event.row["domains"] = "; ".join(sorted(words.keys() | points)) or None


def _add_dates(row: Row, reports: list[Report]) -> list[str]:
    when, different = chosen_date(reports)
    published = [report.origin.published for report in reports if report.origin.published]
    first = min(published, default=None)
    earliest: date | None = None
    latest: date | None = None
    if when.start:
        earliest, latest = interval(when.start)
    elif row["status"] not in ("planned", "postponed", "cancelled"):
        latest = first
    row.update(
        date_start=when.start,
        date_end=when.end if when.start else None,
        date_precision=when.precision if when.start else "unknown",
        earliest_date=earliest,
        latest_date=latest,
        first_reported=first,
    )
    return different


def merge(reports: list[Report], mentions: list[Report]) -> Merged:
    """One event out of the reports of it; ``mentions`` are references that give evidence and nothing else."""
    first = in_order(reports)[0].candidate
    row: Row = {
        "event_type": first.event_type,
        "status": chosen_status(reports),
        "country_a": first.countries[0],
        "country_b": first.countries[1],
    }
    merged = Merged(Event(row))
    notes = merged.notes
    different = _add_dates(row, reports)
    if different:
        notes.append(conflict(reports, "date_start", list(different), row["date_start"]))
    for name in SINGLE:
        value, distinct = preferred(reports, lambda candidate, name=name: getattr(candidate, name))  # type: ignore[misc]
        row[name] = worded(distinct) if name in WORDED else value
        if len(distinct) > 1 and name not in WORDED:
            notes.append(conflict(reports, name, distinct, value))
    row["settings"] = "; ".join(sorted({s for r in reports for s in r.candidate.settings})) or None
    row["reported_by"] = "; ".join(sorted(frozenset().union(*(r.sides for r in reports)))) or None
    row["is_background"] = not any(report.candidate.is_main for report in reports)
    row["n_documents"] = len({report.origin.doc_id for report in (*reports, *mentions)})
    row["review_status"] = "machine"
    row["plover_event"], row["plover_mode"], row["cameo"] = codes_of(
        first.event_type,
        str(row["status"]),
        _text(row["mode"]),
        _text(row["venue_country"]),
        (first.countries[0], first.countries[1]),
    )
    for report in in_order(reports):
        for evidence in report.candidate.evidence:
            merged.add_source("events", "", report, evidence)
    for report in mentions:
        for evidence in report.candidate.evidence[:1]:
            merged.add_source("events", "", report, evidence)
    _add_participants(merged, reports)
    _add_points(merged, reports)
    _add_domains(merged, reports)
    return merged
