"""A version as others see it: frictionless reads the package, jsonschema the rows, pandas both forms
alike."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import jsonschema
import pandas as pd
import pytest

from bilaterals.release import build
from bilaterals.release.writing import sha256_of
from bilaterals.schema import TABLES, read_csv, read_parquet
from tests.release.conftest import CALL, CONSENSUS, FISHERIES, TALKS, BuildIt, WriteText, text
from tests.release.extractor import extract

SCHEMAS = Path(__file__).parents[2] / "schemas"
HOSTILE = [
    '=HYPERLINK("http://x.example";"y")'.replace(";", ","),
    "+1 agreement",
    "-2 agreements",
    "@SUM(A1)",
    'a "quoted" title',
    "'=apostrophe",
    "a, comma",
    "NA",
    "null",
    "naïve ☂ 協定",
    "\ttabbed",
]


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second version of a folder of texts, one of which may not be quoted."""
    home = tmp_path_factory.mktemp("package")
    raw, out = home / "data" / "raw", home / "data" / "processed"
    raw.mkdir(parents=True)
    text(raw, "a", TALKS, FISHERIES, CONSENSUS)
    text(raw, "b", CALL, licence=None, date="2025-02-03")
    build(raw, out, extract=extract)
    text(raw, "c", TALKS, date="2024-12-25")
    text(raw, "d", "meeting; date=2023-05; NAM=Peya Mushelenga; ZAF=Naledi Pandor; city=Windhoek; venue=NAM")
    return build(raw, out, extract=extract).folder


def test_frictionless_finds_the_package_valid(version: Path) -> None:
    report = frictionless.validate(str(version / "datapackage.json"))
    assert report.valid, report.flatten(["type", "fieldName", "rowNumber", "message"])[:10]


def test_every_file_of_the_package_has_size_and_hash(version: Path) -> None:
    package = json.loads((version / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} >= {f"{t}.{form}" for t in TABLES for form in ("csv", "parquet")}
    for resource in package["resources"]:
        if not resource["path"].endswith(".parquet"):  # see describe.py
            assert resource["bytes"] == (version / resource["path"]).stat().st_size
        assert resource["hash"] == f"sha256:{sha256_of(version / resource['path'])}"


@pytest.mark.parametrize("table", TABLES)
def test_jsonschema_finds_every_row_valid(version: Path, table: str) -> None:
    schema = json.loads((SCHEMAS / f"{table}.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    frame = read_parquet(version / f"{table}.parquet", table)
    for row in frame.to_dict("records"):
        plain = {name: _plain(value) for name, value in row.items()}
        assert not list(check.iter_errors(plain)), plain


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value  # numpy's own numbers


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_load_alike(version: Path, table: str) -> None:
    from_csv, from_parquet = (
        read_csv(version / f"{table}.csv", table),
        read_parquet(version / f"{table}.parquet", table),
    )
    pd.testing.assert_frame_equal(from_csv, from_parquet)


def test_namibia_survives(version: Path) -> None:
    countries = read_csv(version / "countries.csv", "countries")
    assert (countries.loc[countries["iso3"] == "NAM", "iso2"] == "NA").all()


def test_rows_stand_in_the_order_of_their_keys(version: Path) -> None:
    for table in ("events", "participants", "documents", "links"):
        frame = read_parquet(version / f"{table}.parquet", table)
        keys = list(frame[list(TABLES[table].primary_key)].itertuples(index=False, name=None))
        assert keys == sorted(keys), table


def test_hostile_text_survives_and_never_runs_in_a_spreadsheet(build_it: BuildIt, write_text: WriteText) -> None:
    for number, title in enumerate(HOSTILE):
        write_text(f"t{number:02}", f"agreement; CHN=; JPN=; date=2024-01-{number + 1:02}; title={title}")
    folder = build_it().folder
    for table in TABLES:
        raw_csv = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        for column in raw_csv:
            assert not raw_csv[column].str.match(r"[=+\-@\t\r]").any(), (table, column)
        frames = read_csv(folder / f"{table}.csv", table), read_parquet(folder / f"{table}.parquet", table)
        pd.testing.assert_frame_equal(*frames)
    titles = set(read_parquet(folder / "events.parquet", "events")["title"])
    assert titles == {title.replace("\t", " ") for title in HOSTILE}
