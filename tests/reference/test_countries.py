"""States and their names: the codes are complete, the names lead to them, the numbers hold on their days."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bilaterals.reference.countries import (
    UnknownCountry,
    countries,
    country_periods,
    demonyms,
    names,
    not_states,
    resolve_country,
    spellings,
    state_numbers,
)

FOLDER = Path(__file__).parents[2] / "src" / "bilaterals" / "reference"
LEADERS = Path(__file__).parents[3] / "shared" / "reference"
FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "VDR", "ANT"}
KINDS = {"name", "official", "alias", "adjective", "demonym", "government", "not_state"}
READINGS = {"", "state", "place", "person", "word", "organisation"}
ISO_3166 = (Path(__file__).parent / "iso_3166_alpha3.txt").read_text(encoding="ascii").split()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# --- codes


def test_every_iso_code_is_there_and_nothing_else_but_kosovo_and_former_states() -> None:
    assert len(ISO_3166) == 249
    assert set(countries()) == {*ISO_3166, "XKX", *FORMER}


def test_every_state_of_today_has_its_own_iso2() -> None:
    today = [country for country in countries().values() if country.valid_to is None]
    assert len({country.iso2 for country in today}) == len(today) == 250
    assert all(re.fullmatch("[A-Z]{2}", country.iso2) for country in countries().values())


def test_former_states_have_ended() -> None:
    assert {iso3 for iso3, country in countries().items() if country.valid_to} == FORMER


def test_spans_of_a_state_follow_each_other_without_overlap() -> None:
    for iso3, spans in country_periods().items():
        for span in spans:
            assert span.valid_to is None or span.valid_from <= span.valid_to, iso3
        for before, after in pairwise(spans):
            assert before.valid_to is not None, iso3
            assert (after.valid_from - before.valid_to).days == 1, iso3


def test_two_spans_of_a_state_differ() -> None:
    for spans in country_periods().values():
        for before, after in pairwise(spans):
            assert (before.cow, before.gwno, before.official_name) != (
                after.cow,
                after.gwno,
                after.official_name,
            )


def test_namibia_is_not_a_missing_value() -> None:
    assert countries()["NAM"].iso2 == "NA"
    assert resolve_country("NA") == "NAM"
    assert resolve_country("na") == "NAM"


# --- numbers


@pytest.mark.parametrize(
    ("iso3", "day", "numbers"),
    [
        ("CHN", date(1972, 9, 29), (710, 710)),
        ("JPN", date(1972, 9, 29), (740, 740)),
        ("JPN", date(1952, 4, 27), (None, None)),
        ("DEU", date(1990, 10, 2), (260, 260)),
        ("DEU", date(1990, 10, 3), (255, 260)),
        ("DDR", date(1990, 10, 2), (265, 265)),
        ("DDR", date(1990, 10, 3), (None, None)),
        ("YEM", date(1990, 5, 21), (678, 678)),
        ("YEM", date(1990, 5, 22), (679, 678)),
        ("YMD", date(1980, 1, 1), (680, 680)),
        ("YUG", date(1999, 1, 1), (345, 345)),
        ("SCG", date(2005, 1, 1), (345, 345)),
        ("SRB", date(2010, 1, 1), (345, 340)),
        ("SRB", date(1980, 1, 1), (None, None)),
        ("SUN", date(1991, 12, 25), (365, 365)),
        ("RUS", date(1991, 12, 26), (365, 365)),
        ("VNM", date(1974, 1, 1), (817, 817)),
        ("VDR", date(1974, 1, 1), (816, 816)),
        ("VNM", date(1976, 1, 1), (None, None)),
        ("VNM", date(2000, 1, 1), (816, 816)),
        ("CSK", date(1992, 12, 31), (315, 315)),
        ("KIR", date(1990, 1, 1), (None, 970)),
        ("KIR", date(2000, 1, 1), (946, 970)),
        ("NRU", date(2000, 1, 1), (970, 971)),
        ("NAM", date(1990, 3, 20), (None, None)),
        ("NAM", date(1990, 3, 21), (565, 565)),
        ("SSD", date(2011, 7, 9), (626, 626)),
        ("HKG", date(2000, 1, 1), (None, None)),
        ("PSE", date(2000, 1, 1), (None, None)),
    ],
)
def test_numbers_hold_on_the_day(iso3: str, day: date, numbers: tuple[int | None, int | None]) -> None:
    assert state_numbers(iso3, day) == numbers


def test_no_number_belongs_to_two_states_on_one_day() -> None:
    starts = {span.valid_from for spans in country_periods().values() for span in spans}
    for day in starts:
        for which in (0, 1):
            numbers = [state_numbers(iso3, day)[which] for iso3 in country_periods()]
            twice = {n: k for n, k in Counter(n for n in numbers if n is not None).items() if k > 1}
            assert not twice, (day, which)


def test_numbers_of_an_unknown_code_are_an_error() -> None:
    with pytest.raises(UnknownCountry, match="QQQ"):
        state_numbers("QQQ", date(2000, 1, 1))


def leaders(name: str, code: str, start: str) -> Iterator[tuple[int, int]]:
    """Code and first year of every leader in office after 1946, as the file has them."""
    path = LEADERS / name
    if not path.exists():
        pytest.skip(f"{path} is not here; it holds the numbers to compare with")
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            year = int(row[start][:4])
            if row[code] and year >= 1993:
                yield int(float(row[code])), year


@pytest.mark.parametrize(
    ("name", "code", "start", "which"),
    [
        ("gaz_leaders_reign.csv", "cow_code", "start_year", 0),
        ("gaz_leaders_archigos.csv", "ccode", "startdate", 1),
    ],
)
def test_every_number_with_a_leader_since_1993_is_a_state_then(name: str, code: str, start: str, which: int) -> None:
    held = [
        (span.valid_from.year, span.valid_to.year if span.valid_to else 9999, (span.cow, span.gwno)[which])
        for spans in country_periods().values()
        for span in spans
    ]
    microstates_before_cow = {946, 947, 955, 970, 221, 223, 232, 331, 935, 983, 986, 987}
    for number, year in leaders(name, code, start):
        if which == 0 and number in microstates_before_cow:
            assert any(number == n for _, _, n in held), number
            continue
        assert any(first <= year <= last and number == n for first, last, n in held), (number, year)


# --- names


def test_the_list_of_names_is_well_formed() -> None:
    for row in rows("country_names.csv"):
        assert row["surface"] == row["surface"].strip() != "", row
        assert "’" not in row["surface"], row
        assert row["kind"] in KINDS, row
        assert row["ambiguous"] in READINGS, row
        assert (row["iso3"] == "") == (row["kind"] == "not_state"), row
        assert not row["iso3"] or row["iso3"] in countries(), row
        assert not (row["valid_from"] and row["valid_to"]) or row["valid_from"] <= row["valid_to"], row


def test_a_surface_of_two_states_is_marked_and_stands_once_for_each() -> None:
    for surface, entries in names().items():
        if len(entries) > 1:
            assert {entry.ambiguous for entry in entries} == {"state"}, surface
    pairs = Counter((row["surface"], row["iso3"]) for row in rows("country_names.csv"))
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_surfaces_of_several_states_are_these_and_no_more() -> None:
    shared = {surface for surface, entries in names().items() if len(entries) > 1}
    assert shared == {"Congo", "Congolese", "Dominican", "Dominicans", "Korea", "Korean", "Koreans"}


def test_every_state_has_a_name_and_an_official_name() -> None:
    named = {entry.iso3 for entries in names().values() for entry in entries if entry.kind == "name"}
    assert named == set(countries())
    assert all(country.official_name for country in countries().values())


def test_every_sovereign_state_has_an_adjective() -> None:
    adjectives = {e.iso3 for entries in names().values() for e in entries if e.kind == "adjective"}
    sovereign = {iso3 for iso3, country in countries().items() if country.cow}
    # The name itself is the adjective of New Zealand; Serbia and Montenegro had none.
    assert sovereign - adjectives == {"NZL", "SCG"}


@pytest.mark.parametrize(
    ("surface", "iso3", "kind"),
    [
        ("Republic of Korea", "KOR", "official"),
        ("ROK", "KOR", "alias"),
        ("DPRK", "PRK", "alias"),
        ("PRC", "CHN", "alias"),
        ("UAE", "ARE", "alias"),
        ("U.S.", "USA", "alias"),
        ("UK", "GBR", "alias"),
        ("Türkiye", "TUR", "name"),
        ("Turkiye", "TUR", "name"),
        ("Turkey", "TUR", "alias"),
        ("Côte d'Ivoire", "CIV", "name"),
        ("Cote d’Ivoire", "CIV", "name"),
        ("Lao PDR", "LAO", "alias"),
        ("Viet Nam", "VNM", "alias"),
        ("Holy See", "VAT", "name"),
        ("Soviet", "SUN", "adjective"),
        ("West Germany", "DEU", "alias"),
        ("Emirati", "ARE", "adjective"),
        ("Emiratis", "ARE", "demonym"),
        ("Saudi Arabian", "SAU", "adjective"),
        ("Burmese", "MMR", "adjective"),
        ("Philippine", "PHL", "adjective"),
        ("Filipinos", "PHL", "demonym"),
        ("Dutch", "NLD", "adjective"),
        ("Nigerien", "NER", "adjective"),
        ("Nigerian", "NGA", "adjective"),
        ("Chinese", "CHN", "adjective"),
        ("Germans", "DEU", "demonym"),
        ("Beijing", "CHN", "government"),
        ("White House", "USA", "government"),
        ("Kremlin", "RUS", "government"),
        ("Quai d’Orsay", "FRA", "government"),
        ("Elysee", "FRA", "government"),
    ],
)
def test_a_surface_means_a_state(surface: str, iso3: str, kind: str) -> None:
    assert [(entry.iso3, entry.kind) for entry in names()[surface]] == [(iso3, kind)]


@pytest.mark.parametrize(("surface", "other"), [("Georgia", "place"), ("Jordan", "person"), ("Poles", "word")])
def test_what_else_a_surface_may_mean_is_told(surface: str, other: str) -> None:
    assert names()[surface][0].ambiguous == other


def test_demonyms_are_adjectives_and_words_for_the_people() -> None:
    assert demonyms("ARE") == ("Emirati", "Emiratis")
    assert set(demonyms("SAU")) == {"Saudi", "Saudi Arabian", "Saudis", "Saudi Arabians"}
    assert demonyms("ATA") == ()


def test_a_name_that_held_for_a_time_says_so() -> None:
    (zaire,) = names()["Zaire"]
    assert (zaire.iso3, zaire.valid_from, zaire.valid_to) == ("COD", date(1971, 10, 27), date(1997, 5, 16))


def test_surfaces_that_mean_no_state_are_not_among_the_names() -> None:
    assert {"Gulf of Guinea", "South China Sea", "New England"} <= not_states()
    assert not not_states() & set(names())


@pytest.mark.parametrize(
    ("surface", "forms"),
    [
        ("Japan", ("Japan",)),
        ("Malé", ("Malé", "Male")),
        ("Tromsø", ("Tromsø", "Tromso")),
        ("N'Djamena", ("N'Djamena", "N’Djamena")),
    ],
)
def test_spellings(surface: str, forms: tuple[str, ...]) -> None:
    assert spellings(surface) == forms


# --- what a user types


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("CHN", "CHN"),
        ("chn", "CHN"),
        ("cn", "CHN"),
        ("  the people's republic of China ", "CHN"),
        ("People’s Republic of China", "CHN"),
        ("U.S.A.", "USA"),
        ("us", "USA"),
        ("South korea", "KOR"),
        ("cote d'ivoire", "CIV"),
        ("St Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Guinea Bissau", "GNB"),
        ("Kosovo", "XKX"),
        ("USSR", "SUN"),
        ("DDR", "DDR"),
        ("YE", "YEM"),
        ("Türkiye", "TUR"),
    ],
)
def test_a_country_is_understood(text: str, iso3: str) -> None:
    assert resolve_country(text) == iso3


def test_every_code_and_every_name_leads_back_to_its_state() -> None:
    for iso3, country in countries().items():
        assert resolve_country(iso3) == iso3
        assert resolve_country(country.name) == iso3
    for country in countries().values():
        if country.valid_to is None:
            assert resolve_country(country.iso2.lower()) == country.iso3


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Jpan", "Japan (JPN)"),
        ("Germny", "Germany (DEU)"),
        ("Korea", "South Korea (KOR) or North Korea (PRK)"),
        ("Congo", "Democratic Republic of the Congo (COD) or Republic of the Congo (COG)"),
    ],
)
def test_an_unknown_country_names_the_nearest_ones(text: str, near: str) -> None:
    with pytest.raises(UnknownCountry, match=re.escape(near)) as error:
        resolve_country(text)
    assert isinstance(error.value, ValueError)
    assert repr(text) in str(error.value)


@pytest.mark.parametrize("text", ["", "   ", "Atlantis", "Chinese", "Beijing", "the White House", "Q9"])
def test_what_names_no_country_is_an_error(text: str) -> None:
    with pytest.raises(UnknownCountry):
        resolve_country(text)
