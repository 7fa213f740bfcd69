"""Cases of the extractor as data: short texts and the records they must give (see tests/cases/README.md)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from bilaterals.corpus import Document, read_path, read_text
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate, Evidence, Participant
from bilaterals.reference.countries import UnknownCountry, resolve_country

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "cases"
WANTED = "wanted"
TYPES = ("meeting", "consensus", "agreement", "visit")
COUNTED = ("meeting", "consensus", "agreement")
CASE_KEYS = {"id", "text", "file", "title", "published", "publisher", "side"}
CASE_KEYS |= {"expect", "count", "none", "ignore", "links", "references", "home", "why"}
Expected = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One text and what it must give. ``place`` is the file's name without its ending."""

    place: str
    cells: dict[str, Any]
    expected: list[Expected] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.place}/{self.cells['id']}"

    def document(self) -> Document:
        if "file" in self.cells:
            (found,) = read_path(ROOT / self.cells["file"])
            assert isinstance(found, Document), f"{self.cells['file']} was set aside: {found}"
            return found
        day: dt.date | None = self.cells.get("published")
        named = {key: self.cells[key] for key in ("title", "publisher", "side") if key in self.cells}
        return read_text(self.cells["text"].strip("\n"), published=day, **named)

    def counts(self) -> dict[str, int]:
        """How many records of each type the text must give; types that are not named are not counted."""
        if self.cells.get("none"):
            wanted = dict.fromkeys(TYPES, 0)
        elif self.expected:
            stated = Counter(record["event_type"] for record in self.expected)
            wanted = {kind: stated[kind] for kind in TYPES if kind in COUNTED or stated[kind]}
        else:
            wanted = {}
        wanted |= self.cells.get("count", {})
        return {kind: number for kind, number in wanted.items() if kind not in self.cells.get("ignore", ())}


@cache
def load_cases() -> tuple[Case, ...]:
    """Every case of the folder; a key that nobody reads is an error, so that a slip of the pen is seen."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for cells in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            case = Case(path.stem, cells, cells.get("expect", []))
            unknown = set(cells) - CASE_KEYS
            unknown |= {key for record in case.expected for key in record} - {"event_type", *CHECKS}
            assert not unknown, f"{case.name}: nobody reads {', '.join(sorted(unknown))}"
            asks = case.expected or case.counts() or cells.get("links") or "references" in cells
            assert asks, f"{case.name}: nothing is expected; write `none = true` for a text without records"
            found.append(case)
    return tuple(found)


@dataclass(frozen=True)
class Found:
    """One candidate with the text that it was read from."""

    candidate: Candidate
    text: str

    def words(self, evidence: Evidence) -> str:
        return self.text[evidence.start : evidence.end]

    def span(self) -> str:
        return self.words(self.candidate.evidence[0])

    def all_evidence(self) -> Iterator[Evidence]:
        yield from self.candidate.evidence
        for person in self.candidate.participants:
            yield from person.evidence
        yield from (words.evidence for words in self.candidate.domains)
        yield from (point.evidence for point in self.candidate.points)

    def line(self) -> str:
        """One line for a failure message."""
        it = self.candidate
        people = ", ".join(f"{p.name or ''}|{p.country}|{p.office or ''}" for p in it.participants)
        cells = {
            "date": "..".join(part for part in (it.date.start, it.date.end) if part) or it.date.precision,
            "place": "/".join(part for part in (it.city, it.venue_country) if part),
            "level": it.level, "mode": it.mode, "round": it.mechanism_round, "instrument": it.instrument,
            "n_stated": it.n_stated, "domains": [d.words for d in it.domains],
            "points": [p.text for p in it.points],
            "reported_by": it.reported_by, "settings": it.settings, "is_main": it.is_main, "people": people,
        }  # fmt: skip
        told = "; ".join(f"{key}={value}" for key, value in cells.items() if value not in (None, "", [], ()))
        return f"{it.event_type} {it.status} {'-'.join(it.countries)}: {told}\n      words: {self.span()!r}"


def find(case: Case) -> list[Found]:
    """What the extractor gives for a case, without references and records of other than two states."""
    return [found for found in find_all(case) if len(found.candidate.countries) == 2]


def find_all(case: Case) -> list[Found]:
    document = case.document()
    return [
        Found(candidate, document.text)
        for candidate in extract(document).candidates
        if candidate.event_type != "reference"
    ]


def complaints(case: Case) -> list[str]:
    """What is wrong with the records of a case, in plain words; empty when all is right."""
    found = find(case)
    wrong = []
    for kind, number in case.counts().items():
        given = sum(item.candidate.event_type == kind for item in found)
        if given != number:
            wrong.append(f"{given} {kind} found, {number} expected")
    for kind in TYPES:
        wrong += _compare(
            [record for record in case.expected if record["event_type"] == kind],
            [item for item in found if item.candidate.event_type == kind],
        )
    wrong += _references(case)
    wrong += [f"missing link: {link}" for link in case.cells.get("links", ()) if not _has_link(case, link)]
    return wrong + [line for item in found for line in _unsupported(item)]


def _references(case: Case) -> list[str]:
    """What is wrong with the references, where a case lists them: its words, and no others."""
    if "references" not in case.cells:
        return []
    document = case.document()
    told = [c for c in extract(document).candidates if c.event_type == "reference"]
    given = [document.text[slice(*candidate.span)] for candidate in told]
    return [] if given == case.cells["references"] else [f"references are {given}, expected {case.cells['references']}"]


def _compare(expected: list[Expected], found: list[Found]) -> list[str]:
    """The complaints of the best way to give each expected record one that was found."""
    if not expected:
        return []
    places: list[Found | None] = [*found, *[None] * len(expected)]
    wrong = {(i, j): misfits(record, item) for i, record in enumerate(expected) for j, item in enumerate(places)}
    best = min(
        permutations(range(len(places)), len(expected)),
        key=lambda choice: sum(len(wrong[pair]) for pair in enumerate(choice)),
    )
    return [line for pair in enumerate(best) for line in wrong[pair]]


def misfits(record: Expected, item: Found | None) -> list[str]:
    """The fields of an expected record that a found one does not have."""
    label = f"{record['event_type']} {'-'.join(record.get('countries', ()))}"
    if item is None:
        return [f"{label}: missing"] * 50  # so that a record which is there with errors is always the better fit
    wrong = []
    for name, wanted in record.items():
        if name != "event_type" and not CHECKS[name](wanted, item):
            wrong.append(f"{label}: {name} is {_given(name, item)!r}, expected {wanted!r}")
    return wrong


def _given(name: str, item: Found) -> object:
    it = item.candidate
    if name in DATES:
        return DATES[name](it)
    if name == "participants":
        return [f"{p.name or ''}|{p.country}|{p.office or ''}" for p in it.participants]
    if name == "domains":
        return [d.words for d in it.domains]
    if name == "points":
        return [p.text for p in it.points]
    if name == "evidence":
        return [(e.field or "record", item.words(e)) for e in it.evidence]
    if name.startswith("span_"):
        return item.span()
    return getattr(it, name)


def _same(name: str) -> Callable[[Any, Found], bool]:
    """The plain comparison: an empty string says that the field must be empty, " | " parts choices."""
    return lambda wanted, item: _plain(_given(name, item)) in _choices(wanted)


def _choices(wanted: Any) -> list[object]:
    return list(wanted.split(" | ")) if isinstance(wanted, str) and " | " in wanted else [_plain(wanted)]


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return sorted(value)
    return None if value == "" else value


def _people(wanted: list[str], item: Found) -> bool:
    found = list(item.candidate.participants)
    if len(found) != len(wanted):
        return False
    return any(
        all(_person(text, person) for text, person in zip(wanted, order, strict=True)) for order in permutations(found)
    )


def _person(wanted: str, person: Participant) -> bool:
    """ "Name|ISO3|office"; without the second bar the office is not asked for."""
    name, country, *office = wanted.split("|")
    if (person.name or "").casefold() != name.casefold() or person.country != country:
        return False
    return not office or same_office(office[0], person.office or "")


def same_office(wanted: str, found: str) -> bool:
    """Whether two offices are the same words, but for the name of the state before or behind them."""
    wanted, found = wanted.casefold(), found.casefold()
    if wanted == found:
        return True
    if found.startswith(wanted + " of "):
        rest = found[len(wanted) + 4 :]
    elif found.endswith(" " + wanted):
        rest = found[: -len(wanted) - 1]
    else:
        return False
    try:
        resolve_country(rest.removeprefix("the "))
    except UnknownCountry:
        return False
    return True


def _holds(wanted: dict[str, str], item: Found) -> bool:
    """Each named field has evidence, and the words at its offsets hold the words asked for."""
    return all(
        any(e.field == ("" if name == "record" else name) and words in item.words(e) for e in item.all_evidence())
        for name, words in wanted.items()
    )


def _points(wanted: list[str], item: Found) -> bool:
    points = item.candidate.points
    return len(points) == len(wanted) and all(w in p.text for w, p in zip(wanted, points, strict=True))


def _has_link(case: Case, link: str) -> bool:
    """ "words of one record | relation | words of another": the first carries the relation to the second."""
    one, relation, other = (part.strip() for part in link.split("|"))
    document = case.document()
    candidates = extract(document).candidates
    return any(
        one in Found(candidate, document.text).span()
        and tie.relation == relation
        and other in Found(candidates[tie.other], document.text).span()
        for candidate in candidates
        for tie in candidate.relations
    )


def _unsupported(item: Found) -> list[str]:
    """A field that is filled although no words stand behind it, or whose words are not those of the text."""
    it = item.candidate
    fields = {evidence.field for evidence in it.evidence}
    wrong = []
    if it.date.start and "date_start" not in fields:
        wrong.append(f"{it.event_type}: date {it.date.start} without evidence")
    if (it.city or it.venue_country) and not fields & {"city", "venue_country"}:
        wrong.append(f"{it.event_type}: place {it.city or it.venue_country} without evidence")
    for person in it.participants:
        for name in ("name", "office"):
            value = getattr(person, name)
            quotes = [item.words(e) for e in person.evidence if e.field == name]
            if value and not any(_short_form(quote, value) for quote in quotes):
                wrong.append(f"{it.event_type}: {name} {value!r} rests on {quotes}")
    wrong += [
        f"{it.event_type}: point {p.text!r} rests on other words" for p in it.points if item.words(p.evidence) != p.text
    ]
    return wrong


def _short_form(quote: str, value: str) -> bool:
    """Whether the words are the value, a part of it, its words in another order, or its plural."""
    singular = re.sub(r"(?<=\w)s\b", "", quote, count=1)  # "Ministers of Foreign Affairs"
    words = set(value.split())
    return value.startswith(quote) or quote.startswith(value) or set(quote.split()) <= words or singular == value


DATES: dict[str, Callable[[Candidate], str | None]] = {
    "date_start": lambda it: it.date.start,
    "date_end": lambda it: it.date.end,
    "date_precision": lambda it: it.date.precision,
}
PLAIN = (
    "status", "countries", "city", "venue_country", "level", "mode", "settings", "mechanism_round",
    "instrument", "n_stated", "reported_by", "is_main", *DATES,
)  # fmt: skip
CHECKS: dict[str, Callable[[Any, Found], bool]] = {name: _same(name) for name in PLAIN} | {
    "participants": _people,
    "domains": lambda wanted, item: sorted(d.words.casefold() for d in item.candidate.domains) == sorted(wanted),
    "points": _points,
    "span_starts": lambda wanted, item: item.span().startswith(wanted),
    "span_ends": lambda wanted, item: item.span().endswith(wanted),
    "evidence": _holds,
}
