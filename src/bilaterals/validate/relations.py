"""Checks across tables: what the rows of one table say of the rows of another.

A check is a small function from the tables of a folder to pairs of the table that is blamed and the fault in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from bilaterals.schema import TABLES
from bilaterals.validate import hints
from bilaterals.validate.source import Fault, Source, where

Sources = Mapping[str, Source]
Blamed = Iterator[tuple[Source, Fault]]

_SEARCHABLE = 10_000  # the nearest id is looked for in lists up to this length


def check_relations(sources: Sources) -> Blamed:
    """Run every check whose tables and columns are there."""
    yield from foreign_keys(sources)
    for needed, check in RELATION_CHECKS:
        if all(name in sources and sources[name].is_sound(*columns) for name, columns in needed.items()):
            yield from check(sources)


def foreign_keys(sources: Sources) -> Blamed:
    """A column that refers to another table holds only what stands there."""
    for name, source in sources.items():
        for key in TABLES[name].foreign_keys:
            target = sources.get(key.table)
            if target is None or not target.is_sound(key.references) or not source.is_sound(key.field):
                continue
            values = source.frame[key.field]
            known = target.frame[key.references].dropna().unique().tolist()
            rows = where(values.notna() & ~values.isin(known))
            message = f"stands not in {key.table}.{key.references}"
            yield source, Fault(rows, (key.field,), "foreign-key", message, _nearest_of(known))


def sides_of_the_pair(sources: Sources) -> Blamed:
    """A participant takes part for one of the two states."""
    participants = sources["participants"]
    pairs = _with_event(participants.frame, sources["events"].frame, ["country_a", "country_b"])
    known = pairs["country_a"].notna() & pairs["country_b"].notna()
    rows = where(known & (pairs["side"] != pairs["country_a"]) & (pairs["side"] != pairs["country_b"]))
    message = "is neither country_a nor country_b of the event"
    yield participants, Fault(rows, ("side", "event_id"), "side", message, "name one state of the pair")


def both_sides_take_part(sources: Sources) -> Blamed:
    """A meeting that has participants has them from both states."""
    events, participants = sources["events"], sources["participants"]
    sides = participants.frame.groupby("event_id")["side"].nunique()
    count = events.frame["event_id"].map(sides)
    rows = where((events.frame["event_type"] == "meeting") & (count.astype("Int64") == 1))
    message = "has participants from one side only"
    hint = "add the other side: a role without a name will do"
    yield events, Fault(rows, ("event_id", "event_type"), "one-sided", message, hint)


def parents_without_circles(sources: Sources) -> Blamed:
    """No event is its own parent over other events."""
    events = sources["events"]
    children = events.frame[["event_id", "parent_event_id"]].dropna()
    parent = dict(zip(children["event_id"], children["parent_event_id"], strict=True))
    circular = _circular(parent)
    rows = where(events.frame["event_id"].isin(list(circular)))
    message = "leads back to the event itself"
    yield events, Fault(rows, ("parent_event_id", "event_id"), "circle", message, "take one parent away")


def evidence_has_record(sources: Sources) -> Blamed:
    """The record of an evidence stands in its table."""
    evidence = sources["evidence"]
    for name, source in sources.items():
        key = TABLES[name].primary_key
        if not key or not source.is_sound(*key):
            continue
        known = source.frame[key[0]].astype("string")
        for column in key[1:]:
            known = known.str.cat(source.frame[column].astype("string"), sep="#")
        frame = evidence.frame
        rows = where((frame["table"] == name) & ~frame["record_id"].isin(known.dropna()))
        fault = Fault(rows, ("record_id", "table"), "foreign-key", f"is no record of the table {name}", None)
        yield evidence, fault


def evidence_within_document(sources: Sources) -> Blamed:
    """No evidence reaches beyond the end of its document."""
    evidence, documents = sources["evidence"], sources["documents"]
    lengths = documents.frame.drop_duplicates("doc_id").set_index("doc_id")["n_chars"]
    rows = where(evidence.frame["end"] > evidence.frame["doc_id"].map(lengths).astype("Int64"))
    message = "lies behind the end of the document"
    yield evidence, Fault(rows, ("end", "doc_id"), "offsets", message, "offsets count the raw text")


def _with_event(frame: pd.DataFrame, events: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    unique = events.drop_duplicates("event_id").set_index("event_id")[columns]
    return frame.join(unique, on="event_id")


def _circular(parent: Mapping[str, str]) -> set[str]:
    """Give the events whose chain of parents comes back to them."""
    circular: set[str] = set()
    done: set[str] = set()
    for start in parent:
        chain: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in chain:
            chain[node] = len(chain)
            node = parent.get(node)
        if node in chain:
            circular.update(list(chain)[chain[node] :])
        done.update(chain)
    return {event for event in circular if parent.get(event) != event}


def _nearest_of(known: list[str]) -> Callable[[str], str | None]:
    """Hint for an id that is not there; only asked for in lists of a size that can be searched."""

    def hint(value: str) -> str | None:
        meant = hints.closest(value, known) if len(known) <= _SEARCHABLE else None
        return f"did you mean {meant!r}?" if meant else None

    return hint


RELATION_CHECKS: tuple[tuple[Mapping[str, tuple[str, ...]], Callable[[Sources], Blamed]], ...] = (
    (
        {"participants": ("event_id", "side"), "events": ("event_id", "country_a", "country_b")},
        sides_of_the_pair,
    ),
    ({"participants": ("event_id", "side"), "events": ("event_id", "event_type")}, both_sides_take_part),
    ({"events": ("event_id", "parent_event_id")}, parents_without_circles),
    ({"evidence": ("table", "record_id")}, evidence_has_record),
    ({"evidence": ("doc_id", "end"), "documents": ("doc_id", "n_chars")}, evidence_within_document),
)
