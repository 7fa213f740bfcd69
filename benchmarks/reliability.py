"""How far two coders of the chronicle agree, field by field: Krippendorff's alpha for nominal values.

    python -m benchmarks.reliability            prints a table and writes data/raw/reliability.csv

The first coder wrote tests/chronicle/expected while reading the sources; the second coded 150 entries drawn at random
(tests/chronicle/second_coding.csv; column ``read``: the page read) from the sources again, without the entries' prose,
the expected rows and the extractor's output. Two things beside the coders' judgement lower the agreement: the second
saw of each page the first 700 to 2,000 characters only, so that consensus told further down is missing; and an entry
says of its source only what is of note. ``?`` is a cell that the page as read does not tell: it is left out. An entry
in which the second coder saw no record has one row of type ``none``. The second coder was given the date of each entry,
so that the dates' agreement says only that its source tells the event on that day. Alpha after K. Krippendorff, Content Analysis (4th ed. 2019), ch. 12; the
interval is the middle 95 % of 2,000 resamples of entries with a fixed seed.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXPECTED = ROOT / "tests" / "chronicle" / "expected"
SECOND = ROOT / "tests" / "chronicle" / "second_coding.csv"
OUT = ROOT / "data" / "raw" / "reliability.csv"
RECORD = ("date_start", "date_end", "status")
MEETING = ("city", "venue_country", "mode", "level")
AGREEMENT = ("instrument", "domains")
PEOPLE = ("participants_chn", "participants_jpn")
UNTOLD = "?"
RESAMPLES, SEED = 2000, 1972

Row = dict[str, str]
Pair = tuple[str, str]


def alpha(pairs: Sequence[Pair]) -> float:
    """Krippendorff's alpha of two coders, nominal values; 1.0 where nothing ever varies (and all agree)."""
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    apart = sum(2 for one, other in pairs if one != other)
    by_chance = sum(n * (total - n) for n in values.values())
    return 1.0 if by_chance == 0 else 1 - (total - 1) * apart / by_chance


def by_entry(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows under the name of their entry."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["entry"]].append(row)
    return found


def value_of(row: Row, field: str) -> str:
    """A cell as it is compared: people by family names (some sources give no more), lists in order of the alphabet."""
    parts = [part.split("(")[0].strip().casefold() for part in row[field].split(";")]
    if field in PEOPLE:
        parts = [part.split()[0 if field == "participants_chn" else -1] for part in parts if part]
    return "; ".join(sorted(filter(None, parts)))


def likeness(row: Row, other: Row) -> int:
    """In how many columns two rows say the same."""
    return sum(value_of(row, column) == value_of(other, column) for column in row)


def aligned(first: list[Row], second: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """The rows of one entry side by side: same type, most cells in common first."""
    pairs: list[tuple[Row | None, Row | None]] = []
    left = list(second)
    for row in first:
        same = [other for other in left if other["event_type"] == row["event_type"]]
        best = max(same, key=lambda other: likeness(row, other), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((row, best))
    return pairs + [(None, row) for row in left]


def units(first: list[Row], second: list[Row]) -> dict[str, list[Pair]]:
    """What each coder says of the records of one entry, by field."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for one, other in aligned(first, [row for row in second if row["event_type"] != "none"]):
        found["record"].append((one["event_type"] if one else "none", other["event_type"] if other else "none"))
        if one is None or other is None:
            continue
        fields = (*RECORD, *PEOPLE)
        fields += MEETING if one["event_type"] == "meeting" else AGREEMENT if one["event_type"] == "agreement" else ()
        for field in fields:
            pair = (value_of(one, field), value_of(other, field))
            if UNTOLD not in pair:
                found[field].append(pair)
    return found


def interval(entries: Sequence[dict[str, list[Pair]]], field: str) -> tuple[float, float]:
    """The middle 95 % of alpha over resampled entries."""
    draw = random.Random(SEED)
    having = [entry[field] for entry in entries if entry.get(field)]
    drawn = sorted(
        alpha([pair for entry in draw.choices(having, k=len(having)) for pair in entry]) for _ in range(RESAMPLES)
    )
    return drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES)]


def read_rows(path: Path) -> list[Row]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def reliability() -> list[dict[str, str]]:
    """One row a field: records compared, share that agree, alpha and its interval."""
    first = by_entry([row for path in sorted(EXPECTED.glob("*.csv")) for row in read_rows(path)])
    second = by_entry(read_rows(SECOND))
    entries = [units(first.get(name, []), rows) for name, rows in sorted(second.items())]
    table = []
    for field in ("record", *RECORD, *PEOPLE, *MEETING, *AGREEMENT):
        pairs = [pair for entry in entries for pair in entry.get(field, [])]
        low, high = interval(entries, field)
        same = sum(one == other for one, other in pairs) / len(pairs)
        numbers = {"agreement": same, "alpha": alpha(pairs), "low": low, "high": high}
        table.append(
            {"field": field, "records": str(len(pairs))} | {name: f"{number:.3f}" for name, number in numbers.items()}
        )
    return table


def main() -> int:
    """Print the table and write it beside the raw text, from where the build takes it into the quality report."""
    table = reliability()
    with OUT.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    for row in table:
        print("{field:18}{records:>6}  agreement {agreement}  alpha {alpha} ({low} to {high})".format(**row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
