"""A version: written once, whole or not at all, and again only when a row differs."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
from pathlib import Path

import pytest

from bilaterals.release import BuildError, build
from bilaterals.schema import TABLES, read_parquet
from tests.release.conftest import CALL, CONSENSUS, FISHERIES, TALKS, BuildIt, WriteText


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_first_version_holds_every_table_in_both_forms(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS, FISHERIES, CONSENSUS)
    report = build_it(version="2026.11.0")
    assert (report.version, report.changed) == ("2026.11.0", True)
    names = {path.name for path in report.folder.iterdir()}
    assert names == {f"{table}.{form}" for table in TABLES for form in ("csv", "parquet")} | {
        "codebook.csv",
        "datapackage.json",
        "SHA256SUMS",
        "version.json",
        "CITATION.cff",
        "LICENSE",
        "quality.json",
    }
    assert {row["event_type"] for row in rows(report.folder, "events")} == {
        "meeting",
        "agreement",
        "consensus",
    }


def test_two_builds_in_a_row_are_one_version(build_it: BuildIt, write_text: WriteText, out: Path) -> None:
    write_text("a", TALKS)
    first, second = build_it(), build_it()
    assert first.changed and not second.changed
    assert (first.version, first.row_hash, first.folder) == (second.version, second.row_hash, second.folder)
    assert [path.name for path in out.iterdir()] == [first.version]


def test_the_row_hash_is_of_the_rows_and_not_of_the_place(
    build_it: BuildIt, write_text: WriteText, raw: Path, tmp_path: Path
) -> None:
    from tests.release.extractor import extract

    write_text("a", TALKS, FISHERIES)
    other = build(raw, tmp_path / "elsewhere", extract=extract, version="2020.1.7")
    assert build_it().row_hash == other.row_hash


def test_the_row_hash_can_be_recomputed_from_the_published_files(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS, FISHERIES, CONSENSUS)
    report = build_it()
    digest = hashlib.sha256()
    for table in TABLES:
        if table == "changes":
            continue
        frame = read_parquet(report.folder / f"{table}.parquet", table)
        digest.update(json.dumps([table, list(frame.columns)]).encode() + b"\n")
        for row in frame.astype(object).where(frame.notna(), None).to_dict("split")["data"]:
            values = [v.date().isoformat() if hasattr(v, "date") else v for v in row]
            digest.update((json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    assert digest.hexdigest() == report.row_hash


def test_a_new_row_makes_the_next_version_of_the_month(
    build_it: BuildIt, write_text: WriteText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793400000")  # 2026-10-30
    write_text("a", TALKS)
    assert build_it().version == "2026.10.0"
    write_text("b", CALL)
    assert build_it().version == "2026.10.1"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")  # 2026-11-29
    write_text("c", CALL.replace("2025-02-03", "2025-02-10"))
    assert build_it().version == "2026.11.0"


@pytest.mark.parametrize("version", ["1.0", "2026.11", "2026.13.0", "../x", "2026.11.00"])
def test_a_version_that_is_none(build_it: BuildIt, write_text: WriteText, version: str) -> None:
    write_text("a", TALKS)
    with pytest.raises(BuildError, match=r"2026\.11\.0"):
        build_it(version=version)


def test_a_published_version_never_changes(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    folder = build_it(version="2026.11.3").folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_text("b", CALL)
    with pytest.raises(BuildError, match="never changes"):
        build_it(version="2026.11.3")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_raw_text(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no raw text at"):
        build(tmp_path / "nowhere", tmp_path / "out")


def test_words_are_published_only_where_the_licence_allows(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("free", TALKS, CONSENSUS)
    write_text("kept", CALL, licence=None)
    folder = build_it().folder
    quotes = {doc: [r["quote"] for r in rows(folder, "evidence") if r["doc_id"] == doc] for doc in ("free", "kept")}
    assert all(quotes["free"]) and not any(quotes["kept"])
    assert all(len(row["quote_sha256"]) == 64 for row in rows(folder, "evidence"))
    assert all(row["text"] for row in rows(folder, "points"))


def test_points_of_a_text_that_may_not_be_quoted_have_no_words(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("kept", TALKS, CONSENSUS, licence="all rights reserved")
    folder = build_it().folder
    assert [row["text"] for row in rows(folder, "points")] == ["", ""]
    content = b"".join(path.read_bytes() for path in folder.glob("*.csv"))
    assert b"talk at all levels" not in content


def test_evidence_leads_to_the_characters_of_the_raw_file(build_it: BuildIt, write_text: WriteText, raw: Path) -> None:
    write_text("a", TALKS, FISHERIES)
    folder = build_it().folder
    path = {row["doc_id"]: row["path"] for row in rows(folder, "documents")}
    for row in rows(folder, "evidence"):
        text = (raw / path[row["doc_id"]]).read_text(encoding="utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert hashlib.sha256(row["quote"].encode()).hexdigest() == row["quote_sha256"]


def test_what_is_set_aside_is_listed(build_it: BuildIt, write_text: WriteText, raw: Path) -> None:
    write_text("a", TALKS, "meeting; CHN=Wang Yi; JPN=Takeshi Iwaya; KOR=Cho Tae-yul")
    (raw / "empty.txt").write_bytes(b"")
    codes = {(row["stage"], row["code"]) for row in rows(build_it().folder, "issues")}
    assert ("link", "not-bilateral") in codes
    assert ("read", "empty-file") in codes


def test_a_failing_extractor_names_the_document(raw: Path, out: Path, write_text: WriteText) -> None:
    write_text("a", TALKS)

    def fail(document: object) -> None:
        raise ZeroDivisionError("oh")

    with pytest.raises(BuildError, match=r"a\.txt.*ZeroDivisionError"):
        build(raw, out, extract=fail)  # type: ignore[arg-type]
    assert not list(out.iterdir())


def test_a_full_disk_is_told_and_leaves_the_last_version(
    build_it: BuildIt, write_text: WriteText, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_text("a", TALKS)
    build_it(version="2026.1.0")
    write_text("b", CALL)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bilaterals.release.writing.write_csv", full)
    with pytest.raises(BuildError, match=r"is full; the last version is untouched"):
        build_it()
    assert [path.name for path in out.iterdir()] == ["2026.1.0"]


def test_the_checksums_cover_every_other_file(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS)
    folder = build_it().folder
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(listed) == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_quality_counts_the_events(build_it: BuildIt, write_text: WriteText) -> None:
    write_text("a", TALKS, FISHERIES)
    quality = json.loads((build_it().folder / "quality.json").read_text())
    assert quality["events_by_year"] == {"undated": 1, "2024": 1}
    assert quality["events_by_event_type"] == {"agreement": 1, "meeting": 1}
    assert quality["events_by_review_status"] == {"machine": 2}


def test_expectations_stop_a_version_that_lost_events(
    build_it: BuildIt, write_text: WriteText, raw: Path, out: Path
) -> None:
    write_text("a", TALKS)
    (raw / "expectations.csv").write_text("dyad,year,event_type,at_least\nCHN-JPN,2024,meeting,1\nCHN-JPN,2024,,2\n")
    with pytest.raises(BuildError, match=r"line 3: CHN-JPN 2024: 1 found, at least 2 expected"):
        build_it()
    assert not list(out.iterdir())
    write_text("b", CALL.replace("2025-02-03", "2024-02-03"))
    assert build_it().changed
