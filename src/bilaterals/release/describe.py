"""The files that describe a version: what it holds, how to cite it, under what licence, and the hash of every
file."""

from __future__ import annotations

import csv
import hashlib
import json
import platform
from collections import Counter
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bilaterals.release.spool import Spool
from bilaterals.release.writing import sha256_of
from bilaterals.schema import TABLES, Resource, codebook, data_package

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("pandas", "pyarrow", "pandera", "selectolax")
RULE_FOLDERS = ("corpus", "extract", "link", "reference")

LICENSE = """\
The tables of this folder are published under the Creative Commons Attribution 4.0 International
licence (CC BY 4.0).

You may share and adapt them for any purpose, also commercially, if you name the source ("bilaterals",
with the version), link to the licence and say what you changed. The full text of the licence:

    https://creativecommons.org/licenses/by/4.0/legalcode

Quotes in the table evidence are words of the documents named there, under the licence that the table
documents gives for each; where it gives none, no words are published, only their place and their hash.
"""

CITATION = """\
cff-version: 1.2.0
message: "If you use these data, please cite them with their version."
type: dataset
title: "bilaterals: what pairs of states did together"
authors:
  - name: "The bilaterals developers"
version: "{version}"
date-released: "{day}"
license: CC-BY-4.0
"""


def code_version() -> str:
    """The version of the package that builds."""
    try:
        return version("bilaterals")
    except PackageNotFoundError:
        return "unknown"


def rules_hash() -> str:
    """One hash over everything that decides what is read from a text: code, rules and reference lists."""
    digest = hashlib.sha256()
    for folder in RULE_FOLDERS:
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".csv", ".toml", ".txt"):
                digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def quality(spool: Spool) -> tuple[dict[str, Any], Counter[tuple[str, str, str]]]:
    """Counts of events by pair, year, type, level, status and review; and those by pair, year and type for
    the checks."""
    columns = TABLES["events"].columns
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("event_type", "level", "status", "date_precision", "review_status")
    }
    by_year: Counter[str] = Counter()
    cells: Counter[tuple[str, str, str]] = Counter()
    for values in spool.rows("events"):
        row = dict(zip(columns, values, strict=True))
        for name, counter in counts.items():
            counter[str(row[name]) if row[name] is not None else ""] += 1
        year = str(row["date_start"])[:4] if row["date_start"] else ""
        by_year[year] += 1
        cells[f"{row['country_a']}-{row['country_b']}", year, str(row["event_type"])] += 1
    table = [
        {"dyad": dyad, "year": year or None, "event_type": kind, "events": n}
        for (dyad, year, kind), n in sorted(cells.items())
    ]
    summary: dict[str, Any] = {"events_by_year": {key or "undated": by_year[key] for key in sorted(by_year)}}
    for name, counter in counts.items():
        summary[f"events_by_{name}"] = {key or "none": counter[key] for key in sorted(counter)}
    issues = Counter(f"{row[3]}/{row[4]}" for row in spool.rows("issues"))
    summary["issues_by_code"] = dict(sorted(issues.items()))
    summary["events_by_dyad_year_type"] = table
    return summary, cells


REPORTS = {"second_coding": "reliability.csv", "known_gaps": "gaps.csv"}


def stated_quality(raw: Path) -> dict[str, Any]:
    """What was found out about the raw text by hand, where it lies beside it: agreement of two coders
    (``reliability.csv``) and what is known to be missing (``gaps.csv``), row by row."""
    found: dict[str, Any] = {}
    for name, file in REPORTS.items():
        if (raw / file).is_file():
            with (raw / file).open(encoding="utf-8-sig", newline="") as lines:
                found[name] = [{key: _number(value) for key, value in row.items()} for row in csv.DictReader(lines)]
    return found


def _number(text: str | None) -> float | int | str | None:
    for kind in (int, float):
        try:
            return kind(text or "")
        except ValueError:
            continue
    return text


def describe(
    folder: Path, name: str, row_hash: str, counts: dict[str, int], day: date, summary: dict[str, Any]
) -> None:
    """Write all describing files; SHA256SUMS comes last and covers every other file."""
    (folder / "codebook.csv").write_bytes(codebook().to_csv(index=False, lineterminator="\n").encode("utf-8"))
    (folder / "LICENSE").write_text(LICENSE, encoding="utf-8", newline="\n")
    citation = CITATION.format(version=name, day=day.isoformat())
    (folder / "CITATION.cff").write_text(citation, encoding="utf-8", newline="\n")
    _write_json(folder / "quality.json", summary)
    libraries = {library: version(library) for library in LIBRARIES}
    _write_json(
        folder / "version.json",
        {
            "version": name,
            "row_hash": row_hash,
            "released": day.isoformat(),
            "code_version": code_version(),
            "rules_sha256": rules_hash(),
            "libraries": {"python": platform.python_version(), **libraries},
            "rows": counts,
        },
    )
    resources = []
    for table in TABLES:
        for suffix in ("csv", "parquet"):
            resources.append(_resource(folder, f"{table}.{suffix}", table))
    resources += [_resource(folder, other, None) for other in ("codebook.csv",)]
    _write_json(folder / "datapackage.json", data_package(name, resources))
    sums = [f"{sha256_of(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def _resource(folder: Path, name: str, table: str | None) -> Resource:
    path = folder / name
    # frictionless 5 does not count the bytes of Parquet and calls every stated number wrong; the hash says
    # enough
    size = None if path.suffix == ".parquet" else path.stat().st_size
    return Resource(path=name, table=table, bytes=size, sha256=sha256_of(path))
