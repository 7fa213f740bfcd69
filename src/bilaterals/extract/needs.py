"""What a frame of a meeting needs besides its shape: a telephone, an office, a round of the two, a heading.

Phrases are in `rules/needs.toml`.
"""

from __future__ import annotations

import re

from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import group_of
from bilaterals.extract.phrases import cues

CUES = cues("needs")
BY_PHONE, AFTER, TALKS_BEFORE, TOLD = (CUES[name] for name in ("by-phone", "after", "talks-before", "told"))

HELD = re.compile(
    r"\b(?:(?:was|were|will be|would be|to be|is to be|had been) (?:held|convened|organi[sz]ed|opened|planned|scheduled|postponed|cancelled|canceled)|took place|take place|met|meets|convened|convenes|did not take place|met in|opened in|began|begins|ended|concluded|wound up|wraps up|wrapped up)\b"
)


FOR_TALKS = re.compile(
    r"^(?: (?:in|at) (?:(?:the|this|his|her) )?[\w’'. -]{2,40}?)?(?: and (?:his|her|a|the) [\w ]{0,30}delegation)? (?:for (?:\w+ ){0,2}(?:talks|dinner|lunch|breakfast|meeting|consultations|a working|summit)|at (?:a |an )?(?:\w+ )?(?:dinner|lunch|breakfast|banquet|meeting))\b"
)


# "Called the Prime Minister nasty", "called the envoy a fool", "called X as a witness": no call by phone.
CALLS_NAMES = re.compile(
    r"(?: \w+)? as\b| \w+ing\b| (?:win|lose|take)\b| (?:an?|the|his|her|their|its) "
    r"| (?!(?:on|in|to|at|about|over|from|after|before|by|for|and|who|with|late|early|earlier|later|again|today|yesterday|last|this|\w+day)\b)[a-z]+(?: (?:and|but|for|after|in)\b|[,.]|$)"
)


def granted(reading: Reading, clause: Clause, memory: Memory, needs: str, found: re.Match[str]) -> bool:
    """Whether a frame has what its rule asks for besides its shape (``needs`` in `rules/meetings.toml`)."""
    words = reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    if needs == "chair":
        return "chair" in words or "presided" in words or "hosted" in words or "held" in words
    if needs == "appointment":
        rest = clause.codes[found.start() :]
        return "D" in rest or "L" in rest or re.search(r"\b(?:next|\w+th|first|second|third) ", words) is not None
    if needs == "phone":
        return BY_PHONE.search(reading.words(clause.items[found.start()].first, clause.last)) is not None
    if needs == "call":
        behind = reading.words(clause.items[found.end() - 1].last, clause.last)
        return not words.startswith("called ") or CALLS_NAMES.match(f" {behind.strip()}") is None
    if needs == "encounter":
        others = group_of(reading, memory, actors_at(clause, *found.span("b")))
        people = others.people + others.open_people
        told = "D" in clause.codes or re.search("iT?[LB]", clause.codes) is not None
        return told and not clause.in_speech and any(person.name and person.office for person in people)
    if needs == "officials":
        people = group_of(reading, memory, actors_at(clause, *found.span("b"))).people
        between = reading.words(clause.items[found.start()].last, clause.items[found.start("b")].first)
        return "," not in between and bool(people) and all(p.name and p.office and p.country for p in people)
    if needs == "told":
        return "L" in clause.codes[found.end("b") : found.end()] and TOLD.match(words) is not None
    if needs == "brought":
        return TALKS_BEFORE.search(reading.words(clause.first, clause.items[found.start()].first)) is not None
    if needs == "courtesy":  # "called on X to do something" asks him
        return "t" not in clause.codes[found.end() : found.end() + 5]
    if needs == "opening":
        return found.start() <= 4 and "i" in clause.codes[: found.start()]
    if needs == "office":
        people = group_of(reading, memory, actors_at(clause, *found.span("b"))).people
        behind = reading.words(clause.items[found.end() - 1].last, clause.last)
        return any(person.office for person in people) and CALLS_NAMES.match(f" {behind.strip()}") is None
    if needs == "named":
        return _named_principals(reading, clause, memory, found.start())
    if needs == "round":
        return _round_of_the_two(reading, clause, found.start())
    if needs == "after":
        lead = reading.words(clause.items[max(0, found.start() - 7)].first, clause.items[found.start()].first)
        return AFTER.search(lead) is not None
    if needs == "held":
        return HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)) is not None
    if needs == "heading":
        return _bare_talks(reading, clause, memory, found.start())
    if needs == "occasion":
        if HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)):
            return True
        if "dialogue" in words and "D" in clause.codes[found.end() :] + clause.codes[: found.start()]:
            lead = reading.words(clause.items[max(0, found.start() - 2)].first, clause.items[found.start()].first)
            return lead.endswith(("next", "next round of the", "annual", "first", "second", "third"))
        return (
            "summit" in words or "round" in words or "talks" in words or "consultations" in words or "meeting" in words
        )
    if words.startswith(("received", "receives", "receive ", "granted", "gave an audience", "meets")):
        return True
    if any(mention.is_counterpart for mention in actors_at(clause, *found.span("b"))) and "D" in clause.codes:
        return True  # "will host his Maltese counterpart on 20 April"
    behind = clause.codes[found.end() : found.end() + 4]
    if re.match("iT?[BG]", behind) or FOR_TALKS.match(
        " " + reading.words(clause.items[found.end() - 1].last, clause.last)
    ):
        return True
    title = reading.title.lower()
    if any(word in title for word in ("meeting", "meets", "talks", "holds", "call")):
        return True
    return memory.later_meeting(clause.number)


ROUND_BEFORE = re.compile(
    r"\b(?:further|another|new|fresh|final|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|\d+(?:st|nd|rd|th)|last|latest|previous|next|following|inaugural)(?: [\w-]+){0,3}$"
)
ROUND_HELD = re.compile(
    r"^(?! of (?:the )?(?:parliament|cabinet|security council|general assembly|council of ministers)\b)(?: of (?:the |this |that |these |their )?[\w ,-]{2,120}?)?,?(?: which| that)?(?: (?:had|has|have)(?: been)?)? ?"
    r"(?:took place|take place|(?:(?:was|were|will be|would be|to be|is to be|should be|are to be) )?(?:last |first |next )?(?:held|convened|scheduled|organi[sz]ed)|(?:will|would|should|is to|are to) (?:take place|convene|be held)|ended|concluded|opens|opened)\b"
)


# One of these is in each match of ROUND_HELD: a verb added there must be added here.
HOLDING = ("place", "held", "convene", "scheduled", "organi", "ended", "concluded", "opens", "opened")


def _round_of_the_two(reading: Reading, clause: Clause, at: int) -> bool:
    """ "The last session took place in Lima in October 2022": a counted round with a day or a place, of those told of."""
    rest = clause.codes[at:]
    if reading.entry_when is not None or not ("D" in rest or "L" in rest) or not reading.has_any(clause, HOLDING):
        return False
    head = clause.items[at]
    before = reading.words(clause.items[max(0, at - 5)].first, head.first)
    if not ROUND_BEFORE.search(before) or any(
        mention.kind == "states" for mention in clause.mentions if len(mention.states) != 2
    ):
        return False
    return ROUND_HELD.match(" " + reading.words(head.last, clause.last)) is not None


def _named_principals(reading: Reading, clause: Clause, memory: Memory, at: int) -> bool:
    """ "X of A and Y of B discussed Z": an encounter of its own where neither has been told to have met the other."""
    subject = subject_before(clause, at)
    if subject is None or clause.codes[subject[0] : subject[1]].count("P") != 2 or clause.in_speech:
        return False
    names = {person.name for person in group_of(reading, memory, actors_at(clause, *subject)).people}
    return not any(names & {person.name for person in meeting.participants} for meeting in memory.meetings)


def _bare_talks(reading: Reading, clause: Clause, memory: Memory, at: int) -> bool:
    """Talks without parties in a short item whose heading names the two states, and no others in the item."""
    if reading.cast.pair is None or len(reading.clauses) > 8 or memory.meetings:
        return False
    if reading.entry_when is not None:  # a chronicle's entry is about the pair of its folder
        return HELD.search(reading.words(clause.items[at].last, clause.last)) is not None
    if reading.side is not None or reading.tokens.body == 0:
        return False
    lead = clause.codes[max(0, at - 3) : at]
    if clause.codes[at + 1 : at + 2] == "o":
        return False  # "the talks of the town"
    if any(code in code_class("say", "consensus") for code in lead):
        return False
    word = reading.words(clause.items[at].first, clause.items[at].last)
    if word not in (
        "talks",
        "negotiations",
        "summit",
        "peace talks",
        "negotiation",
        "discussions",
        "meeting",
        "meetings",
    ):
        return False
    named = {state for item in clause.items if item.mention for state in item.mention.states} - set(reading.cast.pair)
    before = reading.words(clause.items[max(0, at - 2)].first, clause.items[at].first) if at else ""
    return (
        not named or clause.codes[at + 1 : at + 2] == "i" or "mediated" in reading.words(clause.first, clause.last)
    ) and not before.endswith(("press ", "cabinet ", "stalled ", "political ", "coalition ", "budget "))
