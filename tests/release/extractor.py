"""A stand-in for the extractor: texts of the tests say in a small form which records they hold.

    meeting; date=2024-12-25; CHN=Wang Yi; JPN=Takeshi Iwaya; city=Beijing; venue=CHN
    agreement; title=Agreement on fisheries; domains=agriculture_food; of=0

One record a line; ``of`` is the number of the line (from 0) that the record results from. Lines without
";" are prose.
"""

from __future__ import annotations

import re

from bilaterals.corpus import Document
from bilaterals.extract.candidates import (
    Candidate,
    Date,
    DomainWords,
    Evidence,
    Extraction,
    Participant,
    Point,
    Relation,
)

STATUS = {"meeting": "held", "visit": "held", "consensus": "reached", "agreement": "signed"}
PRECISION = {4: "year", 7: "month", 10: "day"}


def extract(document: Document) -> Extraction:
    lines = [match for match in re.finditer(r"[^\n]+", document.text) if ";" in match[0]]
    return Extraction(tuple(_candidate(match) for match in lines))


def _candidate(match: re.Match[str]) -> Candidate:
    kind, *parts = [part.strip() for part in match[0].split(";")]
    given = dict(part.split("=", 1) for part in parts if "=" in part)
    whole = Evidence("", match.start(), match.end(), f"test.{kind}")

    def words(field: str, text: str) -> Evidence:
        start = match.start() + match[0].index(text)
        return Evidence(field, start, start + len(text), f"test.{field}")

    countries = tuple(sorted(key for key in given if re.fullmatch("[A-Z]{3}", key)))
    people = tuple(
        Participant(c, name=given[c] or None, is_head=True, evidence=(words("name", given[c]),) if given[c] else ())
        for c in countries
    )
    date = given.get("date")
    points = tuple(Point(p, None, words("text", p)) for p in given.get("points", "").split("|") if p)
    domains = tuple(DomainWords(d, d, words("domain", d)) for d in given.get("domains", "").split("|") if d)
    return Candidate(
        event_type=kind,
        status=given.get("status", STATUS[kind]),
        countries=countries,
        evidence=[whole, *([words("city", given["city"])] if "city" in given else [])],
        date=Date(date, None, PRECISION[len(date)]) if date else Date(),
        participants=people,
        city=given.get("city"),
        venue_country=given.get("venue"),
        mode=given.get("mode"),
        title=given.get("title"),
        points=points,
        domains=domains,
        reported_by=given.get("by"),
        relations=[Relation("resulted_in", int(given["of"]))] if "of" in given else [],
    )
