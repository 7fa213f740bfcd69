"""Every case of tests/cases gives its records, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.extract.cases import FOLDER, TYPES, WANTED, Case, complaints, find_all, load_cases

CASES = [case for case in load_cases() if case.place != WANTED]
WANTED_CASES = [case for case in load_cases() if case.place == WANTED]


def report(case: Case, wrong: list[str]) -> str:
    """The text, what was expected, what was found, and what is wrong."""
    expected = [str(record) for record in case.expected] or [str(case.counts())]
    found = [item.line() for item in find_all(case)] or ["nothing"]
    parts = {
        "text": [case.document().text],
        "expected": expected,
        "found": found,
        "wrong": dict.fromkeys(wrong),
    }
    return "\n".join(f"\n{name}:\n" + "\n".join(f"    {line}" for line in lines) for name, lines in parts.items())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_text_gives_its_records(case: Case) -> None:
    wrong = complaints(case)
    if wrong:
        pytest.fail(f"{case.name}{report(case, wrong)}", pytrace=False)


@pytest.mark.parametrize("case", WANTED_CASES, ids=lambda case: case.name)
def test_a_wanted_case_that_passes_moves_to_the_others(case: Case) -> None:
    assert complaints(case), f"{case.name} is read rightly now: move it out of wanted.toml"


def test_wanted_cases_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\ntests/cases/wanted.toml: {len(WANTED_CASES)} cases are not read rightly yet")
    homes = {case.place for case in CASES} | {path.stem for path in FOLDER.glob("*.toml")}
    for case in WANTED_CASES:
        assert case.cells.get("why"), f"{case.name} does not say why it fails (why = ...)"
        assert case.cells.get("home") in homes, f"{case.name} does not say where it belongs (home = ...)"


def test_every_case_has_a_name_of_its_own() -> None:
    names = Counter((case.cells.get("home", case.place), case.cells["id"]) for case in load_cases())
    assert [name for name, number in names.items() if number > 1] == []


def test_negatives_are_as_many_as_they_must_be() -> None:
    without = [case for case in load_cases() if case.cells.get("none")]
    with_records = [case for case in load_cases() if case.expected]
    assert len(without) >= 40 and len(with_records) >= 60
    assert all(set(case.counts()) <= set(TYPES) for case in load_cases())
