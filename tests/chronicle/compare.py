"""What each chronicle entry is expected to give, against what the extractor gives: field by field.

`expected/<year>.csv` was written while the sources were read, never from the extractor's output. One row is
one record of one entry; ``entry`` is the date of the entry's head line, with ``#2``, ``#3`` for further
entries of that date.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bilaterals.corpus import Document, read_path
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate

SMALL = {"of", "the", "for", "in", "and", "to", "s", "china", "japan", "chinese", "japanese"}
FOLDER = Path(__file__).parent
EXPECTED = FOLDER / "expected"
DIFFERENCES = FOLDER / "differences.csv"
CHRONICLE = FOLDER.parents[1] / "data" / "raw" / "CHN-JPN" / "chronicle"

FIELDS = ("record", "status", "date_start", "date_end", "people", "offices", "city", "venue_country", "mode")
FIELDS += ("instrument", "n_stated", "domains")


@dataclass(frozen=True, slots=True)
class Check:
    """One expected field: what was wanted, what was found, and whether it is right."""

    entry: str
    ordinal: str
    field: str
    wanted: str
    found: str

    COLUMNS: ClassVar[tuple[str, ...]] = ("entry", "ordinal", "field", "wanted", "found")

    @property
    def as_row(self) -> tuple[str, ...]:
        return self.entry, self.ordinal, self.field, self.wanted, self.found

    @property
    def right(self) -> bool:
        # "Director-General" and "Director-General in the Foreign Ministry" are one office
        if self.field == "offices":
            wanted, found = office_words(self.wanted), office_words(self.found)
            return bool(found) and (wanted <= found or found <= wanted)
        return fold(self.wanted) == fold(self.found)


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).lower().strip()


def office_words(text: str) -> set[str]:
    plain = fold(text).replace("defense", "defence").replace("councilor", "councillor")
    return set(re.findall(r"[a-z]+", plain)) - SMALL


def read_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def expected_rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of all years by entry."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for file in sorted(folder.glob("*.csv")):
        for row in read_rows(file):
            found[row["entry"]].append(row)
    return found


def read_entries(chronicle: Path) -> dict[str, list[Candidate]]:
    """The candidates of every entry by the entry's name in the expected files."""
    entries: dict[str, list[Candidate]] = {}
    for file in sorted(chronicle.glob("*.txt")):
        seen: dict[str, int] = defaultdict(int)
        for document in read_path(file):
            if not isinstance(document, Document) or document.entry_date is None:
                continue
            date = document.entry_date.start + (f"/{document.entry_date.end}" if document.entry_date.end else "")
            seen[date] += 1
            name = date if seen[date] == 1 else f"{date}#{seen[date]}"
            entries[name] = [c for c in extract(document).candidates if c.event_type != "reference"]
    return entries


def compare(expected: Path, chronicle: Path) -> Iterator[Check]:
    """Every expected field of every entry."""
    entries = read_entries(chronicle)
    for entry, rows in expected_rows(expected).items():
        for row, candidate in zip(rows, matched(rows, entries.get(entry, [])), strict=True):
            if candidate is None:
                yield Check(entry, row["ordinal"], "record", row["event_type"], "")
            else:
                yield from check_row(entry, row, candidate)


def matched(rows: list[dict[str, str]], candidates: list[Candidate]) -> list[Candidate | None]:
    """The candidate of each row, or None: the likest pair first, then the likest of those left."""
    pairs = [
        (-likeness(row, candidate), i, j)
        for i, row in enumerate(rows)
        for j, candidate in enumerate(candidates)
        if likeness(row, candidate) > 0
    ]
    chosen: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [candidates[chosen[i]] if i in chosen else None for i in range(len(rows))]


def names(cell: str) -> list[tuple[str, str]]:
    """ "Zhou Enlai (Premier); Ji Pengfei (Foreign Minister)" -> names and offices."""
    out = []
    for part in filter(None, (piece.strip() for piece in cell.split(";"))):
        match = re.fullmatch(r"(?P<name>[^()]*?)\s*(?:\((?P<office>.*)\))?", part)
        out.append((match["name"] if match else part, (match["office"] if match else "") or ""))
    return out


def surname_set(people: list[tuple[str, str]]) -> set[str]:
    return {" ".join(sorted(fold(name).replace("-", " ").split())) for name, _ in people if name}


def wanted_people(row: dict[str, str]) -> list[tuple[str, str]]:
    return names(row["participants_chn"]) + names(row["participants_jpn"])


def wanted_domains(row: dict[str, str]) -> set[str]:
    return {domain.strip() for domain in row["domains"].split(";") if domain.strip()}


def likeness(row: dict[str, str], candidate: Candidate) -> float:
    """How well a candidate fits an expected row; 0 is another kind of record."""
    if row["event_type"] != candidate.event_type:
        return 0.0
    score = 1.0
    score += 2 * (row["date_start"] == (candidate.date.start or ""))
    score += len(surname_set(wanted_people(row)) & surname_set([(p.name or "", "") for p in candidate.participants]))
    score += row["city"] == (candidate.city or "")
    score += 2 * (row["instrument"] == (candidate.instrument or ""))
    score += row["n_stated"] == str(candidate.n_stated or "")
    score += bool(wanted_domains(row) & {words.domain for words in candidate.domains})
    return score


def check_row(entry: str, row: dict[str, str], candidate: Candidate) -> Iterator[Check]:
    found_people = [(p.name or "", p.office or "") for p in candidate.participants]
    pairs = {
        "record": (row["event_type"], candidate.event_type),
        "status": (row["status"], candidate.status),
        "date_start": (row["date_start"], candidate.date.start or ""),
        "date_end": (row["date_end"], candidate.date.end or ""),
        "city": (row["city"], candidate.city or ""),
        "venue_country": (row["venue_country"], candidate.venue_country or ""),
        "instrument": (row["instrument"], candidate.instrument or ""),
        "n_stated": (row["n_stated"], str(candidate.n_stated or "")),
    }
    if row["event_type"] == "consensus":  # its day and place are those of its meeting
        pairs = {field: pairs[field] for field in ("record", "status", "date_start", "date_end")}
    if row["event_type"] == "meeting":
        pairs["mode"] = (row["mode"], candidate.mode or "")
    if row["event_type"] in ("meeting", "visit"):
        sides = {"CHN": names(row["participants_chn"]), "JPN": names(row["participants_jpn"])}
        wanted_by_side = {f"{name} {side}" for side, people in sides.items() for name in surname_set(people)}
        found_by_side = {
            f"{name} {p.country}" for p in candidate.participants for name in surname_set([(p.name or "", "")])
        }
        pairs["people"] = ("; ".join(sorted(wanted_by_side)), "; ".join(sorted(found_by_side)))
        for name, office in wanted_people(row):
            held = [o for n, o in found_people if surname_set([(n, "")]) == surname_set([(name, "")])]
            if office and held:
                yield Check(entry, row["ordinal"], "offices", office, held[0])
    if row["event_type"] == "agreement" and row["domains"]:
        found = {words.domain for words in candidate.domains}
        wanted = wanted_domains(row)
        pairs["domains"] = ("; ".join(sorted(wanted)), "; ".join(sorted(wanted & found or found)))
    for field, (wanted, got) in pairs.items():
        if wanted or field in ("date_end", "city", "n_stated", "date_start", "venue_country", "mode"):
            yield Check(entry, row["ordinal"], field, wanted, got)


def surplus(expected: Path, chronicle: Path) -> Iterator[tuple[str, Candidate]]:
    """What the extractor gives beyond the expected rows. A further consensus of a meeting is no surplus."""
    rows_of = expected_rows(expected)
    for entry, candidates in read_entries(chronicle).items():
        taken = [id(candidate) for candidate in matched(rows_of.get(entry, []), candidates)]
        left = [candidate for candidate in candidates if id(candidate) not in taken]
        yield from ((entry, candidate) for candidate in left if candidate.event_type != "consensus")


def read_differences() -> list[dict[str, str]]:
    return read_rows(DIFFERENCES) if DIFFERENCES.exists() else []


def write_differences() -> None:
    """Writes differences.csv anew. A difference keeps its fault; a new one is the extractor's at first."""
    faults = {(row["entry"], row["ordinal"], row["field"]): row["fault"] for row in read_differences()}
    wrong = sorted(check.as_row for check in compare(EXPECTED, CHRONICLE) if not check.right)
    with DIFFERENCES.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow([*Check.COLUMNS, "fault"])
        writer.writerows([*row, faults.get(row[:3], "extractor")] for row in wrong)


def print_summary() -> None:
    """Prints the fields right and wanted by field and by decade, and the records beyond the expected ones."""
    by_field: dict[str, list[bool]] = defaultdict(list)
    by_decade: dict[str, list[bool]] = defaultdict(list)
    for check in compare(EXPECTED, CHRONICLE):
        by_field[check.field].append(check.right)
        by_decade[f"{check.entry[:3]}0s"].append(check.right)
    total = [right for group in by_field.values() for right in group]
    for name, group in [*by_field.items(), *sorted(by_decade.items()), ("all", total)]:
        print(f"{name:14}{sum(group):6} of{len(group):6}  {sum(group) / len(group):8.2%}")
    beyond = Counter(f"{c.event_type} {c.status}" for _, c in surplus(EXPECTED, CHRONICLE))
    print("beyond the expected:", ", ".join(f"{kind} {count}" for kind, count in beyond.most_common()))
