"""Reports out of short descriptions, for tests of linking without texts and without an extractor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bilaterals.extract.candidates import Candidate, Date, DomainWords, Evidence, Participant, Point, Relation
from bilaterals.link import Report
from bilaterals.link.reports import Origin, Words, all_evidence

STATUS = {
    "meeting": "held",
    "visit": "held",
    "consensus": "reached",
    "agreement": "signed",
    "reference": "held",
}
PRECISION = {4: "year", 7: "month", 10: "day"}
PLAIN = (
    "status",
    "city",
    "mode",
    "mechanism",
    "instrument",
    "title",
    "n_stated",
    "occasion",
    "level",
    "reported_by",
)


def participant(country: str, text: str) -> Participant:
    """A participant from "Wang Yi/foreign_minister", "/foreign_minister" (no name) or "Wang Yi"; "@id" names
    a person."""
    text, _, person_id = text.partition("@")
    name, _, level = text.partition("/")
    return Participant(country, name=name or None, level=level or None, person_id=person_id or None, is_head=True)


def date_of(text: str | None) -> Date:
    """A date from "2024-12-25", "2024-12", "2024" or a range "2024-12-24..2024-12-26"; None is unknown."""
    if text is None:
        return Date()
    start, _, end = text.partition("..")
    return Date(start, end or None, PRECISION[len(start)])


def candidate(given: Mapping[str, Any]) -> Candidate:
    """A candidate: keys of three capitals are participants, the others are fields under their short names."""
    kind = given.get("type", "meeting")
    countries = tuple(sorted(given.get("countries") or [key for key in given if len(key) == 3 and key.isupper()]))
    people = tuple(participant(c, text) for c in countries for text in _texts(given.get(c)))
    span = given.get("span", (0, 10))
    travel = given.get("travel", "").split(">")
    fields = {name: given[name] for name in PLAIN if name in given}
    return Candidate(
        event_type=kind,
        countries=countries,
        evidence=[Evidence("", *span, f"test.{kind}")],
        date=date_of(given.get("date")),
        participants=people,
        venue_country=given.get("venue"),
        mechanism_round=given.get("round"),
        points=tuple(Point(text, None, Evidence("text", *span, "test.point")) for text in given.get("points", ())),
        domains=tuple(
            DomainWords(name, name, Evidence("domain", *span, "test.domain")) for name in given.get("domains", ())
        ),
        is_main=given.get("main", True),
        visitor_from=travel[0] or None,
        visitor_to=travel[1] if len(travel) > 1 else None,
        relations=[Relation(relation, other) for relation, other in given.get("relations", ())],
        **{"status": STATUS[kind]} | fields,
    )


def _texts(found: Any) -> list[str]:
    if found is None:
        return []
    return [text for text in ([found] if isinstance(found, str) else found) if text]


def report(doc_id: str, given: Mapping[str, Any], index: int = 0) -> Report:
    """A report of a document; "published" and "by" (the side of the document) describe the document."""
    published = given.get("published")
    if published is None and len(str(given.get("date", ""))[:10]) == 10:
        published = str(given["date"])[:10]
    span = (100 * index, 100 * index + 10)
    own = candidate({"span": span} | dict(given))
    words = {(e.start, e.end): Words(e.start, e.end, "0" * 64, f"words {e.start}") for e in all_evidence(own)}
    day = date.fromisoformat(published) if published else None
    return Report(Origin(doc_id, f"{doc_id}.txt", day, given.get("by")), index, own, span, words)


def reports(*documents: Mapping[str, Any] | list[Mapping[str, Any]]) -> list[Report]:
    """Reports of documents named d0, d1, ...; a list is a document with several records."""
    found = []
    for number, given in enumerate(documents):
        records = given if isinstance(given, list) else [given]
        found += [report(f"d{number}", record, index) for index, record in enumerate(records)]
    return found
