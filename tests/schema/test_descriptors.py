"""JSON Schema, Table Schema and Data Package, judged by other people's validators."""

import copy
import json

import frictionless
import jsonschema
import pytest

from bilaterals.schema import TABLES, Resource, data_package, empty, json_schema, table_schema, write_csv
from tests.schema.rows import frame, row

EVENT = "CHN-JPN-20241225-meeting-7f3a"


def as_json(table, **values):
    return json.loads(json.dumps(row(table, **values), default=str))


@pytest.mark.parametrize("table", TABLES)
def test_json_schema_is_valid_and_accepts_the_examples(table):
    schema = json_schema(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(as_json(table), schema)
    assert all(property["description"] for property in schema["properties"].values())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event_type", "summit"),
        ("status", None),
        ("date_start", "25 December 2024"),
        ("country_a", "China"),
        ("n_stated", 0),
        ("n_stated", "10"),
        ("domains", "youth;education"),
        ("domains", "sport"),
        ("title", ""),
        ("first_reported", "2024-13-01"),
        ("cameo", "40"),
        ("nonsense", 1),
    ],
)
def test_json_schema_refuses(column, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_json("events", **{column: value}), json_schema("events"))


@pytest.mark.parametrize("table", TABLES)
def test_table_schema_is_valid_and_says_keys_and_constraints(table):
    schema = frictionless.Schema.from_descriptor(copy.deepcopy(table_schema(table)))
    assert schema.field_names == TABLES[table].columns
    assert schema.primary_key == list(TABLES[table].primary_key)
    required = {field.name for field in schema.fields if field.constraints.get("required")}
    assert required == {field.name for field in TABLES[table].fields if not field.nullable}


def package(folder, tables):
    for name in TABLES:
        write_csv(tables.get(name, empty(name)), folder / f"{name}.csv", name)
    resources = [Resource(f"{name}.csv", name) for name in TABLES]
    descriptor = data_package("2026.11.0", resources, created="2026-11-23T00:00:00Z")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return frictionless.validate(str(folder / "datapackage.json"))


COUNTRIES = frame(
    "countries", *(row("countries", iso3=code, iso2=code[:2], name=code) for code in ("CHN", "JPN", "NAM"))
)
PERSON = frame("people", row("people"))


def test_frictionless_accepts_a_package(tmp_path):
    report = package(
        tmp_path,
        {
            "events": frame("events", row("events", title='=SUM(A1), "quoted"\nNA')),
            "participants": frame("participants", row("participants")),
            "people": PERSON,
            "countries": COUNTRIES,
        },
    )
    assert report.valid, report.flatten(["title", "type", "note"])


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"event_id": EVENT[:-1] + "b"}, "foreign-key"),
        ({"side": "USA"}, "foreign-key"),
        ({"ordinal": 0}, "constraint-error"),
        ({"level": "boss"}, "constraint-error"),
    ],
)
def test_frictionless_refuses(values, error, tmp_path):
    tables = {
        "events": frame("events", row("events")),
        "participants": frame("participants", row("participants", **values)),
        "people": PERSON,
        "countries": COUNTRIES,
    }
    assert package(tmp_path, tables).flatten(["type"]) == [[error]]


def test_a_data_package_names_every_file():
    files = [
        Resource("events.parquet", "events", bytes=10, sha256="ab"),
        Resource("codebook.csv", description="The codebook."),
    ]
    parquet, book = data_package("2026.11.0", files)["resources"]
    assert (parquet["name"], parquet["hash"], parquet["bytes"]) == ("events-parquet", "sha256:ab", 10)
    assert (book["name"], book["description"], book["mediatype"]) == ("codebook", "The codebook.", "text/csv")
