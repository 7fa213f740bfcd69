"""A user's own file against the field table: which line is wrong, and why.

    report = validate_file("events.csv")
    print(report)          # events.csv:12: status: 'hold' is not in the vocabulary status [vocabulary] (...)
    report.ok, report.frame(), report.json()

CSV may come from a spreadsheet: a byte order mark is accepted, semicolons or tabs between the cells are
accepted and noted, TRUE and FALSE are booleans, columns stand in any order. A cell that a spreadsheet would
run as a formula is an error in CSV; an apostrophe before it, as published files have it, is not part of the
value.
"""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from bilaterals.validate.report import Finding, Report

if TYPE_CHECKING:
    import pandas as pd

    from bilaterals.validate.source import Source

__all__ = ["Finding", "Report", "validate_file", "validate_folder", "validate_frame"]


def validate_file(path: str | PathLike[str], table: str | None = None) -> Report:
    """Check a CSV or Parquet file; without ``table`` its name or its columns tell which table it is."""
    path = _existing(path)
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; validate_folder checks it")
    _known(table)
    report = Report()
    source = _checked(path, table, report)
    if source is not None:
        _add(report, source)
    return report


def validate_frame(frame: pd.DataFrame, table: str) -> Report:
    """Check a DataFrame; the rows of the report count from 1 in its order, whatever its index."""
    from bilaterals.validate.columns import check_columns
    from bilaterals.validate.reading import refuse_repeated
    from bilaterals.validate.rows import check_rows
    from bilaterals.validate.source import NotATable, Source

    _known(table)
    names = [str(column) for column in frame.columns]
    try:
        refuse_repeated(table, names, None)
    except NotATable as error:
        return Report([error.finding], {table: len(frame)})
    numbered = frame.reset_index(drop=True)
    cells = {name: numbered.iloc[:, place] for place, name in enumerate(names)}
    source = Source(table, cells, len(numbered), table=table)
    check_columns(source)
    check_rows(source)
    report = Report()
    _add(report, source)
    return report


def validate_folder(path: str | PathLike[str]) -> Report:
    """Check every table of a folder, and what the tables say of each other.

    A table that lies there as CSV and as Parquet is checked in both forms; across tables the CSV is taken,
    since its lines can be named. Files that are not named as a table are left alone.
    """
    path = _existing(path)
    if not path.is_dir():
        raise NotADirectoryError(f"{path} is a file; validate_file checks it")
    report = Report()
    sources = _checked_folder(path, report)
    _check_relations(sources)
    for source in sources:
        _add(report, source)
    return report


def _checked_folder(path: Path, report: Report) -> list[Source]:
    from bilaterals.schema import TABLES

    files = [path / f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")]
    files = [file for file in files if file.is_file()]
    if not files:
        message = "has no table: no CSV or Parquet file is named as one"
        hint = f"name files after their tables: {', '.join(f'{name}.csv' for name in TABLES)}"
        report.findings.append(Finding(str(path), None, None, None, None, "no-tables", message, hint))
    checked = [_checked(file, file.stem, report) for file in files]
    return [source for source in checked if source is not None]


def _check_relations(sources: list[Source]) -> None:
    from bilaterals.validate.relations import check_relations
    from bilaterals.validate.source import apply

    by_table: dict[str, Source] = {}
    for source in sources:
        by_table.setdefault(source.table, source)  # CSV stands before Parquet
    for source, fault in check_relations(by_table):
        apply(source, [fault])


def _checked(path: Path, table: str | None, report: Report) -> Source | None:
    """Read and check one file by itself; None, and a finding in the report, if it is no table."""
    from bilaterals.validate.columns import check_columns
    from bilaterals.validate.reading import read_source
    from bilaterals.validate.rows import check_rows
    from bilaterals.validate.source import NotATable

    try:
        source = read_source(path, table)
    except NotATable as error:
        report.rows[str(path)] = 0
        report.findings.append(error.finding)
        return None
    check_columns(source)
    check_rows(source)
    return source


def _add(report: Report, source: Source) -> None:
    report.rows[source.file] = source.length
    report.findings += sorted(source.findings, key=lambda found: (found.line or 0, found.row or 0))


def _existing(path: str | PathLike[str]) -> Path:
    found = Path(fspath(path))
    if not found.exists():
        raise FileNotFoundError(f"there is no file or folder {found}")
    return found


def _known(table: str | None) -> None:
    if table is not None:
        from bilaterals.schema.model import table as lookup

        lookup(table)
