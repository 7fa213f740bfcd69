"""Who a subject is that is no name: he and another, her, the head of a delegation, whoever speaks behind an opening phrase.

The phrases are in `rules/story.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bilaterals.extract.candidates import Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, actors_at
from bilaterals.extract.memory import Memory
from bilaterals.extract.mention import Mention
from bilaterals.extract.parties import Group, group_of, person_of
from bilaterals.extract.phrases import cues

CUES = cues("story")
HIS, DELEGATION, VISITING, COUNTERPART = (CUES[name] for name in ("his", "delegation", "visiting", "counterpart"))


def he_and(reading: Reading, clause: Clause, memory: Memory, at: int, group: Group) -> tuple[Group, Group] | None:
    """ "X said that he and Y would meet": X and Y."""
    if len(group.states) > 1 or not re.search("U,?&T?$", clause.codes[:at]):
        return None
    pronoun = clause.codes.rindex("U", 0, at)
    one = same_subject(reading, clause, memory, pronoun, group)
    if one is None and memory.last_subject is not None and memory.last_subject.country not in group.states:
        one = Group((memory.last_subject.country,), (memory.last_subject,))
    pair = reading.cast.pair
    if one is None or len(one.states) != 1:
        return None
    if not group.states and pair is not None and one.states[0] in pair and group.open_people:
        other = next(state for state in pair if state != one.states[0])
        group = Group((other,), tuple(replace(person, country=other) for person in group.open_people))
    return (one, group) if group.states else None


def same_subject(reading: Reading, clause: Clause, memory: Memory, at: int, other: Group) -> Group | None:
    """ "X will arrive in A, where she will meet Y": she is X, who opens the sentence."""
    opening = next(
        (
            i
            for i in range(min(at, 10))
            if clause.codes[i] in "Pr"
            and (i < 7 or clause.codes[i - 1] == ",")
            and not _is_place_line(reading, clause, i)
        ),
        None,
    )
    if opening is None or not ONE_PERSON.fullmatch(clause.codes, opening + 1, at):
        return None
    group = group_of(reading, memory, actors_at(clause, opening, opening + 1))
    if group.open_people and not group.states:
        return group  # somebody of no known state is not somebody else
    return group if len(group.states) == 1 and not set(group.states) & set(other.states) else None


def _is_place_line(reading: Reading, clause: Clause, i: int) -> bool:
    """ "NUKU'ALOFA - Prime Minister X ...": a town in capitals that the lists do not know, and a dash."""
    item = clause.items[i]
    return (
        clause.codes[i + 1 : i + 2] in ("-", ";") and reading.tokens.surface(item.first, item.last).isupper() and i == 0
    )


# Nobody else is named between a person and the pronoun that stands for him.
ONE_PERSON = re.compile(";|[^PrSV;]*")  # "SECRETARY X: I spoke"


def owner_of_meeting(reading: Reading, clause: Clause, memory: Memory, at: int, second: Group) -> Group | None:
    """ "The letter was handed over by X during his meeting with Y": the nearest person before who is of another state."""
    for i in range(at - 1, -1, -1):
        if clause.codes[i] in "Pr":
            group = group_of(reading, memory, actors_at(clause, i, i + 1))
            if len(group.states) == 1 and group.states != second.states and group.people:
                return group
    last = memory.last_subject
    guessed = bool(second.people) and all(person.name in second.inferred for person in second.people)
    return (
        Group((last.country,), (last,)) if last is not None and (guessed or last.country not in second.states) else None
    )


def head_of_delegation(
    reading: Reading, clause: Clause, memory: Memory, group: Group | None, subject: tuple[int, int] | None
) -> Group | None:
    """ "The Serbian delegation was received by X": its head, whom the document has told of, went with it."""
    if group is None or group.people or len(group.states) != 1 or subject is None:
        return group
    words = reading.words(clause.items[subject[0]].first, clause.items[subject[1] - 1].last)
    if DELEGATION.search(words) is None:
        return group
    for event in memory.visits + memory.meetings:
        for person in event.participants:
            if person.country == group.states[0] and person.name:
                return Group(group.states, (person,))
    return group


def own_office(reading: Reading, clause: Clause, subject: tuple[int, int], first: Group, second: Group) -> Group:
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


def subject_after(reading: Reading, clause: Clause, memory: Memory, other: Group, found: re.Match[str]) -> Group | None:
    """ "In a meeting with X on Monday, Y said": Y, when the frame opens the sentence."""
    if found.start() > 3:
        return None
    after = SUBJECT_BEHIND.match(clause.codes[found.end() :])
    if after is None:
        return None
    at = found.end() + after.start("who")
    group = group_of(reading, memory, actors_at(clause, at, at + 1))
    return group if len(group.states) == 1 and group.states[0] not in other.states else None


def caller(reading: Reading, clause: Clause, memory: Memory, at: int) -> tuple[Group | None, Group | None, int]:
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


def official_told_of(reading: Reading, mentions: list[Mention], first: Group | None) -> Group:
    """ "X received the minister": the one official of another state so called of whom the document has told."""
    if first is None or len(first.states) != 1 or len(mentions) != 1 or mentions[0].kind != "role":
        return Group()
    mention = mentions[0]
    visiting = VISITING.fullmatch(reading.words(max(0, mention.first - 1), mention.first)) is not None
    if mention.office is None or not (mention.is_definite or visiting) or mention.is_plural or mention.readings:
        return Group()
    word = reading.words(*mention.office)
    fits = [
        entity for entity in reading.cast.entities
        if entity.first < mention.first and entity.state not in (None, *first.states) and not entity.is_former
        and word in (entity.office or "").lower().split()
    ]  # fmt: skip
    if len(fits) != 1:
        return Group()
    person = person_of(reading, fits[0], Mention("person", mention.first, mention.last))
    return Group((person.country,), (person,))


def named_counterpart(reading: Reading, first: Group | None, second: Group) -> Group:
    """ "His Algerian counterpart", whom the text names elsewhere: the one person of that state as high as he."""
    if first is None or len(second.states) != 1 or len(second.people) != 1 or second.people[0].name is not None:
        return second
    role = second.people[0]
    level = next((person.level for person in first.people if person.level), None)
    if level is None or COUNTERPART.search((role.office or "").lower()) is None:
        return second
    fits = [
        entity for entity in reading.cast.entities
        if entity.state == role.country and entity.level == level and not entity.is_former
    ]  # fmt: skip
    if len(fits) != 1:
        return second
    at = fits[0].first
    return Group(second.states, (person_of(reading, fits[0], Mention("person", at, at)),))
