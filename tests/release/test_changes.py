"""What changed between two versions, and why a row may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilaterals.release import BuildError
from tests.release.conftest import CALL, FISHERIES, TALKS, BuildIt, WriteText
from tests.release.test_build import rows


def changes(folder: Path, table: str = "events") -> list[tuple[str, str, str, str]]:
    found = [row for row in rows(folder, "changes") if row["table"] == table]
    return [(row["record_id"].split("-")[3], row["field"], row["old"], row["new"]) for row in found]


def test_the_first_version_has_no_changes(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    assert rows(build_it().folder, "changes") == []


def test_an_added_event_and_its_rows(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    build_it()
    write_text("b", CALL)
    folder = build_it().folder
    assert changes(folder) == [("meeting", "", "", "added")]
    assert {row["table"] for row in rows(folder, "changes")} == {
        "events",
        "participants",
        "documents",
        "evidence",
    }


def test_a_changed_field_has_both_values(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    build_it()
    write_text("b", TALKS, date="2024-12-25")
    folder = build_it().folder
    assert ("meeting", "n_documents", "1", "2") in changes(folder)
    assert ("meeting", "first_reported", "2024-12-26", "2024-12-25") in changes(folder)


def test_an_event_that_is_no_longer_found_stops_the_build(build_it: BuildIt, write_text: WriteText, out: Path) -> None:
    write_text("a", TALKS, CALL)
    last = build_it()
    write_text("a", TALKS)
    with pytest.raises(BuildError) as error:
        build_it()
    assert "CHN-JPN-20250203-meeting-" in str(error.value) and "removals.csv" in str(error.value)
    assert [path.name for path in out.iterdir()] == [last.version]


@pytest.mark.parametrize("record_id", [None, "CHN-JPN-2025*"])
def test_a_removal_with_a_reason(build_it: BuildIt, write_text: WriteText, raw: Path, record_id: str | None) -> None:
    write_text("a", TALKS, CALL)
    first = build_it().folder
    write_text("a", TALKS)
    call = next(row["event_id"] for row in rows(first, "events") if "20250203" in row["event_id"])
    (raw / "removals.csv").write_text(f"table,record_id,reason\nevents,{record_id or call},the call was read twice\n")
    folder = build_it().folder
    (removed,) = [r for r in rows(folder, "changes") if r["table"] == "events" and r["old"] == "removed"]
    assert (removed["record_id"], removed["reason"]) == (call, "the call was read twice")
    assert not [row for row in rows(folder, "issues") if "removals" in row["path"]]


def test_an_event_whose_text_is_gone_needs_no_reason(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    path = write_text("b", CALL)
    build_it()
    path.unlink()
    (removed,) = [row for row in rows(build_it().folder, "changes") if row["table"] == "events"]
    assert removed["reason"] == "its raw text was removed"


def test_a_new_date_changes_the_id_and_both_are_listed(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS.replace("date=2024-12-25; ", ""))
    build_it()
    write_text("b", TALKS, date="2024-12-25")
    listed = [row for row in rows(build_it().folder, "changes") if row["table"] == "events"]
    removed = next(row for row in listed if row["old"] == "removed")
    added = next(row for row in listed if row["new"] == "added")
    assert removed["record_id"].startswith("CHN-JPN-undated-meeting-")
    assert removed["reason"] == f"its id is now {added['record_id']}"
    assert added["reason"] == f"its id was {removed['record_id']}"


@pytest.mark.parametrize("content", ["table,reason\nevents,why\n", "table,record_id,reason\nevents,x,\n"])
def test_a_list_of_removals_that_is_wrong_says_where(
    build_it: BuildIt, write_text: WriteText, raw: Path, content: str
) -> None:
    write_text("a", TALKS)
    build_it()
    write_text("b", FISHERIES.replace("; of=0", ""))
    (raw / "removals.csv").write_text(content)
    with pytest.raises(BuildError, match=r"removals\.csv"):
        build_it()
