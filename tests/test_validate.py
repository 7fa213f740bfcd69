"""Validation: a file with one fault gives that one fault, on its line, in its column, with a hint."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from bilaterals.schema import TABLES, VOCABULARIES, frame_schema, write_csv, write_parquet
from bilaterals.validate import validate_file, validate_folder, validate_frame
from bilaterals.validate.lines import record_lines
from bilaterals.validate.rows import STATUSES
from tests.schema.rows import frame, row

EVENT = "CHN-JPN-20241225-meeting-7f3a"
LINKS = "event_id,other_event_id,relation\n"
LINK = f"{EVENT},{EVENT[:-1]}b,follows_up\n"


def found(report):
    """Give what a finding is told by: line or row, column, rule."""
    return [(one.line or one.row, one.column, one.rule) for one in report]


def check(folder, content, name="links.csv", table=None):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return validate_file(path, table)


def events(*rows):
    """Give the text of an events.csv whose rows are the example with other values."""
    columns = TABLES["events"].columns
    example = {field.name: field.example for field in TABLES["events"].fields} | {"parent_event_id": ""}
    lines = [pd.DataFrame([example | values for values in rows], columns=columns)]
    return lines[0].to_csv(index=False, lineterminator="\n")


# ---- files that are right ----


@pytest.mark.parametrize("table", TABLES)
def test_published_files_are_valid(table, tmp_path):
    data = frame(table, row(table))
    write_csv(data, tmp_path / f"{table}.csv", table)
    write_parquet(data, tmp_path / f"{table}.parquet", table)
    for suffix in ("csv", "parquet"):
        report = validate_file(tmp_path / f"{table}.{suffix}")
        assert report.ok, str(report)
    assert str(report).endswith("1 file, 1 row checked: no errors")
    assert validate_frame(data, table).ok


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + (LINKS + LINK).encode(),
        (LINKS + LINK).replace("\n", "\r\n").encode(),
        (LINKS + LINK).rstrip("\n").encode(),
        (LINKS + "\n" + LINK + "\n\n").encode(),
        ("relation,event_id,other_event_id\n" + f"follows_up,{EVENT},{EVENT[:-1]}b\n").encode(),
        ("event_id, other_event_id ,relation\n" + LINK).encode(),
    ],
    ids=[
        "byte order mark",
        "CRLF",
        "no last break",
        "empty lines",
        "shuffled columns",
        "spaces in the header",
    ],
)
def test_what_editors_and_spreadsheets_do_is_accepted(content, tmp_path):
    assert len(check(tmp_path, content)) == 0


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_accepted_and_noted(mark, word, tmp_path):
    report = check(tmp_path, b"\xef\xbb\xbf" + (LINKS + LINK).replace(",", mark).encode())
    assert report.ok
    assert f"has {word} between its cells" in str(report)


def test_na_is_namibia(tmp_path):
    write_csv(frame("countries", row("countries", iso2="NA")), tmp_path / "countries.csv", "countries")
    assert validate_file(tmp_path / "countries.csv").ok


def test_booleans_of_a_spreadsheet_are_booleans(tmp_path):
    assert check(tmp_path, events({"is_background": "FALSE"}), "events.csv").ok


def test_the_apostrophe_before_a_formula_is_no_part_of_the_value(tmp_path):
    data = frame("evidence", row("evidence", quote="=1+1", quote_sha256=SHA_OF_FORMULA))
    write_csv(data, tmp_path / "evidence.csv", "evidence")
    assert validate_file(tmp_path / "evidence.csv").ok


SHA_OF_FORMULA = "bac90eef5bf3aecd6123c6c185642260ca6b2ae97f32fac7e72871cee02cd212"


# ---- one wrong cell ----


@pytest.mark.parametrize(
    ("column", "value", "rule", "hint"),
    [
        ("status", "hold", "vocabulary", "did you mean 'held'?"),
        ("status", "Held", "vocabulary", "did you mean 'held'?"),
        ("status", "", "required", "Whether the event took place"),
        ("status", "signed", "status", "meeting: held, planned, cancelled, postponed"),
        ("level", "Foreign Minister", "vocabulary", "did you mean 'foreign_minister'?"),
        ("cameo", "40", "vocabulary", "keep the leading zero: '040'"),
        ("country_a", "China", "pattern", "did you mean 'CHN'?"),
        ("country_a", "CHX", "country", "CHN"),
        ("country_a", "KOR", "pair-order", "exchange the two countries"),
        ("venue_country", " CHN", "pattern", "take away the space"),
        ("date_start", "25/12/2024", "pattern", "write dates as 2024-12-25"),
        ("date_start", "2024-02-30", "no-such-day", "write a day that exists"),
        ("date_precision", "month", "precision", "2024-12 is month"),
        ("date_end", "2024-12-24", "end-before-start", "exchange the two"),
        ("date_end", "2023", "end-before-start", "exchange the two"),
        ("latest_date", "2024-12-24", "end-before-start", "exchange the two"),
        ("first_reported", "2024-13-01", "type", "2024-12-25"),
        ("n_stated", "ten", "type", "whole number"),
        ("n_stated", "10.5", "type", "whole number"),
        ("n_stated", "0", "minimum", None),
        ("is_background", "no", "type", "true or false"),
        ("domains", "youth; sport", "pattern", "'sport' is the item that is wrong: did you mean 'sports'?"),
        ("domains", "youth;education", "pattern", 'separate values by "; "'),
        ("domains", "youth; youth", "repeated-item", "keep one"),
        ("domains", "youth; ", "pattern", "nothing between two separators"),
        ("reported_by", "CHN; Japan", "pattern", "did you mean 'JPN'?"),
        ("parent_event_id", EVENT, "itself", "another record"),
        ("event_id", "1", "pattern", "for example CHN-JPN-20241225-meeting-7f3a"),
        ("title", "=1+1", "formula", "apostrophe"),
        ("title", "@SUM(A1)", "formula", "apostrophe"),
        ("title", "\tx", "formula", "apostrophe"),
    ],
)
def test_a_wrong_cell_is_found_once_with_its_line_and_a_hint(column, value, rule, hint, tmp_path):
    other = {"event_id": EVENT[:-1] + "c", "title": 'A "title"\nof two lines'}
    report = check(tmp_path, events(other, {column: value}), "events.csv")
    assert found(report) == [(4, column, rule)]
    (finding,) = report
    assert finding.value == (value or None)
    assert finding.row == 2
    assert (finding.hint is None) if hint is None else (hint in finding.hint)


def test_dates_of_other_precision_are_compared_as_far_as_both_go(tmp_path):
    assert check(tmp_path, events({"date_end": "2024-12"}), "events.csv").ok


def test_an_undated_event_has_no_date(tmp_path):
    undated = {"date_start": "", "date_end": "", "date_precision": "unknown"}
    assert check(tmp_path, events(undated), "events.csv").ok
    report = check(tmp_path, events(undated | {"date_end": "2024"}), "events.csv")
    assert found(report) == [(2, "date_end", "end-without-start")]


def test_a_repeated_key_names_the_line_of_the_first(tmp_path):
    report = check(tmp_path, LINKS + LINK + LINK)
    assert found(report) == [(3, "event_id", "unique")]
    assert report.findings[0].hint == "first on line 2"


@pytest.mark.parametrize(
    ("table", "values", "column", "rule"),
    [
        ("evidence", {"start": 60}, "end", "offsets"),
        ("evidence", {"quote": "other words"}, "quote_sha256", "quote-hash"),
        ("evidence", {"field": "town"}, "field", "no-such-field"),
        ("evidence", {"quote_sha256": "ABC"}, "quote_sha256", "pattern"),
        ("participants", {"ordinal": 2}, "ordinal", "ordinal-gap"),
        ("links", {"other_event_id": EVENT, "event_id": EVENT}, "other_event_id", "itself"),
        ("offices", {"end": "2023-07-24"}, "end", "end-before-start"),
        ("documents", {"url": "www.example.org"}, "url", "pattern"),
    ],
)
def test_a_wrong_value_in_a_frame_is_named_by_its_row(table, values, column, rule):
    report = validate_frame(pd.DataFrame([row(table, **values)], index=[17]), table)
    assert found(report) == [(1, column, rule)]
    assert report.findings[0].line is None


def test_a_wrong_type_in_parquet_is_named_by_its_row(tmp_path):
    data = pd.DataFrame([row("events"), row("events", event_id=EVENT[:-1] + "b", cameo="41")])
    data.assign(n_stated=[1.0, 2.5]).to_parquet(tmp_path / "events.parquet")
    report = validate_file(tmp_path / "events.parquet")
    assert found(report) == [(2, "n_stated", "type"), (2, "cameo", "vocabulary")]
    assert "events.parquet row 2: n_stated: '2.5' is not an integer" in str(report)


# ---- files that are no table ----


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"", "empty-file", "is empty"),
        (b"\xef\xbb\xbf \r\n", "empty-file", "is empty"),
        (LINKS.encode() + b"Bei\xe9jing,x,y\n", "not-utf8", "byte 37 is 0xE9"),
        ("é".encode() * 20_000_000 + b"\xff", "not-utf8", "byte 40000001 is 0xFF"),
        (b"PK\x03\x04abc", "not-csv", "spreadsheet"),
        (b"PAR1abc", "not-csv", "Parquet"),
        ("event_id,status".encode("utf-16"), "not-csv", "UTF-16"),
        (b"event_id\0,status", "not-csv", "byte 9 is null"),
        (b"<html><body>not found</body></html>", "no-header", "names no known column"),
        (b"event_id,event_id,relation\n", "repeated-column", "'event_id' more than once"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_gets_one_clear_error(content, rule, words, tmp_path):
    report = check(tmp_path, content)
    assert [finding.rule for finding in report] == [rule]
    assert words in str(report)


def test_a_frame_with_two_columns_of_one_name_gets_one_clear_error():
    links = frame("links", row("links"))
    report = validate_frame(pd.concat([links, links[["relation"]]], axis=1), "links")
    assert found(report) == [(None, None, "repeated-column")]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 100])
def test_a_broken_parquet_file_is_an_error(content, tmp_path):
    assert [finding.rule for finding in check(tmp_path, content, "events.parquet")] == ["not-parquet"]


def test_ragged_rows_are_named_and_the_others_are_checked(tmp_path):
    report = check(tmp_path, LINKS + "a,b\n" + LINK.replace("follows_up", "follows") + "a,b,c,d\n")
    assert found(report) == [(2, None, "ragged-row"), (3, "relation", "vocabulary"), (4, None, "ragged-row")]


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path):
    report = check(tmp_path, LINKS + LINK + f'"{EVENT},x,y\n' + LINK)
    assert found(report) == [(3, None, "quotes")]


def test_quotes_within_cells_do_not_mislead_the_count_of_lines(tmp_path):
    head = ",".join(TABLES["issues"].columns)
    text = f'{head}\n,p,5" and,read,a-b,six"\n,p,x,reed,a-b,z\n'
    assert found(check(tmp_path, text, "issues.csv")) == [(3, "stage", "vocabulary")]


def test_columns_that_are_missing_or_unknown_are_named(tmp_path):
    report = check(tmp_path, LINKS.replace("relation", "relations") + LINK)
    assert found(report) == [(1, "relations", "unknown-column"), (1, "relation", "missing-column")]
    assert report.findings[0].hint == "did you mean 'relation'?"


def test_the_table_is_known_by_name_by_columns_or_when_told(tmp_path):
    wrong = LINKS + LINK.replace("follows_up", "follows")
    assert found(check(tmp_path, wrong, "mine.csv")) == [(2, "relation", "vocabulary")]
    assert found(check(tmp_path, wrong, "events.csv", "links")) == [(2, "relation", "vocabulary")]
    assert found(check(tmp_path, "domain,x,y\n", "mine.csv")) == [(None, None, "unknown-table")]


def test_wrong_use_is_an_exception(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file or folder .*absent\.csv"):
        validate_file(tmp_path / "absent.csv")
    with pytest.raises(IsADirectoryError, match="validate_folder"):
        validate_file(tmp_path)
    with pytest.raises(NotADirectoryError, match="validate_file"):
        validate_folder(__file__)
    with pytest.raises(KeyError, match="the tables are events"):
        validate_frame(pd.DataFrame(), "event")


# ---- the report ----


def test_a_report_is_text_frame_and_json(tmp_path):
    report = check(tmp_path, LINKS + LINK.replace("follows_up", "follows"))
    path = str(tmp_path / "links.csv")
    message = "relation: 'follows' is not in the vocabulary relation [vocabulary] (did you mean 'follows_up'?)"
    assert str(report) == f"{path}:2: {message}\n1 file, 1 row checked: 1 error"
    data = report.frame()
    assert data[["line", "row"]].dtypes.tolist() == [pd.Int64Dtype(), pd.Int64Dtype()]
    assert data.loc[0, "value"] == "follows"
    content = json.loads(report.json())
    assert (content["ok"], content["rows"]) == (False, {path: 1})
    assert content["findings"][0]["hint"] == "did you mean 'follows_up'?"


def test_a_report_without_findings_is_a_frame_too(tmp_path):
    assert check(tmp_path, LINKS + LINK).frame().shape == (0, 9)


# ---- properties ----

CELL = st.sampled_from(["a", "", '"', "\n", "\r\n", "\r", ",", "é", "x y"])


@settings(max_examples=200)
@given(st.lists(st.lists(CELL, max_size=4).map("".join), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_lines_are_those_of_the_csv_module(cells, ending):
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([cell, "end"] for cell in cells)
    reader = csv.reader(io.StringIO(out.getvalue(), newline=""))
    starts, line = [], 1
    for _ in reader:
        starts.append(line)
        line = reader.line_num + 1
    assert record_lines(out.getvalue().encode()).tolist() == starts


WRONG = st.sampled_from(["", "hold", "CHN", "2024-12", "25.12.2024", "youth;sports", "x", "040", "day", "held"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(TABLES["events"].columns), WRONG, max_size=3))
def test_pandera_finds_nothing_that_validation_does_not(changes):
    strings = {field.name for field in TABLES["events"].fields if field.type == "string"}
    values = {column: value or None for column, value in changes.items() if column in strings}
    data = frame("events", row("events")).assign(**values)
    for column in values:
        data[column] = data[column].astype(pd.StringDtype("pyarrow"))
    try:
        frame_schema("events").validate(data, lazy=True)
        by_pandera = set()
    except SchemaErrors as error:
        by_pandera = set(error.failure_cases["column"])
    rules = {"required", "vocabulary", "pattern", "minimum", "unique", "type"}
    assert {finding.column for finding in validate_frame(data, "events") if finding.rule in rules} == by_pandera


def test_every_type_of_event_has_statuses_of_the_vocabulary():
    assert set(STATUSES) == set(VOCABULARIES["event_type"].values)
    assert {status for some in STATUSES.values() for status in some} == set(VOCABULARIES["status"].values)
