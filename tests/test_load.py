"""Loading: which events come back for what is asked, in which types, from which version."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bilaterals
from bilaterals import schema, store
from bilaterals.store import VersionNotFound
from tests.conftest import WriteVersion, event, write_tables

DAY, MONTH, YEAR, UNDATED, FRANCE, TALKS = (f"{number:04x}" for number in range(1, 7))


@pytest.fixture
def data(write_version: WriteVersion) -> Path:
    return write_version(
        [
            event(1, "2018-05-09", domains="security; youth"),
            event(2, "2018-05", event_type="visit"),
            event(3, "2018", event_type="agreement", status="signed", domains="sports"),
            event(4, None, latest_date=dt.date(2020, 1, 1), first_reported=dt.date(2020, 1, 1)),
            event(5, "2019-03-25", country_b="FRA", domains="people_to_people"),
            event(6, "2019-04-01", country_a="JPN", country_b="NAM", title="=SUM(1)"),
        ]
    )


def numbers(events: pd.DataFrame) -> list[str]:
    return [event_id[-4:] for event_id in events["event_id"]]


def asked(*countries: str, **filters: Any) -> list[str]:
    return numbers(bilaterals.load_events(*countries, **filters))


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        ((), [DAY, MONTH, YEAR, UNDATED, FRANCE, TALKS]),
        (("CHN", "JPN"), [DAY, MONTH, YEAR, UNDATED]),
        (("JPN", "CHN"), [DAY, MONTH, YEAR, UNDATED]),
        (("jp", "China"), [DAY, MONTH, YEAR, UNDATED]),
        (("Namibia", "Japan"), [TALKS]),
        (("NA",), [TALKS]),
        (("JPN",), [DAY, MONTH, YEAR, UNDATED, TALKS]),
        (("FRA", "JPN"), []),
    ],
)
def test_countries(data: Path, countries: tuple[str, ...], expected: list[str]) -> None:
    assert asked(*countries) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"event_type": "visit"}, [MONTH]),
        ({"event_type": ["visit", "agreement"]}, [MONTH, YEAR]),
        ({"event_type": []}, []),
        ({"domain": "youth"}, [DAY]),
        ({"domain": ("security", "sports")}, [DAY, YEAR]),
        ({"domain": "people_to_people"}, [DAY, YEAR, FRANCE]),  # youth and sports stand under it
        ({"domain": "youth", "event_type": "visit"}, []),
        ({"country_b": "FRA"}, [FRANCE]),
    ],
)
def test_types_and_domains(data: Path, filters: dict[str, Any], expected: list[str]) -> None:
    assert asked(**filters) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2018-05-09", "2018-05-09", [DAY, MONTH, YEAR]),
        ("2018-05-10", "2018-05-31", [MONTH, YEAR]),
        ("2018-06", None, [YEAR, FRANCE, TALKS]),
        (None, "2018-04", [YEAR]),
        ("2018", "2018", [DAY, MONTH, YEAR]),
        ("2019-03-25", "2019-03", [FRANCE]),
        (dt.date(2019, 4, 1), None, [TALKS]),
        (pd.Timestamp("2019-04-01 23:59"), dt.datetime(2019, 4, 1, 1), [TALKS]),
        ("2019-04-01T12:00:00+09:00", None, [TALKS]),
        ("2020", None, []),  # the event that was first reported in 2020 has no date: it is left out
    ],
)
def test_an_event_is_in_when_it_may_lie_between_since_and_until(
    data: Path, since: Any, until: Any, expected: list[str]
) -> None:
    assert asked(since=since, until=until) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"country_a": "Japn"}, r"Japn.*Japan \(JPN\)"),
        ({"country_a": "China", "country_b": "CN"}, "both countries are CHN"),
        (
            {"event_type": "meating"},
            "no event_type 'meating'.*did you mean 'meeting'.*visit, meeting, consensus",
        ),
        ({"domain": "yoth"}, "no domain 'yoth'.*'youth'.*security"),
        ({"since": "May 2018"}, "since='May 2018' is not a date.*2018-05"),
        ({"until": "2018-13"}, "until='2018-13' is not a date"),
        ({"since": 2018}, "since=2018 is not a date"),
        ({"until": pd.NaT}, "until is NaT"),
        ({"since": "2019", "until": "2018"}, r"since \(2019\) lies after until \(2018\)"),
    ],
)
def test_what_does_not_exist_is_an_error_that_says_what_does(
    data: Path, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=f"(?s){message}"):
        bilaterals.load_events(**arguments)


def test_the_types_are_those_of_the_codebook_from_parquet_and_from_csv(write_version: WriteVersion) -> None:
    rows = [
        event(1, "2018-05-09", title="=1+1", n_stated=10, settings="bilateral_visit; mechanism", cameo="040"),
        event(2, None, country_b="NAM"),
    ]
    write_version(rows, "2026.1.0", forms=("parquet",))
    write_version(rows, "2026.2.0", forms=("csv",))
    for table in bilaterals.list_tables():
        parquet = bilaterals.load_table(table, "2026.1.0")
        pd.testing.assert_frame_equal(parquet, bilaterals.load_table(table, "2026.2.0"))
        pd.testing.assert_frame_equal(parquet.iloc[:0], schema.empty(table))
    events = bilaterals.load_events(version="2026.2.0")
    pd.testing.assert_frame_equal(events, bilaterals.load_events(version="2026.1.0"))
    assert list(events["title"].fillna("none")) == ["=1+1", "none"]
    assert str(events["earliest_date"].dtype) == "datetime64[ms]"
    assert events["n_stated"].dtype == pd.Int64Dtype()
    assert events["is_background"].dtype == pd.BooleanDtype()


def test_filtering_keeps_the_types(data: Path) -> None:
    nothing = bilaterals.load_events("FRA", "JPN", since="2018")
    pd.testing.assert_frame_equal(nothing, schema.empty("events"))


def test_an_unknown_table_is_an_error_that_names_them(data: Path) -> None:
    with pytest.raises(ValueError, match=r"no table 'event' \(did you mean 'events'\?\).*participants"):
        bilaterals.load_table("event")
    with pytest.raises(ValueError, match="no table 'event'"):
        bilaterals.describe("event")


def test_describe_gives_the_codebook_of_one_table_or_of_all(data: Path) -> None:
    points = bilaterals.describe("points")
    assert list(points.loc[points["kind"] == "column", "field"]) == schema.TABLES["points"].columns
    everything = bilaterals.describe()
    assert list(everything["table"].dropna().unique()) == bilaterals.list_tables()


def test_the_newest_version_is_the_default_and_ten_comes_after_nine(write_version: WriteVersion) -> None:
    for version in ("2026.9.0", "2026.10.0", "2025.12.9"):
        write_version([], version)
    assert bilaterals.list_versions() == ["2026.10.0", "2026.9.0", "2025.12.9"]
    assert bilaterals.load_events().attrs["version"] == "2026.10.0"
    assert bilaterals.load_events(version="2025.12.9").attrs["version"] == "2025.12.9"


def test_an_unknown_version_is_an_error_that_names_them(data: Path) -> None:
    with pytest.raises(VersionNotFound, match=r"no version '2020.1.0'.*at hand: 2026\.11\.0"):
        bilaterals.load_events(version="2020.1.0")


def test_a_version_in_the_making_is_no_version(write_version: WriteVersion) -> None:
    folder = write_version([], "2026.1.0")
    (folder.parent / "2026.2.0").mkdir()
    (folder.parent / ".staging-2026.3.0").mkdir()
    assert bilaterals.list_versions() == ["2026.1.0"]


def test_a_folder_of_the_users_own_may_be_a_version_itself(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILATERALS_DATA", str(data))
    assert bilaterals.list_versions() == ["2026.11.0"]
    assert asked("JPN", "NAM") == [TALKS]


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_a_folder_without_data_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("BILATERALS_DATA", str(tmp_path / folder))
    with pytest.raises(VersionNotFound, match=rf"BILATERALS_DATA names \S*{folder}"):
        bilaterals.load_events()


def test_citing_names_the_version_and_its_year(data: Path) -> None:
    line = bilaterals.cite()
    assert "(2026)" in line
    assert "version 2026.11.0" in line
    entry = bilaterals.cite("2026.11.0", style="bibtex")
    assert entry.startswith("@misc{bilaterals_2026_11_0,\n")
    assert "  year = {2026},\n" in entry
    assert entry.count("{") == entry.count("}")
    with pytest.raises(ValueError, match="no style 'apa'; there are: text, bibtex"):
        bilaterals.cite(style="apa")


# -- versions that are not at hand


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A place that holds the published version 2026.1.0: a folder, addressed as a server would be."""
    return write_tables(tmp_path / "mirror" / "2026.1.0", [event(1, "2018-05-09")])


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: Path) -> Path:
    """A package that carries 2026.2.0 and knows of 2026.1.0; returns the cache."""
    package = tmp_path / "package"
    write_tables(package / "2026.2.0", [])
    sha256 = hashlib.sha256((mirror / "SHA256SUMS").read_bytes()).hexdigest()
    (package / "registry.csv").write_text(f"version,sha256\n2026.1.0,{sha256}\n", encoding="utf-8")
    monkeypatch.setattr(store, "_package_home", lambda: package)
    monkeypatch.setattr(store, "_repository_home", lambda: tmp_path / "nowhere")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("BILATERALS_DATA", raising=False)
    monkeypatch.delenv("BILATERALS_URL", raising=False)
    return tmp_path / "cache" / "bilaterals"


def test_an_older_version_without_an_address_is_an_error_that_says_so(installed: Path) -> None:
    with pytest.raises(VersionNotFound, match=r"2026\.1\.0 was published, but is not at hand.*no public address yet"):
        bilaterals.load_events(version="2026.1.0")


def test_an_older_version_is_fetched_once_and_kept(
    installed: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILATERALS_URL", mirror.parent.as_uri() + "/")
    assert asked("CHN", version="2026.1.0") == [DAY]
    monkeypatch.delenv("BILATERALS_URL")
    assert asked("CHN", version="2026.1.0") == [DAY]
    assert bilaterals.list_versions() == ["2026.2.0", "2026.1.0"]
    assert [path.name for path in installed.iterdir()] == ["2026.1.0"]


@pytest.mark.parametrize("name", ["SHA256SUMS", "events.parquet"])
def test_a_file_that_is_not_the_published_one_is_refused_and_nothing_kept(
    installed: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("BILATERALS_URL", mirror.parent.as_uri())
    with (mirror / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(VersionNotFound, match=f"{name} is not what was published"):
        bilaterals.load_events(version="2026.1.0")
    assert list(installed.iterdir()) == []


def test_a_mirror_without_the_file_is_an_error_that_names_it(
    installed: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILATERALS_URL", mirror.parent.as_uri())
    (mirror / "events.csv").unlink()
    with pytest.raises(VersionNotFound, match=r"events\.csv cannot be read: .*No such file"):
        bilaterals.load_events(version="2026.1.0")
    assert list(installed.iterdir()) == []
