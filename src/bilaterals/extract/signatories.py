"""The states of an instrument: named in it, behind "between" and "with", as the subject, or by the meeting just told.

The phrases are in `rules/instruments.toml`.
"""

from __future__ import annotations

import re

from bilaterals.extract.background import already_in_being
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, subject_before
from bilaterals.extract.governing import counted_in_place, signed_before
from bilaterals.extract.instruments import (
    Instrument,
    multilateral,
    plainly_named,
)
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import Group, group_of, joint_parties
from bilaterals.extract.phrases import cues

AMITY, KNOWN = (cues("instruments")[name] for name in ("amity", "known"))

# "Officials of the two countries signed": of both, whoever they are.
OF_BOTH = re.compile("[rxI]oT?S[xa]{0,3}$")


# "Kazakhstan's lower house ratified", "the Croatian parliament has ratified".
OWN_HOUSE = re.compile("(?:z'|J)[xI]{1,3}[xa]{0,2}$")


def find_parties(
    reading: Reading, clause: Clause, memory: Memory, instrument: Instrument, verb: int | None
) -> tuple[Group, int, bool]:
    """The states of the instrument, the item where its words begin, and whether the text itself ties them to it."""
    codes = clause.codes
    inside = [state for i in range(instrument.first, instrument.head) for state in _states_at(reading, clause, i)]
    if len(set(inside)) == 2:
        return Group(tuple(dict.fromkeys(inside))), _begin(clause, instrument, verb), True
    after = _after(reading, clause, memory, instrument)
    if len(after.states) == 2 and not _with_others(clause, instrument):
        return after, _begin(clause, instrument, verb), True
    if len(after.states) == 1 and _between(clause, instrument):  # "a truce between Israel and Hamas"
        return Group(), instrument.first, False
    if _of_somebody_else(reading, clause, instrument, verb):
        return Group(), instrument.first, False
    signing = _states_at(reading, clause, verb - 1) if verb and codes[verb - 1] == "z" else ()
    if len(signing) == 2:  # "concern about A and B signing an agreement"
        return Group(signing), verb - 1 if verb else 0, True
    subject = subject_before(clause, verb if verb is not None else instrument.first)
    begin = subject[0] if subject and verb is not None else _begin(clause, instrument, verb)
    group = group_of(reading, memory, actors_at(clause, *subject)) if subject else Group()
    if subject and codes[subject[0]] == "V":
        group = Group(joint_parties(reading, memory), joint=True)
    both = OF_BOTH.search(codes, 0, verb) if verb is not None else None
    if both is not None and len(joint_parties(reading, memory)) == 2:
        return Group(joint_parties(reading, memory), joint=True), both.start(), True
    if len(after.states) == 2:
        others = [state for state in group.states if state not in after.states]
        if verb is None or len(others) != 1:
            return after, begin, True
        return Group((others[0], *after.states), group.people), begin, True
    of_a_house = verb is not None and not group.states and OWN_HOUSE.search(clause.codes, 0, verb) is not None
    near = (
        _state_before(reading, clause, verb if of_a_house and verb else instrument.first, after.states)
        if (verb is None or of_a_house) and after.states
        else None
    )
    if near is not None and len(after.states) == 1:
        return Group((near, after.states[0])), begin, True
    if len(group.states) == 1 and len(after.states) == 1 and group.states != after.states:
        return Group((*group.states, *after.states), group.people), begin, True
    if len(group.states) == 2 and (verb is not None or counted_in_place(reading, clause, instrument)):
        return group, begin, True
    if len(after.states) == 1 or len(set(inside)) == 1:
        known = after.states or tuple(inside[:1])
        pair = reading.cast.pair or ()
        if known[0] in pair:
            return Group(pair), begin, bool(after.states)
        if reading.side and reading.side != known[0]:
            return Group((reading.side, known[0])), begin, bool(after.states)
        return Group(known), begin, False
    return _from_context(reading, clause, memory, instrument, verb, group, begin)


def _from_context(
    reading: Reading, clause: Clause, memory: Memory, instrument: Instrument, verb: int | None, group: Group, begin: int
) -> tuple[Group, int, bool]:
    """The states of an instrument whose own words name none: those of the meeting or visit told, or of the heading."""
    told = _visit_in(reading, clause, memory) or memory.last_parties or reading.cast.pair or ()
    if verb is not None and not told:
        told = _named_in(reading, clause, memory, instrument, verb).states
    if verb is not None and len(group.states) == 1 and group.states[0] in told:
        return Group(told, group.people), begin, False
    if verb is not None and not group.states and not group.open_people and told:
        return Group(told), begin, False
    if (
        verb is None
        and told
        and len(told) == 2
        and (len(group.states) <= 1 or set(group.states) == set(told))
        and not multilateral(reading, clause, instrument)
    ):
        dated = (signed_before(reading, clause, instrument) and not _names_others(reading, clause, told)) or (
            clause.codes[instrument.head + 1 : instrument.head + 3] in ("oD",)
            or clause.codes[instrument.head + 1 : instrument.head + 2] == "D"
            or (
                (instrument.is_named or _plain_word(reading, clause, instrument))
                and "D" in clause.codes[max(0, instrument.first - 1) : instrument.head]
            )
        )
        plain = instrument.is_named and instrument.kind in ("agreement", "treaty") and plainly_named(clause, instrument)
        memo = (
            plain
            or (
                instrument.is_named
                and instrument.kind in ("mou", "joint_statement", "joint_communique", "joint_declaration")
            )
            or (instrument.is_named and instrument.kind == "treaty" and _of_amity(reading, clause, instrument))
        ) and "L" not in clause.codes[instrument.first : instrument.head]  # a city's name is no pair's
        known_by_pair = (
            not instrument.is_named
            and reading.side is None
            and reading.cast.pair
            and _stands(reading, clause, instrument)
        )
        if dated or memo or known_by_pair or (instrument.kind == "mou" and not reading.side):
            return Group(told), begin, True
        return Group(()), begin, False
    return group, begin, False


def _of_amity(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "The Treaty of Amity and Cooperation": such treaties are of two."""
    return AMITY.match(reading.words(clause.items[instrument.head].last, clause.last)) is not None


def _names_others(reading: Reading, clause: Clause, told: tuple[str, ...]) -> bool:
    """Whether the sentence names a state that is none of the two."""
    named = {
        state for i in range(len(clause.codes)) if clause.codes[i] in "zJC" for state in _states_at(reading, clause, i)
    }
    return not named <= set(told)


def _plain_word(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "The 1998 agreement", in small letters: not "the 1998 Belfast Agreement"."""
    word = reading.tokens.words[clause.items[instrument.head].first]
    return (
        instrument.kind in ("agreement", "treaty")
        and word.islower()
        and not set("NL") & set(clause.codes[instrument.first : instrument.head])
    )


def _stands(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """Whether "the" instrument stood before the news of a digest item, whose heading then names its parties."""
    lead = reading.words(clause.first, clause.items[instrument.first].first) if instrument.first else ""
    return KNOWN.search(lead) is not None and already_in_being(lead)


def _named_in(reading: Reading, clause: Clause, memory: Memory, instrument: Instrument, verb: int) -> Group:
    """ "B will send doctors to A under an accord signed by the ministers of the two countries": the two of the sentence."""
    both = any(clause.codes[i] == "S" for i in range(verb, len(clause.codes)))
    states = {
        state for i in range(len(clause.codes)) if clause.codes[i] == "z" for state in _states_at(reading, clause, i)
    }
    return Group(tuple(sorted(states))) if both and len(states) == 2 else Group()


def _visit_in(reading: Reading, clause: Clause, memory: Memory) -> tuple[str, ...]:
    """The states of a visit told in the same sentence: "the visit resulted in 12 agreements"."""
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    return next((visit.countries for visit in memory.visits if begin <= visit.span[0] < end), ())


def _of_somebody_else(reading: Reading, clause: Clause, instrument: Instrument, verb: int | None) -> bool:
    """ "Hezbollah's agreement to a truce with Israel", "the Monetary Fund announces an agreement with Ukraine": no state's."""
    codes = clause.codes
    if verb is None:
        if "'" in codes[instrument.first : instrument.head]:
            inside = range(instrument.first, instrument.head)
            return not any(_states_at(reading, clause, i) for i in inside)
        at = instrument.first - 1
        while at > 0 and codes[at] in "TmtA":
            at -= 1
        return at > 0 and codes[at] == "'" and codes[at - 1] in "NIx"
    at = verb - 1
    while at >= 0 and codes[at] in "aD":
        at -= 1
    item = clause.items[at] if at >= 0 else None
    return item is not None and codes[at] in "IN" and item.mention is None and verb < instrument.first


BETWEEN = re.compile("[^.;,PrzSw]{0,8}b")


def _between(clause: Clause, instrument: Instrument) -> bool:
    """Whether "between" follows the head, and no actor comes before it."""
    return BETWEEN.match(clause.codes, instrument.head + 1) is not None


def _with_others(clause: Clause, instrument: Instrument) -> bool:
    """Whether the states behind the head stand behind "with": then the subject is a party as well."""
    tail = clause.codes[instrument.head + 1 : instrument.head + 30]
    return "w" in tail and "b" not in tail[: tail.index("w")]


def _state_before(reading: Reading, clause: Clause, at: int, known: tuple[str, ...]) -> str | None:
    """The state named last before the instrument, when it is not the one that is named with it."""
    for i in range(at - 1, -1, -1):
        named = [state for state in _states_at(reading, clause, i) if state not in known]
        mention = clause.items[i].mention
        if len(named) == 1 and mention is not None and mention.kind == "states":
            return named[0]
        if clause.codes[i] in "J" and len(named) == 1:
            return named[0]
        if clause.codes[i] in code_class("sign", "conclude"):
            return None
    return None


def _begin(clause: Clause, instrument: Instrument, verb: int | None) -> int:
    begin = instrument.first if verb is None or verb > instrument.first else verb
    while begin > 0 and clause.codes[begin - 1] == "T":
        begin -= 1
    return begin


def _states_at(reading: Reading, clause: Clause, i: int) -> tuple[str, ...]:
    item = clause.items[i]
    if item.mention is not None:
        return item.mention.states
    entry = reading.tokens.entries[item.first]
    if clause.codes[i] == "Y" or (clause.codes[i] in "CJG" and len(entry.countries) == 1):
        return entry.countries
    return ()


def _after(reading: Reading, clause: Clause, memory: Memory, instrument: Instrument) -> Group:
    """The states in "between A and B", "with A" behind the head, or in the title that goes on from it."""
    codes = clause.codes
    end = min(len(codes), instrument.head + 30)
    states: list[str] = []
    people: list[Group] = []
    lead = ""
    signs, stops = code_class("sign"), code_class("sign", "consensus", "say", "planned", also=".;")
    for i in range(instrument.head + 1, end):
        code = codes[i]
        if code in "bw" or (code == "y" and codes[i - 1] in signs):
            lead = code
        elif code in "Prz" and lead:
            group = group_of(reading, memory, actors_at(clause, i, i + 1))
            states.extend(group.states)
            people.append(group)
        elif code == "Y":
            states.extend(reading.tokens.entries[clause.items[i].first].countries)
        elif code == "L" and lead == "w" and codes[i - 1] == "w":  # "a treaty with Madrid"
            city = reading.tokens.entries[clause.items[i].first].cities[:1]
            states.extend(place.country for place in city if place.is_capital)
        elif code == "S" and lead in ("b", "y"):
            states.extend(joint_parties(reading, memory))
        elif code in signs and codes[i + 1 : i + 2] == "y":
            continue  # "signed by A and B"
        elif code in stops or (code == "," and lead):
            break
        elif code not in "TaH&,xm" and lead == "w":
            lead = ""
    return Group(tuple(dict.fromkeys(states)), tuple(person for group in people for person in group.people))
