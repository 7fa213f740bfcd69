"""The two sides of a frame.

The words are in `rules/sides.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, subject_before
from bilaterals.extract.frames import Rule
from bilaterals.extract.hosts import hosts, of_the_host, other_state
from bilaterals.extract.memory import Memory, context_person
from bilaterals.extract.parties import Group, group_of, joint_parties, singular
from bilaterals.extract.phrases import cues
from bilaterals.extract.subjects import (
    HIS,
    caller,
    he_and,
    head_of_delegation,
    named_counterpart,
    official_told_of,
    own_office,
    owner_of_meeting,
    same_subject,
    subject_after,
)

CUES = cues("sides")
EARLIER, IMPERSONAL, WHO, IT_WAS, THREE = (CUES[name] for name in ("earlier", "impersonal", "who", "it-was", "three"))

NAMED_PAIR = re.compile("[Pr],?&T?[Pr]")


Sides = tuple[Group | None, Group | None, int]


def find_sides(reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str]) -> Sides:
    """Both sides of the frame and the item where it begins."""
    at = found.start()
    if "b" in found.re.groupindex:
        if rule.subject == "inside":
            inside, other = (group_of(reading, memory, actors_at(clause, *found.span(name))) for name in "ab")
            return inside, other, at
        second = group_of(reading, memory, actors_at(clause, *found.span("b")))
        if rule.joint:
            return _halves(_in_the_order_of_states(clause, second, at).with_home(reading), at)
        return _of_subject_and_object(reading, clause, memory, rule, found, second)
    special = SPECIAL.get(rule.subject)
    return special(reading, clause, memory, found) if special else _of_joint_subject(reading, clause, memory, rule, at)


def _halves(group: Group, at: int) -> Sides:
    halves = group.halves()
    return (*halves, at) if halves else (None, None, at)


def _of_states(states: tuple[str, ...], at: int) -> Sides:
    return (Group(states[:1]), Group(states[1:]), at) if len(states) == 2 else (None, None, at)


def _pair_in(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    """The two states of "China-Japan" in the frame."""
    y = next(i for i in range(found.start(), found.end()) if clause.codes[i] == "Y")
    return _of_states(reading.tokens.entries[clause.items[y].first].countries[:2], found.start())


def _of_heading(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    return _of_states(reading.cast.pair or (), found.start())


def _leaders(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    at = found.start()
    halves = group_of(reading, memory, actors_at(clause, at, at + 1)).halves()
    return (*halves, at) if halves and halves[0].people else (None, None, at)


def _parties(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    return _of_states(joint_parties(reading, memory), found.start())


def _calling(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    return caller(reading, clause, memory, found.start())


def _theirs(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    one, other, at = _named_pair(reading, clause, memory, found.start())
    if one is None and at <= OPENING and clause.codes[at] != "@":
        one, other = _pair_behind(reading, clause, memory, found.end())
    return (one, other, at) if one is not None else _two_states(reading, clause, at)


def _pair_behind(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None]:
    """ "After two days of talks, X of A and Y of B said": X and Y."""
    found = BEHIND.match(clause.codes, at)
    halves = group_of(reading, memory, actors_at(clause, *found.span("pair"))).halves() if found is not None else None
    if halves is None or not all(any(person.name for person in half.people) for half in halves):
        return None, None
    return halves


OPENING = 8
# No other actor stands between the opening talks and the two.
BEHIND = re.compile("[^.;PrzSV]{0,8}?,(?P<pair>(?:[rz][^.;PzSV]{0,5},)?[Pr],?&T?[Pr])")


def _told(reading: Reading, clause: Clause, memory: Memory, found: re.Match[str]) -> Sides:
    """ "In talks held in A, the two agreed": the two named before, where no meeting of theirs was told."""
    at = found.start()
    if any(meeting.is_main for meeting in memory.meetings):
        return None, None, at
    before = memory.people_before(clause)
    halves = before.halves() if before is not None else None
    named = halves is not None and all(any(person.name for person in half.people) for half in halves)
    return (*halves, at) if halves is not None and named else (None, None, at)


# Where a frame's `subject` in `rules/meetings.toml` is neither before the verb nor in the frame.
SPECIAL = {
    "pair": _pair_in, "pair-inside": _pair_in, "heading": _of_heading, "leaders": _leaders, "parties": _parties,
    "caller": _calling, "named-pair": _theirs, "told": _told,
}  # fmt: skip


def _of_subject_and_object(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str], second: Group
) -> Sides:
    """ "X met Y", "his talks with Y", "Z was received by Y": whoever stands before the verb, or whom the story tells."""
    at = found.start()
    if THREE.find(reading.words(clause.items[max(0, at - 1)].first, clause.items[found.end() - 1].last)):
        return None, None, at
    subject = _coordinated(clause, at, subject_before(clause, at))
    first: Group | None = (
        group_of(reading, memory, actors_at(clause, *subject)) if subject and clause.codes[subject[0]] != "U" else None
    )
    second = second.alike(reading)
    if first is not None and all(p.office or " " in (p.name or "") for p in first.open_people):
        first = first.completed(reading, second)
    if rule.subject == "context" and HIS.search(
        reading.words(clause.items[max(0, at - 3)].first, clause.items[at].first)
    ):
        first = owner_of_meeting(reading, clause, memory, at, second) or first
    if first is not None and first.joint and len(first.states) == 2 and set(second.states) <= set(first.states):
        return None, None, at  # "the two leaders spoke in a small group with Minister X": of one of them
    if (first is None or not first.states) and subject is not None and clause.codes[subject[0]] == "U":
        first = same_subject(reading, clause, memory, subject[0], second)
    if first is None or (not first.states and not any(person.name for person in first.open_people)) or first.joint:
        first = subject_after(reading, clause, memory, second, found) or context_person(
            reading, clause, memory, second, subject
        )
    if first is not None and subject is not None:
        first = own_office(reading, clause, subject, first, second)
        first = first.at_home(reading, second)
    first = head_of_delegation(reading, clause, memory, first, subject)
    second = _settled(reading, clause, memory, at, first, second)
    if not second.states and not second.open_people:
        second = official_told_of(reading, actors_at(clause, *found.span("b")), first)
    return first, second, subject[0] if subject and subject[0] < at else at


def _settled(reading: Reading, clause: Clause, memory: Memory, at: int, first: Group | None, second: Group) -> Group:
    """The other side with the states of its people, where the sentence and the story tell them."""
    second = of_the_host(reading, clause, memory, first, second)
    second = second.completed(reading, first).settled(reading, first)
    second = second.at_home(reading, first)
    second = second.foreign(reading, first, other_state(memory, clause, at, first))
    return named_counterpart(reading, first, hosts(memory, clause, at, first, second))


def _of_joint_subject(reading: Reading, clause: Clause, memory: Memory, rule: Rule, at: int) -> Sides:
    """ "A and B met", "the two ministers held talks", "it was agreed to hold a round"."""
    subject = _who_before(reading, clause, at) or subject_before(clause, at)
    if rule.id == "meeting.agreed-round" and IMPERSONAL.find(
        reading.words(clause.items[max(0, at - 3)].first, clause.items[at].last)
    ):
        return _of_states(joint_parties(reading, memory), at)
    if subject is None:
        return None, None, at
    group = _in_the_order_of_states(clause, group_of(reading, memory, actors_at(clause, *subject)), subject[0])
    code = clause.codes[subject[0]]
    if code == "V" and subject[0] > 2:
        one, other, _ = _named_pair(reading, clause, memory, subject[0])
        if one is not None and other is not None:
            return one, other, subject[0]  # "agreed by A and B when they met"
    if code in "SV":
        group = _the_two(reading, clause, memory, rule, at, group)
    halves = group.with_home(reading).halves() or he_and(reading, clause, memory, subject[0], group)
    return (*halves, subject[0]) if halves else (None, None, at)


def _the_two(reading: Reading, clause: Clause, memory: Memory, rule: Rule, at: int, group: Group) -> Group:
    """Whom "the two sides" stand for: those of the sentence before, or of the meeting told, where they meet again."""
    if not memory.meetings:
        before = memory.people_before(clause)
        return before if before is not None and (before.people or not group.people) else group
    told = memory.meetings[-1]
    if rule.id == "meeting.agreed-again":
        return Group(told.countries, told.participants)
    again = set(told.countries) == set(group.states) and not any(person.name for person in group.people)
    if again and EARLIER.find(reading.words(clause.first, clause.items[at].last)):
        return Group(told.countries, told.participants)
    return group


# "Signed by X of A and Y of B, who met earlier": those before "who", though "by" governs them.
BEFORE_WHO = re.compile(r"(?P<who>(?:[Pr],?,?&T?[Pr]|z|S)),?x$")


def _who_before(reading: Reading, clause: Clause, at: int) -> tuple[int, int] | None:
    found = BEFORE_WHO.search(clause.codes, 0, at)
    if found is None or not WHO.fullmatch(reading.words(clause.items[at - 1].first, clause.items[at - 1].last)):
        return None
    return found.span("who")


def _in_the_order_of_states(clause: Clause, group: Group, at: int) -> Group:
    """ "A and B will trade after talks between energy ministers X and Y": X of A and Y of B, for want of other words."""
    people = (*group.people, *group.open_people)
    first = people[0] if len(people) == 2 else None
    if first is None or first.office is None or any(person.name not in group.inferred for person in group.people):
        return group
    before = [
        item.mention.states
        for item in clause.items.between(0, at)
        if item.mention is not None and item.mention.kind == "states" and len(item.mention.states) == 2
    ]
    if len(before) != 1:
        return group
    told = tuple(piece for piece in first.evidence if piece.field == "office")
    placed = tuple(
        replace(
            person, country=state, office=singular(person.office or first.office), level=person.level or first.level,
            evidence=person.evidence + (() if person.office else told),
        )
        for person, state in zip(people, before[0], strict=True)
    )  # fmt: skip
    return Group(before[0], placed)


def _coordinated(clause: Clause, at: int, subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "He called on A and held talks with B": the subject of both verbs, not the object of the first."""
    if subject is None or clause.codes[subject[1] : at] not in ("&", ",&", "&a"):
        return subject
    if subject[0] and clause.codes[subject[0] - 1] in code_class("meet", "host", "call_on", "call", "visit", also="w"):
        return subject_before(clause, subject[0] - 1) or subject
    return subject


def _named_pair(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None, int]:
    """The two sides of the group that "their" stands for: the nearest one before it that names people of two states."""
    codes = clause.codes
    for found in reversed(list(NAMED_PAIR.finditer(codes, 0, at))):
        group = group_of(reading, memory, actors_at(clause, *found.span()))
        halves = group.halves()
        if halves and all(any(person.name for person in half.people) for half in halves):
            return (*halves, at)
    begin, end = reading.tokens.starts[clause.first], reading.tokens.starts[clause.items[at].first]
    for meeting in memory.meetings:  # "X spoke with Y to follow up on their meeting in A"
        if (
            begin <= meeting.span[0] < end
            and len({person.country for person in meeting.participants if person.name}) == 2
        ):
            return _halves(Group(meeting.countries, meeting.participants), at)
    return _told_before(reading, clause, memory, at)


def _told_before(reading: Reading, clause: Clause, memory: Memory, at: int) -> Sides:
    """ "In their meeting in A, X asked ...": of those whose meeting was told last, or who were named together before."""
    if at > 3 or clause.codes[at] != "@":
        return None, None, at
    if memory.meetings and IT_WAS.match(reading.words(clause.first, clause.items[at].first)):
        return None, None, at  # "It was their first meeting": the one just told
    if memory.meetings:
        last = memory.meetings[-1]
        return (
            _halves(Group(last.countries, last.participants), at)
            if last.is_main and last.participants
            else (None, None, at)
        )
    before = memory.people_before(clause)
    return _halves(before, at) if before is not None and before.people else (None, None, at)


def _two_states(reading: Reading, clause: Clause, at: int) -> Sides:
    """ "A and B issued a statement after the 15th round of talks in C": of the two states, where the talks have a place."""
    if "iL" not in clause.codes[at:] and "iTL" not in clause.codes[at:]:
        return None, None, at
    named = [item.mention for item in clause.items.between(0, at) if item.mention is not None]
    if len(named) != 1 or named[0].kind != "states" or len(named[0].states) != 2:
        return None, None, at
    return _of_states(named[0].states, at)
