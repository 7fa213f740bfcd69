"""Every rule of the extractor reads its example and leaves its counter-example alone."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from bilaterals.corpus import read_text
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate

FOLDER = files("bilaterals.extract") / "rules"
FILES = ("meetings.toml", "appointments.toml")
RULES: list[dict[str, Any]] = [
    rule for file in FILES for rule in tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))["rule"]
]
ROUNDS = {rule["id"] for rule in tomllib.loads((FOLDER / "appointments.toml").read_text(encoding="utf-8"))["rule"]}
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])


def meetings(text: str, heading: str = "") -> list[Candidate]:
    document = read_text(text, published=dt.date(2024, 12, 26), title=heading)
    return [candidate for candidate in extract(document).candidates if candidate.event_type == "meeting"]


def rules_of(candidate: Candidate) -> set[str]:
    return {evidence.rule_id for evidence in candidate.evidence}


@each_rule
def test_the_example_is_a_meeting_of_two_states(rule: dict[str, Any]) -> None:
    found = meetings(rule["example"], rule.get("heading", ""))
    read_by_rule = [candidate for candidate in found if rule["id"] in rules_of(candidate)]
    read_first_by_another = [candidate for candidate in found if len(candidate.countries) == 2]
    # A round is told behind a meeting that another rule reads: there only the rule's own record counts.
    assert read_by_rule or (rule["id"] not in ROUNDS and read_first_by_another), rule["example"]


@each_rule
def test_the_counter_example_is_no_meeting_by_the_rule(rule: dict[str, Any]) -> None:
    found = [m for m in meetings(rule["counter"], rule.get("heading", "")) if rule["id"] in rules_of(m)]
    assert not found, rule["counter"]


def test_rules_have_ids_of_their_own_with_an_example_and_a_counter_example() -> None:
    ids = [rule["id"] for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule["example"] != rule["counter"] for rule in RULES)
