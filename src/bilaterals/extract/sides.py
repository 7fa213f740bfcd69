"""The two sides of a frame, and how many meetings they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract.candidates import Evidence, Participant
from bilaterals.extract.cast import HEADS
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.frames import Rule
from bilaterals.extract.levels import RANK
from bilaterals.extract.memory import Memory, context_person
from bilaterals.extract.parties import Group, group_of, joint_parties, singular
from bilaterals.reference.places import City

NAMED_PAIR = re.compile("[Pr],?&T?[Pr]")


SEVERAL = re.compile(r"\b(?:meetings|calls|conversations)\b")
SEPARATE = (
    "bilaterally",
    "counterparts",
    "separately",
    "separate ",
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
            group = _in_the_order_of_states(clause, group_of(reading, memory, mentions), at)
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
        if rule.subject == "context" and HIS.search(
            reading.words(clause.items[max(0, at - 3)].first, clause.items[at].first)
        ):
            first = _owner_of_meeting(reading, clause, memory, at, second) or first
        if first is not None and first.joint and len(first.states) == 2 and set(second.states) <= set(first.states):
            return None, None, at  # "the two leaders spoke in a small group with Minister X": of one of them
        if (first is None or not first.states) and subject is not None and clause.codes[subject[0]] == "U":
            first = _same_subject(reading, clause, memory, subject[0], second)
        if first is None or not first.states or first.joint:
            first = _subject_after(reading, clause, memory, second, found) or context_person(
                reading, clause, memory, second, subject
            )
        if first is not None and subject is not None:
            first = _own_office(reading, clause, subject, first, second)
        first = _head_of_delegation(reading, clause, memory, first, subject)
        if "trilateral" in reading.words(clause.items[max(0, at - 1)].first, clause.items[found.end() - 1].last):
            return None, None, at
        second = _of_the_host(reading, clause, memory, first, second)
        second = second.completed(reading, first).settled(reading, first)
        second = second.at_home(reading, first)
        second = second.foreign(reading, first, _other_state(memory, clause, at, first))
        second = _hosts(memory, clause, at, first, second)
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
    if rule.subject == "parties":
        parties = joint_parties(reading, memory)
        return (Group(parties[:1]), Group(parties[1:]), at) if len(parties) == 2 else (None, None, at)
    if rule.subject == "caller":
        return _caller(reading, clause, memory, at)
    if rule.subject == "named-pair":
        return _named_pair(reading, clause, memory, at)
    if rule.subject == "pair":
        entry = reading.tokens.entries[clause.items[at].first]
        return Group(states=entry.countries[:1]), Group(states=entry.countries[1:2]), at
    subject = subject_before(clause, at)
    if rule.id == "meeting.agreed-round" and IMPERSONAL.search(
        reading.words(clause.items[max(0, at - 3)].first, clause.items[at].last)
    ):
        parties = joint_parties(reading, memory)
        return (Group(parties[:1]), Group(parties[1:]), at) if len(parties) == 2 else (None, None, at)
    if subject is None:
        return None, None, at
    group = group_of(reading, memory, actors_at(clause, *subject))
    if clause.codes[subject[0]] == "V" and subject[0] > 2:
        one, other, _ = _named_pair(reading, clause, memory, subject[0])
        if one is not None and other is not None:
            return one, other, subject[0]  # "agreed by A and B when they met"
    if clause.codes[subject[0]] in "SV" and not memory.meetings:
        group = memory.people_before(clause) or group
    if rule.id == "meeting.agreed-again" and clause.codes[subject[0]] in "SV" and memory.meetings:
        group = Group(memory.meetings[-1].countries, memory.meetings[-1].participants)  # the same two again
    if clause.codes[subject[0]] in "SV" and memory.meetings and not group.people:
        told = memory.meetings[-1]
        if set(told.countries) == set(group.states) and EARLIER.search(
            reading.words(clause.first, clause.items[at].last)
        ):
            group = Group(told.countries, told.participants)
    halves = group.halves() or _he_and(reading, clause, memory, subject[0], group)
    return (*halves, subject[0]) if halves else (None, None, at)


def _he_and(reading: Reading, clause: Clause, memory: Memory, at: int, group: Group) -> tuple[Group, Group] | None:
    """ "X said that he and Y would meet": X and Y."""
    if len(group.states) != 1 or not re.search("U,?&T?$", clause.codes[:at]):
        return None
    pronoun = clause.codes.rindex("U", 0, at)
    one = _same_subject(reading, clause, memory, pronoun, group)
    if one is None and memory.last_subject is not None and memory.last_subject.country not in group.states:
        one = Group((memory.last_subject.country,), (memory.last_subject,))
    return (one, group) if one is not None else None


def _same_subject(reading: Reading, clause: Clause, memory: Memory, at: int, other: Group) -> Group | None:
    """ "X will arrive in A, where she will meet Y": she is X, who opens the sentence."""
    opening = next(
        (i for i in range(min(at, 10)) if clause.codes[i] in "Pr" and (i < 7 or clause.codes[i - 1] == ",")), None
    )
    if opening is None or not ONE_PERSON.fullmatch(clause.codes, opening + 1, at):
        return None
    group = group_of(reading, memory, actors_at(clause, opening, opening + 1))
    return group if len(group.states) == 1 and not set(group.states) & set(other.states) else None


# Nobody else is named between a person and the pronoun that stands for him.
ONE_PERSON = re.compile("[^PrSV;]*")


def _in_the_order_of_states(clause: Clause, group: Group, at: int) -> Group:
    """ "A and B will trade after talks between energy ministers X and Y": X of A and Y of B, for want of other words."""
    first = group.open_people[0] if len(group.open_people) == 2 else None
    if group.states or first is None or first.office is None:
        return group
    before = [
        item.mention.states
        for item in clause.items.between(0, at)
        if item.mention is not None and item.mention.kind == "states" and len(item.mention.states) == 2
    ]
    if len(before) != 1:
        return group
    told = tuple(piece for piece in first.evidence if piece.field == "office")
    people = tuple(
        replace(
            person, country=state, office=singular(person.office or first.office), level=person.level or first.level,
            evidence=person.evidence + (() if person.office else told),
        )
        for person, state in zip(group.open_people, before[0], strict=True)
    )  # fmt: skip
    return Group(before[0], people)


# "The two had last met in May": an earlier meeting of those whose meeting is the news.
EARLIER = re.compile(
    r"\b(?:last|previously|earlier|first|already|once) (?:met|spoke|talked|held)\b"
    r"|\b(?:had|have) (?:last |also |already |previously )?(?:met|spoken|talked)\b"
)


HIS = re.compile(r"\b(?:his|her)(?: \w+)?$")


def _owner_of_meeting(reading: Reading, clause: Clause, memory: Memory, at: int, second: Group) -> Group | None:
    """ "The letter was handed over by X during his meeting with Y": the nearest person before who is of another state."""
    for i in range(at - 1, -1, -1):
        if clause.codes[i] in "Pr":
            group = group_of(reading, memory, actors_at(clause, i, i + 1))
            if len(group.states) == 1 and group.states != second.states and group.people:
                return group
    last = memory.last_subject
    return Group((last.country,), (last,)) if last is not None and last.country not in second.states else None


# "It was agreed to hold the next round in May", "an agreement was reached to hold ...".
IMPERSONAL = re.compile(
    r"\b(?:it (?:was|has been|had been|is) (?:also |further )?agreed|agreement (?:was|has been) reached) to\b"
)


def _coordinated(clause: Clause, at: int, subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "He called on A and held talks with B": the subject of both verbs, not the object of the first."""
    if subject is None or clause.codes[subject[1] : at] not in ("&", ",&", "&a"):
        return subject
    if subject[0] and clause.codes[subject[0] - 1] in code_class("meet", "host", "call_on", "call", "visit", also="w"):
        return subject_before(clause, subject[0] - 1) or subject
    return subject


# Where states meet that are at home there no more than others.
NEUTRAL = frozenset(["Geneva", "New York", "Vienna", "Davos", "Munich", "Brussels", "Sharm el-Sheikh", "The Hague"])


def _hosts(memory: Memory, clause: Clause, at: int, first: Group | None, second: Group) -> Group:
    """Officials whose state is not told: hosts in the state where they were met, or the other of the two told of before.

    "Flew to Amman for talks with King Abdullah", "held talks in Yerevan with Energy Minister X".
    """
    if first is None or len(first.states) != 1 or second.states or not second.open_people:
        return second
    if not all(person.office for person in second.open_people):
        return second
    own = first.states[0]
    state = _visited(memory, clause, own) if all(p.level in HEADS for p in second.open_people) else None
    state = state or _other_state(memory, clause, at, first)
    if state is None:
        return second
    return Group((state,), tuple(replace(person, country=state) for person in second.open_people))


def _other_state(memory: Memory, clause: Clause, at: int, first: Group | None) -> str | None:
    """The state that meets that of ``first`` here: the host's by the place, else the other of the two told of before."""
    if first is None or len(first.states) != 1:
        return None
    own = first.states[0]
    state = _host_state(memory.reading, clause, at, own) or _journey_of_sentence(memory, clause, own)
    if state is None and len(memory.last_parties) == 2 and own in memory.last_parties:
        state = next(party for party in memory.last_parties if party != own)
    return state


def _journey_of_sentence(memory: Memory, clause: Clause, own: str) -> str | None:
    """The state that a journey of one of its own, told in this sentence, leads to."""
    starts, ends = memory.reading.tokens.starts, memory.reading.tokens.ends
    begin, end = starts[clause.first], ends[clause.last - 1]
    here = {
        visit.visitor_to
        for visit in memory.visits
        if begin <= visit.span[0] < end and visit.visitor_from == own and visit.visitor_to
    }
    return next(iter(here)) if len(here) == 1 else None


def _visited(memory: Memory, clause: Clause, own: str) -> str | None:
    """The one state that a visit told in this sentence, or to a city of this sentence, leads to."""
    begin = memory.reading.tokens.starts[clause.first]
    here = {
        city.country for i in positions(clause.codes, frozenset("L")) for city in _cities(memory.reading, clause, i)
    }
    visits = [visit for visit in memory.visits if visit.visitor_from == own]
    to = {v.visitor_to for v in visits if v.visitor_to and (v.span[0] >= begin or v.visitor_to in here)}
    return to.pop() if len(to) == 1 else None


def _host_state(reading: Reading, clause: Clause, at: int, own: str) -> str | None:
    """The one foreign state in whose city the sentence says that the frame took place."""
    found = set()
    for i in positions(clause.codes, frozenset("L")):
        cities = _cities(reading, clause, i)
        near = clause.codes[max(0, i - 2) : i].rstrip("T").endswith("i") and i < at + 12
        if cities and near and (len(cities) == 1 or cities[0].is_default) and cities[0].name not in NEUTRAL:
            found.add(cities[0].country)
    return found.pop() if len(found) == 1 and own not in found else None


def _cities(reading: Reading, clause: Clause, i: int) -> tuple[City, ...]:
    return reading.tokens.entries[clause.items[i].first].cities


def _of_the_host(reading: Reading, clause: Clause, memory: Memory, first: Group | None, second: Group) -> Group:
    """ "Plans to visit A for talks with his counterpart X": X of A, where the text does not tell his state."""
    if first is None or len(first.states) != 1 or second.states or not second.open_people:
        return second
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    for visit in reversed(memory.visits):
        if begin <= visit.span[0] < end and visit.visitor_from == first.states[0] and visit.visitor_to:
            people = tuple(replace(person, country=visit.visitor_to) for person in second.open_people)
            return Group((visit.visitor_to,), people)
    return second


def _head_of_delegation(
    reading: Reading, clause: Clause, memory: Memory, group: Group | None, subject: tuple[int, int] | None
) -> Group | None:
    """ "The Serbian delegation was received by X": its head, whom the document has told of, went with it."""
    if group is None or group.people or len(group.states) != 1 or subject is None:
        return group
    words = reading.words(clause.items[subject[0]].first, clause.items[subject[1] - 1].last)
    if not words.endswith("delegation"):
        return group
    for event in memory.visits + memory.meetings:
        for person in event.participants:
            if person.country == group.states[0] and person.name:
                return Group(group.states, (person,))
    return group


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


# The person behind an opening phrase and its comma; a building named on the way is none.
SUBJECT_BEHIND = re.compile("(?:[^.;PrzSV]|iT?P(?=[D,])){0,8}?,(?P<who>[Pr])")


def _subject_after(
    reading: Reading, clause: Clause, memory: Memory, other: Group, found: re.Match[str]
) -> Group | None:
    """ "In a meeting with X on Monday, Y said": Y, when the frame opens the sentence."""
    if found.start() > 3:
        return None
    after = SUBJECT_BEHIND.match(clause.codes[found.end() :])
    if after is None:
        return None
    at = found.end() + after.start("who")
    group = group_of(reading, memory, actors_at(clause, at, at + 1))
    return group if len(group.states) == 1 and group.states[0] not in other.states else None


def _caller(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None, int]:
    """ "He said so while talking to X, who called on him": X, and the one who speaks in the sentence or the one before."""
    caller = next((i for i in range(at - 1, max(-1, at - 7), -1) if clause.codes[i] in "Pr"), None)
    if caller is None:
        return None, None, at
    guest = group_of(reading, memory, actors_at(clause, caller, caller + 1))
    subject = next((i for i in range(caller) if clause.codes[i] in "PrU"), None)
    host = memory.last_subject
    if subject is not None and clause.codes[subject] in "Pr":
        group = group_of(reading, memory, actors_at(clause, subject, subject + 1))
        host = next(iter(group.people), host)
    if host is None or host.country in guest.states:
        return None, None, at
    return guest, Group((host.country,), (host,)), caller


def _named_pair(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None, int]:
    """The two sides of the group that "their" stands for: the nearest one before it that names people of two states."""
    codes = clause.codes
    for found in reversed(list(NAMED_PAIR.finditer(codes, 0, at))):
        group = group_of(reading, memory, actors_at(clause, *found.span()))
        halves = group.halves()
        if halves and all(any(person.name for person in half.people) for half in halves):
            return (*halves, at)
    return None, None, at


def _as_high(person: Participant, first: Group) -> Participant:
    """A counterpart without an office of his own is as high as the one whose counterpart he is."""
    level = next((other.level for other in first.people if other.level), None)
    return replace(person, level=level) if person.level is None and person.office is None else person


def _leads_a_house(person: Participant) -> bool:
    """Whether somebody is the speaker of a parliament: a principal, as ministers are."""
    office = (person.office or "").lower()
    return person.level == "legislature" and any(
        word in office for word in ("speaker", "president", "chairman of", "chairwoman of")
    )


def pair_up(
    reading: Reading, clause: Clause, rule: Rule, found: re.Match[str], first: Group, second: Group
) -> Iterator[tuple[Group, Group]]:
    """One meeting for each state on the other side when they met separately; two named principals of one state apart."""
    behind = min(found.end() + 4, len(clause.items))
    words = reading.words(clause.items[max(0, found.start() - 4)].first, clause.items[behind - 1].last)
    separate = any(word in words for word in SEPARATE)
    if {len(first.states), len(second.states)} == {1, 2} or len(first.states) == 1 < len(second.states):
        if separate or (rule.id == "meeting.noun-with" and SEVERAL.search(words)):
            for state in second.states if len(first.states) == 1 else first.states:
                yield (first, second.of_state(state)) if len(first.states) == 1 else (first.of_state(state), second)
        return
    if len(first.states) == 1 and len(second.states) == 1 and first.states != second.states:
        people = [person for person in second.people if person.name]
        if any(person.level for person in people):
            people = [_as_high(person, first) for person in people]
        plural = "meetings" in words or " also " in f" {words} "
        high = all(
            RANK.get(person.level or "", 9) <= RANK["vice_minister"] or _leads_a_house(person) for person in people
        )
        leaders = all(RANK.get(person.level or "", 9) <= RANK["minister"] for person in people)
        if (
            len(people) == 2
            and high
            and (separate or plural or leaders)
            and rule.id.startswith(
                (
                    "meeting.met",
                    "meeting.noun",
                    "meeting.held-with",
                    "meeting.spoke",
                    "meeting.called-on",
                    "meeting.saw",
                    "meeting.discussed-with",
                )
            )
        ):
            for person in people:
                yield first, Group(states=second.states, people=(person,))
            return
        yield first, second
