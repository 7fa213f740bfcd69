"""The merge, measured: pairs of records that are one event, and near misses that are two."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bilaterals.link import link_pair
from tests.link.records import reports

PAIRS = tomllib.loads((Path(__file__).with_name("pairs.toml")).read_text(encoding="utf-8"))["pair"]

# Written and answered by people who had not seen the merge; not all of them come out right.
BLIND = tomllib.loads((Path(__file__).with_name("pairs_blind.toml")).read_text(encoding="utf-8"))["pair"]


def merged(pair: dict[str, Any]) -> bool:
    """Whether a and b end as one event: whether some event rests on the words of both."""
    more = pair.get("more", [])
    if pair.get("one_document"):
        found = reports([pair["a"], pair["b"]], *more)
        places = {("d0", 0), ("d0", 100)}
    else:
        found = reports(pair["a"], pair["b"], *more)
        places = {("d0", 0), ("d1", 0)}
    for event in link_pair(found).events:
        if places <= {(str(row["doc_id"]), int(str(row["start"]))) for row in event.evidence}:
            return True
    return False


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["name"] for pair in PAIRS])
def test_a_pair_is_one_event_or_two(pair: dict[str, Any]) -> None:
    assert merged(pair) is pair["same"]


def test_the_set_is_large_and_half_of_it_are_near_misses() -> None:
    same = sum(pair["same"] for pair in PAIRS)
    assert len(PAIRS) >= 60
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS)
    assert abs(same - len(PAIRS) / 2) <= 2


def test_precision_and_recall_of_merging() -> None:
    decided = [(merged(pair), pair["same"]) for pair in PAIRS]
    right = sum(told and true for told, true in decided)
    precision = right / sum(told for told, _ in decided)
    recall = right / sum(true for _, true in decided)
    print(f"merging, {len(PAIRS)} pairs: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.97
    assert recall >= 0.95


def test_pairs_written_without_knowing_the_merge() -> None:
    decided = [(merged(pair), pair["same"]) for pair in BLIND]
    right = sum(told and true for told, true in decided)
    precision = right / sum(told for told, _ in decided)
    recall = right / sum(true for _, true in decided)
    print(f"merging, {len(BLIND)} blind pairs: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.97  # a wrong merge is worse than a missed one
    assert recall >= 0.87
