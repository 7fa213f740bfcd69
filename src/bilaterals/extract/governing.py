"""The verb that signs or reaches an instrument, and the status that it gives the agreement.

The phrases around the verb are in `rules/governing.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from bilaterals.extract.background import already_in_being
from bilaterals.extract.clauses import Clause, Reading, code_class
from bilaterals.extract.instruments import Instrument, multilateral, number_token, words
from bilaterals.extract.phrases import cues

VERB_REACH = 14
LIST_REACH = 60  # with other instruments between the verb and this one
Governed = tuple[int | None, str | None]
NO_DEAL: Governed = (None, None)

CUES = cues("governing")
NO_AGREEMENT, UNDER_NEGOTIATION, IN_PLACE, RELATIVE = (
    CUES[name] for name in ("no-agreement", "under-negotiation", "in-place", "relative")
)
PART_OF, STRIVEN_FOR, AGAINST, PLANNED = (CUES[name] for name in ("part-of", "striven-for", "against", "planned"))
FIRST_TO, TO_DO, DRAFT = (CUES[name] for name in ("first-to", "to-do", "draft"))
PASSIVE, NOT_YET, TO_COME, WISHED = (CUES[name] for name in ("passive", "not-yet", "to-come", "wished"))
UNDER_WAY, SIGNED_BEHIND, EXPECTED = (CUES[name] for name in ("under-way", "signed-behind", "expected-behind"))
OF_SIGNING = ("the signing of", "signing of", "signature of")
INTO_FORCE, TRUCE_BEGINS = CUES["into-force"], CUES["truce-begins"]


def governing(reading: Reading, clause: Clause, instrument: Instrument) -> Governed:
    """The item of the verb, or None where the instrument is named in passing, and the status.

    The status is None, and so is the verb, where the text only wishes for the instrument, denies it, or speaks of
    something else of it ("procedures for the agreement").
    """
    if counted_in_place(reading, clause, instrument):
        return None, "reached"
    said = _before(reading, clause, instrument)
    if UNDER_WAY.search(said):
        return max(0, instrument.first - 1), "planned"
    if NO_AGREEMENT.find(said):
        return NO_DEAL
    if already_in_being(said):
        return None, "signed" if signed_before(reading, clause, instrument) else _standing(instrument)
    found = _verb_before(reading, clause, instrument)
    if found in (None, NO_DEAL) and signed_before(reading, clause, instrument):
        return None, "signed"
    if found == NO_DEAL and _stands_between(reading, clause, instrument):
        return None, "signed"
    found = found or _verb_behind(reading, clause, instrument)
    if found is not None:
        of_a_year = "D" in clause.codes[max(0, instrument.first - 1) : instrument.head]
        stands = of_a_year and found[1] in (
            None,
            "planned",
        )  # "will submit the 1998 agreement", "suspended a 2002 treaty"
        return (None, _standing(instrument)) if stands else found
    if UNDER_NEGOTIATION.find(said):
        return NO_DEAL
    return _to_come(reading, clause, instrument) or _in_force(reading, clause, instrument)


def signed_before(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "The agreement signed in Lyon in 2015", "one that dates from 1978": it stood before the news."""
    return SIGNED_BEHIND.match(reading.words(clause.items[instrument.head].last, clause.last)) is not None


def _stands_between(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "He hoped to build on the tax agreement between our two countries": named as one that is there."""
    if instrument.first == instrument.head or clause.codes[instrument.head + 1 : instrument.head + 2] != "b":
        return False
    return (
        reading.words(clause.items[max(0, instrument.first - 1)].first, clause.items[instrument.first].first) == "the"
    )


def counted_in_place(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "Have 17 agreements already in place": a counted set of old, told in passing, whatever verb stands before it."""
    head = clause.items[instrument.head]
    if IN_PLACE.match(reading.words(head.last, clause.last)) is None:
        return False
    return number_token(reading, clause, instrument) is not None and not multilateral(reading, clause, instrument)


def _before(reading: Reading, clause: Clause, instrument: Instrument) -> str:
    first = clause.items[instrument.first].first
    return reading.words(clause.first, first)


def _standing(instrument: Instrument) -> str:
    """The status of an instrument that no verb governs: a title is of something signed, and so is a treaty."""
    return "signed" if instrument.is_named or instrument.kind == "treaty" else "reached"


def _verb_before(reading: Reading, clause: Clause, instrument: Instrument) -> Governed | None:
    """What the nearest verb before the instrument makes of it; None where there is none."""
    codes = clause.codes
    verbs = code_class("sign", "conclude")
    wished, planned = code_class("irrealis"), code_class("planned")
    denied = code_class("negation", "called_off")
    instruments = code_class("instrument")
    listed = set(codes[max(0, instrument.first - VERB_REACH) : instrument.first]) & instruments
    for i in range(instrument.first - 1, max(-1, instrument.first - (LIST_REACH if listed else VERB_REACH)), -1):
        code = codes[i]
        too_far = i < instrument.first - VERB_REACH and code in code_class("say", "meet", "consensus", "discuss")
        if code == ";" or too_far:
            return None
        if code in verbs and codes[i - 1 : i] != "'":  # not "Japan's revised documents"
            between = reading.words(clause.items[i].last, clause.items[instrument.first].first)
            in_a_list = set(codes[i + 1 : instrument.first]) & instruments
            if PART_OF.search(f"{between} ") and not in_a_list:
                return NO_DEAL
            if RELATIVE.search(f"{between} "):
                return None  # "signed a protocol, which updates the convention"
            if "," in codes[i + 1 : instrument.first] and not in_a_list:
                return None
            return _by_verb(reading, clause, instrument, i)
        if code in wished or code in denied:
            return NO_DEAL
        if code in planned and codes[i - 1 : i] in denied:
            return NO_DEAL  # "no plan to enter into an agreement"
        if code in planned and PLANNED.match(reading.words(clause.items[i].first, clause.items[i].last)):
            return i, "planned"
    return None


def _by_verb(reading: Reading, clause: Clause, instrument: Instrument, at: int) -> Governed:
    """The status that the verb at ``at`` gives, with the words before it: wished for, denied, planned, or done."""
    window = set(clause.codes[max(0, at - 5) : at])
    word = reading.words(clause.items[at].first, clause.items[at].last)
    near = f"{reading.words(clause.items[max(0, at - 5)].first, clause.items[at].first)} | {word}"
    done = "signed" if clause.codes[at] in code_class("sign") else "reached"
    if word in OF_SIGNING and EXPECTED.match(reading.words(clause.items[instrument.head].last, clause.last)):
        return at, "planned"
    if STRIVEN_FOR.search(near) or window & code_class("irrealis", "negation", "called_off"):
        return NO_DEAL
    if FIRST_TO.search(near):
        return None, done
    if window & code_class("planned") or TO_DO.search(near):
        return at, "planned"
    if DRAFT.match(reading.words(clause.items[at].first, clause.items[instrument.head].first)):
        return at, "planned"
    return NO_DEAL if AGAINST.search(near) else (at, done)


def _verb_behind(reading: Reading, clause: Clause, instrument: Instrument) -> Governed | None:
    """ "The agreement, signed by A and B", "three agreements were signed", "the agreement that the two signed"."""
    codes, head = clause.codes, instrument.head
    signs, reaches = code_class("sign"), code_class("conclude")
    after = codes[head + 1 : head + 24]
    if after[:1] == "," and after[1:2] in signs and after[2:3] in ("y", "i", "D", "b"):
        return head + 2, "signed"
    passive = _behind("(?:,[^.;,]{1,14}(?:,[^.;,]{1,8}){0,2},)?[^.;,]{0,12}?x?a?", signs | reaches).match(after)
    if passive and codes[head + passive.start("verb")] in "xaFh":
        at = head + 1 + passive.start("verb")
        between = reading.words(clause.items[head].last, clause.items[at].first)
        if PASSIVE.search(between):
            future = NOT_YET.search(between)
            return at, "planned" if future else ("signed" if codes[at] in signs else "reached")
    told = _behind("[^.;,]{0,24}?x?[SVz]a{0,2}", signs).match(after)
    return (head + 1 + told.start("verb"), "signed") if told is not None else None


@cache
def _behind(between: str, verbs: frozenset[str]) -> re.Pattern[str]:
    """One of some verbs behind certain codes."""
    return re.compile(f"{between}(?P<verb>[{re.escape(''.join(sorted(verbs)))}])")


def _to_come(reading: Reading, clause: Clause, instrument: Instrument) -> Governed | None:
    """ "A draft treaty", "the negotiated agreement": planned; "a possible treaty": nothing."""
    first = clause.items[instrument.first].first
    lead = reading.words(clause.items[max(0, instrument.first - 6)].first, first) if instrument.first else ""
    if not TO_COME.search(lead + reading.words(first, clause.items[instrument.head].first)):
        return None
    vague = instrument.word in words().generic and not instrument.is_named
    return NO_DEAL if WISHED.search(lead) or vague else (max(0, instrument.first - 1), "planned")


def _in_force(reading: Reading, clause: Clause, instrument: Instrument) -> Governed:
    """Entry into force, told behind the instrument; else it is only named."""
    behind = reading.words(clause.items[instrument.head].last, clause.items[-1].last)
    if INTO_FORCE.find(behind):
        return instrument.head, "in_force"
    if TRUCE_BEGINS.match(f"{instrument.word} | {behind}"):
        return instrument.head, "signed"
    return None, _standing(instrument)
