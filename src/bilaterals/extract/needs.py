"""What a frame of a meeting needs besides its shape: a telephone, an office, a round of the two, a heading.

Phrases are in `rules/needs.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import Group, group_of
from bilaterals.extract.phrases import cues

CUES = cues("needs")
BY_PHONE, AFTER, TALKS_BEFORE, TOLD = (CUES[name] for name in ("by-phone", "after", "talks-before", "told"))
CHAIRED, APPOINTED, CALLED, NO_CALL = (CUES[name] for name in ("chaired", "appointed", "called", "no-call"))
OCCASION, DIALOGUE, NEXT_ONE, HELD = (CUES[name] for name in ("occasion", "dialogue", "next-one", "held"))
RECEIVED, FOR_TALKS, HEADING = (CUES[name] for name in ("received", "for-talks", "heading"))
COUNTED, OF_A_HOUSE, ROUND_HELD = (CUES[name] for name in ("counted-round", "of-a-house", "round-held"))
BARE_TALKS, MEDIATED = (CUES[name] for name in ("bare-talks", "mediated"))

AT_A_PLACE = re.compile("iT?[LB]")
IN_A_TOWN = re.compile("iT?[BG]")


class Frame(NamedTuple):
    """What the shape of a rule found in a sentence."""

    reading: Reading
    clause: Clause
    memory: Memory
    found: re.Match[str]

    def words(self) -> str:
        """Those of the frame."""
        items = self.clause.items
        return self.reading.words(items[self.found.start()].first, items[self.found.end() - 1].last)

    def behind(self) -> str:
        """The words behind the frame."""
        return self.reading.words(self.clause.items[self.found.end() - 1].last, self.clause.last)

    def before(self, count: int) -> str:
        """The words of the last items before the frame."""
        items, start = self.clause.items, self.found.start()
        return self.reading.words(items[max(0, start - count)].first, items[start].first)

    def others(self) -> Group:
        """Those whom the frame names as the other side."""
        return group_of(self.reading, self.memory, actors_at(self.clause, *self.found.span("b")))


def granted(reading: Reading, clause: Clause, memory: Memory, needs: str, found: re.Match[str]) -> bool:
    """Whether a frame has what its rule asks for besides its shape (``needs`` in `rules/meetings.toml`)."""
    return NEEDS[needs](Frame(reading, clause, memory, found))


def _chair(frame: Frame) -> bool:
    return CHAIRED.find(frame.words()) is not None


def _appointment(frame: Frame) -> bool:
    rest = frame.clause.codes[frame.found.start() :]
    return "D" in rest or "L" in rest or APPOINTED.search(frame.words()) is not None


def _phone(frame: Frame) -> bool:
    items = frame.clause.items
    return BY_PHONE.search(frame.reading.words(items[frame.found.start()].first, frame.clause.last)) is not None


def _call(frame: Frame) -> bool:
    return CALLED.match(frame.words()) is None or _is_no_insult(frame)


def _is_no_insult(frame: Frame) -> bool:
    return NO_CALL.match(f" {frame.behind().strip()}") is None


def _encounter(frame: Frame) -> bool:
    others, codes = frame.others(), frame.clause.codes
    told = "D" in codes or AT_A_PLACE.search(codes) is not None
    people = others.people + others.open_people
    return told and not frame.clause.in_speech and any(person.name and person.office for person in people)


def _officials(frame: Frame) -> bool:
    items, people = frame.clause.items, frame.others().people
    between = frame.reading.words(items[frame.found.start()].last, items[frame.found.start("b")].first)
    return "," not in between and bool(people) and all(p.name and p.office and p.country for p in people)


def _told(frame: Frame) -> bool:
    has_place = "L" in frame.clause.codes[frame.found.end("b") : frame.found.end()]
    return has_place and TOLD.match(frame.words()) is not None


def _brought(frame: Frame) -> bool:
    clause = frame.clause
    lead = frame.reading.words(clause.first, clause.items[frame.found.start()].first)
    return TALKS_BEFORE.search(lead) is not None


def _courtesy(frame: Frame) -> bool:
    """Not so "called on X to do something"."""
    end = frame.found.end()
    return "t" not in frame.clause.codes[end : end + 5]


def _opening(frame: Frame) -> bool:
    return frame.found.start() <= 4 and "i" in frame.clause.codes[: frame.found.start()]


def _office(frame: Frame) -> bool:
    return any(person.office for person in frame.others().people) and _is_no_insult(frame)


def _after(frame: Frame) -> bool:
    return AFTER.search(frame.before(7)) is not None


def _held(frame: Frame) -> bool:
    return HELD.find(frame.behind()) is not None


def _occasion(frame: Frame) -> bool:
    if _held(frame):
        return True
    words, codes, found = frame.words(), frame.clause.codes, frame.found
    if DIALOGUE.find(words) and "D" in codes[found.end() :] + codes[: found.start()]:
        return NEXT_ONE.search(frame.before(2)) is not None
    return OCCASION.find(words) is not None


def _confirmation(frame: Frame) -> bool:
    """Whether somebody was received, and not only welcomed: by the verb, the place, the heading, what is told later."""
    clause, found = frame.clause, frame.found
    if RECEIVED.match(frame.words()):
        return True
    if any(mention.is_counterpart for mention in actors_at(clause, *found.span("b"))) and "D" in clause.codes:
        return True  # "will host his Maltese counterpart on 20 April"
    if IN_A_TOWN.match(clause.codes[found.end() : found.end() + 4]) or FOR_TALKS.match(f" {frame.behind()}"):
        return True
    return HEADING.find(frame.reading.title.lower()) is not None or frame.memory.later_meeting(clause.number)


def _round_of_the_two(frame: Frame) -> bool:
    """ "The last session took place in Lima in October 2022": a counted round with a day or a place, of those told of."""
    reading, clause, rest = frame.reading, frame.clause, frame.clause.codes[frame.found.start() :]
    if reading.entry_when is not None or not ("D" in rest or "L" in rest):
        return False
    if not reading.has_any(clause, ROUND_HELD.words) or not COUNTED.search(frame.before(5)):
        return False
    if any(mention.kind == "states" and len(mention.states) != 2 for mention in clause.mentions):
        return False
    behind = f" {frame.behind()}"
    return OF_A_HOUSE.match(behind) is None and ROUND_HELD.match(behind) is not None


def _named_principals(frame: Frame) -> bool:
    """ "X of A and Y of B discussed Z": an encounter of its own where neither has been told to have met the other."""
    reading, clause, memory, found = frame
    subject = subject_before(clause, found.start())
    if subject is None or clause.codes[subject[0] : subject[1]].count("P") != 2 or clause.in_speech:
        return False
    names = {person.name for person in group_of(reading, memory, actors_at(clause, *subject)).people}
    return not any(names & {person.name for person in meeting.participants} for meeting in memory.meetings)


def _bare_talks(frame: Frame) -> bool:
    """Talks without parties in a short item whose heading names the two states, and no others in the item."""
    reading, clause, memory, found = frame
    if reading.cast.pair is None or len(reading.clauses) > 8 or memory.meetings:
        return False
    if reading.entry_when is not None:  # a chronicle's entry is about the pair of its folder
        return _held(frame)
    if reading.side is not None or reading.tokens.body == 0:
        return False
    at, codes = found.start(), clause.codes
    if codes[at + 1 : at + 2] == "o":
        return False  # "the talks of the town"
    if any(code in code_class("say", "consensus") for code in codes[max(0, at - 3) : at]):
        return False
    if not BARE_TALKS.fullmatch(frame.words()):
        return False
    named = {state for item in clause.items if item.mention for state in item.mention.states} - set(reading.cast.pair)
    if not named or codes[at + 1 : at + 2] == "i":
        return True
    return MEDIATED.find(reading.words(clause.first, clause.last)) is not None


NEEDS: dict[str, Callable[[Frame], bool]] = {
    "chair": _chair, "appointment": _appointment, "phone": _phone, "call": _call, "encounter": _encounter,
    "officials": _officials, "told": _told, "brought": _brought, "courtesy": _courtesy, "opening": _opening,
    "office": _office, "named": _named_principals, "round": _round_of_the_two, "after": _after, "held": _held,
    "heading": _bare_talks, "occasion": _occasion, "confirmation": _confirmation,
}  # fmt: skip
