"""What differs between two versions: every row added, changed and removed.

Both versions are read in the order of their keys, a few thousand rows at a time. A removed event needs a
reason. It has one when its id changed (its words now stand under another id), when its raw text is gone, or
when ``removals.csv`` beside the raw text gives one; without it no version is written. Rows that belong to an
event go with it, or follow from its new reading.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import pyarrow.parquet as pq

from bilaterals.release.errors import BuildError
from bilaterals.release.spool import Spool, Values, key_columns, key_text
from bilaterals.schema import TABLES

REMOVALS = "removals.csv"
COMPARED = tuple(name for name in TABLES if name not in ("changes", "issues"))
Row = dict[str, object]


@dataclass(slots=True)
class Reasons:
    """Why rows may go: by the event's new id, by documents that are gone, by the user's list."""

    new_ids: dict[str, str] = field(default_factory=dict)
    old_ids: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    stated: list[tuple[str, str, str]] = field(default_factory=list)

    def of_removed(self, table: str, record_id: str) -> str | None:
        """The reason for the removal of a row; None when there is none."""
        for name, pattern, reason in self.stated:
            if name == table and fnmatchcase(record_id, pattern):
                return reason
        event_id = record_id.split("#", 1)[0]
        if table == "events":
            if event_id in self.new_ids:
                return f"its id is now {self.new_ids[event_id]}"
            return "its raw text was removed" if event_id in self.gone else None
        return "the raw text was removed" if table == "documents" else "follows from a changed record"

    def of_added(self, table: str, record_id: str) -> str | None:
        """The reason for a new row, where it is an old one under a new id."""
        old = self.old_ids.get(record_id) if table == "events" else None
        return f"its id was {old}" if old else None


def read_removals(raw: Path) -> list[tuple[str, str, str]]:
    """The user's reasons: table, record_id (``*`` stands for any text) and reason."""
    path = raw / REMOVALS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = {"table", "record_id", "reason"} - set(rows.fieldnames or ())
        if missing:
            raise BuildError(
                f"{path}: column {', '.join(sorted(missing))} missing; needed are table, record_id, reason"
            )
        found = []
        for row in rows:
            entry = tuple((row[name] or "").strip() for name in ("table", "record_id", "reason"))
            if not all(entry):
                raise BuildError(f"{path}, line {rows.line_num}: table, record_id and reason must all be given")
            found.append((entry[0], entry[1], entry[2]))
    return found


def rows_of_version(folder: Path, table: str) -> Iterator[Values]:
    """The rows of a published table in its order, with the columns of today; those it lacks are null."""
    path = folder / f"{table}.parquet"
    if not path.is_file():
        return
    columns = TABLES[table].columns
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(4096):
            for row in batch.to_pylist():
                values = (row.get(name) for name in columns)
                yield [value.isoformat() if isinstance(value, date) else value for value in values]


def add_changes(spool: Spool, last: Path, raw: Path) -> int:
    """Put all changes since the last version into the spool; BuildError when a removed event has no
    reason."""
    reasons = _reasons(spool, last)
    reasons.stated = read_removals(raw)
    without: list[str] = []
    for table in COMPARED:
        spool.add("changes", _table_changes(spool, last, table, reasons, without))
    if without:
        shown = "\n  ".join(without[:20]) + ("\n  ..." if len(without) > 20 else "")
        raise BuildError(
            f"{len(without)} event(s) of version {last.name} are no longer found:\n  {shown}\n"
            "Nothing was written. Bring them back (the raw text or the rules changed), or say in "
            f"{raw / REMOVALS} why each may go, in the columns table, record_id, reason "
            "(table: events; * stands for any text)."
        )
    return spool.count("changes")


def _table_changes(spool: Spool, last: Path, table: str, reasons: Reasons, without: list[str]) -> Iterator[Row]:
    columns = TABLES[table].columns
    places = [columns.index(name) for name in key_columns(table)]
    old_rows, new_rows = rows_of_version(last, table), spool.rows(table)
    old, new = next(old_rows, None), next(new_rows, None)
    while old is not None or new is not None:
        old_key = key_text(old[p] for p in places) if old is not None else None
        new_key = key_text(new[p] for p in places) if new is not None else None
        if new_key is None or (old_key is not None and old_key.encode() < new_key.encode()):
            assert old is not None
            yield _removed(table, _record_id(old, places), reasons, without)
            old = next(old_rows, None)
        elif old_key is None or old_key != new_key:
            assert new is not None
            record_id = _record_id(new, places)
            yield _change(table, record_id, None, None, "added", reasons.of_added(table, record_id))
            new = next(new_rows, None)
        else:
            assert old is not None and new is not None
            for name, before, after in zip(columns, old, new, strict=True):
                if before != after:
                    yield _change(table, _record_id(new, places), name, before, after, None)
            old, new = next(old_rows, None), next(new_rows, None)


def _removed(table: str, record_id: str, reasons: Reasons, without: list[str]) -> Row:
    reason = reasons.of_removed(table, record_id)
    if reason is None:
        without.append(record_id)
    return _change(table, record_id, None, "removed", None, reason)


def _change(table: str, record_id: str, name: str | None, old: object, new: object, reason: str | None) -> Row:
    return {
        "table": table,
        "record_id": record_id,
        "field": name,
        "old": _text(old),
        "new": _text(new),
        "reason": reason,
    }


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _record_id(row: Values, places: list[int]) -> str:
    return "#".join("" if row[place] is None else str(row[place]) for place in places)


def _reasons(spool: Spool, last: Path) -> Reasons:
    """Find for each event that is gone the event that its words stand under now, or that its texts are
    gone."""
    reasons = Reasons()
    now = {str(row[0]) for row in spool.rows("events")}
    before = {str(row[0]) for row in rows_of_version(last, "events")}
    lost = before - now
    if not lost:
        return reasons
    here = TABLES["evidence"].columns
    place = {name: here.index(name) for name in ("table", "record_id", "field", "doc_id", "quote_sha256")}

    def whole(row: Values) -> tuple[object, ...] | None:
        if row[place["table"]] != "events" or row[place["field"]] is not None:
            return None
        return row[place["doc_id"]], row[place["quote_sha256"]]  # offsets move when an entry before it is edited

    documents = {str(row[0]) for row in spool.rows("documents")}
    words: dict[tuple[object, ...], list[str]] = {}
    sources: dict[str, set[str]] = {event_id: set() for event_id in lost}
    for row in rows_of_version(last, "evidence"):
        event_id = str(row[place["record_id"]])
        span = whole(row)
        if span is not None and event_id in lost:
            words.setdefault(span, []).append(event_id)
            sources[event_id].add(str(row[place["doc_id"]]))
    kinds = {event_id: event_id.split("-")[3] for event_id in lost}
    for row in spool.rows("evidence"):
        span = whole(row)
        for event_id in words.get(span, ()) if span is not None else ():
            new_id = str(row[place["record_id"]])
            if new_id.split("-")[3] == kinds[event_id]:
                reasons.new_ids.setdefault(event_id, new_id)
                if new_id not in before:
                    reasons.old_ids.setdefault(new_id, event_id)
    reasons.gone = {event_id for event_id in lost if sources[event_id] and not sources[event_id] & documents}
    return reasons
