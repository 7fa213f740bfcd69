"""Frames that are no meeting: matches, bodies that met, negotiations done with, plans under a condition, what was told before.

The phrases are in `rules/refusals.toml`.
"""

from __future__ import annotations

import datetime as dt
import re

from bilaterals.extract.clauses import Clause, Reading, subject_before
from bilaterals.extract.frames import Rule
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import Modality
from bilaterals.extract.parties import Group
from bilaterals.extract.phrases import cues
from bilaterals.extract.sides import EARLIER

CUES = cues("refusals")
COUNTED, OF_A_BODY, SPORTS = (CUES[name] for name in ("counted", "of-a-body", "sports"))
DONE_WITH, HAD_AGREED, ATTENDED, TOLD = (CUES[name] for name in ("done-with", "had-agreed", "attended", "told"))
CONDITIONAL, TO_HOLD, RULED_OUT = (CUES[name] for name in ("conditional", "to-hold", "ruled-out"))


def is_refused(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str], sides: tuple[Group, Group]
) -> bool:
    """Whether what a frame found is no meeting, or only goes on with one that was told before."""
    first, second = sides
    if "b" in found.re.groupindex and clause.codes[found.end() : found.end() + 1] == "'":
        return True  # "welcomed the minister's plans"
    if rule.id == "meeting.received-by" and not first.people:
        return True
    if rule.joint and _tells_nothing_new(reading, clause, memory, rule, found, sides):
        return True
    if not rule.id.startswith("meeting.met"):
        return False
    if rule.id == "meeting.met-together":
        before = clause.items[max(0, found.start() - 1)].first
        if COUNTED.match(reading.words(before, clause.items[found.start()].last)):
            return True  # "the heads of state have met 22 times"
        if OF_A_BODY.search(
            reading.words(clause.items[max(0, found.start() - 5)].first, clause.items[found.start()].first)
        ):
            return True  # "the joint commission, which has not met since 2001"
        if MEETS_A_THIRD.match(clause.codes, found.end()):
            return True  # "A and B met C": the meeting of A and B is not told
        if _another_body(reading, clause, found.start() - 1):
            return True  # "A and B traded accusations before the Security Council met"
    if first.people and not second.people:
        return True  # "met the needs of Ukraine"
    return not first.people and SPORTS.search(reading.words(clause.first, clause.last)) is not None


MEETS_A_THIRD = re.compile("a{0,2}w?a?T?H?[Pr]")


def _tells_nothing_new(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str], sides: tuple[Group, Group]
) -> bool:
    first, second = sides
    at = clause.items[found.start()].first
    named = any(person.name for person in (*first.people, *second.people))
    bare = not rule.id.startswith("meeting.agreed") and not named and not _of_others(memory, first, second)
    if bare and _told(clause, memory, found.start(), first, second):
        return True
    if DONE_WITH.match(reading.words(at, clause.last)):
        return True
    if HAD_AGREED.match(reading.words(at, clause.items[found.end() - 1].last)):
        return True  # "he and X had agreed to hold a meeting"
    # "A and B were present at the meeting": one that was told before
    return rule.id == "meeting.held-together" and bool(memory.meetings) and _only_attended(reading, clause, found)


def _of_others(memory: Memory, first: Group, second: Group) -> bool:
    """ "The two ministers for railways will meet": others than the presidents whose meeting was told."""
    roles = (*first.people, *second.people)
    if not roles:
        return False
    told = [person for meeting in memory.meetings for person in meeting.participants]
    return not any(
        role.country == person.country
        and (role.level == person.level or (role.office or "") in (person.office or "").lower())
        for role in roles
        for person in told
    )


def is_no_plan(reading: Reading, clause: Clause, found: re.Match[str], modality: Modality, *, nominal: bool) -> bool:
    """Whether a frame is only wished for, hangs on a condition, or is a noun under "agreed to hold" or "no"."""
    if not modality.is_real or (modality.status == "planned" and _conditional(reading, clause, found.end())):
        return True
    if not nominal:
        return False
    if modality.status == "held":
        return TO_HOLD.search(reading.words(clause.first, clause.items[found.start()].first)) is not None
    negated = modality.evidence is not None and modality.evidence.rule_id == "context.negated"
    if modality.status != "cancelled" or not negated:
        return False
    return RULED_OUT.search(reading.words(clause.items[found.end() - 1].last, clause.last)) is None


def is_vague(clause: Clause, sides: tuple[Group, Group]) -> bool:
    """ "Our two ministers will meet before every season": nobody named, no day and no place."""
    named = any(person.name for side in sides for person in side.people)
    return not named and "D" not in clause.codes and re.search("iT?[LB]", clause.codes) is None


def with_himself(one: Group, other: Group) -> bool:
    """Whether somebody stands on both sides: then one of the two was misread."""
    names = {person.name for person in one.people if person.name}
    return any(person.name in names for person in other.people)


def _another_body(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether the item right before the verb is a title-case word that belongs to nobody named."""
    item = clause.items[at] if at >= 0 else None
    return item is not None and item.mention is None and reading.tokens.words[item.first][:1].isupper()


def _conditional(reading: Reading, clause: Clause, end: int) -> bool:
    """ "Would meet X only if ...": no plan."""
    following = (
        reading.words(clause.items[end].first, clause.items[min(end + 4, len(clause.items)) - 1].last)
        if end < len(clause.items)
        else ""
    )
    return CONDITIONAL.search(following) is not None


def _told(clause: Clause, memory: Memory, at: int, first: Group, second: Group) -> bool:
    """Whether "the two sides had talks" only goes on with a meeting told before, or stands without anybody who met."""
    subject = subject_before(clause, at)
    if subject is None or clause.codes[subject[0]] not in "SV":
        return False
    if is_earlier(memory.reading, clause, at):
        return False
    states = tuple(sorted((*first.states, *second.states)))
    if memory.reading.entry_when is not None and not memory.meetings:
        return False  # a chronicle's "the two governments held the third round of ..."
    if any(meeting.countries == states for meeting in memory.meetings):
        return True
    dated = "D" in clause.codes or re.search("iT?[LB]", clause.codes) is not None
    return memory.reading.side is not None and not dated


def _only_attended(reading: Reading, clause: Clause, found: re.Match[str]) -> bool:
    words = reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    return ATTENDED.match(words) is not None and TOLD.search(words) is not None


LONG_AGO = dt.timedelta(45)


def is_earlier(reading: Reading, clause: Clause, at: int) -> bool:
    """ "The two had last met in May in Trieste": an earlier meeting with a date of its own."""
    words = reading.words(clause.first, clause.items[at].last)
    if "D" in clause.codes[at:] and EARLIER.find(words) is not None:
        return True
    base, later = (
        reading.tokens.base,
        (clause.items[i].first for i in range(at, len(clause.codes)) if clause.codes[i] == "D"),
    )
    dates = [reading.tokens.dates[token].date for token in later]
    return base is not None and any(
        date is not None and date.start is not None and date.start < (base - LONG_AGO).isoformat()[: len(date.start)]
        for date in dates
    )
