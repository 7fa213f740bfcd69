"""What validation found: one finding an error, as text, DataFrame and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Finding:
    """One error, or one note.

    ``line`` is the line of the CSV file on which the record begins, counted from 1 with the header and with
    line breaks within cells, as an editor counts; it is None for Parquet and DataFrames. ``row`` counts the
    records from 1. ``level`` is "error", or "note" for what was accepted but should be known.
    """

    file: str
    line: int | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    message: str
    hint: str | None = None
    level: str = "error"

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
        elif self.row is not None:
            place += f" row {self.row}"
        subject = f" {self.column}:" if self.column else ""
        value = f" {_shortened(self.value)}" if self.value is not None else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}:{subject}{value} {self.message} [{self.rule}]{hint}"


@dataclass(slots=True)
class Report:
    """All findings, in the order of the files and lines, and how many rows each file has."""

    findings: list[Finding] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def ok(self) -> bool:
        """Whether there is no error; notes do not count."""
        return not self.errors

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __str__(self) -> str:
        return "\n".join([*(_line(finding) for finding in self.findings), self.summary()])

    def summary(self) -> str:
        """Say in one line what was checked and how many errors were found."""
        files, rows = len(self.rows), sum(self.rows.values())
        errors = len(self.errors)
        checked = f"{files} {_plural('file', files)}, {rows} {_plural('row', rows)} checked"
        return f"{checked}: {errors or 'no'} {_plural('error', errors)}"

    def frame(self) -> pd.DataFrame:
        """Give the findings as a DataFrame, one a row."""
        import pandas as pd

        columns = {f.name: [getattr(finding, f.name) for finding in self.findings] for f in fields(Finding)}
        types = {name: "Int64" if name in ("line", "row") else "string" for name in columns}
        return pd.DataFrame(columns, dtype="object").astype(types)

    def json(self) -> str:
        """Give the report as JSON."""
        content = {
            "ok": self.ok,
            "rows": self.rows,
            "findings": [asdict(finding) for finding in self.findings],
        }
        return json.dumps(content, ensure_ascii=False, indent=2)


def _line(finding: Finding) -> str:
    return f"note: {finding}" if finding.level == "note" else str(finding)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"


def _shortened(value: str, limit: int = 80) -> str:
    shown = repr(value)
    return shown if len(shown) <= limit else shown[: limit - 4] + "...'"
