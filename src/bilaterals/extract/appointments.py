"""Rounds before and after the one told: "The previous round took place in London", "The next session will be in Kuwait".

The parties are those of the meeting just told; a round without a place and without a date is no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.memory import Memory

ROUND = re.compile(
    r"\b[Tt]he (?P<which>previous|last|next|following|[a-z]+(?:th|st|nd|rd)|\d+(?:th|st|nd|rd)) "
    r"(?:[\w-]+ ){0,3}?(?:round|session|meeting|consultations?|dialogue|talks|edition)\b[^.;]{0,60}?"
    r"\b(?:(?P<held>took place|was held|were held|had been held)|"
    r"(?P<planned>will be held|will take place|would be held|would take place|is to be held|are to be held|will be convened|"
    r"is scheduled|are scheduled|is planned|is due|will meet|would convene|will convene))\b"
)
# What the words of a round end with: without it the sentence tells of none, and need not be searched.
TELLING = ("place", "held", "convene", "scheduled", "planned", " due", " meet")
BEHIND = ("previous", "last")


def find_appointments(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """The round before or after the meeting just told, where the sentence gives its place or its date."""
    if not memory.meetings or reading.entry_when is not None or not clause.items:
        return
    told = memory.meetings[-1]
    if len(told.countries) != 2 or told.status != "held" or not reading.has_any(clause, TELLING):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    found = ROUND.search(reading.tokens.text, begin, end)
    if found is None:
        return
    is_planned = found["planned"] is not None
    if not is_planned and found["which"] not in BEHIND:
        return  # "the ninth session was held": the news itself, which a frame reads
    starts = reading.tokens.starts
    first = next(i for i, item in enumerate(clause.items) if starts[item.first] >= found.start("which"))
    last = next((i for i, item in enumerate(clause.items) if starts[item.first] >= found.end()), len(clause.items))
    when = scope.find_date(reading, clause, first, last, future=is_planned)
    where = scope.find_place(reading, clause, first, last, told.countries)
    if when is None and where is None:
        return
    pieces = [piece.evidence for piece in (when, where) if piece is not None]
    start = min([found.start(), *(piece.start for piece in pieces)])
    stop = max([found.end(), *(piece.end for piece in pieces)])
    rule = "meeting.next-round" if is_planned else "meeting.previous-round"
    status = Evidence("status", *found.span("planned" if is_planned else "held"), rule)
    evidence = [Evidence("", start, stop, rule), *pieces, status]
    candidate = Candidate(
        event_type="meeting", status="planned" if is_planned else "held", countries=told.countries, evidence=evidence,
        city=where.city if where else None, venue_country=where.country if where else None, level="delegation",
        mode="in_person" if where else None, mechanism=told.mechanism, reported_by=reading.account, is_main=is_planned,
    )  # fmt: skip
    if when is not None:
        candidate.date = when.date
    yield candidate
