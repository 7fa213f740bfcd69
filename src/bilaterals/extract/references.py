"""References: mentions of other identifiable events and instruments, which are not events of this document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.parties import Memory

NAMED_EVENT = re.compile(
    r"\b(?:the\s)?(?:[\w-]+\s){0,2}(?:(?:[A-Z][\w.'’-]*|of|and|the|on|for|\d{4})\s){1,8}?(?:Accords?|Convention|Treaty|Charter|Declaration|Agreement|Protocol|Communiqué|Communique)\b(?:\s(?:on|of|for|Abolishing|Relating|to)(?:\s(?:[A-Z][\w'’-]*|of|for|the|and|on)){1,12})?"
)


def find_references(reading: Reading, clause: Clause, memory: Memory, taken: list[Candidate]) -> Iterator[Candidate]:
    """The named multilateral instruments of a sentence, and what its background records point to."""
    if clause.is_title or clause.first >= clause.last:
        return
    for candidate in taken:
        if not candidate.is_main and candidate.event_type in ("meeting", "agreement", "visit", "consensus") and candidate.status != "planned":
            if candidate.event_type != "consensus" or candidate.date.start:
                yield _reference(candidate.span, candidate)
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    spans = [candidate.span for candidate in taken if candidate.event_type == "agreement"]
    spans += [reading.tokens.span(mention.first, mention.last) for mention in clause.mentions if mention.kind != "states"]
    for found in NAMED_EVENT.finditer(reading.tokens.text, begin, end):
        if not any(start < found.end() and found.start() < stop for start, stop in spans):
            yield Candidate("reference", "reached", (), [Evidence("", found.start(), found.end(), "reference.instrument")], is_main=False)


def _reference(span: tuple[int, int], source: Candidate) -> Candidate:
    return Candidate(
        "reference", source.status, source.countries, [Evidence("", *span, "reference.background")], date=source.date,
        participants=source.participants, is_main=False, city=source.city, venue_country=source.venue_country,
    )  # fmt: skip
