"""The generated files: ``python -m bilaterals.schema.export schemas``."""

from __future__ import annotations

import json
import sys
from os import PathLike
from pathlib import Path
from typing import Any

from bilaterals.schema.book import codebook
from bilaterals.schema.descriptors import json_schema, table_schema
from bilaterals.schema.model import TABLES


def render_schemas() -> dict[str, str]:
    """Give the generated files by name: a JSON Schema and a Table Schema a table, and the codebook."""
    texts = {}
    for name in TABLES:
        texts[f"{name}.schema.json"] = _json(json_schema(name))
        texts[f"{name}.table.json"] = _json(table_schema(name))
    texts["codebook.csv"] = codebook().to_csv(index=False, lineterminator="\n")
    return texts


def write_schemas(folder: str | PathLike[str]) -> list[Path]:
    """Write the generated files into the folder, and take away those of tables that are no more."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    texts = render_schemas()
    for stale in {*folder.glob("*.schema.json"), *folder.glob("*.table.json")}:
        if stale.name not in texts:
            stale.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def main(arguments: list[str] | None = None) -> int:
    """Write the schemas into the folder named on the command line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if len(arguments) != 1:
        print("usage: python -m bilaterals.schema.export FOLDER", file=sys.stderr)
        return 2
    print(f"{len(write_schemas(arguments[0]))} files written to {arguments[0]}")
    return 0


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
