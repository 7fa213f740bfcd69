"""Rows and reports on disk while a version is built, so that memory does not grow with the number of
documents.

It is one SQLite file in the staging folder. SQLite sorts: rows come back in the order of their keys, which is
the same in every run. Durability is not asked of it, for a build that stops begins again.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bilaterals.link import Report, pair_of
from bilaterals.link.reports import WordsOf
from bilaterals.release.errors import BuildError
from bilaterals.schema import TABLES

Values = list[object]
SEPARATOR = "\x1f"
REPEATABLE = frozenset(("evidence", "issues", "changes"))  # a row that comes twice is one row

_LAYOUT = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE rows (tbl TEXT, key TEXT, value TEXT, PRIMARY KEY (tbl, key)) WITHOUT ROWID;
CREATE TABLE reports (pair TEXT, doc_id TEXT, number INTEGER, report BLOB, words BLOB,
  PRIMARY KEY (pair, doc_id, number)) WITHOUT ROWID;
"""


def plain(value: object) -> object:
    """A value as it is kept and hashed: dates as ISO 8601 text, an empty text as null."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def key_text(values: Iterable[object]) -> str:
    """A key whose order as text is that of its parts; numbers are padded."""
    return SEPARATOR.join(f"{v:012d}" if isinstance(v, int) else "" if v is None else str(v) for v in values)


def key_columns(table: str) -> tuple[str, ...]:
    """The columns that rows are sorted by: the primary key, or all columns of a table without one."""
    definition = TABLES[table]
    return definition.primary_key or tuple(definition.columns)


class Spool:
    """The rows of all tables, and the reports of all pairs of states, in one file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_LAYOUT)

    def close(self) -> None:
        """Close the file; rows that were not read are lost."""
        self._db.close()

    def add(self, table: str, rows: Iterable[dict[str, object]]) -> None:
        """Put rows into a table; BuildError when two different rows have one key."""
        columns, keys = TABLES[table].columns, key_columns(table)
        for row in rows:
            unknown = row.keys() - set(columns)
            if unknown:
                raise BuildError(f"table {table} has no column {', '.join(sorted(unknown))}")
            values = {name: plain(row.get(name)) for name in columns}
            key = key_text(values[name] for name in keys)
            text = json.dumps([values[name] for name in columns], ensure_ascii=False, separators=(",", ":"))
            self._insert(table, key, text)

    def _insert(self, table: str, key: str, text: str) -> None:
        done = self._db.execute("INSERT OR IGNORE INTO rows VALUES (?, ?, ?)", (table, key, text))
        if done.rowcount or table in REPEATABLE:
            return
        found = self._db.execute("SELECT value FROM rows WHERE tbl = ? AND key = ?", (table, key)).fetchone()[0]
        if found != text:
            name = key.replace(SEPARATOR, "#")
            raise BuildError(f"two rows of table {table} have the key {name}: {found} and {text}")

    def rows(self, table: str) -> Iterator[Values]:
        """The rows of a table in the order of its key, each a list of the values in the order of the
        columns."""
        for (text,) in self._db.execute("SELECT value FROM rows WHERE tbl = ? ORDER BY key", (table,)):
            yield json.loads(text)

    def clear(self, table: str) -> None:
        """Take all rows of a table away."""
        self._db.execute("DELETE FROM rows WHERE tbl = ?", (table,))

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self._db.execute("SELECT count(*) FROM rows WHERE tbl = ?", (table,)).fetchone()[0])

    def put_report(self, report: Report) -> None:
        """Keep a report, and apart from it its words, until its pair of states is linked."""
        pair = "-".join(pair_of(report))
        words, report.words = report.words, {}
        blobs = (pickle.dumps(part, protocol=pickle.HIGHEST_PROTOCOL) for part in (report, words))
        self._db.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?)", (pair, *report.key, *blobs))

    def words_of(self, pair: str, key: tuple[str, int]) -> WordsOf:
        """The words of a report."""
        found = self._db.execute(
            "SELECT words FROM reports WHERE pair = ? AND doc_id = ? AND number = ?", (pair, *key)
        ).fetchone()
        words: WordsOf = pickle.loads(found[0])
        return words

    def pairs(self) -> list[str]:
        """All pairs of states of which there are reports, in alphabetical order."""
        return [pair for (pair,) in self._db.execute("SELECT DISTINCT pair FROM reports ORDER BY pair")]

    def reports(self, pair: str) -> Iterator[Report]:
        """The reports of a pair of states."""
        for (blob,) in self._db.execute("SELECT report FROM reports WHERE pair = ? ORDER BY doc_id, number", (pair,)):
            yield pickle.loads(blob)

    def dangling(self, table: str, field: str, other: str, other_field: str) -> list[tuple[str, str]]:
        """Key and value of up to five rows whose value stands in no row of another table."""
        mine, theirs = TABLES[table].columns.index(field), TABLES[other].columns.index(other_field)
        found = self._db.execute(
            f"""
            WITH known AS MATERIALIZED
              (SELECT DISTINCT json_extract(value, '$[{theirs}]') AS known FROM rows WHERE tbl = ?)
            SELECT key, json_extract(value, '$[{mine}]') AS stated FROM rows
            WHERE tbl = ? AND stated IS NOT NULL
              AND stated NOT IN (SELECT known FROM known WHERE known IS NOT NULL)
            LIMIT 5
            """,
            (other, table),
        )
        return [(str(key).replace(SEPARATOR, "#"), str(value)) for key, value in found]
