"""Chronicles: one file a year and pair, entries separated by blank lines.

The first line of an entry is ``DATE | PLACE | source keys``, and one paragraph of prose follows. The date is
a day, a month, a year or a range of them; the place may be empty; the keys, separated by commas or blanks,
are looked up in ``sources.csv`` beside the file or one folder above. Each entry is a document of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bilaterals.corpus.clean import CleanText, trim
from bilaterals.corpus.dates import parse_entry_date
from bilaterals.corpus.decode import UnreadableText
from bilaterals.corpus.document import Document, EntryDate
from bilaterals.corpus.facts import KEYS, Facts, noter, read_facts
from bilaterals.corpus.table import CsvTable
from bilaterals.setaside import SetAside

FOLDER = "chronicle"
_ENTRY_LINE = re.compile(r"\s*\ufeff?\s*\d{4}[^|\r\n]*\|[^|\r\n]*\|[^|\r\n]*(?:[\r\n]|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_KEYS_APART = re.compile(r"[\s,;]+")
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sources:
    """What sources.csv says of each key, and what of it could not be read."""

    facts: dict[str, Facts]
    issues: list[SetAside]


def looks_like_chronicle(raw: str) -> bool:
    """Whether the text begins with the first line of an entry."""
    return _ENTRY_LINE.match(raw) is not None


def read_sources(path: Path, name: str) -> Sources:
    """Read a sources.csv: key, url, publisher, side, title, published, language, accessed."""
    note = noter(name)
    facts: dict[str, Facts] = {}
    issues: list[SetAside] = []
    try:
        with CsvTable(path, note) as table:
            if "key" not in table.columns:
                raise UnreadableText("no-key-column", "line 1", f"no column 'key' among {', '.join(table.columns)}")
            for row in table.rows():
                if isinstance(row, SetAside):
                    issues.append(row)
                    continue
                key, place = row.values["key"].strip(), f"line {row.line}"
                if not key or key in facts:
                    what = "repeated-key" if key else "no-key"
                    issues.append(note(place, what, f"the key {key!r} is empty or given before; the row is not used"))
                    continue
                # The day of an entry is its own, so a source's day may be a month or a year: it is not read here.
                items = [
                    (column, value, place)
                    for column, value in row.values.items()
                    if column in KEYS and column != "published"
                ]
                facts[key], wrong = read_facts(items, note)
                issues.extend(wrong)
    except UnreadableText as error:
        issues.append(note(error.place, error.code, error.reason))
    return Sources(facts, issues)


def read_chronicle(
    raw: str, *, path: str = "", doc_id: str = "chronicle", sources: Sources | None = None, licence: str | None = None
) -> Iterator[Document | SetAside]:
    """The entries of one chronicle file, each a document, and what could not be read of them.

    ``published`` of an entry is the last day that its date can mean, so that words like "last week" can be
    resolved. ``licence`` is that of the chronicle's own prose; without it an entry has the one of its first source.
    """
    note = noter(path)
    year = _YEAR.fullmatch(doc_id.rpartition("/")[2])
    ids: Counter[str] = Counter()
    reader = _EntryReader(raw, path, sources or Sources({}, []), licence)
    empty = True
    for line, start, end in _blocks(raw):
        empty = False
        issues: list[SetAside] = []
        entry = reader.read(f"line {line}", start, end, issues)
        entry_id = None
        if entry and entry.entry_date:
            date = entry.entry_date
            if year and date.start[:4] != year[0]:
                reason = f"the entry is of {date.start[:4]}, the file of {year[0]}; it is read all the same"
                issues.append(note(f"line {line}", "other-year", reason))
            written = date.start + (f"--{date.end}" if date.end else "")
            ids[written] += 1
            again = f"-{ids[written]}" if ids[written] > 1 else ""
            entry_id = f"{doc_id}#{written}{again}"
        yield from (replace(issue, doc_id=entry_id) for issue in issues)
        if entry and entry_id:
            yield replace(entry, doc_id=entry_id)
    if empty:
        yield note("", "empty-text", "the file holds nothing but blanks")


def _blocks(raw: str) -> Iterator[tuple[int, int, int]]:
    """Stretches of lines that are not blank: number of the first line, start, end."""
    start = first = -1
    at = number = 0
    while at < len(raw) and (line := _LINE.match(raw, at)):
        number += 1
        blank = trim(raw, at, line.end())
        if blank[0] == blank[1]:
            if start >= 0:
                yield first, start, at
            start = -1
        elif start < 0:
            start, first = at, number
        at = line.end()
    if start >= 0:
        yield first, start, at


class _EntryReader:
    """Reads the entries of one file."""

    def __init__(self, raw: str, path: str, sources: Sources, licence: str | None) -> None:
        self.raw, self.path, self.sources, self.licence = raw, path, sources, licence
        self.note = noter(path)

    def read(self, place: str, start: int, end: int, issues: list[SetAside]) -> Document | None:
        """One entry out of the block start:end, still without its id; None if it cannot be read."""
        start, end = trim(self.raw, start, end)
        head = _LINE.match(self.raw, start, end)
        parts = [part.strip() for part in head.group().split("|")] if head else []
        if not head or len(parts) != 3:
            reason = "an entry begins with a line DATE | PLACE | source keys; these lines do not"
            issues.append(self.note(place, "no-entry-line", reason))
            return None
        try:
            date = parse_entry_date(parts[0])
        except ValueError as error:
            issues.append(self.note(place, "wrong-date", str(error)))
            return None
        if trim(self.raw, head.end(), end)[0] == end:
            issues.append(self.note(place, "empty-entry", "no prose follows the first line of the entry"))
            return None
        known = self._known_sources(place, parts[2], issues)
        return self._document(date, parts[1], known, (start, head.end(), end))

    def _known_sources(self, place: str, written: str, issues: list[SetAside]) -> list[str]:
        known = []
        for key in filter(None, _KEYS_APART.split(written)):
            if key in self.sources.facts:
                known.append(key)
            else:
                reason = f"sources.csv has no key {key!r}; the entry is read without it"
                issues.append(self.note(place, "unknown-source", reason))
        if not written:
            issues.append(self.note(place, "no-source", "the entry names no source; it is read without one"))
        return known

    def _document(self, date: EntryDate, place: str, known: list[str], bounds: tuple[int, int, int]) -> Document:
        start, prose, end = bounds
        builder = CleanText(self.raw)
        # The date and place of the head line are read from the text like any others, so they stand in it as its title.
        place_end = self.raw.rindex("|", start, prose)
        builder.clean(start, place_end, newlines=False)
        builder.put("\n\n", place_end, prose)
        body_start = len(builder)
        builder.clean(prose, end, newlines=False)
        first = self.sources.facts[known[0]] if known else Facts()
        written = self.raw[start:end]
        return Document(
            doc_id="",
            text=builder.text(),
            published=date.last_day,
            title="",
            publisher=first.publisher,
            side=first.side,
            language=None,
            url=first.url,
            licence=self.licence or first.licence,
            path=self.path,
            form="chronicle",
            sha256=hashlib.sha256(written.encode()).hexdigest(),
            source=builder.map,
            raw=self.raw,
            source_start=start,
            source_end=end,
            body_start=body_start,
            entry_date=date,
            entry_place=place or None,
            sources=tuple(known),
        )
