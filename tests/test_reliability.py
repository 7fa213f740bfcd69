"""Agreement of two coders: the measure, the table beside the raw text, and its way into the quality report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from benchmarks.reliability import OUT, alpha, reliability

ROOT = Path(__file__).parents[1]


def test_alpha_of_the_textbook_example() -> None:
    """Two coders, ten units, two values: 0.095 in K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), B."""
    first, second = "0100000010", "1110010000"
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_one_where_all_agree_and_none_by_chance() -> None:
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "b"), ("b", "a")]) < 0


def test_the_table_beside_the_raw_text_is_that_of_the_codings() -> None:
    with OUT.open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) == reliability()


def test_the_quality_report_of_the_newest_version_holds_it() -> None:
    newest = sorted((ROOT / "data" / "processed").iterdir())[-1]
    report = json.loads((newest / "quality.json").read_text(encoding="utf-8"))
    assert [row["field"] for row in report["second_coding"]] == [row["field"] for row in reliability()]
    assert report["known_gaps"]
