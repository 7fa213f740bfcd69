"""Frames have the same types wherever they come from, and come back from their files unchanged."""

import datetime as dt
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.schema import (
    TABLES,
    SchemaError,
    arrow_schema,
    codebook,
    conform,
    empty,
    frame_schema,
    read_csv,
    read_parquet,
    write_csv,
    write_parquet,
)
from tests.schema.rows import frame, row

SAME = pd.testing.assert_frame_equal
TRICKY = st.sampled_from(["NA", "null", "=1+1", "'=x", "''@", '"', ",", "\n", "\r\n", "\r", " ", "é", "王毅", "-"])
TEXT = st.lists(TRICKY | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=6)


def through_csv(table, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        write_csv(data, path, table)
        return read_csv(path, table), path.read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_give_the_very_same_frame(table, tmp_path):
    data = frame(table, row(table))
    write_parquet(data, tmp_path / "t.parquet", table)
    SAME(read_parquet(tmp_path / "t.parquet", table), data)
    SAME(through_csv(table, data)[0], data)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_has_its_types_in_every_form(table, tmp_path):
    write_parquet(empty(table), tmp_path / "t.parquet", table)
    SAME(read_parquet(tmp_path / "t.parquet", table), empty(table))
    SAME(through_csv(table, empty(table))[0], empty(table))


@pytest.mark.parametrize("table", TABLES)
def test_pandera_accepts_the_examples(table):
    frame_schema(table).validate(frame(table, row(table)), lazy=True)


def test_types_are_those_of_the_field_table():
    types = frame("events", row("events")).dtypes
    assert types["title"] == pd.StringDtype("pyarrow")
    assert types["n_stated"] == pd.Int64Dtype()
    assert types["is_background"] == pd.BooleanDtype()
    assert types["first_reported"] == "datetime64[ms]"


def test_namibia_keeps_its_code():
    namibia = frame("countries", row("countries", iso2="NA"), row("countries", iso3="XXX", iso2=None))
    assert through_csv("countries", namibia)[0]["iso2"].tolist() == ["NA", pd.NA]


@given(st.lists(TEXT.map("".join), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(texts):
    data = frame("points", *(row("points", ordinal=i, text=text) for i, text in enumerate(texts, 1)))
    back, _ = through_csv("points", data)
    assert back["text"].fillna("").tolist() == texts


@given(TEXT.map("".join))
def test_no_cell_of_a_written_csv_begins_like_a_formula(text):
    _, raw = through_csv("issues", frame("issues", row("issues", reason="x" + text, place=text)))
    place = next(iter(pd.read_csv(tempfile_of(raw), dtype=str, keep_default_na=False)["place"]))
    assert not place.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def tempfile_of(raw):
    from io import BytesIO

    return BytesIO(raw)


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("n_stated", "12", 12),
        ("n_stated", 12.0, 12),
        ("is_background", "TRUE", True),
        ("first_reported", "2024-12-25", pd.Timestamp(2024, 12, 25)),
        ("first_reported", dt.date(2024, 12, 25), pd.Timestamp(2024, 12, 25)),
        ("first_reported", pd.Timestamp(2024, 12, 25), pd.Timestamp(2024, 12, 25)),
        ("title", "", pd.NA),
        ("title", None, pd.NA),
    ],
)
def test_what_means_the_same_without_doubt_is_taken(column, value, kept):
    result = frame("events", row("events", **{column: value}))[column].iloc[0]
    assert (result is kept) if kept is pd.NA else (result == kept)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("cameo", 40, "cameo: 1 value(s) are no string, first 40"),
        ("n_stated", 1.5, "n_stated: 1 value(s) are no integer, first 1.5"),
        ("n_stated", "ten", "n_stated: 1 value(s) are no integer, first 'ten'"),
        ("first_reported", "2024-02-30", "first_reported: 1 value(s) are no date, first '2024-02-30'"),
        ("first_reported", pd.Timestamp(2024, 12, 25, 8), "first_reported: 1 value(s) are no date"),
        ("is_background", 1, "is_background: 1 value(s) are no boolean, first 1"),
        ("status", None, "status: 1 value(s) are null"),
    ],
)
def test_what_does_not_fit_is_named(column, value, message):
    with pytest.raises(SchemaError) as error:
        frame("events", row("events", **{column: value}))
    assert message in str(error.value)


def test_wrong_columns_are_named():
    data = frame("links", row("links")).rename(columns={"relation": "relations"})
    with pytest.raises(SchemaError, match="'relation' is missing; column 'relations' is unknown"):
        conform(data, "links")


def test_columns_come_into_their_order():
    data = frame("links", row("links"))
    SAME(conform(data[data.columns[::-1]], "links"), data)


def test_an_unknown_table_is_an_error_that_names_the_tables():
    with pytest.raises(KeyError, match="no table 'event'; the tables are events, participants"):
        empty("event")


def test_descriptions_are_in_the_arrow_schema():
    metadata = arrow_schema("countries").field("iso2").metadata
    assert b"NA is Namibia" in metadata[b"description"]


def test_the_codebook_of_a_table_has_its_columns_and_the_values_they_may_have():
    book = codebook("links")
    assert book.loc[book["kind"] == "column", "field"].tolist() == TABLES["links"].columns
    assert set(book.loc[book["kind"] == "value", "vocabulary"]) == {"relation"}
