"""The chronicle as it stands in data/raw, its form, its coverage, and what the extractor makes of it.

`expected/<year>.csv` says what each entry reports; `differences.csv` lists every expected field that comes
out otherwise and whose fault that is; `no_record.csv` lists the entries that report nothing of the four kinds
and says why.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from bilaterals.corpus import Document, read_path
from bilaterals.schema import VOCABULARIES
from tests.chronicle.compare import (
    CHRONICLE,
    DIFFERENCES,
    EXPECTED,
    FOLDER,
    Check,
    compare,
    expected_rows,
    read_differences,
    read_rows,
)

LEAST_BY_DECADE = {"1970s": 45, "1980s": 70, "1990s": 85, "2000s": 190, "2010s": 180, "2020s": 130}
LEAST_ENTRIES = 700
LEAST_RIGHT = 0.99

DAY = r"\d{4}-\d{2}(?:-\d{2})?"
HEAD = re.compile(rf"(?P<start>{DAY})(?:/(?P<end>{DAY}))? \| (?P<place>-|[^|,]+(?:, [^|,]+)?) \| (?P<keys>[^|]+)")
SENTENCE_END = re.compile(r"(?<!\bSt)(?<!\bMr)(?<!\bDr)(?<!\b[A-Z])[.!?](?=\s+[A-Z\"'(]|\s*$)")


@dataclass(frozen=True)
class Entry:
    """One block of a year's file as it is written: its name in the expected files, head line and prose."""

    name: str
    where: str
    head: re.Match[str] | None
    prose: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        return [key.strip() for key in self.head["keys"].split(",")] if self.head else []


def written_entries() -> Iterator[Entry]:
    for file in sorted(CHRONICLE.glob("*.txt")):
        seen: Counter[str] = Counter()
        for number, block in enumerate(re.split(r"\n\s*\n", file.read_text(encoding="utf-8").strip()), start=1):
            first, *prose = block.splitlines()
            head = HEAD.fullmatch(first.strip())
            date = first.partition("|")[0].strip()
            seen[date] += 1
            name = date if seen[date] == 1 else f"{date}#{seen[date]}"
            yield Entry(name, f"{file.name}, entry {number}: {first}", head, tuple(prose))


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(written_entries())


@pytest.fixture(scope="module")
def checks() -> list[Check]:
    return list(compare(EXPECTED, CHRONICLE))


# The expected rows


def test_every_expected_row_belongs_to_an_entry(entries: list[Entry]) -> None:
    assert sorted(set(expected_rows(EXPECTED)) - {entry.name for entry in entries}) == []


def test_every_entry_without_expected_rows_is_listed_with_a_reason(entries: list[Entry]) -> None:
    listed = {row["entry"]: row["reason"] for row in read_rows(FOLDER / "no_record.csv")}
    rows = expected_rows(EXPECTED)
    assert sorted(entry.name for entry in entries if entry.name not in rows) == sorted(listed)
    assert [entry for entry, reason in listed.items() if not reason.strip()] == []


def test_expected_rows_are_numbered_and_keep_to_the_vocabularies() -> None:
    columns = ("event_type", "status", "mode", "instrument", "level")
    allowed = {column: set(VOCABULARIES[column].values) for column in columns}
    allowed["domains"] = set(VOCABULARIES["domain"].values)
    allowed["settings"] = set(VOCABULARIES["setting"].values)
    wrong = []
    for entry, rows in expected_rows(EXPECTED).items():
        if len({row["ordinal"] for row in rows}) < len(rows):
            wrong.append((entry, "ordinal", "twice"))
        for row in rows:
            for column, values in allowed.items():
                for value in filter(None, (part.strip() for part in row[column].split(";"))):
                    if value not in values:
                        wrong.append((entry, column, value))
            for column in ("date_start", "date_end"):
                if row[column] and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", row[column]):
                    wrong.append((entry, column, row[column]))
    assert wrong == []


# What the extractor makes of the entries


def test_nearly_every_expected_field_comes_out_right(checks: list[Check]) -> None:
    right = sum(check.right for check in checks)
    assert right / len(checks) >= LEAST_RIGHT, f"{right} of {len(checks)} fields are right"


def test_differences_are_those_listed(checks: list[Check]) -> None:
    """None is unknown and none that is listed has gone; `compare.write_differences()` writes them anew."""
    found = {check.as_row for check in checks if not check.right}
    listed = {tuple(row[column] for column in Check.COLUMNS) for row in read_differences()}
    assert sorted(found - listed) == [], "differences that are not listed"
    assert sorted(listed - found) == [], "listed differences that have gone"


def test_every_listed_difference_says_whose_fault_it_is() -> None:
    assert {row["fault"] for row in read_differences()} <= {"extractor", "entry", "expectation"}, DIFFERENCES.name


# Coverage


def test_coverage(entries: list[Entry]) -> None:
    decades = Counter(f"{entry.name[:3]}0s" for entry in entries)
    assert len(entries) >= LEAST_ENTRIES
    short = {name: decades[name] for name, least in LEAST_BY_DECADE.items() if decades[name] < least}
    assert short == {}, f"at least {LEAST_BY_DECADE}"


# Form


def test_head_lines_have_their_form(entries: list[Entry]) -> None:
    assert [entry.where for entry in entries if entry.head is None] == []


def test_the_reader_takes_every_entry_without_complaint() -> None:
    read = [found for file in sorted(CHRONICLE.glob("*.txt")) for found in read_path(file)]
    assert [found for found in read if not isinstance(found, Document)] == []


def test_entries_stand_in_the_order_of_their_dates(entries: list[Entry]) -> None:
    by_year: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.head:
            by_year[entry.where[:4]].append(entry)
    wrong = []
    for year, group in by_year.items():
        starts = [entry.head["start"] for entry in group if entry.head]
        months = [start[:7] for start in starts]  # an entry of which only the month is known stands anywhere in it
        days = [start for start in starts if len(start) == 10]
        wrong += [(year, start) for start in starts if not start.startswith(year)]
        wrong += [(year, later) for row in (months, days) for one, later in pairwise(row) if later < one]
    assert wrong == []


def test_an_entry_is_one_paragraph_of_one_to_five_sentences(entries: list[Entry]) -> None:
    wrong = [
        (entry.where, len(entry.prose))
        for entry in entries
        if len(entry.prose) != 1 or not 1 <= len(SENTENCE_END.findall(entry.prose[0])) <= 5
    ]
    assert wrong == []


def test_sources_are_complete_and_all_are_used(entries: list[Entry]) -> None:
    rows = read_rows(CHRONICLE / "sources.csv")
    keys = [row["key"] for row in rows]
    named = {key for entry in entries for key in entry.keys}
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert sorted(named - set(keys)) == [], "keys that sources.csv does not have"
    differing = {
        row["source_key"] for row in read_rows(CHRONICLE / "notes.csv")
    }  # what a source says that was not followed
    assert sorted(set(keys) - named - differing) == [], "sources that neither an entry nor a note names"
    assert sorted(differing - set(keys)) == [], "sources of notes that sources.csv does not have"
    must = ("url", "publisher", "title", "accessed")
    assert [(row["key"], column) for row in rows for column in must if not row[column].strip()] == []
    assert [row["key"] for row in rows if not re.match(r"https?://\S+$", row["url"])] == []


def test_the_expected_files_are_readable_as_csv() -> None:
    for file in sorted(EXPECTED.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            widths = {len(row) for row in reader}
        assert len(widths) == 1, file.name
