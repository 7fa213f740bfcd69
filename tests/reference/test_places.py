"""Cities and buildings: every surface leads to one name in a known state, and doubt is told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bilaterals.reference.countries import countries, names
from bilaterals.reference.places import buildings, cities, not_places

PREFECTURAL_CAPITALS = """
Sapporo Aomori Morioka Sendai Akita Yamagata Fukushima Mito Utsunomiya Maebashi
Saitama Chiba Tokyo Yokohama Niigata Toyama Kanazawa Fukui Kofu Nagano
Gifu Shizuoka Nagoya Tsu Otsu Kyoto Osaka Kobe Nara Wakayama
Tottori Matsue Okayama Hiroshima Yamaguchi Tokushima Takamatsu Matsuyama Kochi Fukuoka
Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Naha
"""
FOLDER = Path(__file__).parents[2] / "src" / "bilaterals" / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_list_of_cities_is_well_formed() -> None:
    for row in rows("cities.csv"):
        assert row["surface"] == row["surface"].strip() != "", row
        assert "’" not in row["surface"], row
        assert not row["iso3"] or row["iso3"] in countries(), row
        assert bool(row["iso3"]) == bool(row["name"]), row
        assert row["ambiguous"] in {"", "word", "person", "place"}, row
    pairs = Counter((row["surface"], row["iso3"]) for row in rows("cities.csv"))
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_the_one_name_of_a_city_is_itself_a_surface() -> None:
    for surface, found in cities().items():
        for city in found:
            assert any(c.name == city.name and c.country == city.country for c in cities().get(city.name, ())), surface


def test_every_state_of_today_has_a_capital() -> None:
    with_capital = {city.country for found in cities().values() for city in found if city.is_capital}
    assert {i for i, c in countries().items() if c.cow and c.valid_to is None} <= with_capital


def test_what_stands_for_a_government_is_a_city_or_a_building_of_that_state() -> None:
    place_only_in_name = {"Vatican"}
    for surface, entries in names().items():
        if entries[0].kind != "government" or surface in place_only_in_name:
            continue
        found = {city.country for city in cities().get(surface, ())}
        if surface in buildings():
            found.add(buildings()[surface].country)
        # South Yemen's and East Germany's seats lie in the states of today.
        successor = {"YMD": "YEM", "DDR": "DEU"}.get(entries[0].iso3, entries[0].iso3)
        assert successor in found, surface


def test_at_most_one_city_of_a_surface_is_the_default_and_it_comes_first() -> None:
    for surface, found in cities().items():
        assert sum(city.is_default for city in found) <= 1, surface
        assert not any(city.is_default for city in found[1:]), surface


@pytest.mark.parametrize(
    ("surface", "name", "country"),
    [
        ("Peking", "Beijing", "CHN"),
        ("Canton", "Guangzhou", "CHN"),
        ("Xi’an", "Xi'an", "CHN"),
        ("Bombay", "Mumbai", "IND"),
        ("Rangoon", "Yangon", "MMR"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Kiev", "Kyiv", "UKR"),
        ("Nur-Sultan", "Astana", "KAZ"),
        ("Sharm El Sheikh", "Sharm el-Sheikh", "EGY"),
        ("Evian-les-Bains", "Évian-les-Bains", "FRA"),
        ("Wroclaw", "Wrocław", "POL"),
        ("Sana’a", "Sanaa", "YEM"),
        ("Lima", "Lima", "PER"),
        ("Boao", "Boao", "CHN"),
        ("Karuizawa", "Karuizawa", "JPN"),
        ("Camp David", "Camp David", "USA"),
        ("Kananaskis", "Kananaskis", "CAN"),
        ("Davos", "Davos", "CHE"),
    ],
)
def test_a_spelling_leads_to_the_city(surface: str, name: str, country: str) -> None:
    assert (cities()[surface][0].name, cities()[surface][0].country) == (name, country)


def test_a_surface_in_two_states_lists_both() -> None:
    assert {city.country for city in cities()["San Jose"]} == {"CRI", "USA"}
    assert [city.country for city in cities()["Hyderabad"]] == ["IND", "PAK"]
    assert cities()["Hyderabad"][0].is_default
    assert not any(city.is_default for city in cities()["San Jose"])


@pytest.mark.parametrize("surface", ["Wang", "Sullivan", "Of", "Same", "Orange", "Mobile", "Kishida", "Li"])
def test_words_and_family_names_are_not_cities(surface: str) -> None:
    assert surface not in cities()


@pytest.mark.parametrize(
    ("surface", "reading"), [("Nice", "word"), ("Split", "word"), ("Ito", "person"), ("Mary", "person")]
)
def test_a_city_that_is_more_often_something_else_says_so(surface: str, reading: str) -> None:
    assert cities()[surface][0].ambiguous == reading


def test_the_prefectural_capitals_of_japan_are_there() -> None:
    capitals = PREFECTURAL_CAPITALS.split()
    assert len(capitals) == 47
    assert [c for c in capitals if "JPN" not in {city.country for city in cities().get(c, ())}] == []


def test_treaties_and_organisations_named_after_cities_are_no_places() -> None:
    assert {"Shanghai Cooperation Organization", "Kyoto Protocol", "Shangri-La Dialogue"} <= not_places()
    assert not not_places() & set(cities())


def test_buildings_stand_in_known_cities() -> None:
    for surface, place in buildings().items():
        assert place.country in countries(), surface
        if place.city is not None:
            known = cities().get(place.city, ())
            assert any(city.name == place.city and city.country == place.country for city in known), surface


@pytest.mark.parametrize(
    ("surface", "city", "country"),
    [
        ("White House", "Washington", "USA"),
        ("Great Hall of the People", "Beijing", "CHN"),
        ("Diaoyutai State Guesthouse", "Beijing", "CHN"),
        ("Iikura Guest House", "Tokyo", "JPN"),
        ("Elysee Palace", "Paris", "FRA"),
        ("Chequers", None, "GBR"),
        ("Istana", "Singapore", "SGP"),
        ("Hyderabad House", "New Delhi", "IND"),
        ("UN Headquarters", "New York", "USA"),
    ],
)
def test_a_building_leads_to_its_city(surface: str, city: str | None, country: str) -> None:
    assert (buildings()[surface].city, buildings()[surface].country) == (city, country)


def test_a_surface_names_one_building() -> None:
    surfaces = Counter(row["surface"] for row in rows("buildings.csv"))
    assert [surface for surface, count in surfaces.items() if count > 1] == []
