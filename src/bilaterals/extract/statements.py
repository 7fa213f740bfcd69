"""Joint statements: one that is the document itself, one that two governments released, one in which they said something.

The phrases are in `rules/governing.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import joint_parties
from bilaterals.extract.phrases import cues

A_SENTENCE = 4
ENDS = (".", ":", ";", "!", "?", ",")
CUES = cues("governing")
TITLE, RELEASED, SAID_IN = (CUES[name] for name in ("statement-title", "statement-released", "statement-said"))
KIND = CUES["statement-kind"]


def find_statements(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """The joint statement that a sentence tells of, or, in its first sentence, that the document itself is.

    A document has one; a joint press release is none (section 5 of the annotation guide).
    """
    if memory.has_statement or reading.entry_when is not None:
        return
    opens = 0 <= clause.number - reading.tokens.body <= 2 and len(clause.items) >= A_SENTENCE  # not a bare "1."
    own = TITLE.match(reading.title.lower()) if opens else None
    begin, end = reading.tokens.span(clause.first, clause.last)
    own = (
        own if reading.tokens.text[end : end + 1] in ENDS else None
    )  # not "Office of the Spokesperson", a line of its own
    if own is not None and reading.cast.pair is not None:
        yield _statement(reading, memory, reading.cast.pair, own.group(), (begin, end), TITLE.id_of(own))
        return
    if not reading.has_any(clause, KIND.words):
        return
    said = reading.words(clause.first, clause.last)
    released = RELEASED.search(said)
    found = released or SAID_IN.search(said)
    if found is None:
        return
    parties = _parties(clause) or (joint_parties(reading, memory) if released is None else ())
    if len(parties) == 2:
        rule = RELEASED.id_of(found) if released is not None else SAID_IN.id_of(found)
        start = reading.tokens.starts[clause.first] + found.start()
        stop = end if released is not None else start + len(found.group())
        yield _statement(reading, memory, parties, found.group(), (start, stop), rule)


def _parties(clause: Clause) -> tuple[str, ...]:
    """The two states that the sentence names, and no third."""
    states = {state for mention in clause.mentions for state in mention.states}
    return tuple(sorted(states)) if len(states) == 2 else ()


def _statement(
    reading: Reading, memory: Memory, parties: tuple[str, ...], words: str, span: tuple[int, int], rule: str
) -> Candidate:
    memory.has_statement = True
    kind = KIND.search(words)
    return Candidate(
        event_type="agreement", status="reached", countries=tuple(sorted(parties)),
        evidence=[Evidence("", *span, rule), Evidence("instrument", *span, rule)], instrument=KIND.phrase(kind).makes if kind is not None else "joint_statement",
        reported_by=reading.account,
    )  # fmt: skip
