"""Rows of the tables that do not come from linking: documents, what was set aside, and the reference
lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

from bilaterals.corpus import Document
from bilaterals.reference import countries as country_list
from bilaterals.reference import domains as domain_list
from bilaterals.release.spool import Spool
from bilaterals.schema import TABLES
from bilaterals.setaside import SetAside

Row = dict[str, object]


def document_row(document: Document) -> Row:
    """The row of a document."""
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "publisher": document.publisher,
        "side": document.side,
        "published": document.published,
        "language": document.language,
        "url": document.url,
        "licence": document.licence,
        "sha256": document.sha256,
        "n_chars": document.n_chars,
        "path": str(document.path),
        "form": document.form,
    }


def issue_row(note: SetAside) -> Row:
    """The row of what was set aside."""
    return {name: getattr(note, name) for name in TABLES["issues"].columns}


def _countries() -> Iterator[Row]:
    for periods in country_list.country_periods().values():
        for row in periods:
            yield {
                "iso3": row.iso3,
                "iso2": row.iso2,
                "name": row.name,
                "official_name": row.official_name,
                "demonyms": "; ".join(dict.fromkeys(country_list.demonyms(row.iso3))),
                "cow": row.cow,
                "gwno": row.gwno,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            }


def _row_of(record: Any, table: str) -> Row:
    """The columns of a table out of a record of a reference list that names its fields alike."""
    row: Row = {}
    for column in TABLES[table].columns:
        value = getattr(record, column, None)
        if isinstance(value, tuple | list | frozenset | set):
            value = "; ".join(str(part) for part in value)
        row[column] = value.isoformat() if isinstance(value, date) else value
    return row


def _records(found: Any) -> Iterator[Any]:
    """The records of a list, of a mapping to records, or of a mapping to several of them."""
    for item in found.values() if hasattr(found, "values") else found:
        if dataclasses.is_dataclass(item):
            yield item
        else:
            yield from item


def add_reference(spool: Spool) -> None:
    """Put the reference lists into the spool: they travel with every version."""
    from bilaterals.reference import people as people_list

    spool.add("countries", _countries())
    spool.add("domains", (_row_of(domain, "domains") for domain in domain_list.domains().values()))
    spool.add("people", (_row_of(person, "people") for person in _records(people_list.people())))
    spool.add("offices", (_row_of(tenure, "offices") for tenure in _records(people_list.tenures())))


def check_references(spool: Spool) -> list[str]:
    """What points to a row that is not there, in words; an empty list when all is well."""
    faults = []
    for table in TABLES.values():
        for key in table.foreign_keys:
            for row, value in spool.dangling(table.name, key.field, key.table, key.references):
                faults.append(f"{table.name} {row}: {key.field} {value!r} is not in {key.table}.{key.references}")
    return faults
