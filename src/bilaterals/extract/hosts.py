"""Officials whose state is not told: hosts in the state where they were met, or the other of the two told of before."""

from __future__ import annotations

from dataclasses import replace

from bilaterals.extract.cast import HEADS
from bilaterals.extract.clauses import Clause, Reading, positions
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import Group
from bilaterals.reference.places import City

# Where states meet that are at home there no more than others.
NEUTRAL = frozenset(["Geneva", "New York", "Vienna", "Davos", "Munich", "Brussels", "Sharm el-Sheikh", "The Hague"])


def hosts(memory: Memory, clause: Clause, at: int, first: Group | None, second: Group) -> Group:
    """Officials whose state is not told: hosts in the state where they were met, or the other of the two told of before.

    "Flew to Amman for talks with King Abdullah", "held talks in Yerevan with Energy Minister X".
    """
    if first is None or len(first.states) != 1 or second.states or not second.open_people:
        return second
    if not all(person.office for person in second.open_people):
        return second
    own = first.states[0]
    state = _visited(memory, clause, own) if all(p.level in HEADS for p in second.open_people) else None
    state = state or other_state(memory, clause, at, first)
    if state is None:
        return second
    return Group((state,), tuple(replace(person, country=state) for person in second.open_people))


def other_state(memory: Memory, clause: Clause, at: int, first: Group | None) -> str | None:
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


def of_the_host(reading: Reading, clause: Clause, memory: Memory, first: Group | None, second: Group) -> Group:
    """ "Plans to visit A for talks with his counterpart X": X of A, where the text does not tell his state."""
    if first is None or len(first.states) != 1 or second.states or not second.open_people:
        return second
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    for visit in reversed(memory.visits):
        if begin <= visit.span[0] < end and visit.visitor_from == first.states[0] and visit.visitor_to:
            people = tuple(replace(person, country=visit.visitor_to) for person in second.open_people)
            return Group((visit.visitor_to,), people)
    return second
