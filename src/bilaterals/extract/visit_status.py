"""Whether the words of a visit tell of a journey made, or only prepare it, wish for it, or remark on it."""

from __future__ import annotations

from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.phrases import cues

PREPARED, BEHIND, REMARK = (cues("visits")[name] for name in ("prepared", "behind", "remark"))
PREPARED_REACH, REMARK_REACH = 160, 16


def only_prepared(reading: Reading, clause: Clause, at: int) -> bool:
    """ "Agreed to prepare the visit of X", "asked for a visit by X": no journey that was made."""
    told = _around(reading, clause, at, PREPARED_REACH)
    return BEHIND.search(told) is None and PREPARED.find(told) is not None


def only_counted(reading: Reading, clause: Clause, at: int) -> bool:
    """ "It was the first visit of a Japanese minister to China": a remark on a visit, not a visit that is told."""
    return REMARK.find(_around(reading, clause, at, REMARK_REACH)) is not None


def _around(reading: Reading, clause: Clause, at: int, reach: int) -> str:
    """The words of a sentence up to some characters behind the word of travel, with a bar in the place of that word."""
    item = clause.items[at]
    return f"{reading.words(clause.first, item.first)} | {reading.words(item.last, clause.last)[:reach]}"
