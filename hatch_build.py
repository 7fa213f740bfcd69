"""Puts the newest version of the data into what is built.

A wheel gets the newest folder of ``data/processed`` as ``bilaterals/_data/<version>``, and beside it
``registry.csv``: every version ever published with the hash of its ``SHA256SUMS``, so that an older one can
be fetched and checked. An sdist gets what its own wheel will need: the newest folder whole, and of the older
ones their ``SHA256SUMS``. An editable install gets nothing: it reads the repository's own ``data/processed``.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the data to a wheel or an sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the newest version, and the hashes of all of them."""
        if version == "editable":
            return
        versions = published(Path(self.root) / "data" / "processed")
        if not versions:
            self.app.display_warning("data/processed holds no version: what is built carries no data")
            return
        newest = versions[-1]
        include = build_data["force_include"]
        if self.target_name == "sdist":
            include[str(newest)] = f"data/processed/{newest.name}"
            for older in versions[:-1]:
                include[str(older / "SHA256SUMS")] = f"data/processed/{older.name}/SHA256SUMS"
        else:
            include[str(newest)] = f"bilaterals/_data/{newest.name}"
            self._scratch = tempfile.TemporaryDirectory()
            registry = Path(self._scratch.name) / "registry.csv"
            registry.write_text(registry_of(versions), encoding="utf-8")
            include[str(registry)] = "bilaterals/_data/registry.csv"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder once the wheel is written."""
        if hasattr(self, "_scratch"):
            self._scratch.cleanup()


def published(processed: Path) -> list[Path]:
    """Return the folders of published versions, oldest first."""
    folders = [sums.parent for sums in processed.glob("[0-9]*.[0-9]*.[0-9]*/SHA256SUMS")]
    return sorted(folders, key=lambda folder: [int(part) for part in folder.name.split(".")])


def registry_of(versions: list[Path]) -> str:
    """Return the registry as CSV: each version with the SHA-256 of its ``SHA256SUMS``."""
    rows = [f"{folder.name},{hashlib.sha256((folder / 'SHA256SUMS').read_bytes()).hexdigest()}" for folder in versions]
    return "version,sha256\n" + "".join(f"{row}\n" for row in rows)
