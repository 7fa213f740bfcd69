"""Fields of cooperation: two levels, and words that lead to them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bilaterals.reference.domains import domains, words

FOLDER = Path(__file__).parents[2] / "src" / "bilaterals" / "reference"
TOP = """political security territory_maritime history trade_investment finance_aid agriculture_food
energy_environment science_technology transport_communications people_to_people health
justice_consular other"""
EXCHANGES = """youth education tourism sister_cities sports entertainment media think_tanks women culture
other_exchange"""


def test_the_two_levels() -> None:
    assert [key for key, domain in domains().items() if domain.parent is None] == TOP.split()
    assert [key for key, domain in domains().items() if domain.parent == "people_to_people"] == EXCHANGES.split()
    assert len(domains()) == len(TOP.split()) + len(EXCHANGES.split())


def test_a_parent_stands_before_its_parts() -> None:
    seen: set[str] = set()
    for key, domain in domains().items():
        assert domain.parent is None or domain.parent in seen
        assert domain.label
        seen.add(key)


def test_words_are_lower_case_stand_once_and_lead_to_a_domain() -> None:
    with (FOLDER / "domain_words.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        assert row["words"] == row["words"].strip().lower() != ""
        assert row["domain"] in domains(), row
    assert [w for w, count in Counter(row["words"] for row in rows).items() if count > 1] == []
    assert len(rows) >= 500


def test_every_domain_has_words() -> None:
    assert set(words().values()) == set(domains())


@pytest.mark.parametrize(
    ("phrase", "domain"),
    [
        ("youth", "youth"),
        ("education", "education"),
        ("tourism", "tourism"),
        ("sister cities", "sister_cities"),
        ("sports", "sports"),
        ("entertainment", "entertainment"),
        ("media", "media"),
        ("think tanks", "think_tanks"),
        ("women", "women"),
        ("other areas", "other"),
        ("infrastructure", "trade_investment"),
        ("customs", "trade_investment"),
        ("visa exemption", "justice_consular"),
        ("extradition", "justice_consular"),
        ("fisheries", "agriculture_food"),
        ("aviation", "transport_communications"),
        ("double taxation", "finance_aid"),
        ("belt and road", "trade_investment"),
        ("nuclear energy", "energy_environment"),
        ("nuclear disarmament", "security"),
        ("maritime security", "security"),
        ("maritime affairs", "territory_maritime"),
        ("traditional chinese medicine", "health"),
    ],
)
def test_a_phrase_names_a_domain(phrase: str, domain: str) -> None:
    assert words()[phrase] == domain
