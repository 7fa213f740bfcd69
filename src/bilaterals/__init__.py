"""The open timeline of what states do together, each field with the words it was read from.

    >>> import bilaterals
    >>> events = bilaterals.load_events("CHN", "JPN")

The public names load when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bilaterals.corpus import read_text
    from bilaterals.extract import extract as extract_document
    from bilaterals.load import (
        cite,
        describe,
        list_tables,
        list_versions,
        load_events,
        load_table,
    )
    from bilaterals.panel import dyad_month, dyad_year
    from bilaterals.validate import validate_file, validate_folder, validate_frame

    __version__: str

__all__ = [
    "__version__",
    "cite",
    "describe",
    "dyad_month",
    "dyad_year",
    "extract_document",
    "list_tables",
    "list_versions",
    "load_events",
    "load_table",
    "read_text",
    "validate_file",
    "validate_folder",
    "validate_frame",
]

# public name -> (module, name there)
_HOMES = {
    "cite": ("load", "cite"),
    "describe": ("load", "describe"),
    "dyad_month": ("panel", "dyad_month"),
    "dyad_year": ("panel", "dyad_year"),
    # Not "extract": that is the package, and a name that is now a module and now a function would be a trap.
    "extract_document": ("extract", "extract"),
    "list_tables": ("load", "list_tables"),
    "list_versions": ("load", "list_versions"),
    "load_events": ("load", "load_events"),
    "load_table": ("load", "load_table"),
    "read_text": ("corpus", "read_text"),
    "validate_file": ("validate", "validate_file"),
    "validate_folder": ("validate", "validate_folder"),
    "validate_frame": ("validate", "validate_frame"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("bilaterals")
    elif name in _HOMES:
        module, attribute = _HOMES[name]
        value = getattr(import_module(f"bilaterals.{module}"), attribute)
    else:
        raise AttributeError(f"module 'bilaterals' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
