"""Journeys told by the host: "will host President X in Paris on July 14" is a visit where no meeting of it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract import scope, venues
from bilaterals.extract.candidates import Candidate, Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import find_modality
from bilaterals.extract.parties import group_of
from bilaterals.extract.phrases import cues

HOSTED, ON_A_DAY = (cues("visits")[name] for name in ("hosted", "hosted-on-a-day"))
TO_A_PLACE = re.compile("[aD,n]{0,4}[it]T?[LBG]")


def find_hosted(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Visits of a sentence in which one state hosts an official of another on a day or at a place of its own."""
    if clause.is_title or code_class("host").isdisjoint(clause.kinds):
        return
    for at in positions(clause.codes, code_class("host")):
        found = HOSTED.match(clause.codes, at)
        subject = subject_before(clause, at) if found is not None else None
        if found is None or subject is None:
            continue
        hosts = group_of(reading, memory, actors_at(clause, *subject))
        guests = group_of(reading, memory, actors_at(clause, *found.span("b")))
        if len(hosts.states) != 1 or len(guests.states) != 1 or hosts.states == guests.states or not guests.people:
            continue
        made = _visit(reading, clause, hosts.states[0], guests.people[0].country, subject[0], found)
        if made is not None:
            made.participants, made.level = guests.people[:1], guests.people[0].level
            yield made


def _visit(
    reading: Reading, clause: Clause, host: str, guest: str, first: int, found: re.Match[str]
) -> Candidate | None:
    at, last = found.span()
    modality = find_modality(reading, clause, first, at, last)
    if not modality.is_real or modality.status not in ("held", "planned", "cancelled", "postponed"):
        return None
    when = scope.find_date(reading, clause, first, last, future=modality.status == "planned")
    where = venues.find_place(reading, clause, first, last, (host, guest))
    at_home = where is not None and where.country == host and TO_A_PLACE.match(clause.codes, last) is not None
    word = reading.words(clause.items[at].first, clause.items[at].last)
    on_a_day = ON_A_DAY.match(word) if when is not None and not at_home else None
    if not at_home and on_a_day is None:
        return None
    start, stop = reading.chars(clause, first, last)
    host_verb = reading.tokens.span(clause.items[at].first, clause.items[at].last)
    evidence = [Evidence("", start, stop, HOSTED.id_of(found))]
    evidence += [piece.evidence for piece in (when, where if at_home else None) if piece is not None]
    if on_a_day is not None:
        evidence.append(Evidence("venue_country", *host_verb, ON_A_DAY.id_of(on_a_day)))
    return Candidate(
        event_type="visit", status=modality.status, countries=tuple(sorted((host, guest))), evidence=evidence,
        date=when.date if when else Date(), city=where.city if where is not None and at_home else None, venue_country=host,
        mode="in_person", visitor_from=guest, visitor_to=host, reported_by=reading.account, is_main=not clause.in_speech,
    )  # fmt: skip
