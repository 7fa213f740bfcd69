"""People and tenures of office: no gap in the posts that matter, names lead to people by date."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from bilaterals.reference.people import (
    Person,
    Tenure,
    find_people,
    fold,
    holders,
    people,
    tenures,
    tenures_of,
)

FOLDER = Path(__file__).parents[2] / "src" / "bilaterals" / "reference"
FIRST, LAST = date(1972, 1, 1), date(2026, 6, 30)
LEVELS = {
    "head_of_state",
    "head_of_government",
    "deputy_head",
    "foreign_minister",
    "minister",
    "vice_minister",
    "official",
    "legislature",
    "party",
}
PRECISION = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SINGLE = {
    "president",
    "premier",
    "prime minister",
    "king",
    "emperor",
    "chancellor",
    "foreign minister",
    "secretary of state",
    "chief cabinet secretary",
    "defence minister",
    "secretary of defense",
    "finance minister",
    "vice president",
}
# Posts that must have somebody on every day, and the days on which a source says that they had nobody:
# chinaknowledge.de/History/PRC/prc-government.html for both vacancies of China. The presidency was abolished
# on 1975-01-17 and filled again on 1983-06-18; Zhou Enlai died on 1976-01-08, Hua Guofeng acted from
# 1976-02-02.
POSTS = {
    ("CHN", "president"): ({"president", "acting president"}, [(date(1975, 1, 18), date(1983, 6, 17))]),
    ("CHN", "premier"): ({"premier", "acting premier"}, [(date(1976, 1, 9), date(1976, 2, 1))]),
    ("CHN", "foreign minister"): ({"foreign minister"}, []),
    ("JPN", "prime minister"): ({"prime minister", "acting prime minister"}, []),
    ("JPN", "foreign minister"): ({"foreign minister", "acting foreign minister"}, []),
}


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def ids(found: tuple[Person, ...]) -> list[str]:
    return [person.person_id for person in found]


def earliest(bound: str | None) -> date:
    if bound is None:
        return date.min
    return date.fromisoformat(bound + "-01-01"[len(bound) - 4 :])


def latest(bound: str | None) -> date:
    if bound is None:
        return date.max
    if len(bound) == 10:
        return date.fromisoformat(bound)
    year, month = (int(bound[:4]), 12) if len(bound) == 4 else (int(bound[:4]), int(bound[5:]))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


# ---- the files


def test_columns() -> None:
    assert list(rows("people.csv")[0]) == [
        "person_id",
        "name",
        "family_name",
        "given_name",
        "other_names",
        "country",
        "source",
    ]
    assert list(rows("offices.csv")[0]) == [
        "person_id",
        "office",
        "level",
        "country",
        "start",
        "end",
        "source",
    ]


def test_ids_are_unique_and_well_formed() -> None:
    listed = [row["person_id"] for row in rows("people.csv")]
    assert len(listed) == len(set(listed)) == len(people())
    for row in rows("people.csv"):
        assert re.fullmatch(r"[A-Z]{3}(-[a-z0-9]+)+", row["person_id"]), row
        assert row["person_id"].startswith(row["country"] + "-"), row


def test_every_person_has_an_office_and_every_office_a_person() -> None:
    assert {tenure.person_id for tenure in tenures()} == set(people())


def test_every_row_has_a_source() -> None:
    assert all(person.source and person.name and person.family_name for person in people().values())
    assert all(tenure.source and tenure.office for tenure in tenures())


def test_text_is_clean() -> None:
    for file in ("people.csv", "offices.csv"):
        for row in rows(file):
            for value in row.values():
                assert value == " ".join(value.split()), row
                assert unicodedata.is_normalized("NFC", value), row
                assert "*" not in value and '"' not in value, row


def test_other_names_are_not_the_name_and_not_twice() -> None:
    for person in people().values():
        assert person.name not in person.other_names
        assert len(person.other_names) == len(set(person.other_names))


def test_countries_are_states_of_the_list() -> None:
    known = {row["iso3"] for row in rows("countries.csv")}
    assert {person.country for person in people().values()} <= known
    assert {tenure.country for tenure in tenures()} <= known


def test_offices_are_lower_case_words_and_levels_are_of_the_vocabulary() -> None:
    for tenure in tenures():
        if tenure.level is None:
            assert tenure.office == "leader", tenure  # the source does not tell the title
        else:
            assert tenure.level in LEVELS, tenure
        assert re.match(r"[a-z]", tenure.office), tenure


def test_dates_keep_the_precision_of_the_source() -> None:
    for tenure in tenures():
        for bound in (tenure.start, tenure.end):
            assert bound is None or PRECISION.fullmatch(bound), tenure
            assert bound is None or earliest(bound) <= latest(bound)
        assert earliest(tenure.start) <= latest(tenure.end), tenure


def test_a_tenure_is_told_once() -> None:
    by_person: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures():
        by_person.setdefault((tenure.person_id, tenure.office), []).append(tenure)
    for same in by_person.values():
        for one, other in combinations(same, 2):
            apart = latest(one.end) <= latest(other.start) or latest(other.end) <= latest(one.start)
            assert apart, (one, other)


# ---- the posts


@pytest.mark.parametrize(("country", "post"), POSTS)
def test_no_gap(country: str, post: str) -> None:
    offices, vacant = POSTS[country, post]
    empty = {day for first, last in vacant for day in days(first, last)}
    held = [t for t in tenures() if t.country == country and t.office in offices]
    open_days = [day for day in days(FIRST, LAST) if not any(t.covers(day) for t in held)]
    assert [day for day in open_days if day not in empty] == []
    assert [day for day in sorted(empty) if any(t.covers(day) for t in held)] == []


def test_a_single_office_has_one_holder() -> None:
    """Sources may differ by a few days about a handover; only what is certain within the precision counts."""
    by_office: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures():
        if tenure.office in SINGLE:
            by_office.setdefault((tenure.country, tenure.office), []).append(tenure)
    for (country, office), held in by_office.items():
        allowed = 1 if (country, office) in {*POSTS, ("JPN", "emperor"), ("USA", "president")} else 3
        for one, other in combinations(held, 2):
            begin = max(latest(one.start), latest(other.start))
            end = min(earliest(one.end or "9999"), earliest(other.end or "9999"))
            assert (end - begin).days < allowed, (one, other)


@pytest.mark.parametrize(
    ("office", "country", "day", "person_id"),
    [
        ("president", "CHN", date(2024, 5, 1), "CHN-xi-jinping"),
        ("president", "CHN", date(1990, 1, 1), "CHN-yang-shangkun"),
        ("premier", "CHN", date(1972, 9, 29), "CHN-zhou-enlai"),
        ("premier", "CHN", date(2024, 5, 27), "CHN-li-qiang"),
        ("foreign minister", "CHN", date(1972, 9, 29), "CHN-ji-pengfei"),
        ("foreign minister", "CHN", date(1978, 8, 12), "CHN-huang-hua"),
        ("foreign minister", "CHN", date(2023, 3, 1), "CHN-qin-gang"),
        ("foreign minister", "CHN", date(2024, 12, 25), "CHN-wang-yi"),
        ("prime minister", "JPN", date(1972, 9, 29), "JPN-tanaka-kakuei"),
        ("prime minister", "JPN", date(1978, 8, 12), "JPN-fukuda-takeo"),
        ("prime minister", "JPN", date(2007, 1, 1), "JPN-abe-shinzo"),
        ("prime minister", "JPN", date(2008, 5, 7), "JPN-fukuda-yasuo"),
        ("prime minister", "JPN", date(2018, 10, 26), "JPN-abe-shinzo"),
        ("acting prime minister", "JPN", date(1980, 7, 1), "JPN-ito-masayoshi"),
        ("foreign minister", "JPN", date(1972, 9, 29), "JPN-ohira-masayoshi"),
        ("foreign minister", "JPN", date(2022, 6, 1), "JPN-hayashi-yoshimasa"),
        ("foreign minister", "JPN", date(2024, 12, 25), "JPN-iwaya-takeshi"),
        ("emperor", "JPN", date(2020, 1, 1), "JPN-naruhito"),
        ("ambassador to Japan", "CHN", date(2024, 1, 1), "CHN-wu-jianghao"),
        ("ambassador to China", "JPN", date(2024, 1, 1), "JPN-kanasugi-kenji"),
        ("president", "USA", date(1972, 2, 21), "USA-richard-nixon"),
        ("president", "USA", date(2022, 1, 1), "USA-joe-biden"),
        ("secretary of state", "USA", date(2010, 1, 1), "USA-hillary-clinton"),
        ("secretary of state", "USA", date(2025, 6, 1), "USA-marco-rubio"),
        ("president", "RUS", date(2013, 3, 22), "RUS-vladimir-putin"),
        ("prime minister", "IND", date(2020, 1, 1), "IND-narendra-modi"),
        ("president", "KOR", date(2010, 1, 1), "KOR-lee-myung-bak"),
    ],
)
def test_holders(office: str, country: str, day: date, person_id: str) -> None:
    assert ids(holders(office, country, day)) == [person_id]


def test_two_hold_an_office_on_the_day_of_handover_and_nobody_an_unknown_one() -> None:
    assert set(ids(holders("premier", "CHN", date(2023, 3, 11)))) == {"CHN-li-keqiang", "CHN-li-qiang"}
    assert holders("premier", "CHN", date(1976, 1, 20)) == ()
    assert holders("astronaut", "CHN", date(2023, 3, 11)) == ()


def test_wang_yi_is_one_person_in_two_tenures() -> None:
    told = [(t.start, t.end) for t in tenures_of("CHN-wang-yi") if t.office == "foreign minister"]
    assert told == [("2013-03-16", "2022-12-30"), ("2023-07-25", None)]


def test_current_tenures_have_no_end() -> None:
    for person_id, office in (
        ("CHN-xi-jinping", "president"),
        ("CHN-li-qiang", "premier"),
        ("JPN-takaichi-sanae", "prime minister"),
        ("JPN-motegi-toshimitsu", "foreign minister"),
    ):
        assert [t.end for t in tenures_of(person_id) if t.office == office][-1] is None


# ---- finding people


@pytest.mark.parametrize(
    ("name", "day", "country", "found"),
    [
        ("Xi", date(2024, 1, 1), "CHN", ["CHN-xi-jinping"]),
        ("Xi Jinping", None, None, ["CHN-xi-jinping"]),
        ("Jinping Xi", None, None, ["CHN-xi-jinping"]),
        ("习近平", None, None, ["CHN-xi-jinping"]),
        ("Hayashi", date(2022, 6, 1), "JPN", ["JPN-hayashi-yoshimasa"]),
        ("Hayashi Yoshimasa", date(2022, 6, 1), None, ["JPN-hayashi-yoshimasa"]),
        ("YOSHIMASA HAYASHI", date(2022, 6, 1), None, ["JPN-hayashi-yoshimasa"]),
        ("Abe", date(2018, 10, 26), "JPN", ["JPN-abe-shinzo"]),
        ("Abe", date(1984, 1, 1), "JPN", ["JPN-abe-shintaro"]),
        ("Shinzo Abe", None, None, ["JPN-abe-shinzo"]),
        ("Shinzō Abe", None, None, ["JPN-abe-shinzo"]),
        ("Taro Aso", None, None, ["JPN-aso-taro"]),
        ("Junichiro Koizumi", None, None, ["JPN-koizumi-junichiro"]),
        ("Jun’ichirō Koizumi", None, None, ["JPN-koizumi-junichiro"]),
        ("Teng Hsiao-p'ing", None, None, ["CHN-deng-xiaoping"]),
        ("Chou En-lai", date(1972, 9, 29), None, ["CHN-zhou-enlai"]),
        ("Erdogan", date(2020, 1, 1), None, ["TUR-recep-tayyip-erdogan"]),
        ("Lula", date(2005, 1, 1), "BRA", ["BRA-luiz-inacio-lula-da-silva"]),
        ("Kim Jong Un", date(2020, 1, 1), None, ["PRK-kim-jong-un"]),
        ("Kim Jong-un", date(2020, 1, 1), None, ["PRK-kim-jong-un"]),
        ("Kim Jongun", date(2020, 1, 1), None, ["PRK-kim-jong-un"]),
        ("Park Geun-hye", date(2014, 1, 1), None, ["KOR-park-geun-hye"]),
        ("George Bush", date(1990, 1, 1), "USA", ["USA-george-h-w-bush"]),
        ("Bush", date(2005, 1, 1), "USA", ["USA-george-w-bush"]),
        ("Nobody Atall", None, None, []),
        ("", None, None, []),
        ("of the", None, None, []),
    ],
)
def test_find_people(name: str, day: date | None, country: str | None, found: list[str]) -> None:
    assert ids(find_people(name, day, country)) == found


@pytest.mark.parametrize(
    ("name", "country", "two"),
    [
        ("Fukuda", "JPN", {"JPN-fukuda-takeo", "JPN-fukuda-yasuo"}),
        ("Fukuda", "JPN", {"JPN-fukuda-takeo", "JPN-fukuda-yasuo"}),
        ("Bush", "USA", {"USA-george-h-w-bush", "USA-george-w-bush"}),
    ],
)
def test_a_name_that_fits_two_gives_two(name: str, country: str, two: set[str]) -> None:
    assert set(ids(find_people(name, country=country))) == two


def test_a_given_name_alone_does_not_find_a_person() -> None:
    assert find_people("Jinping", country="CHN") == ()
    assert find_people("Yoshimasa", country="JPN") == ()


def test_a_day_out_of_office_finds_nobody() -> None:
    assert find_people("Hayashi", date(1990, 1, 1), "JPN") == ()
    assert find_people("Hayashi", date(2022, 6, 1), "CHN") == ()


@pytest.mark.parametrize("country", ["CHN", "JPN", "USA", "KOR", "RUS", "IND"])
def test_everybody_is_found_by_each_own_name(country: str) -> None:
    for person in people().values():
        if person.country == country:
            for name in (person.name, person.family_name, *person.other_names):
                assert person in find_people(name, country=country), (name, person)


# ---- bounds, folding, speed


@pytest.mark.parametrize(
    ("start", "end", "day", "covered"),
    [
        ("1974", "1976", date(1974, 1, 1), True),
        ("1974", "1976", date(1976, 12, 31), True),
        ("1974", "1976", date(1977, 1, 1), False),
        ("1974-11", "1976-12-02", date(1974, 11, 1), True),
        ("1974-11", "1976-12-02", date(1974, 10, 31), False),
        ("1974-11", "1976-12-02", date(1976, 12, 2), True),
        ("1974-11", "1976-12-02", date(1976, 12, 3), False),
        (None, "1976", date(1900, 1, 1), True),
        ("1976", None, date(2026, 1, 1), True),
        (None, None, date(2026, 1, 1), True),
    ],
)
def test_bounds_are_inclusive(start: str | None, end: str | None, day: date, covered: bool) -> None:
    assert Tenure("x", "x", None, "CHN", start, end, "x").covers(day) is covered


def test_fold() -> None:
    assert fold("Jun’ichirō Søren Łukasz Ömer Đinh ŞAHİN") == "junichiro soren lukasz omer dinh sahin"


def test_import_does_not_load_pandas_or_read_the_files() -> None:
    code = (
        "import sys, bilaterals.reference.people as p;"
        "print('pandas' in sys.modules, p.people.cache_info().currsize, p.tenures.cache_info().currsize)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split()[1:] == ["0", "0"]
