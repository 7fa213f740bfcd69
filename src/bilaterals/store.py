"""Where the published versions of the data are.

A version is a folder named like ``2026.11.0``. They are looked for, in this order, in

1. the folder that ``BILATERALS_DATA`` names, and then nowhere else: a folder of versions or a version,
2. the installed package, which carries the newest version of its day,
3. the repository's ``data/processed``, when the package is installed from a working copy,
4. the cache of versions fetched before.

The package also carries a registry: every version published until then and the hash of its ``SHA256SUMS``,
which in turn holds the hash of every file. So an older version can be fetched from anywhere and trusted all
the same. There is no public address yet; until there is one, ``BILATERALS_URL`` may name a mirror.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import tempfile
from pathlib import Path

REGISTRY = "registry.csv"
SUMS = "SHA256SUMS"
_NAME = re.compile(r"\d+\.\d+\.\d+")


class VersionNotFound(LookupError):
    """No such version of the data is at hand; the message says which are."""


def order(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, so that 2026.11.0 comes after 2026.9.3."""
    return tuple(int(part) for part in version.split("."))


def at_hand() -> dict[str, Path]:
    """Return the folder of every version that can be read now, newest first."""
    own = os.environ.get("BILATERALS_DATA")
    if own:
        return _of_user(Path(own).expanduser())
    found: dict[str, Path] = {}
    for home in (_package_home(), _repository_home(), cache_home()):
        for folder in _versions_in(home):
            found.setdefault(folder.name, folder)
    return {name: found[name] for name in sorted(found, key=order, reverse=True)}


def registry() -> dict[str, str]:
    """Return every published version that this package knows of, with the SHA-256 of its ``SHA256SUMS``."""
    path = _package_home() / REGISTRY
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["version"]: row["sha256"] for row in csv.DictReader(lines)}


def folder_of(version: str | None = None) -> Path:
    """Return the folder of a version (of the newest, when none is named), fetching it when it is not at hand.

    Raises VersionNotFound when it can neither be found nor fetched.
    """
    versions = at_hand()
    if version is None:
        if not versions:
            raise VersionNotFound(_no_data())
        return next(iter(versions.values()))
    if version in versions:
        return versions[version]
    known = registry()
    if version in known and not os.environ.get("BILATERALS_DATA"):
        return _fetch(version, known[version])
    have = ", ".join(versions) or "none"
    raise VersionNotFound(f"there is no version {version!r} of the data; at hand: {have}")


def cache_home() -> Path:
    """Return the folder that fetched versions are kept in."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "bilaterals"


def holds_data(folder: Path) -> bool:
    """Say whether a folder is a version: whether it holds the table of events."""
    return (folder / "events.parquet").is_file() or (folder / "events.csv").is_file()


def _package_home() -> Path:
    return Path(__file__).parent / "_data"


def _repository_home() -> Path:
    """Return ``data/processed`` of the working copy this module lies in, or a folder that is not there."""
    root = Path(__file__).parents[2]
    return root / "data" / "processed" if (root / "pyproject.toml").is_file() else root / "no-working-copy"


def _versions_in(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    return [folder for folder in home.iterdir() if _NAME.fullmatch(folder.name) and holds_data(folder)]


def _of_user(home: Path) -> dict[str, Path]:
    if not home.is_dir():
        raise VersionNotFound(f"BILATERALS_DATA names {home}, which is no folder")
    if holds_data(home):
        return {home.resolve().name: home}
    folders = sorted(_versions_in(home), key=lambda folder: order(folder.name), reverse=True)
    if not folders:
        raise VersionNotFound(
            f"BILATERALS_DATA names {home}, which holds neither events.parquet nor events.csv, "
            f"nor a folder of a version"
        )
    return {folder.name: folder for folder in folders}


def _no_data() -> str:
    return (
        "no data is at hand: this copy of bilaterals carries none; build it with `bilaterals build data/raw "
        "data/processed` (in the repository: `make data`), or name a folder in BILATERALS_DATA"
    )


def _fetch(version: str, sha256: str) -> Path:
    """Fetch one version into the cache, every file checked against its hash; all of it, or nothing."""
    base = os.environ.get("BILATERALS_URL", "").rstrip("/")
    if not base:
        raise VersionNotFound(
            f"version {version} was published, but is not at hand (there are: {', '.join(at_hand())}), "
            f"and older versions have no public address yet; set BILATERALS_URL to a mirror that has it, or "
            f"BILATERALS_DATA to a folder that holds it"
        )
    home = cache_home()
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix="fetching-") as scratch:
        side = Path(scratch) / version
        side.mkdir()
        sums = _fetch_file(f"{base}/{version}/{SUMS}", sha256)
        (side / SUMS).write_bytes(sums)
        for line in sums.decode("utf-8").splitlines():
            expected, name = line.split(maxsplit=1)
            name = name.removeprefix("*")
            if Path(name).is_absolute() or ".." in Path(name).parts:
                raise ValueError(f"{SUMS} of version {version} names a file outside of its folder: {name}")
            target = side / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_fetch_file(f"{base}/{version}/{name}", expected))
        if not (home / version).exists():
            side.rename(home / version)
    return home / version


def _fetch_file(url: str, sha256: str) -> bytes:
    """Return the bytes at an address, or raise when they are not the ones expected."""
    import urllib.request

    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
    except OSError as error:
        raise VersionNotFound(f"{url} cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise VersionNotFound(f"{url} is not what was published (its SHA-256 differs); nothing was kept")
    return content
