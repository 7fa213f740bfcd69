"""Validation of a folder: what the tables say of each other."""

import pytest

from bilaterals.schema import VOCABULARIES, write_csv, write_parquet
from bilaterals.validate import validate_folder
from tests.schema.rows import frame, row

EVENT = "CHN-JPN-20241225-meeting-7f3a"
OTHER = "CHN-JPN-20241225-meeting-7f3b"
DOCUMENT = row("documents")["doc_id"]
JAPANESE = {"side": "JPN", "person_id": None, "ordinal": 2}


def tables(**changed):
    """Give a sound set of tables, some of them changed."""
    rows = {
        "events": [row("events"), row("events", event_id=OTHER, parent_event_id=EVENT)],
        "participants": [row("participants"), row("participants", **JAPANESE)],
        "links": [row("links", event_id=EVENT, other_event_id=OTHER)],
        "documents": [row("documents")],
        "evidence": [row("evidence")],
        "people": [row("people")],
        "countries": [row("countries", iso3=code, iso2=code[:2]) for code in ("CHN", "JPN", "USA")],
    }
    return {name: frame(name, *some) for name, some in (rows | changed).items()}


def folder_of(folder, **changed):
    for name, data in tables(**changed).items():
        write_csv(data, folder / f"{name}.csv", name)
    return folder


def test_a_sound_folder_has_no_findings(tmp_path):
    report = validate_folder(folder_of(tmp_path))
    assert len(report) == 0, str(report)
    assert len(report.rows) == 7


@pytest.mark.parametrize(
    ("table", "rows", "expected"),
    [
        ("links", [row("links", event_id=EVENT, other_event_id=EVENT[:-1] + "c")], (2, "foreign-key")),
        ("links", [row("links", event_id=EVENT, other_event_id=EVENT)], (2, "itself")),
        ("evidence", [row("evidence", doc_id="unknown")], (2, "foreign-key")),
        ("evidence", [row("evidence", record_id=EVENT + "c")], (2, "foreign-key")),
        (
            "evidence",
            [row("evidence", table="participants", record_id=EVENT + "#3", field=None)],
            (2, "foreign-key"),
        ),
        ("evidence", [row("evidence", end=1713)], (2, "offsets")),
        (
            "participants",
            [row("participants"), row("participants", **JAPANESE | {"side": "USA"})],
            (3, "side"),
        ),
        ("participants", [row("participants")], (2, "one-sided")),
        (
            "participants",
            [row("participants"), row("participants", **JAPANESE | {"ordinal": 3})],
            (3, "ordinal-gap"),
        ),
        (
            "participants",
            [row("participants"), row("participants", **JAPANESE | {"person_id": "JPN-x"})],
            (3, "foreign-key"),
        ),
        (
            "events",
            [row("events"), row("events", event_id=OTHER, parent_event_id=EVENT + "0")],
            (3, "foreign-key"),
        ),
        ("events", [row("events"), row("events", event_id=OTHER, venue_country="PER")], (3, "foreign-key")),
    ],
)
def test_a_broken_relation_is_found_once_on_its_line(table, rows, expected, tmp_path):
    report = validate_folder(folder_of(tmp_path, **{table: rows}))
    assert [(finding.line, finding.rule) for finding in report] == [expected], str(report)


def test_parents_that_go_round_in_a_circle_are_found(tmp_path):
    circle = [row("events", parent_event_id=OTHER), row("events", event_id=OTHER, parent_event_id=EVENT)]
    report = validate_folder(folder_of(tmp_path, events=circle))
    assert [(finding.line, finding.rule) for finding in report] == [(2, "circle"), (3, "circle")]


def test_participants_and_points_are_records_of_evidence(tmp_path):
    evidence = [row("evidence", table="participants", record_id=EVENT + "#2", field="office")]
    assert validate_folder(folder_of(tmp_path, evidence=evidence)).ok


def test_a_meeting_without_any_participant_is_right(tmp_path):
    assert validate_folder(folder_of(tmp_path, participants=[])).ok


def test_both_forms_of_a_table_are_checked(tmp_path):
    folder_of(tmp_path)
    wrong = tables()["events"].assign(city="Tokyo", n_stated=0)
    wrong["n_stated"] = wrong["n_stated"].astype("Int64")
    write_parquet(wrong, tmp_path / "events.parquet", "events")
    report = validate_folder(tmp_path)
    assert [(finding.line, finding.row, finding.rule) for finding in report] == [
        (None, 1, "minimum"),
        (None, 2, "minimum"),
    ]


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(tmp_path):
    folder_of(tmp_path)
    (tmp_path / "people.csv").write_bytes(b"\xff\xfename")
    report = validate_folder(tmp_path)
    assert [finding.rule for finding in report] == ["not-csv"]
    assert len(report.rows) == 7


def test_a_folder_without_tables_is_an_error_that_names_the_tables(tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    report = validate_folder(tmp_path)
    assert [finding.rule for finding in report] == ["no-tables"]
    assert "events.csv" in str(report)


def test_the_domains_of_the_vocabulary_are_those_of_the_reference_list():
    from bilaterals.reference.domains import domains

    assert set(domains()) == set(VOCABULARIES["domain"].values)
