"""How many meetings two sides make: one, one a state that was met separately, or one a principal.

The words are in `rules/sides.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract.candidates import Participant
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.frames import Rule
from bilaterals.extract.levels import RANK
from bilaterals.extract.parties import Group
from bilaterals.extract.phrases import cues

SEVERAL, SEPARATE, PLURAL, HOUSE = (cues("sides")[name] for name in ("several", "separate", "plural", "house"))


def _as_high(person: Participant, first: Group) -> Participant:
    """A counterpart without an office of his own is as high as the one whose counterpart he is."""
    level = next((other.level for other in first.people if other.level), None)
    return replace(person, level=level) if person.level is None and person.office is None else person


def _leads_a_house(person: Participant) -> bool:
    """Whether somebody is the speaker of a parliament: a principal, as ministers are."""
    return person.level == "legislature" and HOUSE.find((person.office or "").lower()) is not None


def pair_up(
    reading: Reading, clause: Clause, rule: Rule, found: re.Match[str], first: Group, second: Group
) -> Iterator[tuple[Group, Group]]:
    """One meeting for each state on the other side when they met separately; two named principals of one state apart."""
    behind = min(found.end() + 4, len(clause.items))
    words = reading.words(clause.items[max(0, found.start() - 4)].first, clause.items[behind - 1].last)
    separate = SEPARATE.find(words) is not None
    if {len(first.states), len(second.states)} == {1, 2} or len(first.states) == 1 < len(second.states):
        if separate or (rule.id == "meeting.noun-with" and SEVERAL.find(words)):
            for state in second.states if len(first.states) == 1 else first.states:
                yield (first, second.of_state(state)) if len(first.states) == 1 else (first.of_state(state), second)
        return
    if len(first.states) == 1 and len(second.states) == 1 and first.states != second.states:
        people = [person for person in second.people if person.name]
        if any(person.level for person in people):
            people = [_as_high(person, first) for person in people]
        principals = [person for person in people if RANK.get(person.level or "", 9) <= RANK["minister"]]
        offices = bool(principals) and all(person.office for person in people)
        plural = offices or PLURAL.find(f" {words} ") is not None
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
