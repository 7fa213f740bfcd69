"""References: mentions of other identifiable events and instruments, which are not events of this document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading, code_class
from bilaterals.extract.parties import Memory

NAMED_EVENT = re.compile(
    r"\b(?:the\s)?(?:[\w-]+\s){0,2}(?:(?:[A-Z][\w.'’-]*|of|and|the|on|for|\d{4})\s){1,8}?(?:Accords?|Convention|Treaty|Charter|Declaration|Agreement|Protocol|Communiqué|Communique)\b(?:\s(?:on|of|for|Abolishing|Relating|to)(?:\s(?:[A-Z][\w'’-]*|of|for|the|and|on)){1,12})?"
)


def find_references(
    reading: Reading, clause: Clause, memory: Memory, taken: list[Candidate]
) -> Iterator[Candidate]:
    """The named multilateral instruments of a sentence, and what its background records point to."""
    if clause.is_title or clause.first >= clause.last:
        return
    for candidate in taken:
        if (
            not candidate.is_main
            and candidate.event_type in ("meeting", "agreement", "visit", "consensus")
            and candidate.status != "planned"
        ):
            if candidate.event_type != "consensus" or candidate.date.start:
                yield _reference(candidate.span, candidate)
    if "Summit" in reading.tokens.text[reading.tokens.starts[clause.first] : reading.tokens.ends[clause.last - 1]]:
        yield from _summits(reading, clause, taken)
    if not code_class("instrument") & set(clause.codes):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    spans = [candidate.span for candidate in taken if candidate.event_type == "agreement"]
    spans += [
        reading.tokens.span(mention.first, mention.last)
        for mention in clause.mentions
        if mention.kind != "states" and (mention.entity >= 0 or mention.office)
    ]
    for found in NAMED_EVENT.finditer(reading.tokens.text, begin, end):
        if not any(start < found.end() and found.start() < stop for start, stop in spans):
            yield Candidate(
                "reference",
                "reached",
                (),
                [Evidence("", found.start(), found.end(), "reference.instrument")],
                is_main=False,
            )


NAMED_SUMMIT = re.compile(
    r"\b[Tt]he\s(?:[a-z0-9][\w’'-]*\s){0,2}(?:[A-Z][\w.’'-]*\s){1,6}(?:Summit|summit|Conference|Session|session|Meeting)\b(?:\s(?:of|on|in)\s(?:the\s)?[A-Z][\w’'-]*(?:\s(?:of|on|and|for|the|[A-Z(][\w’'-]*\)?)){0,8})?"
)
PAST_LEADS = re.compile(
    r"(?:following|after|since|historic|outcomes of|results of|success of|fruits of|announced at|launched at|held at|months? after)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _summits(reading: Reading, clause: Clause, taken: list[Candidate]) -> Iterator[Candidate]:
    """ "The Camp David Summit", "the Beijing Summit of the Forum in September this year": past gatherings named as such."""
    tokens = reading.tokens
    begin, end = tokens.starts[clause.first], tokens.ends[clause.last - 1]
    for found in NAMED_SUMMIT.finditer(tokens.text, begin, end):
        if any(
            c.is_main and c.event_type == "meeting" and c.span[0] < found.end() and found.start() < c.span[1]
            for c in taken
        ):
            continue
        after = next(
            (i for i, item in enumerate(clause.items) if tokens.starts[item.first] >= found.end()), None
        )
        dated = (
            after is not None
            and clause.codes[after : after + 2] in ("iD",)
            or (after is not None and clause.codes[after : after + 1] == "D")
        )
        if (
            dated
            or PAST_LEADS.search(tokens.text, begin, found.start())
            or re.search(r"\b(?:19|20)\d\d\b", found.group())
        ):
            yield Candidate(
                "reference",
                "held",
                (),
                [Evidence("", found.start(), found.end(), "reference.summit")],
                is_main=False,
            )


def _reference(span: tuple[int, int], source: Candidate) -> Candidate:
    return Candidate(
        "reference", source.status, source.countries, [Evidence("", *span, "reference.background")], date=source.date,
        participants=source.participants, is_main=False, city=source.city, venue_country=source.venue_country,
    )  # fmt: skip
