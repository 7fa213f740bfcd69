"""catalogue.csv: what is known about files that have no head.

Columns are path (from the catalogue's folder), title, publisher, side, published (or date), language, url,
licence. A row that names a folder speaks for every file below it that has no row of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bilaterals.corpus.decode import UnreadableText
from bilaterals.corpus.facts import KEYS, Facts, noter, read_facts
from bilaterals.corpus.table import CsvTable, Row
from bilaterals.setaside import SetAside

FILE = "catalogue.csv"


@dataclass(slots=True)
class Catalogue:
    """The rows of one catalogue by path, and what of it could not be used."""

    folder: Path
    facts: dict[str, Facts] = field(default_factory=dict)
    issues: list[SetAside] = field(default_factory=list)

    def find(self, path: Path) -> Facts | None:
        """What the catalogue says of a file below its folder, or of a folder that it lies in; None if nothing."""
        below = path.relative_to(self.folder)
        known = (self.facts.get(place.as_posix()) for place in (below, *below.parents[:-1]))
        return next((facts for facts in known if facts is not None), None)


def read_catalogue(path: Path, name: str) -> Catalogue:
    """Read a catalogue; rows that name no file that is read are set aside."""
    note = noter(name)
    catalogue = Catalogue(path.parent)
    known = {"path", *KEYS}
    try:
        with CsvTable(path, note) as table:
            if "path" not in table.columns:
                raise UnreadableText("no-path-column", "line 1", f"no column 'path' among {', '.join(table.columns)}")
            for column in table.columns:
                if column and column not in known:
                    names = ", ".join(sorted(known))
                    reason = f"nobody knows the column {column!r}, it is not read; known are {names}"
                    catalogue.issues.append(note("line 1", "unknown-column", reason))
            for row in table.rows():
                if isinstance(row, SetAside):
                    catalogue.issues.append(row)
                else:
                    _read_row(row, catalogue, name)
    except UnreadableText as error:
        catalogue.issues.append(note(error.place, error.code, error.reason))
    return catalogue


def _read_row(row: Row, catalogue: Catalogue, name: str) -> None:
    note, place = noter(name), f"line {row.line}"
    key = PurePosixPath(row.values["path"].strip().replace("\\", "/")).as_posix()
    hidden = any(part.startswith(".") for part in PurePosixPath(key).parts)
    if key in catalogue.facts:
        catalogue.issues.append(note(place, "repeated-row", f"{key!r} has a row before; this one is not used"))
    elif hidden or key.startswith("/") or not (catalogue.folder / key).exists():
        reason = f"there is no file or folder {key!r} below the catalogue's folder (hidden files are not read)"
        catalogue.issues.append(note(place, "row-without-file", reason))
    else:
        items = [(column, value, place) for column, value in row.values.items() if column in KEYS]
        catalogue.facts[key], wrong = read_facts(items, note)
        catalogue.issues.extend(wrong)
