"""References: mentions of other identifiable events and instruments, which are not events of this document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading, code_class
from bilaterals.extract.memory import Memory

NAMED_EVENT = re.compile(
    r"\b(?:the\s)?(?:[\w-]+\s){0,2}(?:(?:[A-Z][\w.'’-]*|of|and|the|on|for|\d{4})\s){1,8}?(?:Accords?|Convention|Treaty|Charter|Declaration|Agreement|Protocol|Communiqué|Communique)\b(?:\s(?:on|of|for|Abolishing|Relating|to)(?:\s(?:[A-Z][\w'’-]*|of|for|the|and|on)){1,12})?"
)


PRIORITY = ("meeting", "visit", "agreement", "instrument", "summit", "letters", "consensus")


def find_references(reading: Reading, clause: Clause, memory: Memory, taken: list[Candidate]) -> list[Candidate]:
    """What a sentence points to outside its own news, each thing once: of overlapping mentions the most telling stays."""
    kept: list[Candidate] = []
    found = sorted(_all(reading, clause, memory, taken), key=lambda candidate: _rank(candidate))
    for candidate in found:
        start, end = candidate.span
        if not any(start < other.span[1] and other.span[0] < end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.span)


def _rank(candidate: Candidate) -> int:
    name = candidate.title or candidate.evidence[0].rule_id.partition(".")[2]
    return PRIORITY.index(name) if name in PRIORITY else len(PRIORITY)


def _all(reading: Reading, clause: Clause, memory: Memory, taken: list[Candidate]) -> Iterator[Candidate]:
    """The named multilateral instruments of a sentence, and what its background records point to."""
    if clause.is_title or clause.first >= clause.last:
        return
    for candidate in taken:
        if (
            not candidate.is_main
            and candidate.event_type in ("meeting", "agreement", "visit", "consensus")
            and candidate.status != "planned"
        ) and (
            candidate.event_type != "consensus"
            or candidate.date.start
            or any(person.name for person in candidate.participants)
        ):
            yield _reference(candidate.span, candidate)
    low = reading.tokens.text[reading.tokens.starts[clause.first] : reading.tokens.ends[clause.last - 1]]
    if " visit" in low or " trip" in low or "exchanged" in low:
        yield from _told_before(reading, clause, taken)
    if "Summit" in reading.tokens.text[reading.tokens.starts[clause.first] : reading.tokens.ends[clause.last - 1]]:
        yield from _summits(reading, clause, taken)
    if not code_class("instrument") & set(clause.codes):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    spans = [candidate.span for candidate in taken if candidate.event_type == "agreement"]
    spans += [
        reading.tokens.span(mention.first, mention.last)
        for mention in clause.mentions
        if mention.kind == "person" and mention.entity >= 0
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
        after = next((i for i, item in enumerate(clause.items) if tokens.starts[item.first] >= found.end()), None)
        dated = (after is not None and clause.codes[after : after + 2] in ("iD",)) or (
            after is not None and clause.codes[after : after + 1] == "D"
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


PAST_VISIT = re.compile(
    r"\b(?:[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}|the (?:Vice )?President|[Tt]heir|[Hh]is|[Hh]er)(?:['’]s)?\s(?:[\w’'-]+\s){0,5}?(?:visit|trip|travel|summit)\b[^.;,]{0,60}"
)
LETTERS = re.compile(
    r"\b(?:President|Premier|Prime Minister|King|Emir|Chairman)[^.;]{0,90}?\bexchanged (?:congratulatory )?(?:letters|messages)[^.;]{0,120}"
)


def _told_before(reading: Reading, clause: Clause, taken: list[Candidate]) -> Iterator[Candidate]:
    """Visits with a date in the past, and letters that leaders exchanged."""
    tokens, base = reading.tokens, reading.tokens.base
    begin, end = tokens.starts[clause.first], tokens.ends[clause.last - 1]
    for pattern, rule in ((PAST_VISIT, "reference.visit"), (LETTERS, "reference.letters")):
        for found in pattern.finditer(tokens.text, begin, end):
            dates = [
                m.date
                for m in tokens.dates.values()
                if found.start() <= m.start < found.end() and m.date and m.date.start
            ]
            past = any(base is None or str(date.start) < base.isoformat()[: len(str(date.start))] for date in dates)
            if (past or rule == "reference.letters") and not any(
                c.is_main and c.span[0] < found.end() and found.start() < c.span[1] for c in taken
            ):
                yield Candidate("reference", "held", (), [Evidence("", *found.span(), rule)], is_main=False)


def _reference(span: tuple[int, int], source: Candidate) -> Candidate:
    return Candidate(
        "reference", source.status, source.countries, [Evidence("", *span, "reference.background")], title=source.event_type, date=source.date,
        participants=source.participants, is_main=False, city=source.city, venue_country=source.venue_country,
    )  # fmt: skip
