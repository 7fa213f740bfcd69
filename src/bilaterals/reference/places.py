"""Cities and buildings where states meet.

``cities.csv`` is a choice out of GeoNames (https://www.geonames.org, CC BY 4.0) with spellings and places
added by hand; it leaves out the thousands of small towns whose names are words or family names. See
``SOURCES.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bilaterals.reference.countries import read_rows, spellings


@dataclass(frozen=True, slots=True)
class City:
    """One city that a surface may mean.

    ``name`` is the one name that all spellings lead to ("Kiev" and "Kyiv" to Kyiv). ``is_default`` marks the
    city that prose means when it says no more ("Paris" is in France). ``ambiguous`` is "word" or "person"
    where the surface is more often something else.
    """

    name: str
    country: str
    is_capital: bool
    is_default: bool
    ambiguous: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A building or seat: its name, its city where there is one, and its state."""

    name: str
    city: str | None
    country: str


@cache
def _city_rows() -> tuple[list[str], ...]:
    columns = ("surface", "name", "iso3", "is_capital", "is_default", "ambiguous")
    return tuple(read_rows("cities.csv", *columns))


@cache
def cities() -> Mapping[str, tuple[City, ...]]:
    """The cities that a surface may mean, the default one first. Surfaces are case-sensitive."""
    found: dict[str, list[City]] = {}
    for surface, name, iso3, capital, default, ambiguous in _city_rows():
        if not iso3:
            continue
        city = City(name, iso3, capital == "1", default == "1", ambiguous or None)
        for form in spellings(surface):
            listed = found.setdefault(form, [])
            if all((other.name, other.country) != (city.name, city.country) for other in listed):
                listed.append(city)
    return MappingProxyType(
        {
            form: tuple(listed) if len(listed) == 1 else tuple(sorted(listed, key=lambda city: not city.is_default))
            for form, listed in found.items()
        }
    )


@cache
def _capitals() -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for listed in cities().values():
        for city in listed:
            if city.is_capital:
                found.setdefault(city.country, set()).add(city.name)
    return MappingProxyType({state: names.pop() for state, names in found.items() if len(names) == 1})


def capital_of(country: str) -> str | None:
    """The capital of a state, or None where the list has none or several."""
    return _capitals().get(country)


@cache
def not_places() -> frozenset[str]:
    """Surfaces that hold a city's name and mean something else ("Shanghai Cooperation Organization").

    Where the longest surface goes first and these are dropped, the treaty is not taken for the venue.
    """
    return frozenset(form for surface, _, iso3, *_ in _city_rows() if not iso3 for form in spellings(surface))


@cache
def buildings() -> Mapping[str, Place]:
    """The building or seat that a surface means. Surfaces are case-sensitive and stand without "the"."""
    return MappingProxyType(
        {
            form: Place(name, city or None, iso3)
            for surface, name, city, iso3 in read_rows("buildings.csv", "surface", "name", "city", "iso3")
            for form in spellings(surface)
        }
    )
