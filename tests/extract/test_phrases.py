"""Every phrase of the rules reads its example as it says, alone, and makes nothing of its counter-example."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from bilaterals.corpus import Document, read_text
from bilaterals.corpus.document import EntryDate
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate
from bilaterals.extract.phrases import cues

FOLDER = files("bilaterals.extract") / "rules"
FILES = (
    "visits",
    "context",
    "governing",
    "background",
    "reached",
    "attendance",
    "refusals",
    "needs",
    "venues",
    "instruments",
    "pointing",
    "sides",
    "joint",
    "fields",
    "story",
    "scope",
)
RULES: list[tuple[str, dict[str, Any]]] = [
    (name, row)
    for name in FILES
    for row in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["rule"]
]
KEYS = {"id", "cue", "pattern", "shape", "said", "words", "makes", "in_evidence", "heading", "pair"}
KEYS |= {"kinds", "shown", "example", "gives", "counter", "counter_gives", "counter_heading"}
EVENTS = ("visit", "meeting", "consensus", "agreement")
each_rule = pytest.mark.parametrize(("name", "rule"), RULES, ids=[rule["id"] for _, rule in RULES])


def document(rule: dict[str, Any], text: str) -> Document:
    is_counter = text == rule["counter"] and "counter_heading" in rule
    title = rule["counter_heading"] if is_counter else rule.get("heading", "")
    made = read_text(text, published=dt.date(2024, 12, 26), title=title)
    if "pair" not in rule:
        return made
    entry = EntryDate("2024-12-26", None, "day")
    return replace(made, doc_id=f"{rule['pair']}/chronicle/2024", entry_date=entry)


def read(rule: dict[str, Any], text: str) -> list[Candidate]:
    found = extract(document(rule, text)).candidates
    return [made for made in found if made.event_type in rule.get("kinds", EVENTS)]


def lines(rule: dict[str, Any], text: str) -> list[str]:
    """What is read of a text, in the form of `gives`."""
    whole = document(rule, text).text
    return sorted(line(made, rule.get("shown", ()), whole) for made in read(rule, text))


def line(made: Candidate, shown: Iterable[str], text: str) -> str:
    """A record in a few words: "visit held HRV>CHN 2024-12-25 Wuhan, Ivo Kos"; "background" where it is not the news.

    Further fields where a rule has them shown ("n_stated=3"); a reference is told by its words in the text.
    """
    if made.event_type == "reference":
        return f"reference {text[slice(*made.span)]}"
    states = f"{made.visitor_from}>{made.visitor_to}" if made.visitor_to else "-".join(made.countries)
    further = (f"{field}={value(made, field)}" for field in shown if value(made, field))
    words = (made.event_type, made.status, states, made.date.start, made.city, *further)
    told = " ".join(word for word in (*words, "" if made.is_main else "background") if word)
    return ", ".join([told, *(person.name or person.office or "" for person in made.participants)])


def value(made: Candidate, field: str) -> str:
    """A field as it is shown; of the domains and the points the words in the text."""
    told = getattr(made, field)
    if field == "points":
        return "/".join(point.text for point in told)
    return "/".join(domain.words for domain in told) if field == "domains" else str(told or "")


@contextmanager
def without(name: str, rule: dict[str, Any]) -> Iterator[None]:
    """The readers as they are where this one row is taken out of its file."""
    cue = cues(name)[rule["cue"]]
    kept = cue.phrases
    cue.read(phrase for phrase in kept if phrase.id != rule["id"])
    try:
        yield
    finally:
        cue.read(kept)


@each_rule
def test_the_example_is_read_as_the_rule_says_and_by_no_other(name: str, rule: dict[str, Any]) -> None:
    found = read(rule, rule["example"])
    assert lines(rule, rule["example"]) == sorted(rule["gives"])
    with without(name, rule):
        assert read(rule, rule["example"]) != found, f"{rule['id']}: the example is read so without the rule as well"


@each_rule
def test_the_rule_does_nothing_to_the_counter_example(name: str, rule: dict[str, Any]) -> None:
    found = read(rule, rule["counter"])
    assert lines(rule, rule["counter"]) == sorted(rule["counter_gives"])
    with without(name, rule):
        assert read(rule, rule["counter"]) == found


@each_rule
def test_the_id_stands_in_the_evidence_of_what_the_rule_makes(name: str, rule: dict[str, Any]) -> None:
    def has_id(text: str) -> bool:
        made = read(rule, text)
        fields = (domain.evidence for record in made for domain in record.domains)
        return any(piece.rule_id == rule["id"] for record in made for piece in (*record.evidence, *fields))

    assert has_id(rule["example"]) == rule.get("in_evidence", False)
    assert not has_id(rule["counter"])


def test_rules_have_ids_of_their_own_and_no_key_that_nobody_reads() -> None:
    ids = [rule["id"] for _, rule in RULES]
    assert len(set(ids)) == len(ids)
    for _, rule in RULES:
        assert set(rule) <= KEYS, rule["id"]
        assert ("pattern" in rule) != ("shape" in rule), rule["id"]
        assert rule["example"] != rule["counter"], rule["id"]
