"""Rounds before and after the one told: "The previous round took place in London", "agreed to hold the next in Kuwait".

The parties are those of the meeting just told; a round without a place, a date or a name is no record. The patterns are
in `rules/appointments.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract import scope, venues
from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, Where, has_any
from bilaterals.extract.memory import Memory


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `rules/appointments.toml`; its keys are explained there."""

    id: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    status: str
    opens: bool
    certain: bool
    whenever: bool
    people: bool
    alone: bool
    after_held: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, in the order in which they are tried, and what makes a round certain or a day needless."""

    rules: tuple[Rule, ...]
    certain: re.Pattern[str]
    whenever: re.Pattern[str]


@cache
def load() -> Rules:
    """The rules of the file, compiled."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "appointments.toml").read_text(encoding="utf-8"))
    what = table["what"]
    rules = tuple(
        Rule(
            row["id"], tuple(row["words"]), re.compile(row["pattern"].replace("{what}", what["pattern"]), re.IGNORECASE),
            row["status"], *(bool(row.get(key)) for key in ("opens", "certain", "whenever", "people", "alone", "after_held")),
        )
        for row in table["rule"]
    )  # fmt: skip
    return Rules(rules, re.compile(what["certain"]), re.compile(what["whenever"]))


def find_appointments(reading: Reading, clause: Clause, memory: Memory, read: list[Candidate]) -> Iterator[Candidate]:
    """The round before or after the meeting just told, where the sentence gives its place or its date.

    ``read`` are the meetings that the frames found in the sentence: what they tell is not told again.
    """
    if not memory.meetings or reading.entry_when is not None or not clause.items:
        return
    told = memory.meetings[-1]
    if len(told.countries) != 2 or any(meeting.status != "held" for meeting in read):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    if memory.round_rules is None:
        low = reading.tokens.low or reading.tokens.text.lower()
        memory.round_rules = tuple(rule for rule in load().rules if has_any(low, rule.words))
    for rule in memory.round_rules:
        if (read and rule.alone) or (rule.after_held and told.status != "held"):
            continue
        if not reading.has_any(clause, rule.words):
            continue
        search = rule.pattern.match if rule.opens else rule.pattern.search
        found = search(reading.tokens.text, begin, end)
        made = _round(reading, clause, told, rule, found) if found is not None else None
        if made is not None:
            yield made
            return


def _round(reading: Reading, clause: Clause, told: Candidate, rule: Rule, found: re.Match[str]) -> Candidate | None:
    known, starts = load(), reading.tokens.starts
    anchor = "what" if "what" in rule.pattern.groupindex else "at"
    if rule.certain and not known.certain.search(found["what"].lower()):
        return None
    first = next((i for i, item in enumerate(clause.items) if starts[item.first] >= found.start(anchor)), None)
    if first is None:
        return None
    last = next((i for i, item in enumerate(clause.items) if starts[item.first] >= found.end()), len(clause.items))
    when = scope.find_date(reading, clause, first, last, future=rule.status == "planned")
    where = venues.find_place(reading, clause, first, last, told.countries)
    if when is None and where is None:
        end = reading.tokens.ends[clause.last - 1]
        if not rule.whenever or not known.whenever.match(reading.tokens.text, found.end(), end):
            return None
    made = _candidate(reading, told, rule, found, when, where)
    if rule.people:
        made.participants, made.level = told.participants, told.level
    return made


def _candidate(
    reading: Reading, told: Candidate, rule: Rule, found: re.Match[str], when: When | None, where: Where | None
) -> Candidate:
    pieces = [piece.evidence for piece in (when, where) if piece is not None]
    start = min([found.start(), *(piece.start for piece in pieces)])
    stop = max([found.end(), *(piece.end for piece in pieces)])
    said = found.span("at") if "at" in rule.pattern.groupindex else found.span()
    evidence = [Evidence("", start, stop, rule.id), *pieces, Evidence("status", *said, rule.id)]
    candidate = Candidate(
        event_type="meeting", status=rule.status, countries=told.countries, evidence=evidence,
        city=where.city if where else None, venue_country=where.country if where else None, level="delegation",
        mode="in_person" if where else None, mechanism=told.mechanism, reported_by=reading.account,
        is_main=rule.status == "planned",
    )  # fmt: skip
    if when is not None:
        candidate.date = when.date
    return candidate
