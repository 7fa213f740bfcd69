"""Modality, apart from what it modifies: told as held, planned, called off, or only wished for.

The phrases are in `rules/context.toml`. A modifier stands before what it modifies, from the subject to the frame, or
behind it, from the frame to the next verb. A semicolon and words like "after" end its scope.
"""

from __future__ import annotations

from dataclasses import dataclass

from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, code_class
from bilaterals.extract.phrases import Phrase, cues

REACH_BACK = 12
NEAR = 8
HEADLINE_REACH = 5
VERB_REACH, NOUN_REACH = 4, 14

CUES = cues("context")
IS_TO, HEADLINE, DIARY, IN_THE_PRESENT = (CUES[name] for name in ("is-to", "headline", "diary", "in-the-present"))
DENIED, TO_BE_HELD, WILL_BE, WILL_ALSO = (CUES[name] for name in ("denied", "to-be-held", "will-be", "will-also"))
RESOLVED, MODIFIER, ADJUNCT, PUT_OFF = (CUES[name] for name in ("resolved", "modifier", "adjunct", "put-off"))
NOT_HELD, WISHED_BEHIND, TOOK_PLACE, RELATIVE = (
    CUES[name] for name in ("not-held", "wished-behind", "took-place", "relative")
)
DROPPED, VERB_BEHIND, SCHEDULED = (CUES[name] for name in ("dropped", "verb-behind", "scheduled"))


@dataclass(frozen=True, slots=True)
class Modality:
    """Whether an event is told as held, planned, cancelled or postponed, or is only wished for (``is_real`` False)."""

    status: str
    is_real: bool
    evidence: Evidence | None = None


def find_modality(
    reading: Reading, clause: Clause, first: int, trigger: int, last: int, *, nominal: bool = False
) -> Modality:
    """The modality of the frame whose subject begins at ``first``, whose word is at ``trigger`` and which ends at ``last``.

    ``nominal`` says that the frame is a noun phrase ("the talks between A and B"), whose verb stands behind it.
    """
    ahead = _ahead(reading, clause, trigger, last, nominal=nominal)
    if ahead is not None:
        return ahead
    before = _before(reading, clause, max(first, 0), trigger)
    if not before.is_real or before.status in ("cancelled", "postponed"):
        return before
    after = _after(reading, clause, last, nominal=nominal)
    if after is not None and not (before.status == "planned" and after.status == "planned"):
        return after
    if before.status == "planned" and nominal and TOOK_PLACE.match(_behind(reading, clause, last)):
        return Modality("held", True)  # "the next round took place"
    return before


def _ahead(reading: Reading, clause: Clause, trigger: int, last: int, *, nominal: bool) -> Modality | None:
    """What the words right before the frame, its own words or those right behind it put ahead, deny or only resolve."""
    item = clause.items[trigger]
    word = reading.words(item.first, item.last)
    near = f"{reading.words(clause.items[max(0, trigger - NEAR)].first, item.first)} | {word}"
    if found := IS_TO.find(near):
        return _told(reading, clause, trigger, trigger + 1, IS_TO.phrase(found))
    if trigger <= HEADLINE_REACH and (found := HEADLINE.fullmatch(clause.codes, 0, trigger)):
        return _told(reading, clause, trigger, trigger + 1, HEADLINE.phrase(found))
    if IN_THE_PRESENT.match(word) and (found := DIARY.search(reading.title)):
        return _told(reading, clause, trigger, trigger + 1, DIARY.phrase(found))
    lead = reading.words(clause.first, item.first)
    if found := DENIED.find(lead):
        denied = DENIED.phrase(found)
        return (
            Modality("planned", False)
            if denied.makes == "nothing"
            else _told(reading, clause, trigger, trigger + 1, denied)
        )
    if nominal or clause.codes[trigger] in code_class("meeting_noun"):
        inside = reading.words(item.first, clause.items[min(last, len(clause.items)) - 1].last)
        if found := TO_BE_HELD.search(inside):
            return _told(reading, clause, trigger, last, TO_BE_HELD.phrase(found))
        if found := WILL_BE.match(_behind(reading, clause, last)):
            return _told(reading, clause, last - 1, last, WILL_BE.phrase(found))
    if trigger and clause.codes[trigger - 1] in ",&" and (found := WILL_ALSO.search(f"{lead} | {word}")):
        return _told(reading, clause, trigger, trigger + 1, WILL_ALSO.phrase(found))
    return Modality("planned", False) if RESOLVED.find(near) else None


def _before(reading: Reading, clause: Clause, start: int, trigger: int) -> Modality:
    """What the modifiers before the frame make of it: a later one has the last word."""
    status, real, evidence = "held", True, None
    codes, calls_on, called_off = clause.codes, code_class("call_on"), code_class("called_off")
    start = max(start, trigger - REACH_BACK)
    if MODIFIER.search(codes, start, trigger) is None:
        return Modality(status, real)
    start = _scope(reading, clause, start, trigger)
    for found in MODIFIER.finditer(codes, start, trigger):
        i, phrase = found.start(), MODIFIER.phrase(found)
        if phrase.said is not None and not phrase.said.match(_word(reading, clause, i)):
            continue
        if phrase.makes == "nothing":
            if codes[i] in calls_on and "t" not in codes[i + 2 : i + 6]:
                continue  # "called on X", not "on X to do"
            real = False
        elif codes[i] in called_off:
            if codes[i - 1 : i] in ("n", "o"):
                continue  # "on abandoned weapons"
            phrase = _off(reading, clause, i, phrase)
            status, real = phrase.makes, True
        elif phrase.makes != "planned" or status == "held":
            status = phrase.makes
        else:
            continue
        evidence = _evidence(reading, clause, i, i + 1, phrase)
    return Modality(status, real, evidence)


def _scope(reading: Reading, clause: Clause, start: int, end: int) -> int:
    """Where in the items start:end the modifiers begin that still hold at the end."""
    codes = clause.codes
    opened = codes.rfind(",", start, end - 1) if codes[end - 1 : end] == "," else -1
    if opened >= 0 and RELATIVE.fullmatch(_word(reading, clause, opened + 1)):
        return end  # "X, whose visit had not been announced, met": nothing of it holds for the verb
    for i in range(end - 1, start - 1, -1):
        if codes[i] == ";" or (codes[i] == "x" and i > start and _opens_adjunct(reading, clause, i)):
            return i + 1
        if codes[i] == "," and _opens_adjunct(reading, clause, i + 1):
            return i + 1
    return start


def _opens_adjunct(reading: Reading, clause: Clause, i: int) -> bool:
    """Whether what stands before the item does not modify what stands behind it: "after", "during"."""
    return i < len(clause.items) and ADJUNCT.fullmatch(_word(reading, clause, i)) is not None


def _after(reading: Reading, clause: Clause, last: int, *, nominal: bool) -> Modality | None:
    """ "The talks were cancelled", "the round is scheduled for May", "the meeting did not take place"."""
    if nominal and last < len(clause.items):
        text, begin, end = reading.tokens.text, reading.tokens.starts[clause.items[last].first], clause.last - 1
        found = NOT_HELD.search(text, begin, reading.tokens.ends[end])
        if found is not None:
            phrase = NOT_HELD.phrase(found)
            return Modality(phrase.makes, True, Evidence("status", *found.span(), phrase.id))
        if WISHED_BEHIND.search(text, begin, reading.tokens.ends[end]):
            return Modality("held", False)
    if last:
        rest = reading.words(clause.items[min(last, len(clause.items)) - 1].last, clause.last)
        if dropped := DROPPED.find(rest):
            return _told(reading, clause, last - 1, last, DROPPED.phrase(dropped))
    return _verb_behind(reading, clause, last, nominal=nominal)


def _verb_behind(reading: Reading, clause: Clause, last: int, *, nominal: bool) -> Modality | None:
    """What the next verb of planning or calling off makes of the frame; one of calling off is asked first."""
    codes = clause.codes
    reach = min(last + (NOUN_REACH if nominal else VERB_REACH), len(codes))
    ahead = {
        found.start(): VERB_BEHIND.phrase(found)
        for found in VERB_BEHIND.finditer(codes, last, reach)
        if codes[found.start() - 1 : found.start()] not in ("n", "o")
    }
    off = (i for i, phrase in ahead.items() if phrase.makes == "cancelled" and codes[i - 1] in "xa")
    after = next(off, next(iter(ahead), None))
    if after is None or not (codes[after - 1] in "xaF" or (nominal and after in (last, last + 1))):
        return None
    phrase = ahead[after]
    if phrase.makes == "cancelled":
        return _told(reading, clause, after, after + 1, _off(reading, clause, after, phrase))
    if found := SCHEDULED.match(_word(reading, clause, after)):
        return _told(reading, clause, after, after + 1, SCHEDULED.phrase(found))
    return _told(reading, clause, after, after + 1, phrase) if nominal and after == last else None


def _off(reading: Reading, clause: Clause, i: int, phrase: Phrase) -> Phrase:
    """The phrase of a word that calls off, or that of one which only puts off."""
    found = PUT_OFF.match(_word(reading, clause, i))
    return PUT_OFF.phrase(found) if found is not None else phrase


def _word(reading: Reading, clause: Clause, i: int) -> str:
    return reading.words(clause.items[i].first, clause.items[i].last)


def _behind(reading: Reading, clause: Clause, last: int) -> str:
    return reading.words(clause.items[last].first, clause.last) if last < len(clause.items) else ""


def _told(reading: Reading, clause: Clause, first: int, last: int, phrase: Phrase) -> Modality:
    return Modality(phrase.makes, True, _evidence(reading, clause, first, last, phrase))


def _evidence(reading: Reading, clause: Clause, first: int, last: int, phrase: Phrase) -> Evidence:
    start, end = reading.tokens.span(clause.items[first].first, clause.items[last - 1].last)
    return Evidence("status", start, end, phrase.id)


def is_after(date: Date, reading: Reading) -> bool:
    """Whether a date lies wholly behind the day of the text (the last day, of an entry of several): it is still to come."""
    entry, base = reading.entry_when, reading.tokens.base
    told = (entry.date.end or entry.date.start) if entry is not None else base.isoformat() if base else None
    if date.start is None or told is None:
        return False
    length = min(len(date.start), len(told))
    return date.start[:length] > told[:length]
