"""Modality, apart from what it modifies: told as held, planned, called off, or only wished for.

A modifier is a word of a class (planned, called_off, irrealis, negation) with a scope: from the subject to the frame, or
from the frame to the verb behind it. A semicolon, a comma before the subject, and "after", "following", "during" end it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, code_class

REACH_BACK = 12
NOT_HELD = re.compile(
    r"\b(?:did not|do not|will not|would not|could not|won't|didn't|failed to) (?:take place|be held|happen|go ahead|come about)\b|\bcould not be (?:arranged|held)\b"
)
WISHED_AFTER = re.compile(r"\b(?:should|ought to|needs? to) be (?:arranged|held|convened)\b")
# "A meeting with X in A on Friday will close the tour", "the talks to be held with X": the verb behind tells that it is to come.
WILL_BE = re.compile(r"^ ?(?:[\w-]+ ){0,8}will (?:bring|close|conclude|round|follow|open|mark|be the|complete|end)\b")
PLANNED_AFTER = ("scheduled", "planned", "slated", "expected", "to be held", "due", "set")


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
    if _is_to(reading, clause, trigger) or _in_a_diary(reading, clause, trigger):
        return Modality("planned", True, _evidence(reading, clause, trigger, trigger + 1, "context.planned"))
    if trigger and DENIED.search(reading.words(clause.first, clause.items[trigger].first)):
        return Modality("planned", False)
    if (nominal or clause.codes[trigger] in code_class("meeting_noun")) and TO_BE_HELD.search(
        reading.words(clause.items[trigger].first, clause.items[min(last, len(clause.items)) - 1].last)
    ):
        return Modality("planned", True, _evidence(reading, clause, trigger, last, "context.planned"))
    noun = nominal or clause.codes[trigger] in code_class("meeting_noun")
    if noun and last < len(clause.items) and _will_be(reading, clause, last):
        return Modality("planned", True, _evidence(reading, clause, last - 1, last, "context.planned"))
    if _will_also(reading, clause, trigger):
        return Modality("planned", True, _evidence(reading, clause, trigger, trigger + 1, "context.planned"))
    if _agreed_to(reading, clause, trigger):
        return Modality("planned", False)
    before = _before(reading, clause, max(first, 0), trigger)
    if not before.is_real or before.status in ("cancelled", "postponed"):
        return before
    after = _after(reading, clause, last, nominal=nominal)
    if after is not None and not (before.status == "planned" and after.status == "planned"):
        return after
    if before.status == "planned" and nominal and _took_place(reading, clause, trigger, last):
        return Modality("held", True)  # "the next round took place"
    return before


def _will_be(reading: Reading, clause: Clause, last: int) -> bool:
    verb = reading.words(clause.items[last].first, clause.last)
    return " will " in f" {verb}" and WILL_BE.match(verb) is not None


TOOK_PLACE = re.compile(r"^[^,;]{0,200}?\b(?:took place|(?:was|were) (?:held|convened)|ended|concluded)\b")


def _took_place(reading: Reading, clause: Clause, trigger: int, last: int) -> bool:
    if last >= len(clause.items):
        return False
    words = reading.words(clause.items[last].first, clause.last)
    return TOOK_PLACE.match(words) is not None and not re.match(r"^[^,;]{0,200}?\b(?:will|would|to be)\b", words)


# "A to host B", "A and B to meet".
HEADLINE = re.compile("[Prz](?:,?&[Prz])?t")
IS_TO = re.compile(r"\b(?:is|are|was|were)(?: (?:also|then|later|himself|herself|themselves))? to(?: be)?$")
# "... had planned to meet Y in June, but the meeting has been called off".
DROPPED = re.compile(
    r"\bbut (?:the|that|this|their) (?:meeting|talks|trip|visit|summit) (?:has been|had been|was|were|had to be|is) (?P<verb>called off|cancell?ed|dropped|scrapped|postponed|put off|delayed|shelved)\b"
)
TO_BE_HELD = re.compile(r"\b(?:to be (?:held|had|convened)|to take place)\b")
BASE_FORM = re.compile(
    r"(?:meet|hold|have|visit|call on|host|receive|attend|travel|travel to|pay|make|speak|confer|join|co-chair|chair|sign|open)\b"
)
WILL = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were) (?:to|expected to|scheduled to|due to|set to)|plans? to|intends? to)\b(?P<between>[^;]*),? (?:and )?(?:\w+ly )?$"
)


def _will_also(reading: Reading, clause: Clause, trigger: int) -> bool:
    """ "He will see the site, meet with X, and call on Y": a further verb in the base form under the same "will"."""
    if not trigger or not BASE_FORM.match(reading.words(clause.items[trigger].first, clause.items[trigger].last)):
        return False
    if clause.codes[trigger - 1] not in ",&":
        return False
    return WILL.search(reading.words(clause.first, clause.items[trigger].first) + " ") is not None


def _is_to(reading: Reading, clause: Clause, trigger: int) -> bool:
    """ "He was to meet X": the word itself begins with "to"."""
    if not trigger:
        return False
    if not reading.words(clause.items[trigger].first, clause.items[trigger].last).startswith("to "):
        lead = reading.words(clause.items[max(0, trigger - 4)].first, clause.items[trigger].first)
        headline = trigger <= 5 and HEADLINE.fullmatch(clause.codes[:trigger]) is not None
        return headline or IS_TO.search(lead) is not None
    before = reading.words(clause.items[max(0, trigger - 2)].first, clause.items[trigger].first)
    return re.search(r"\b(?:is|are|was|were)(?: (?:also|then|later))?$", before) is not None


# "Denied reports that X would meet Y", "said there were no plans for talks": no meeting, and none called off.
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|rebut(?:s|ted)?|refut(?:es|ed)|brush(?:es|ed) (?:off|aside)) "
    r"(?:(?:media|press|news|any|the|a|all|some) ){0,3}(?:reports?|rumou?rs?|speculation|suggestions?|claims?|allegations?|that|having)\b[^;]*$"
    r"|\bno (?:immediate |current |concrete )?(?:plans?|intention|schedule|arrangements?) (?:to|for|of)\b[^;,]*$"
)
RESOLVED = ("hold", "have", "convene", "resume", "start", "begin", "launch", "open", "restart", "conduct")
AGREED_TO = re.compile(r"\b(?:agreed|agree|decided|pledged|vowed|promised)\b(?: [\w.]+){0,3} to$")


def _agreed_to(reading: Reading, clause: Clause, trigger: int) -> bool:
    """ "Agreed Wednesday to hold talks between their ministers": a resolve; `meeting.agreed-round` reads what has a day."""
    if not trigger or reading.words(clause.items[trigger].first, clause.items[trigger].last) not in RESOLVED:
        return False
    return AGREED_TO.search(reading.words(clause.first, clause.items[trigger].first).strip()) is not None


DIARY = re.compile(
    r"\b(?:diary|week ahead|days ahead|agenda for|schedule|calendar of|coming week|next week)\b", re.IGNORECASE
)


def _in_a_diary(reading: Reading, clause: Clause, trigger: int) -> bool:
    """A verb in the present under a heading that announces: "Diary of events", "The week ahead"."""
    if not reading.title or DIARY.search(reading.title) is None:
        return False
    words = reading.words(clause.items[trigger].first, clause.items[trigger].last)
    return (
        re.match(
            r"(?:meets?|holds?|hosts?|receives?|visits?|welcomes?|arrives?|travels?|opens?|co-chairs?|chairs?|is|are)\b",
            words,
        )
        is not None
    )


def _before(reading: Reading, clause: Clause, start: int, trigger: int) -> Modality:
    codes = clause.codes
    status, real, evidence = "held", True, None
    wished, denied = code_class("irrealis"), code_class("negation")
    calls = code_class("call_on")
    called_off, planned, visits = code_class("called_off"), code_class("planned"), code_class("visit", "light")
    for i in range(max(start, trigger - REACH_BACK), trigger):
        code = codes[i]
        ends = (code == "x" and i > start and opens_adjunct(reading, clause, i)) or code == ";"
        if ends or (code == "," and opens_adjunct(reading, clause, i + 1)):
            status, real, evidence = "held", True, None
            continue
        rule = None
        if code in wished and not (
            code in calls and "t" not in codes[i + 2 : i + 6]
        ):  # "called on X", not "on X to do"
            real, rule = False, "context.irrealis"
        if code in denied:
            status, rule = "cancelled", "context.negated"
        if code in called_off and codes[i - 1 : i] in ("n", "o"):  # "on abandoned weapons"
            continue
        if code in called_off:
            status, real, rule = _called_off(reading, clause, i), True, "context.called-off"
        elif (code in planned or (code in visits and _still_ahead(reading, clause, i))) and status == "held":
            status, rule = "planned", "context.planned"
        if rule:
            evidence = _evidence(reading, clause, i, i + 1, rule)
    return Modality(status, real, evidence)


def _still_ahead(reading: Reading, clause: Clause, i: int) -> bool:
    """ "Will travel to A for talks with X": the word of travel itself tells that it is to come."""
    return reading.words(clause.items[i].first, clause.items[i].last).startswith(("will ", "would "))


def _after(reading: Reading, clause: Clause, last: int, *, nominal: bool) -> Modality | None:
    """ "The talks were cancelled", "the round is scheduled for May", "the meeting did not take place"."""
    codes = clause.codes
    called_off = code_class("called_off")
    if nominal and last < len(clause.items):
        begin = reading.tokens.starts[clause.items[last].first]
        found = NOT_HELD.search(reading.tokens.text, begin, reading.tokens.ends[clause.last - 1])
        if found is not None:
            return Modality("cancelled", True, Evidence("status", *found.span(), "context.not-held"))
        if WISHED_AFTER.search(reading.tokens.text, begin, reading.tokens.ends[clause.last - 1]):
            return Modality("held", False)
    dropped = DROPPED.search(reading.words(clause.items[min(last, len(codes)) - 1].last, clause.last)) if last else None
    if dropped is not None:
        status = "postponed" if dropped["verb"].startswith(("postpone", "put off", "delay")) else "cancelled"
        return Modality(status, True, _evidence(reading, clause, last - 1, last, "context.called-off"))
    reach = min(last + (14 if nominal else 4), len(codes))
    wanted = code_class("called_off", "planned")
    ahead = [i for i in range(last, reach) if codes[i] in wanted and codes[i - 1 : i] not in ("n", "o")]
    after = next((i for i in ahead if codes[i] in called_off and codes[i - 1] in "xa"), next(iter(ahead), None))
    if after is None or not (codes[after - 1] in "xaF" or (nominal and after in (last, last + 1))):
        return None
    word = reading.words(clause.items[after].first, clause.items[after].last)
    if codes[after] in called_off:
        return Modality(
            _called_off(reading, clause, after),
            True,
            _evidence(reading, clause, after, after + 1, "context.called-off"),
        )
    if (nominal and after == last) or word.startswith(PLANNED_AFTER):
        return Modality("planned", True, _evidence(reading, clause, after, after + 1, "context.planned"))
    return None


def _called_off(reading: Reading, clause: Clause, i: int) -> str:
    word = reading.words(clause.items[i].first, clause.items[i].last)
    return "postponed" if word.startswith(("postpone", "put off", "delay", "shelve")) else "cancelled"


def _evidence(reading: Reading, clause: Clause, first: int, last: int, rule: str) -> Evidence:
    start, end = reading.tokens.span(clause.items[first].first, clause.items[last - 1].last)
    return Evidence("status", start, end, rule)


def opens_adjunct(reading: Reading, clause: Clause, i: int) -> bool:
    """Whether the item is "after", "following" or "during": what stands before it does not modify what stands behind."""
    return i < len(clause.items) and reading.words(clause.items[i].first, clause.items[i].last) in (
        "after",
        "following",
        "during",
    )


def is_after(date: Date, reading: Reading) -> bool:
    """Whether a date lies wholly behind the day of the text (the last day, of an entry of several): it is still to come."""
    entry, base = reading.entry_when, reading.tokens.base
    told = (entry.date.end or entry.date.start) if entry is not None else base.isoformat() if base else None
    if date.start is None or told is None:
        return False
    length = min(len(date.start), len(told))
    return date.start[:length] > told[:length]
