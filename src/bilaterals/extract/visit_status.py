"""Whether the words of a visit tell of a journey made, or only prepare it, wish for it, or remark on it."""

from __future__ import annotations

import re

from bilaterals.extract.clauses import Clause, Reading

# Words before "the visit of X" that only prepare it or wish for it, and words that say it lies behind.
PREPARED = re.compile(
    r"\b(?:prepar\w+|arrang\w+|success\w*|meaningful|reali[sz]\w+|consult\w* about|work\w* (?:on|for)|look\w* forward|"
    r"invit\w+|communicat\w+ (?:\w+ )?(?:on|about)|ask\w* for|call\w* for|hop\w+ for|wish\w* for|talks on|early)\b[^.;]{0,70}$"
)
BEHIND = re.compile(
    r"\b(?:last|earlier|recent|previous|ago|paid|pays|made|successful (?:conclusion|completion)|results? of|outcomes? of)\b"
)
BEING_ARRANGED = re.compile(
    r"[^.;]{0,80}?\b(?:(?:was|is|were|are|be) (?:being )?(?:arranged|planned|prepared|considered|under (?:preparation|consideration))|a success\b)"
)
RANKED = re.compile(r"\b(?:was|is|were|became|as) the (?:first|second|third|fourth|fifth|only|last)\b[^.;,]{0,50}$")


def only_prepared(reading: Reading, clause: Clause, at: int) -> bool:
    """ "agreed to prepare the visit of X", "asked for a visit by X": no journey that was made."""
    lead = reading.words(clause.first, clause.items[at].first)
    if BEHIND.search(lead):
        return False
    if BEING_ARRANGED.match(reading.words(clause.items[at].last, clause.last)):
        return True
    wanted = lead.endswith((" a", " an", " a state", " an official")) and clause.codes[at + 1 : at + 2] in ("o", "y")
    wanted = wanted and re.search(r"\b(?:arriv|came|went|left|paid|began|made|end)\w*\b", lead) is None
    return wanted or PREPARED.search(lead) is not None


COUNTED = re.compile(r"\b(?:first|second|third|\d+th)\b[\w ]{0,20}$")


def only_counted(reading: Reading, clause: Clause, at: int) -> bool:
    """ "It was the first visit of a Japanese minister to China": a remark on a visit, not a visit that is told."""
    lead = reading.words(clause.first, clause.items[at].first)
    if lead.startswith(("it was ", "it is ", "this was ", "this is ")) and COUNTED.search(lead) is not None:
        return True
    after = reading.words(clause.items[at].last, clause.last)
    if lead.endswith(
        ("about his", "about her", "about their")
    ):  # "informed X about his journey": whose, nobody can tell
        return True
    return RANKED.search(lead) is not None or (lead == "the" and after.startswith("was the "))


def upcoming(reading: Reading, clause: Clause, at: int) -> bool:
    """ "The upcoming visit", "a visit will": still to come."""
    return any(
        word in reading.words(clause.items[max(0, at - 4)].first, clause.items[at].last)
        for word in ("upcoming", "forthcoming", "planned", "next", "will ")
    )
