"""The two sides of a frame, and how many meetings they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract.candidates import Evidence, Participant
from bilaterals.extract.cast import HEADS
from bilaterals.extract.chunks import RANK
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.frames import Rule
from bilaterals.extract.memory import Memory, context_person
from bilaterals.extract.parties import Group, group_of
from bilaterals.reference.places import City

NAMED_PAIR = re.compile("[Pr],?&T?[Pr]")


SEPARATE = (
    "bilaterally",
    "counterparts",
    "separately",
    "respectively",
    "each",
    "also met separately",
    "one by one",
    "in turn",
)


def find_sides(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str]
) -> tuple[Group | None, Group | None, int]:
    """Both sides of the frame and the item where it begins."""
    at = found.start()
    if "b" in found.re.groupindex:
        mentions = actors_at(clause, *found.span("b"))
        if rule.subject == "inside":
            inside = group_of(reading, memory, actors_at(clause, *found.span("a")))
            return inside, group_of(reading, memory, mentions), at
        if rule.joint:
            group = group_of(reading, memory, mentions)
            halves = group.halves()
            return (*halves, at) if halves else (None, None, at)
        second = group_of(reading, memory, mentions)
        subject = _coordinated(clause, at, subject_before(clause, at))
        first: Group | None = (
            group_of(reading, memory, actors_at(clause, *subject))
            if subject and clause.codes[subject[0]] != "U"
            else None
        )
        if first is not None and all(p.office or " " in (p.name or "") for p in first.open_people):
            first = first.completed(reading, second)
        if first is None or not first.states or first.joint:
            first = _subject_after(reading, clause, memory, second, found) or context_person(
                reading, clause, memory, second, subject
            )
        if first is not None and subject is not None:
            first = _own_office(reading, clause, subject, first, second)
        if "trilateral" in reading.words(clause.items[max(0, at - 1)].first, clause.items[found.end() - 1].last):
            return None, None, at
        second = second.completed(reading, first).settled(reading, first).foreign(reading, first)
        second = _hosts(memory, clause, first, second)
        return first, second, subject[0] if subject and subject[0] < at else at
    if rule.subject == "pair-inside":
        y = next(i for i in range(at, found.end()) if clause.codes[i] == "Y")
        entry = reading.tokens.entries[clause.items[y].first]
        return Group(entry.countries[:1]), Group(entry.countries[1:2]), at
    if rule.subject == "heading":
        pair = reading.cast.pair
        return (Group(pair[:1]), Group(pair[1:]), at) if pair else (None, None, at)
    if rule.subject == "leaders":
        halves = group_of(reading, memory, actors_at(clause, at, at + 1)).halves()
        return (*halves, at) if halves and halves[0].people else (None, None, at)
    if rule.subject == "named-pair":
        return _named_pair(reading, clause, memory, at)
    if rule.subject == "pair":
        entry = reading.tokens.entries[clause.items[at].first]
        return Group(states=entry.countries[:1]), Group(states=entry.countries[1:2]), at
    subject = subject_before(clause, at)
    if subject is None:
        return None, None, at
    group = group_of(reading, memory, actors_at(clause, *subject))
    if clause.codes[subject[0]] in "SV" and not memory.meetings:
        group = memory.people_before(clause) or group
    if rule.id == "meeting.agreed-again" and clause.codes[subject[0]] in "SV" and memory.meetings:
        group = Group(memory.meetings[-1].countries, memory.meetings[-1].participants)  # the same two again
    halves = group.halves()
    return (*halves, subject[0]) if halves else (None, None, at)


def _coordinated(clause: Clause, at: int, subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "He called on A and held talks with B": the subject of both verbs, not the object of the first."""
    if subject is None or clause.codes[subject[1] : at] not in ("&", ",&", "&a"):
        return subject
    if subject[0] and clause.codes[subject[0] - 1] in code_class("meet", "host", "call_on", "call", also="w"):
        return subject_before(clause, subject[0] - 1) or subject
    return subject


def _hosts(memory: Memory, clause: Clause, first: Group | None, second: Group) -> Group:
    """ "flew to Amman for talks with King Abdullah": heads whose state is not told are those of the state visited."""
    if (
        first is None
        or second.states
        or not second.open_people
        or any(p.level not in HEADS for p in second.open_people)
    ):
        return second
    begin = memory.reading.tokens.starts[clause.first]
    here = {
        city.country for i in positions(clause.codes, frozenset("L")) for city in _cities(memory.reading, clause, i)
    }
    visits = [visit for visit in memory.visits if (visit.visitor_from,) == first.states]
    to = [v.visitor_to for v in visits if v.visitor_to and (v.span[0] >= begin or v.visitor_to in here)]
    if len(set(to)) != 1:
        return second
    return Group((to[0],), tuple(replace(person, country=to[0]) for person in second.open_people))


def _cities(reading: Reading, clause: Clause, i: int) -> tuple[City, ...]:
    return reading.tokens.entries[clause.items[i].first].cities


def _own_office(reading: Reading, clause: Clause, subject: tuple[int, int], first: Group, second: Group) -> Group:
    """ "The President met President X of Y" in a readout of the other state: its own president, whom it does not name."""
    mention = clause.items[subject[0]].mention
    same = {person.name for person in first.people} & {person.name for person in second.people}
    if not same or reading.side is None or reading.side in second.states or mention is None or mention.kind != "role":
        return first
    if mention.office is None or subject[1] - subject[0] != 1:
        return first
    span = reading.tokens.span(*mention.office)
    office = reading.tokens.surface(*mention.office)
    person = Participant(
        reading.side, None, office, mention.level, evidence=(Evidence("office", *span, "person.role"),)
    )
    return Group((reading.side,), (person,))


def _subject_after(
    reading: Reading, clause: Clause, memory: Memory, other: Group, found: re.Match[str]
) -> Group | None:
    """ "In a meeting with X on Monday, Y said": Y, when the frame opens the sentence."""
    if found.start() > 3:
        return None
    after = re.match("[^.;PrzSV]{0,8},(?P<who>[Pr])", clause.codes[found.end() :])
    if after is None:
        return None
    at = found.end() + after.start("who")
    group = group_of(reading, memory, actors_at(clause, at, at + 1))
    return group if len(group.states) == 1 and group.states[0] not in other.states else None


def _named_pair(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None, int]:
    """The two sides of the group that "their" stands for: the nearest one before it that names people of two states."""
    codes = clause.codes
    for found in reversed(list(NAMED_PAIR.finditer(codes, 0, at))):
        group = group_of(reading, memory, actors_at(clause, *found.span()))
        halves = group.halves()
        if halves and all(any(person.name for person in half.people) for half in halves):
            return (*halves, at)
    return None, None, at


def pair_up(
    reading: Reading, clause: Clause, rule: Rule, found: re.Match[str], first: Group, second: Group
) -> Iterator[tuple[Group, Group]]:
    """One meeting for each state on the other side when they met separately; two named principals of one state apart."""
    words = reading.words(clause.items[max(0, found.start() - 4)].first, clause.items[found.end() - 1].last)
    separate = any(word in words for word in SEPARATE)
    if len(second.states) > 1 and len(first.states) == 1:
        if separate or (rule.id == "meeting.noun-with" and "meetings" in words):
            for state in second.states:
                yield first, second.of_state(state)
        return
    if len(first.states) == 1 and len(second.states) == 1 and first.states != second.states:
        people = [person for person in second.people if person.name]
        plural = "meetings" in words or " also " in f" {words} "
        high = all(RANK.get(person.level or "", 9) <= RANK["vice_minister"] for person in people)
        leaders = all(RANK.get(person.level or "", 9) <= RANK["foreign_minister"] for person in people)
        if (
            len(people) == 2
            and high
            and (separate or plural or leaders)
            and rule.id.startswith(("meeting.met", "meeting.noun"))
        ):
            for person in people:
                yield first, Group(states=second.states, people=(person,))
            return
        yield first, second
