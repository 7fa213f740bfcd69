"""What a document has told so far: its meetings and visits, who spoke, and which states "the two sides" are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, When, Where, code_class
from bilaterals.extract.parties import Group, group_of, state_of
from bilaterals.extract.phrases import cues
from bilaterals.extract.scope import resolve_date

if TYPE_CHECKING:
    from bilaterals.extract.appointments import Rule

# How a readout goes on with the journey that it has just told.
GOES_ON = ("he ", "she ", "they ", "during ", "in the course of ", "the delegation ")


ONE_DAY = re.compile(r"\bone-day\b|\bday trip\b")
ARRIVAL = cues("story")["arrival"]


@dataclass(slots=True)
class Listing:
    """A list of instruments that a sentence opened: their parties, status and day, and the sentence of the last item."""

    states: tuple[str, ...]
    status: str
    date: Date
    evidence: list[Evidence]
    number: int


@dataclass(slots=True)
class Memory:
    """What the document has told up to the sentence that is being read."""

    reading: Reading
    meetings: list[Candidate] = field(default_factory=list)
    visits: list[Candidate] = field(default_factory=list)
    last_subject: Participant | None = None
    speakers: list[Participant] = field(default_factory=list)
    last_parties: tuple[str, ...] = ()
    last_was_consensus: bool = False
    has_statement: bool = False
    listing: Listing | None = None
    last_agreement: tuple[int, Candidate] | None = None  # with the number of its sentence
    round_rules: tuple[Rule, ...] | None = None
    """The rules of `appointments.py` that have a word in the text at all, once it was asked for them."""

    def later_meeting(self, number: int) -> bool:
        """Whether one of the next sentences speaks of "the meeting" or "the talks"."""
        for clause in self.reading.clauses[number + 1 : number + 12]:
            for i, code in enumerate(clause.codes):
                if code == "E" and clause.codes[max(0, i - 2) : i].startswith(("T", "x", "i")) and i:
                    word = self.reading.words(clause.items[i].first, clause.items[i].last)
                    if word in ("meeting", "talks", "meetings", "conversation", "discussion", "discussions"):
                        return True
        return False

    def people_before(self, clause: Clause) -> Group | None:
        """The people of the sentence before, where they speak for exactly two states: they are "the two sides"."""
        if clause.number <= self.reading.tokens.body:
            return None
        before = self.reading.clauses[clause.number - 1]
        group = group_of(self.reading, self, [mention for mention in before.mentions if mention.kind == "person"])
        if len(group.states) == 2 and not group.open_people:
            return group
        spoken = {person.country: person for person in self.speakers}
        return Group(tuple(spoken), tuple(spoken.values())) if len(spoken) == 2 else None

    def visit_of(
        self, clause: Clause, states: tuple[str, ...], status: str = "held", city: str | None = None
    ) -> Candidate | None:
        """The visit that the sentence lies in: told in it, called "the visit" in it, or to the city of the meeting."""
        begin, end = self.reading.tokens.starts[clause.first], self.reading.tokens.ends[clause.last - 1]
        of_the_two = [
            visit
            for visit in self.visits
            if (visit.is_main or begin <= visit.span[0] < end)
            and tuple(sorted({visit.visitor_from or "", visit.visitor_to or ""})) == states
        ]
        if status == "planned":
            for visit in reversed(of_the_two):
                if begin <= visit.span[0] < end and visit.status in ("held", "planned"):
                    return visit  # "will meet X during her visit to A"
        fits = [visit for visit in of_the_two if visit.status == status]
        there = [visit for visit in fits if city is not None and visit.city == city]
        if len(there) == 1 and status == "planned":
            return there[0]
        if not fits:
            return None
        words = self.reading.words(clause.items[0].first, clause.items[-1].last) if clause.items else ""
        for visit in reversed(fits):
            if begin <= visit.span[0] < end:
                return visit
        if any(
            f"{lead} {noun}" in words
            for lead in ("his", "her", "the", "their", "this")
            for noun in ("visit", "trip", "stay", "tour", "travel")
        ):
            return fits[-1]
        near = [visit for visit in fits if self._same_paragraph(visit, clause)]
        if len(near) == 1 and (near[0].date.start is None or words.startswith(GOES_ON)):
            return near[0]
        title = self.reading.title.lower()
        if (
            any(word in title for word in ("travel", "trip", "visit"))
            and len(fits) == 1
            and words.startswith(
                (
                    "during meetings",
                    "during a meeting",
                    "during the meeting",
                    "in meetings",
                    "in a meeting",
                    "in his meeting",
                    "in her meeting",
                )
            )
        ):
            return fits[0]
        return None

    def _visit_of_a_day(self, clause: Clause, states: tuple[str, ...], status: str) -> Candidate | None:
        """The one-day visit of the document: all that is told of it was on that day."""
        for visit in self.visits:
            words = self.reading.tokens.text[visit.span[0] : visit.span[1]].lower()
            pair = tuple(sorted({visit.visitor_from or "", visit.visitor_to or ""}))
            if visit.is_main and pair == states and visit.status == status and ONE_DAY.search(words):
                return visit
        return None

    def _same_paragraph(self, visit: Candidate, clause: Clause) -> bool:
        tokens = self.reading.tokens
        opened = tokens.paragraph_of(clause.number)
        return tokens.starts[tokens.sentences[opened][0]] <= visit.span[0] < tokens.starts[clause.first]

    def date_of_paragraph(self, reading: Reading, clause: Clause) -> When | None:
        """The day of the sentence before, for the first meeting of a document whose own sentence has none."""
        if clause.number <= reading.tokens.body or any(m.date.start for m in self.meetings):
            return None
        if clause.number in reading.tokens.paragraphs:
            return (
                self._opening_date(reading.clauses[reading.tokens.body])
                if clause.codes[:1] in "SV" and reading.side
                else None
            )
        before = reading.clauses[clause.number - 1]
        return self._opening_date(before)

    def _opening_date(self, before: Clause) -> When | None:
        at = next((i for i, code in enumerate(before.codes[:3]) if code == "D"), None)
        return resolve_date(self.reading, before, at) if at is not None else None

    def place_of_visit(
        self, reading: Reading, clause: Clause, first: int, last: int, states: tuple[str, ...], status: str = "held"
    ) -> Where | None:
        """The place that "visiting", "who is in X" or the surrounding visit gives."""
        codes = clause.codes
        for i in range(max(0, first), min(last + 1, len(codes))):
            word = reading.words(clause.items[i].first, clause.items[i].last)
            if codes[i] in code_class("visit") and word == "visiting":
                guest = next(
                    (item.mention for item in clause.items.between(i, len(clause.items)) if item.mention), None
                )
                guest_state = state_of(reading, guest) if guest else None
                host = [state for state in states if state != guest_state]
                if guest_state in states and len(host) == 1:
                    start, end = reading.tokens.span(clause.items[i].first, clause.items[i].last)
                    return Where(None, host[0], Evidence("venue_country", start, end, "place.visiting"))
        tail = presence_after(reading, clause, last)
        if tail is not None and tail.country in states:
            return tail
        visit = self.visit_of(clause, states, status)
        if visit is None or visit.visitor_to is None:
            return None
        return Where(visit.city, visit.visitor_to, Evidence("venue_country", *visit.span, "place.visit"))

    def date_of_visit(
        self, reading: Reading, clause: Clause, states: tuple[str, ...], status: str = "held", city: str | None = None
    ) -> When | None:
        """The dates of the visit that the sentence lies in."""
        visit = self.visit_of(clause, states, status, city) or self._visit_of_a_day(clause, states, status)
        if visit is None or visit.date.start is None:
            return None
        if visit.date.end is None and ARRIVAL.search(reading.tokens.text, *visit.span):
            return None  # the day of arrival is not that of the talks
        return When(visit.date, Evidence("date_start", *visit.span, "date.visit"))


def presence_after(reading: Reading, clause: Clause, last: int) -> Where | None:
    """ "..., who was in China for": the state behind the person just named."""
    codes = clause.codes
    for i in range(last, min(last + 10, len(codes))):
        if codes[i] == "L" and codes[i - 1] in code_class("visit") and i >= last + 2:
            cities = reading.tokens.entries[clause.items[i].first].cities
            words = reading.words(clause.items[last].first, clause.items[i].first)
            if len(cities) == 1 and words.startswith((", who is", ", who was", "who is", "who was")):
                span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
                return Where(cities[0].name, cities[0].country, Evidence("city", *span, "place.presence"))
        if codes[i] in "z" and i and (codes[i - 1] == "i" or codes[i - 1] in code_class("visit")):
            words = reading.words(clause.items[last].first, clause.items[i].first)
            mention = clause.items[i].mention
            if (
                ("who " in words or words.startswith((", who", "on a visit", "visiting")))
                and mention
                and len(mention.states) == 1
            ):
                start, end = reading.tokens.span(mention.first, mention.last)
                return Where(None, mention.states[0], Evidence("venue_country", start, end, "place.presence"))
        if codes[i] in "MvKg":
            return None
    return None


def context_person(
    reading: Reading, clause: Clause, memory: Memory, other: Group, subject: tuple[int, int] | None
) -> Group | None:
    """Who did it when the sentence does not say or says "he", "they": the last subject, else the document's first person."""
    guessed = bool(other.people) and all(person.name in other.inferred for person in other.people)
    if memory.last_subject and (
        memory.last_subject.country not in other.states or (guessed and memory.last_subject.country == reading.side)
    ):
        return Group((memory.last_subject.country,), (memory.last_subject,))
    for candidate in memory.visits + memory.meetings:
        for person in candidate.participants:
            if guessed and person.country == reading.side and person.name:
                return Group((person.country,), (person,))
            if person.country not in other.states and person.name:
                return Group((person.country,), (person,))
    if len(other.states) == 1 and reading.cast.pair and other.states[0] in reading.cast.pair:
        rest = [state for state in reading.cast.pair if state not in other.states]
        return Group((rest[0],))
    return None
