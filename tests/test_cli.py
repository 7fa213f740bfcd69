"""The command line: what it prints, and its exit codes: 0 good, 1 findings, 2 wrong use."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import bilaterals
from bilaterals import schema
from bilaterals.cli import main
from bilaterals.cli.table import columns_of, fit
from tests.conftest import WriteVersion, event, frame_of

TEXT = (
    "Chinese Foreign Minister Wang Yi met with Japanese Foreign Minister Takeshi Iwaya "
    "in Beijing on December 25, 2024.\n"
)


def run(*arguments: str, input: bytes | str | None = None, columns: int = 100) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, list(arguments), input=input)


def in_shell(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bilaterals", *arguments]
    return subprocess.run(command, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def data(write_version: WriteVersion) -> Path:
    return write_version(
        [
            event(1, "2018-05-09", title="=Talks", city="Tokyo", venue_country="JPN", level="foreign_minister"),
            event(2, "2017", event_type="visit", title="Visit of a minister of China to Japan " * 4),
            event(3, None, country_b="FRA", domains="youth"),
        ]
    )


# -- show


def test_show_prints_the_events_oldest_first_and_those_without_a_date_last(data: Path) -> None:
    result = run("show")
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["date", "type"],
        ["2017", "visit"],
        ["2018-05-09", "meeting"],
        ["unknown", "meeting"],
    ]
    assert result.stderr == "3 events, version 2026.11.0\n"


@pytest.mark.parametrize("columns", [60, 80, 300])
def test_show_fits_the_terminal(data: Path, columns: int) -> None:
    lines = run("show", "CHN", "JPN", columns=columns).stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert any("…" in line for line in lines) == (columns < 300)


def test_show_takes_the_filters_of_load_events(data: Path) -> None:
    found = run("show", "jp", "China", "--type", "visit", "--type", "meeting", "--since", "2018", "--until", "2018-05")
    assert len(found.stdout.splitlines()) == 2
    assert run("show", "--domain", "people_to_people", "--csv").stdout.count("CHN-FRA") == 1


def test_show_writes_csv_that_reads_back_to_the_same_and_runs_no_formula(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(run("show", "CHN", "--csv").stdout, encoding="utf-8")
    pd.testing.assert_frame_equal(schema.read_csv(path, "events"), bilaterals.load_events("CHN"))
    assert ",'=Talks," in path.read_text(encoding="utf-8")


def test_show_writes_json_with_dates_as_text(data: Path) -> None:
    (row,) = json.loads(run("show", "--type", "meeting", "--until", "2019", "--json").stdout)
    assert row["earliest_date"] == "2018-05-09"
    assert row["title"] == "=Talks"
    assert row["n_stated"] is None


def test_show_without_events_says_so_and_is_no_error(data: Path) -> None:
    result = run("show", "FRA", "JPN")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no events" in result.stderr


# -- codebook, versions


def test_codebook_names_every_table_and_tells_of_every_column(data: Path) -> None:
    assert [line.split()[0] for line in run("codebook", columns=1000).stdout.splitlines()] == list(schema.TABLES)
    told = run("codebook", "points").stdout
    assert all(f"\n{column} (" in told for column in schema.TABLES["points"].columns)


def test_versions_lists_the_newest_first(data: Path, write_version: WriteVersion) -> None:
    write_version([], "2026.9.0")
    lines = run("versions").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2026.11.0", "2026.9.0"]
    assert "newest" in lines[0]


# -- validate


@pytest.fixture
def good(tmp_path: Path) -> Path:
    schema.write_csv(frame_of("domains", [{"domain": "youth", "label": "Youth"}]), tmp_path / "domains.csv", "domains")
    return tmp_path / "domains.csv"


def test_validate_is_content_with_a_good_file(good: Path) -> None:
    result = run("validate", str(good))
    assert result.exit_code == 0, result.output
    assert "no errors" in result.stdout


def test_validate_names_file_line_and_column_and_exits_with_1(good: Path) -> None:
    good.write_text(good.read_text(encoding="utf-8").replace("youth,", "young,"), encoding="utf-8")
    result = run("validate", str(good))
    assert result.exit_code == 1
    assert "domains.csv:2: domain: 'young'" in result.stdout
    report = json.loads(run("validate", str(good), "--json").stdout)
    assert report["ok"] is False
    assert report["findings"][0]["line"] == 2


def test_validate_takes_a_file_of_any_name_when_told_its_table(good: Path) -> None:
    other = good.rename(good.with_name("mine.csv"))
    assert run("validate", str(other), "--table", "domains").exit_code == 0


def test_validate_takes_a_folder(data: Path) -> None:
    result = run("validate", str(data))
    assert result.exit_code == 1  # its events name countries that its table of countries does not have
    assert "foreign-key" in result.stdout


# -- extract


def test_extract_tells_who_met_whom_with_the_words(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = run("extract", str(path))
    assert result.exit_code == 0, result.output
    assert "meeting, held: CHN and JPN" in result.stdout
    assert "CHN: Wang Yi, " in result.stdout
    assert "place: Beijing, CHN" in result.stdout


def test_extract_reads_stdin_and_writes_one_json_object_whose_offsets_lead_to_the_words(data: Path) -> None:
    raw = "\ufeffdate: 2024-12-26\r\n\r\n" + TEXT.replace("\n", "\r\n")
    result = run("extract", "-", "--json", input=raw.encode())
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["published"] == "2024-12-26"
    evidence = [one for candidate in found["candidates"] for one in candidate["evidence"]]
    assert evidence
    assert all(" ".join(raw[one["start"] : one["end"]].split()) == " ".join(one["quote"].split()) for one in evidence)


def test_extract_takes_date_publisher_and_side_where_the_text_has_none() -> None:
    told = run("extract", "-", "--date", "2024-12-26", "--side", "China", "--json", input=TEXT)
    assert json.loads(told.stdout)["published"] == "2024-12-26"
    assert "no date" not in told.stderr
    kept = run("extract", "-", "--date", "2020-01-01", "--json", input="date: 2024-12-26\n\n" + TEXT)
    assert json.loads(kept.stdout)["published"] == "2024-12-26"


def test_extract_says_on_stderr_what_it_could_not_use() -> None:
    result = run("extract", "-", input=TEXT)
    assert result.exit_code == 0
    assert "no date" in result.stderr


# -- build


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "talks.txt").write_text(f"date: 2024-12-26\nlicence: CC BY 4.0\n\n{TEXT}", encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def test_build_makes_a_version_that_loads_and_is_valid(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    first = run("build", str(raw), str(out))
    assert first.exit_code == 0, first.output
    (folder,) = out.iterdir()
    assert f"version {folder.name}\n" in first.stdout
    assert "empty-file" in first.stdout
    assert f"files in  {folder}\n" in first.stdout
    assert run("validate", str(folder)).exit_code == 0
    monkeypatch.setenv("BILATERALS_DATA", str(out))
    events = bilaterals.load_events("CHN", "JPN", event_type="meeting", since="2024-12-25", until="2024-12-25")
    assert list(events["city"]) == ["Beijing"]
    second = run("build", str(raw), str(out))
    assert second.exit_code == 0
    assert f"no change: the rows are those of version {folder.name}" in second.stdout


# -- wrong use


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "Japn"], "Japan (JPN)"),
        (["show", "CHN", "JPN", "--type", "meating"], "did you mean 'meeting'?"),
        (["show", "--since", "May"], "since='May' is not a date"),
        (["show", "--version", "2020.1.0"], "no version '2020.1.0'"),
        (["codebook", "event"], "did you mean 'events'?"),
        (["validate", "no-such-file.csv"], "no-such-file.csv"),
        (["validate", "events.csv", "--table", "event"], "did you mean 'events'?"),
        (["extract", "no-such-file.txt"], "no-such-file.txt"),
        (["extract", "-", "--date", "yesterday"], "yesterday"),
        (["extract", "-", "--side", "Japn"], "Japan (JPN)"),
        (["build", "no-such-folder", "out"], "no-such-folder"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(data: Path, arguments: list[str], message: str) -> None:
    result = run(*arguments, input=TEXT)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["no-such-command"], ["show", "A", "B", "C"], ["show", "--no-such-option"]])
def test_what_click_finds_wrong_is_exit_code_2_too(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_text_that_is_not_utf8_is_wrong_use_and_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Der Präsident".encode("latin-1"))
    for result in (run("extract", str(path)), run("extract", "-", input=path.read_bytes())):
        assert result.exit_code == 2
        assert "byte 6" in result.stderr


# -- as real processes


def test_the_installed_command_and_the_module_are_the_same() -> None:
    command = Path(sys.executable).with_name("bilaterals")
    told = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    assert told == in_shell("--version").stdout == f"bilaterals {bilaterals.__version__}\n"


def test_no_traceback_in_a_real_process(tmp_path: Path) -> None:
    environment = os.environ | {"BILATERALS_DATA": str(tmp_path / "nowhere")}
    done = in_shell("show", env=environment)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("bilaterals: BILATERALS_DATA names ")


def test_a_reader_that_stops_reading_is_no_error_to_complain_of(write_version: WriteVersion) -> None:
    write_version([event(number, "2018-05-09", title="Talks " * 20) for number in range(5000)])
    command = f"'{sys.executable}' -m bilaterals show --csv | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.stdout.startswith("event_id,")
    assert done.stderr == ""


def test_the_progress_bar_shows_on_a_terminal_only(raw: Path, tmp_path: Path) -> None:
    assert in_shell("build", str(raw), str(tmp_path / "one")).stderr == ""
    reader, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    command = [sys.executable, "-m", "bilaterals", "build", str(raw), str(tmp_path / "two")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True)
    os.set_blocking(reader, False)
    shown = os.read(reader, 100_000).decode()
    os.close(terminal)
    os.close(reader)
    assert "read: " in shown
    assert b"read: " not in done.stdout


# -- the table of plain text


def test_a_table_gives_way_in_its_widest_columns() -> None:
    rows = [("2018", "a long title that does not fit"), ("2019-05-09", "short")]
    assert fit(rows, ("date", "title"), 24).splitlines() == [
        "date        title",
        "2018        a long titl…",
        "2019-05-09  short",
    ]


def test_a_table_counts_wide_letters_as_two() -> None:
    (_, line) = fit([("王毅外相会谈", "x")], ("name", "y"), 10).splitlines()
    assert columns_of(line) <= 10
    assert line.endswith("x")


def test_line_breaks_in_a_cell_stay_on_the_line() -> None:
    assert fit([("a\nb",)], ("t",), 20).splitlines() == ["t", "a b"]


def test_events_of_show_are_the_same_as_csv_of_the_published_version(data: Path) -> None:
    shown = pd.read_csv(StringIO(run("show", "--csv").stdout), dtype=str, keep_default_na=False)
    published = pd.read_csv(data / "events.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(shown, published)
