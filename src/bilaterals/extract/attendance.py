"""People whom other words add to a meeting: "joined by X", "Y attended the meeting", "Z led the delegation".

The phrases are in `rules/attendance.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bilaterals.extract.candidates import Participant
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.mention import Mention
from bilaterals.extract.parties import Group, group_of
from bilaterals.extract.phrases import cues

CUES = cues("attendance")
JOINED, CHAIRED, LED_SIDE, LEADS = (CUES[name] for name in ("joined", "chaired", "side-led", "led-side"))
LEADING, OF_A_DELEGATION, LED_BOTH = (CUES[name] for name in ("leading", "of-a-delegation", "led-both"))
SAT_IN, ENDS, AT_IT, IT = (CUES[name] for name in ("sat-in", "ends", "present", "it"))
PRESENT, ATTENDED_BY = CUES["also-present"], CUES["attended-by"]
JOINED_BY = re.compile("[^Prz.]yT?H?(?P<who>[Pr])")


def joiners(reading: Reading, clause: Clause, memory: Memory, states: tuple[str, ...]) -> tuple[Participant, ...]:
    """ "..., joined by Vice President X, ...": one more participant."""
    for found in JOINED_BY.finditer(clause.codes):
        if JOINED.fullmatch(reading.words(clause.items[found.start()].first, clause.items[found.start()].last)):
            group = group_of(reading, memory, actors_at(clause, *found.span("who")))
            return tuple(person for person in group.people if person.country in states)
    return ()


def chairs(
    reading: Reading, clause: Clause, memory: Memory, end: int, states: tuple[str, ...]
) -> tuple[Participant, ...]:
    """ "The ninth session ..., co-chaired by X and Y" or "under the chairmanship of X and Y": one of each state, or nobody.

    ``states`` are the two states as the text orders them; chairs whose state is not told are named in the same order.
    """
    start = reading.tokens.starts[clause.items[end - 1].first]
    found = CHAIRED.search(reading.tokens.text, start, reading.tokens.ends[clause.last - 1])
    if found is None:
        return ()
    behind = [m for m in clause.mentions if m.kind == "person" and reading.tokens.starts[m.first] >= found.end()][:2]
    group = group_of(reading, memory, behind)
    if not group.people and len(group.open_people) == 2:
        return tuple(replace(person, country=state) for person, state in zip(group.open_people, states, strict=True))
    if len(group.people) == len(group.open_people) == 1 and group.people[0].country in states:
        other = next(state for state in states if state != group.people[0].country)
        return (group.people[0], replace(group.open_people[0], country=other))
    return group.people if {person.country for person in group.people} == set(states) else ()


# "The Nepali side was led by X, and the Swiss one by Y"; "Commerce Minister X led the Bangladeshi side".
SIDE_LED = re.compile("(?P<side>[zJ])[xaQ$#]{0,3}v?yT?H?(?P<who>P)")
LEADS_SIDE = re.compile("(?P<who>P)[,xa]{0,2}vT?(?P<side>[zJ@])")
# One of these is in each match of LED_SIDE and of LEADS.
SIDES = tuple(dict.fromkeys(LED_SIDE.words + LEADS.words))


def _led_sides(reading: Reading, clause: Clause, memory: Memory) -> tuple[Participant, ...]:
    """The heads of the two sides: each speaks for the side that he led."""
    if not reading.has_any(clause, SIDES):
        return ()
    people: list[Participant] = []
    for pattern, words in ((SIDE_LED, LED_SIDE.search), (LEADS_SIDE, LEADS.match)):
        for found in pattern.finditer(clause.codes):
            who = clause.items[found.start("who")]
            state = _side_at(reading, clause, found.start("side"))
            begin = clause.items[found.start()].first if pattern is SIDE_LED else who.last
            end = who.first if pattern is SIDE_LED else clause.items[min(found.end() + 3, len(clause.items)) - 1].last
            group = group_of(reading, memory, actors_at(clause, *found.span("who")))
            person = next(iter((*group.people, *group.open_people)), None)
            if state is not None and person is not None and words(reading.words(begin, end)):
                people.append(replace(person, country=state))
    return tuple(people)


def _side_at(reading: Reading, clause: Clause, i: int) -> str | None:
    """The one state that an item names: "the Nepali side", "the Swiss one"."""
    item = clause.items[i]
    states = item.mention.states if item.mention is not None else reading.tokens.entries[item.first].countries
    return states[0] if len(states) == 1 else None


DEFINITE_MEETING = re.compile("[a ]{0,2}T?[mx]?E(?!o)")


LED_DELEGATION = re.compile("T?[zJC]?'?[mJC]{0,2}[Qz]")


# From the first word to the verb nothing but people, their offices and states: "P, Minister of X, Q, head of Y, and R attended".
ENDS_LIST = re.compile("T?[rJICzN']{0,6}P[PrJICNLozixT&,#m']*[xt]{0,2}")


def attendees(reading: Reading, clause: Clause, memory: Memory) -> Group | None:
    """People whom a sentence adds to the meeting just told: "Ambassador X attended the meeting", "X led the delegation"."""
    verbs = code_class("light")
    if verbs.isdisjoint(clause.kinds) and "P" not in clause.kinds:
        return None
    heads = _led_sides(reading, clause, memory)
    people: list[Mention] = []
    for at in positions(clause.codes, verbs):
        word = reading.words(clause.items[at].first, clause.items[at].last)
        after = clause.codes[at + 1 :]
        led = (
            LEADING.fullmatch(word)
            and LED_DELEGATION.match(after)
            and OF_A_DELEGATION.search(reading.words(clause.items[at].last, clause.last))
        )
        led = led or (LED_BOTH.fullmatch(word) and re.match("S|TJx", after))
        joined = DEFINITE_MEETING.match(after) and SAT_IN.match(word)
        ends = after[:1] in (".", "", ",", "&") and ENDS.match(word)
        ends = ends or (re.match("iT?E", after) and AT_IT.search(word))
        ends = ends or (
            after[:2] in ("x.", "x", "x,", "x&") and IT.match(reading.words(clause.items[at].last, clause.last))
        )
        if not led and not joined and not ends:
            continue
        subject = subject_before(clause, at)
        if ends and ENDS_LIST.fullmatch(clause.codes[:at]):
            people += [mention for mention in actors_at(clause, 0, at) if _named(mention)]
        elif subject and (subject[0] <= 1 or clause.codes[subject[0] - 1] in ";&,"):
            people += [mention for mention in actors_at(clause, *subject) if _named(mention)]
    others = _of_both_sides(group_of(reading, memory, people), memory) if people else ()
    others += _present(reading, clause, memory) + _attended_by(reading, clause, memory)
    told = {person.name for person in heads}
    everybody = (*heads, *(person for person in others if person.name not in told))
    return Group(tuple(person.country for person in everybody), everybody) if everybody else None


def _attended_by(reading: Reading, clause: Clause, memory: Memory) -> tuple[Participant, ...]:
    """ "The meeting was also attended by X, Y and Z": of the meeting just told."""
    found = ATTENDED_BY.match(reading.words(clause.first, clause.last))
    if found is None or not memory.meetings:
        return ()
    begin = reading.tokens.starts[clause.first] + found.end()
    named = [m for m in clause.mentions if reading.tokens.starts[m.first] >= begin and _named(m)]
    return group_of(reading, memory, named).people


def _present(reading: Reading, clause: Clause, memory: Memory) -> tuple[Participant, ...]:
    """ "Also present on the Cuban side were X and Y"."""
    found = PRESENT.match(reading.words(clause.first, clause.last))
    if found is None:
        return ()
    begin = reading.tokens.starts[clause.first] + found.end()
    named = [m for m in clause.mentions if reading.tokens.starts[m.first] >= begin and _named(m)]
    return group_of(reading, memory, named).people


def _of_both_sides(group: Group, memory: Memory) -> tuple[Participant, ...]:
    """ "X and Y led the delegations" of a text of one side: who was given that side for want of another is of the other."""
    pair = memory.meetings[0].countries if memory.meetings else ()
    guessed = [person for person in group.people if person.name in group.inferred]
    if len(group.people) != 2 or len(set(group.states)) != 1 or len(pair) != 2 or len(guessed) != 1:
        return group.people
    other = next((state for state in pair if state != guessed[0].country), guessed[0].country)
    return tuple(replace(person, country=other) if person is guessed[0] else person for person in group.people)


def _named(mention: Mention) -> bool:
    return mention.kind == "person"
