"""The meeting that a title tells and the body takes for granted: "Head of State receives Foreign Minister of A"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract.candidates import Candidate, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, code_class
from bilaterals.extract.meetings import find_meetings
from bilaterals.extract.memory import Memory

OPENING = (
    "at the ",
    "during the ",
    "in the course of the ",
    "in the meeting",
    "following the ",
    "the meeting",
    "the talks",
    "the conversation",
)
NEAR = 6


def meeting_of_title(reading: Reading, memory: Memory) -> Iterator[Candidate]:
    """The meeting of the title, where the body tells none of its own but opens with "At the meeting, ..."."""
    if reading.entry_when is not None or any(meeting.is_main for meeting in memory.meetings):
        return
    body = _opening(reading)
    if body is None:
        return
    for clause in reading.clauses[: reading.tokens.body]:
        for made in find_meetings(reading, clause, memory):
            people = tuple(_named(reading, person) for person in made.participants)
            if len(made.countries) != 2 or not any(person.name for person in people):
                continue
            span = reading.tokens.span(body.first, body.last)
            rule = made.evidence[0].rule_id
            made.evidence[0] = Evidence("", *span, rule)
            yield replace(made, participants=people, is_main=True)
            return


def _opening(reading: Reading) -> Clause | None:
    """The first sentence of the body that speaks of the meeting as known."""
    nouns = code_class("meeting_noun")
    first = reading.tokens.body
    for clause in reading.clauses[first : first + NEAR]:
        words = reading.words(clause.first, min(clause.first + 8, clause.last))
        if words.startswith(OPENING) and any(code in nouns for code in clause.codes[:8]):
            return clause
    return None


def _named(reading: Reading, person: Participant) -> Participant:
    """The one person of the document who holds the office that the title gives without a name."""
    if person.name is not None:
        return person
    head = (person.office or "").lower().split()
    fits = [
        entity
        for entity in reading.cast.entities
        if not entity.is_former and entity.state == person.country
        and (entity.level == person.level or (head and head[-1] in (entity.office or "").lower()))
    ]  # fmt: skip
    if len(fits) != 1:
        return person
    span = reading.tokens.span(*fits[0].name_span)
    return replace(
        person,
        name=fits[0].name,
        person_id=fits[0].person_id,
        evidence=(*person.evidence, Evidence("name", *span, "person.title")),
    )
