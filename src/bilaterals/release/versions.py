"""The numbers of versions: 2026.11.0 is the first one published in November 2026.

A version is named by the month in which it is built and the next free number of that month.
SOURCE_DATE_EPOCH, where it is set, takes the place of the clock, as in other reproducible builds.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

from bilaterals.release.errors import BuildError

NAME = re.compile(r"(\d{4})\.([1-9]|1[0-2])\.(0|[1-9]\d*)")


def order(version: str) -> tuple[int, ...]:
    """The numbers of a version, so that 2026.11.0 comes after 2026.9.3."""
    return tuple(int(part) for part in version.split("."))


def published(out: Path) -> list[Path]:
    """The versions in a folder, the oldest first."""
    if not out.is_dir():
        return []
    found = [path for path in out.iterdir() if NAME.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=lambda path: order(path.name))


def today() -> date:
    """The day of the build."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def next_version(existing: list[Path], day: date) -> str:
    """The next free number of the month, and never one that sorts before a published version."""
    month = f"{day.year}.{day.month}"
    numbers = [order(path.name)[2] for path in existing if path.name.rsplit(".", 1)[0] == month]
    version = f"{month}.{max(numbers, default=-1) + 1}"
    if existing and order(version) < order(existing[-1].name):
        raise BuildError(
            f"the clock says {day.isoformat()}, but version {existing[-1].name} is published already; "
            "set the clock right, or name the version"
        )
    return version


def checked_name(version: str, existing: list[Path]) -> str:
    """A version that the user names, if it can be published."""
    if not NAME.fullmatch(version):
        raise BuildError(f"{version!r} is no version; write year, month and number, such as 2026.11.0")
    if existing and order(version) <= order(existing[-1].name):
        raise BuildError(
            f"version {version} does not come after {existing[-1].name}, which is published; "
            "a published version never changes"
        )
    return version


def row_hash_of(folder: Path) -> str:
    """The row hash of a published version."""
    try:
        found = json.loads((folder / "version.json").read_text(encoding="utf-8"))["row_hash"]
    except (OSError, ValueError, KeyError) as error:
        raise BuildError(
            f"version {folder.name} in {folder.parent} cannot be read ({error}); "
            "bring version.json back, or move the folder away"
        ) from error
    return str(found)
