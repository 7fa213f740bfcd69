"""JSON Schema, Table Schema and Data Package descriptors from the field table.

They are written from the field table itself: pandera's own export leaves out descriptions and constraints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bilaterals.schema.model import TABLES, VOCABULARIES, Field, table

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
_DATA_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_JSON_TYPES = {"string": "string", "integer": "integer", "boolean": "boolean", "date": "string"}
_DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a data package: ``table`` is None for a file that is no table, ``sha256`` its checksum."""

    path: str
    table: str | None = None
    description: str | None = None
    bytes: int | None = None
    sha256: str | None = None


def json_schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of one row of a table; dates are ISO 8601 texts."""
    definition = table(name)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:bilaterals:{name}",
        "title": name,
        "description": definition.description,
        "type": "object",
        "properties": {f.name: _json_property(f) for f in definition.fields},
        "required": definition.columns,
        "additionalProperties": False,
    }


def table_schema(name: str) -> dict[str, Any]:
    """Give the Frictionless Table Schema of a table in its CSV form."""
    definition = table(name)
    schema: dict[str, Any] = {
        "$schema": _TABLE_SCHEMA,
        "fields": [_table_field(f, unique=definition.primary_key == (f.name,)) for f in definition.fields],
        "missingValues": [""],
    }
    if definition.primary_key:
        schema["primaryKey"] = list(definition.primary_key)
    if definition.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [key.field],
                "reference": {"resource": "" if key.table == name else key.table, "fields": [key.references]},
            }
            for key in definition.foreign_keys
        ]
    return schema


def data_package(
    version: str, resources: Iterable[Resource], *, created: str | None = None, homepage: str | None = None
) -> dict[str, Any]:
    """Give the descriptor (Data Package v2) of a published version.

    ``created`` is an ISO 8601 time. A CSV resource is named as its table, a Parquet one "events-parquet", so
    that the foreign keys between the CSV files hold.
    """
    described = [_resource(resource) for resource in resources]
    package: dict[str, Any] = {
        "$schema": _DATA_PACKAGE,
        "name": "bilaterals",
        "id": f"urn:bilaterals:{version}",
        "title": "bilaterals: what pairs of states did together",
        "description": "Meetings, visits, consensus and agreements of pairs of states, read from diplomatic "
        "texts; every field points to the words it was read from.",
        "version": version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "keywords": ["diplomacy", "event data", "international relations", "bilateral relations"],
        "resources": described,
    }
    if created is not None:
        package["created"] = created
    if homepage is not None:
        package["homepage"] = homepage
    return package


def _resource(resource: Resource) -> dict[str, Any]:
    path = PurePosixPath(resource.path)
    suffix = path.suffix.lstrip(".")
    described: dict[str, Any] = {
        "$schema": _DATA_RESOURCE,
        "name": _resource_name(resource, path.stem.lower(), suffix),
        "path": resource.path,
        "format": suffix,
    }
    if suffix in _MEDIA_TYPES:
        described["mediatype"] = _MEDIA_TYPES[suffix]
    description = resource.description or (TABLES[resource.table].description if resource.table else None)
    optional = {
        "description": description,
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}" if resource.sha256 else None,
    }
    described.update({key: value for key, value in optional.items() if value is not None})
    if suffix == "csv":
        described["encoding"] = "utf-8"
    if resource.table is not None and suffix == "csv":
        described["type"] = "table"
        described["schema"] = table_schema(resource.table)
    return described


def _resource_name(resource: Resource, stem: str, suffix: str) -> str:
    if resource.table is None:
        return stem
    return resource.table if suffix == "csv" else f"{resource.table}-{suffix}"


def _description(field: Field) -> str:
    if field.separator is None:
        return field.description
    return f'{field.description} Several values are separated by "{field.separator}".'


def _vocabulary(field: Field) -> list[str] | None:
    if field.vocabulary is None or field.separator is not None:
        return None
    return list(VOCABULARIES[field.vocabulary].values)


def _json_property(field: Field) -> dict[str, Any]:
    kind = _JSON_TYPES[field.type]
    described: dict[str, Any] = {
        "description": _description(field),
        "type": [kind, "null"] if field.nullable else kind,
        "examples": [_example(field)],
    }
    described.update(_json_constraints(field))
    return described


def _json_constraints(field: Field) -> Mapping[str, Any]:
    constraints: dict[str, Any] = {}
    values = _vocabulary(field)
    if values is not None:
        constraints["enum"] = [*values, None] if field.nullable else values
    if field.type == "date":
        constraints["format"] = "date"
        constraints["pattern"] = _DATE
    if field.cell_pattern is not None:
        constraints["pattern"] = field.cell_pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.type == "string":
        constraints["minLength"] = 1
    return constraints


def _table_field(field: Field, *, unique: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "description": _description(field),
        "example": _example(field),
    }
    if field.type == "boolean":
        described.update(trueValues=["true"], falseValues=["false"])
    constraints: dict[str, Any] = {"required": True} if not field.nullable else {}
    if unique:
        constraints["unique"] = True
    values = _vocabulary(field)
    if values is not None:
        constraints["enum"] = values
    if field.cell_pattern is not None:
        constraints["pattern"] = field.cell_pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if constraints:
        described["constraints"] = constraints
    return described


def _example(field: Field) -> Any:
    if field.type == "integer":
        return int(field.example)
    return field.example == "true" if field.type == "boolean" else field.example
