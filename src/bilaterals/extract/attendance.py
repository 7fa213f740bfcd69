"""People whom other words add to a meeting: "joined by X", "Y attended the meeting", "Z led the delegation"."""

from __future__ import annotations

import re

from bilaterals.extract.candidates import Participant
from bilaterals.extract.chunks import Mention
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import Group, group_of

JOINED = re.compile("[^Prz.]yT?H?(?P<who>[Pr])")


def joiners(reading: Reading, clause: Clause, memory: Memory, states: tuple[str, ...]) -> tuple[Participant, ...]:
    """ "..., joined by Vice President X, ...": one more participant."""
    for found in JOINED.finditer(clause.codes):
        if reading.words(clause.items[found.start()].first, clause.items[found.start()].last) == "joined":
            group = group_of(reading, memory, actors_at(clause, *found.span("who")))
            return tuple(person for person in group.people if person.country in states)
    return ()


CHAIRED = re.compile(
    r"\b(?:co-?chaired|chaired|headed|led|presided over|opened|under the (?:co-?)?(?:chairmanship|chairpersonship|leadership) of)\b",
    re.IGNORECASE,
)


def chairs(
    reading: Reading, clause: Clause, memory: Memory, end: int, states: tuple[str, ...]
) -> tuple[Participant, ...]:
    """ "The ninth session ..., co-chaired by X and Y" or "under the chairmanship of X and Y": one of each state, or nobody."""
    start = reading.tokens.starts[clause.items[end - 1].first]
    found = CHAIRED.search(reading.tokens.text, start, reading.tokens.ends[clause.last - 1])
    if found is None:
        return ()
    behind = [m for m in clause.mentions if m.kind == "person" and reading.tokens.starts[m.first] >= found.end()][:2]
    people = group_of(reading, memory, behind).people
    return people if {person.country for person in people} == set(states) else ()


DEFINITE_MEETING = re.compile("[a ]{0,2}T?[mx]?E")


LED_DELEGATION = re.compile("T?[zJC]?'?[mJC]{0,2}[Qz]")


# From the first word to the verb nothing but people, their offices and states: "P, Minister of X, Q, head of Y, and R attended".
ENDS_LIST = re.compile("T?[rJICzN']{0,6}P[PrJICNLozixT&,#m']*[xt]{0,2}")


def attendees(reading: Reading, clause: Clause, memory: Memory) -> Group | None:
    """People whom a sentence adds to the meeting just told: "Ambassador X attended the meeting", "X led the delegation"."""
    verbs = code_class("light")
    if verbs.isdisjoint(clause.kinds):
        return None
    people: list[Mention] = []
    for at in positions(clause.codes, verbs):
        word = reading.words(clause.items[at].first, clause.items[at].last)
        after = clause.codes[at + 1 :]
        led = (
            word in ("led", "leading", "headed")
            and LED_DELEGATION.match(after)
            and "delegation" in reading.words(clause.items[at].last, clause.last)
        )
        joined = word.startswith(("attended", "joined", "took part", "participated")) and DEFINITE_MEETING.match(after)
        ends = word.startswith(
            ("attend", "took part", "take part", "led the two sides", "were ", "was ", "chaired", "co-chaired")
        ) and after[:1] in (".", "", ",", "&")
        led = led or (word in ("led", "headed") and re.match("S|TJx", after) is not None)
        ends = ends or (
            after[:2] in ("x.", "x", "x,", "x&") and reading.words(clause.items[at].last, clause.last).startswith("it")
        )
        if not led and not joined and not ends:
            continue
        subject = subject_before(clause, at)
        if ends and ENDS_LIST.fullmatch(clause.codes[:at]):
            people += [mention for mention in actors_at(clause, 0, at) if _named(mention)]
        elif subject and (subject[0] <= 1 or clause.codes[subject[0] - 1] in ";&,"):
            people += [mention for mention in actors_at(clause, *subject) if _named(mention)]
    return group_of(reading, memory, people) if people else None


def _named(mention: Mention) -> bool:
    return mention.kind == "person"
