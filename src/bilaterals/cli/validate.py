"""``bilaterals validate``: a user's own tables against the codebook."""

from __future__ import annotations

from pathlib import Path

import click

from bilaterals.load import unknown
from bilaterals.schema import TABLES
from bilaterals.validate import validate_file, validate_folder


def run(path: str, table: str | None, as_json: bool) -> int:
    """Print what is wrong with a file or a folder; return the exit code."""
    if table is not None and table not in TABLES:
        raise ValueError(unknown("table", table, TABLES))
    if Path(path).is_dir():
        if table is not None:
            raise ValueError(f"{path} is a folder, whose files are known by their names: leave out --table")
        report = validate_folder(path)
    else:
        report = validate_file(path, table)
    click.echo(report.json() if as_json else str(report))
    return 0 if report.ok else 1
