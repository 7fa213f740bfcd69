"""What a column, a table and a vocabulary are, read from the three CSV files beside this module.

``fields.csv``, ``tables.csv`` and ``vocabularies.csv`` are the only place where a column is defined;
everything else in this package is derived from them. Reading them needs nothing but the standard library.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_HERE = Path(__file__).parent
TYPES = ("string", "integer", "boolean", "date")
_LIST_ITEM = "[^; ]([^;]*[^; ])?"  # an item of free text: no separator in it, no space around it


class SchemaError(ValueError):
    """A table does not fit its definition; the message names the columns and the first values."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one table.

    ``vocabulary`` names the closed list its values come from. With a ``separator`` a cell holds several
    values, and vocabulary and ``pattern`` hold for each of them. ``references`` is "table.field". ``source``
    says where the definition comes from.
    """

    table: str
    name: str
    type: str
    nullable: bool
    key: bool
    vocabulary: str | None
    separator: str | None
    pattern: str | None
    minimum: int | None
    references: str | None
    description: str
    example: str
    source: str

    @property
    def item_pattern(self) -> str | None:
        """The regular expression of one value (of one item, in a cell that holds several), not anchored."""
        if self.pattern is not None:
            return self.pattern
        if self.vocabulary is not None:
            return "|".join(re.escape(value) for value in load_vocabularies()[self.vocabulary].values)
        return _LIST_ITEM if self.separator else None

    @property
    def cell_pattern(self) -> str | None:
        """The regular expression of a whole cell, anchored; None when a vocabulary or nothing binds it."""
        item = self.item_pattern
        if self.separator is not None:
            return f"^({item})({self.separator}({item}))*$"
        return f"^({item})$" if self.pattern is not None else None

    @property
    def is_free_text(self) -> bool:
        """Whether people or documents word the value, so that it may begin like a spreadsheet formula."""
        return self.type == "string" and self.vocabulary is None and self.pattern is None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values must stand in a column of a table (which may be the same one)."""

    field: str
    table: str
    references: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order, and its keys."""

    name: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def columns(self) -> list[str]:
        """The names of the columns in the order of publication."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """Give the column of this name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no column {name!r}; it has {', '.join(self.columns)}")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a vocabulary, with its PLOVER name and CAMEO code where one exists."""

    value: str
    definition: str
    example: str
    plover: str | None
    cameo: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of values."""

    name: str
    values: Mapping[str, Value]


def table(name: str) -> Table:
    """Give the table of this name, or say which tables there are."""
    try:
        return TABLES[name]
    except KeyError:
        raise KeyError(f"no table {name!r}; the tables are {', '.join(TABLES)}") from None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _field(row: Mapping[str, str]) -> Field:
    if row["type"] not in TYPES:
        raise ValueError(f"fields.csv: {row['table']}.{row['name']} has the unknown type {row['type']!r}")
    return Field(
        table=row["table"],
        name=row["name"],
        type=row["type"],
        nullable=_boolean(row["nullable"]),
        key=_boolean(row["key"]),
        vocabulary=row["vocabulary"] or None,
        separator=row["separator"] or None,
        pattern=row["pattern"] or None,
        minimum=int(row["minimum"]) if row["minimum"] else None,
        references=row["references"] or None,
        description=row["description"],
        example=row["example"],
        source=row["source"],
    )


def _foreign_key(field: Field) -> ForeignKey:
    table, _, name = (field.references or "").partition(".")
    return ForeignKey(field.name, table, name)


@cache
def load_tables() -> Mapping[str, Table]:
    """Read tables.csv and fields.csv."""
    fields: dict[str, list[Field]] = {}
    for row in _rows("fields.csv"):
        fields.setdefault(row["table"], []).append(_field(row))
    tables = {}
    for row in _rows("tables.csv"):
        own = tuple(fields.pop(row["name"]))
        tables[row["name"]] = Table(
            name=row["name"],
            description=row["description"],
            fields=own,
            primary_key=tuple(field.name for field in own if field.key),
            foreign_keys=tuple(_foreign_key(field) for field in own if field.references),
        )
    if fields:
        raise ValueError(f"fields.csv has columns of tables that tables.csv does not name: {', '.join(fields)}")
    return MappingProxyType(tables)


@cache
def load_vocabularies() -> Mapping[str, Vocabulary]:
    """Read vocabularies.csv; the names of the tables are a vocabulary too."""
    values: dict[str, dict[str, Value]] = {}
    for row in _rows("vocabularies.csv"):
        values.setdefault(row["vocabulary"], {})[row["value"]] = Value(
            value=row["value"],
            definition=row["definition"],
            example=row["example"],
            plover=row["plover"] or None,
            cameo=row["cameo"] or None,
            source=row["source"],
        )
    values["table"] = {
        row["name"]: Value(row["name"], row["description"], row["name"], None, None, "own")
        for row in _rows("tables.csv")
    }
    return MappingProxyType({name: Vocabulary(name, MappingProxyType(v)) for name, v in values.items()})


TABLES: Mapping[str, Table] = load_tables()
VOCABULARIES: Mapping[str, Vocabulary] = load_vocabularies()
