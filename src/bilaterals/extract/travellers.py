"""Who makes a journey: the owner of "his visit", the person before "who arrived", a delegation's head, or the subject."""

from __future__ import annotations

import re
from dataclasses import replace

from bilaterals.extract.candidates import Participant
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import group_of
from bilaterals.extract.phrases import cues

CUES = cues("visits")
NOUN, MADE_BY, HIS, WHOSE = (CUES[name] for name in ("noun", "made-by", "his", "who"))
GROUP, THE_GROUP = CUES["group"], CUES["the-group"]
TO_BY = re.compile("t?T?[zL]y")


def find_visitor(
    reading: Reading, clause: Clause, memory: Memory, at: int, to: str | None
) -> tuple[Participant | None, int, int]:
    """Who makes the journey of the word at ``at`` to the state ``to``, and the items where the words of it begin and end."""
    codes = clause.codes
    word = reading.words(clause.items[at].first, clause.items[at].last)
    is_noun = NOUN.fullmatch(word) is not None
    if is_noun:
        owner = _owner(clause, at)
        if owner is not None:
            group = group_of(reading, memory, actors_at(clause, owner, owner + 1))
            return (group.people[0] if group.people else None), owner, at + 1
        for i in range(at + 1, min(at + 9, len(codes))):
            if codes[i] not in "yo" or codes[i + 1 : i + 2] not in ("P", "r"):
                continue
            if MADE_BY.fullmatch(reading.words(clause.items[i].first, clause.items[i].last)):
                group = group_of(reading, memory, actors_at(clause, i + 1, i + 2))
                return (group.people[0] if group.people else None), at, i + 2
    own = _of_him(reading, clause, memory, at, to) if is_noun else _who(reading, clause, memory, at)
    if own is None and is_noun:
        own = _who(reading, clause, memory, at, is_noun=True)
    if own is not None:
        return own
    if is_noun and TO_BY.match(clause.codes, at + 1):
        return None, at, at  # "raised visits to Japan by figures from elsewhere"
    delegation = _delegation(reading, clause, memory, at)
    if delegation is not None:
        return delegation
    subject = subject_before(clause, at)
    if subject is None:
        return None, at, at
    if codes[subject[0]] == "U":
        own_person = _confirms(reading, clause, memory, subject[0])
        return (own_person or memory.last_subject if at - subject[1] <= 4 else None), subject[0], at
    group = group_of(reading, memory, actors_at(clause, *subject))
    if len(group.states) != 1 or not group.people:
        return None, at, at
    return group.people[0], subject[0], at


def _of_him(
    reading: Reading, clause: Clause, memory: Memory, at: int, to: str | None
) -> tuple[Participant | None, int, int] | None:
    """ "During her visit to A, Minister X ...", "X recalled his visit to A": whom the possessive stands for."""
    begin = max(0, at - 5)
    if HIS.search(reading.words(clause.items[begin].first, clause.items[at].first)) is None:
        return None
    people = [i for i in range(at - 1, -1, -1) if clause.codes[i] in "Pr"]
    after = next((i for i in range(at + 1, len(clause.codes)) if clause.codes[i] in "Pr"), None)
    if not people and after is not None and clause.codes[after - 1] == ",":
        people = [after]
    for i in people:
        group = group_of(reading, memory, actors_at(clause, i, i + 1))
        if group.people and group.people[0].country != to:
            return group.people[0], min(i, at), i + 1 if i > at else at
    return (memory.last_subject, at, at + 1) if memory.last_subject is not None and not people else None


def _who(
    reading: Reading, clause: Clause, memory: Memory, at: int, *, is_noun: bool = False
) -> tuple[Participant | None, int, int] | None:
    """ "X, who arrived in A on Sunday", "X, who is paying a visit to A": the person right before the relative clause."""
    found = (WHO_PAYS if is_noun else WHO).search(clause.codes[:at])
    if found is None or not WHOSE.match(reading.words(clause.items[found.end("who")].first, clause.items[at].first)):
        return None
    group = group_of(reading, memory, actors_at(clause, *found.span("who")))
    return (group.people[0], found.start("who"), at) if group.people else None


WHO = re.compile("(?P<who>[Pr]),?x[xaF]{0,3}$")
# "X, who is paying a three-day official visit to A"
WHO_PAYS = re.compile("(?P<who>[Pr]),?x[xaFv]{1,4}T?[mx#D-]{0,5}$")


def _confirms(reading: Reading, clause: Clause, memory: Memory, pronoun: int) -> Participant | None:
    """ "Minister X confirmed that he would visit A": X, who opens the sentence with a verb of saying."""
    if clause.codes[:1] not in ("P", "r") or not code_class("say", "consensus") & set(clause.codes[1:pronoun]):
        return None
    group = group_of(reading, memory, actors_at(clause, 0, 1))
    return next(iter(group.people), None)


DELEGATION = re.compile("T?(?P<of>[xmJzYIa&]{0,6})Q(?P<tail>[^.;R]{0,12})$")


def _delegation(
    reading: Reading, clause: Clause, memory: Memory, at: int
) -> tuple[Participant | None, int, int] | None:
    """ "A Chinese trade delegation led by X visited": X where named, or the delegation of that state."""
    codes = clause.codes[:at]
    found = DELEGATION.search(codes)
    if found is None or not GROUP.search(reading.words(clause.items[found.start()].first, clause.items[at - 1].last)):
        return None
    led = re.search("y[xT@]?(?P<who>P)", found["tail"])
    named = [state for i in range(found.start(), at) for state in stated(reading, clause, i)]
    if led:
        who = found.start("tail") + led.start("who")
        group = group_of(reading, memory, actors_at(clause, who, who + 1))
        person = next(iter((*group.people, *group.open_people)), None)
        if person is not None:
            state = person.country or next(iter(named), "")
            return (replace(person, country=state) if state else None), found.start(), at
    begin = clause.items[max(0, found.start() - 1)].first
    if not named and THE_GROUP.search(reading.words(begin, clause.items[at].first)):
        before = next((i for i in range(found.start() - 1, -1, -1) if codes[i] in "P"), None)
        heads = group_of(reading, memory, actors_at(clause, before, before + 1)) if before is not None else None
        leader = next(iter(heads.people), None) if heads is not None else memory.last_subject
        return (leader, found.start(), at) if leader is not None else None
    if len(set(named)) == 1:
        return Participant(named[0], None, "delegation", "delegation"), found.start(), at
    return None


def stated(reading: Reading, clause: Clause, i: int) -> tuple[str, ...]:
    """The states that an item names itself, as a mention or as an adjective."""
    mention = clause.items[i].mention
    if mention is not None:
        return mention.states
    entry = reading.tokens.entries[clause.items[i].first]
    return entry.countries if clause.codes[i] in "JC" and len(entry.countries) == 1 else ()


def _owner(clause: Clause, at: int) -> int | None:
    codes = clause.codes
    i = at - 1
    while i >= 0 and (codes[i] in "xamITJ#D" or codes[i] in code_class("planned")):
        i -= 1
    if i > 0 and codes[i] == "'" and codes[i - 1] in "Pr":
        return i - 1
    return None
