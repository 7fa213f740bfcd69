"""States and areas: their codes, the names that English diplomatic prose gives them, their numbers by date.

Two tables stand beside this module. ``countries.csv`` has one row for each span of days on which the codes of
a state stayed the same; it begins on 1946-01-01. ``country_names.csv`` has the surfaces as they are written
in prose. ``SOURCES.md`` tells where the facts come from.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent
# Letters that Unicode does not take apart into a base letter and a sign.
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae"})
NAMING_KINDS = frozenset({"name", "official", "alias"})


@dataclass(frozen=True, slots=True)
class Country:
    """One state or area over one span of days; ``valid_to`` None means that the span is still open.

    ``cow`` and ``gwno`` are the Correlates of War and the Gleditsch-Ward number, None where the list has
    none.
    """

    iso3: str
    iso2: str
    name: str
    official_name: str
    cow: int | None
    gwno: int | None
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One reading of a surface.

    ``kind`` is name, official, alias, adjective, demonym or government. An adjective that also names the
    people ("Chinese", "Thai", "German") is an adjective; a demonym names people only ("Germans", "Spaniard").
    ``valid_from`` and ``valid_to`` bound the days on which the surface means this state, where there is a
    bound. ``ambiguous`` says what else the surface may mean: "state" (another state, which is listed as
    well), "place", "person", "word" or "organisation"; it is None where the surface means this state and
    nothing else.
    """

    iso3: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    ambiguous: str | None


class UnknownCountry(ValueError):
    """A text that names no state or area of the list, or more than one."""

    def __init__(self, text: str, nearest: tuple[str, ...]) -> None:
        self.text = text
        self.nearest = nearest
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"Unknown country: {text!r}.{hint} An ISO 3166 code or an English name is understood.")


def read_rows(name: str, *columns: str) -> Iterator[list[str]]:
    """Rows of a list in this folder, cells in the order of ``columns``, which must be those of the file.

    Cells are kept as written: "NA" is Namibia, "" is null.
    """
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        if tuple(header) != columns:
            raise ValueError(f"{HERE / name}: the columns are {header}, expected {list(columns)}")
        yield from rows


def spellings(surface: str) -> tuple[str, ...]:
    """The surface, and its forms with a typographic apostrophe and in plain ASCII, as texts have them."""
    if surface.isascii() and "'" not in surface:
        return (surface,)
    plain = unicodedata.normalize("NFKD", surface.translate(LETTERS)).encode("ascii", "ignore").decode()
    forms = [surface, plain]
    forms += [form.replace("'", "’") for form in forms]
    return tuple(dict.fromkeys(forms))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def country_periods() -> Mapping[str, tuple[Country, ...]]:
    """Every row of the list by ISO3, each state's rows in the order of time."""
    periods: dict[str, list[Country]] = {}
    columns = ("iso3", "iso2", "name", "official_name", "cow", "gwno", "valid_from", "valid_to")
    for iso3, iso2, name, official_name, cow, gwno, first, last in read_rows("countries.csv", *columns):
        row = Country(
            iso3=iso3,
            iso2=iso2,
            name=name,
            official_name=official_name,
            cow=_number(cow),
            gwno=_number(gwno),
            valid_from=date.fromisoformat(first),
            valid_to=_day(last),
        )
        periods.setdefault(iso3, []).append(row)
    return MappingProxyType({iso3: tuple(rows) for iso3, rows in periods.items()})


@cache
def _name_rows() -> tuple[list[str], ...]:
    columns = ("surface", "iso3", "kind", "valid_from", "valid_to", "ambiguous")
    return tuple(read_rows("country_names.csv", *columns))


@cache
def countries() -> Mapping[str, Country]:
    """The newest row of every state and area, former ones included, by ISO3."""
    return MappingProxyType({iso3: rows[-1] for iso3, rows in country_periods().items()})


@cache
def names() -> Mapping[str, tuple[NameEntry, ...]]:
    """What each surface may mean. Surfaces are case-sensitive; a longer one that fits the text goes first.

    Most surfaces have one reading. Several ("Korean", "Congo") mean that the context must decide, or nobody
    can.
    """
    readings: dict[str, list[NameEntry]] = {}
    for surface, iso3, kind, first, last, ambiguous in _name_rows():
        if not iso3:
            continue
        entry = NameEntry(iso3, kind, _day(first), _day(last), ambiguous or None)
        for form in spellings(surface):
            listed = readings.setdefault(form, [])
            if all(other.iso3 != entry.iso3 for other in listed):
                listed.append(entry)
    return MappingProxyType({surface: tuple(entries) for surface, entries in readings.items()})


@cache
def not_states() -> frozenset[str]:
    """Surfaces that hold a state's name and mean something else ("Gulf of Guinea", "New England").

    A scanner that prefers the longest surface and drops these does not take the sea for the state.
    """
    return frozenset(form for surface, iso3, *_ in _name_rows() if not iso3 for form in spellings(surface))


@cache
def _demonyms() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for surface, iso3, kind, *_ in _name_rows():
        if kind in ("adjective", "demonym"):
            found[iso3] = (*found.get(iso3, ()), surface)
    return MappingProxyType(found)


def demonyms(iso3: str) -> tuple[str, ...]:
    """Adjectives and words for the people of a state, in the order of the list."""
    return _demonyms().get(iso3, ())


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").translate(LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = plain.casefold().replace(".", "").replace("-", " ").replace("&", " and ")
    return " ".join(plain.split()).removeprefix("the ")


@cache
def _codes_and_names() -> Mapping[str, tuple[str, ...]]:
    """Folded code or name -> ISO3. Codes win over names, states of today over former ones."""
    found: dict[str, tuple[str, ...]] = {}
    current = [country for country in countries().values() if country.valid_to is None]
    former = [country for country in countries().values() if country.valid_to is not None]
    for country in current + former:
        found[country.iso3.casefold()] = (country.iso3,)
    for group in (current, former):
        codes: dict[str, list[str]] = {}
        for country in group:
            codes.setdefault(country.iso2.casefold(), []).append(country.iso3)
        for code, iso3s in codes.items():
            found.setdefault(code, tuple(iso3s))
    named: dict[str, list[str]] = {}
    for surface, entries in names().items():
        iso3s = named.setdefault(_fold(surface), [])
        iso3s += [e.iso3 for e in entries if e.kind in NAMING_KINDS and e.iso3 not in iso3s]
    for key, iso3s in named.items():
        if iso3s:
            found.setdefault(key, tuple(iso3s))
    return MappingProxyType(found)


def resolve_country(text: str) -> str:
    """The ISO3 code of a state or area given by ISO3, ISO2 or an English name, in any case.

    Raises :class:`UnknownCountry` with the nearest names where there is none, and where a name fits two
    states.
    """
    key = _fold(text)
    known = _codes_and_names()
    found = known.get(key, ())
    if len(found) == 1:
        return found[0]
    if not found:
        import difflib  # only an error needs it, and it is slow to load

        near = difflib.get_close_matches(key, [name for name in known if len(name) > 3], n=6, cutoff=0.7)
        found = tuple(dict.fromkeys(iso3 for name in near for iso3 in known[name]))
    raise UnknownCountry(text, tuple(f"{countries()[iso3].name} ({iso3})" for iso3 in found[:3]))


def state_numbers(iso3: str, day: date) -> tuple[int | None, int | None]:
    """The Correlates of War and the Gleditsch-Ward number of a state on a day, None where it had none."""
    rows = country_periods().get(iso3)
    if rows is None:
        raise UnknownCountry(iso3, ())
    for row in rows:
        if row.holds_on(day):
            return row.cow, row.gwno
    return None, None
