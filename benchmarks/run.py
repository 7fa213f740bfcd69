"""Measure everything, print a table and write ``results.json``: ``python -m benchmarks.run [NAME ...]``."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from benchmarks import Figure

RESULTS = Path(__file__).parent / "results.json"
BENCHMARKS = ("import", "load", "extraction", "growth", "memory", "validation")
LIBRARIES = ("bilaterals", "numpy", "pandas", "pandera", "pyarrow", "selectolax")
VALIDATION_MOST = 1.5


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; return 1 when a figure is not what it should be."""
    unknown = set(names).difference(BENCHMARKS)
    if unknown:
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    results: dict[str, list[Figure]] = {}
    for name in names or BENCHMARKS:
        begin = time.perf_counter()
        results[name] = (
            validation() if name == "validation" else importlib.import_module(f"benchmarks.bench_{name}").run()
        )
        print(table(name, results[name], time.perf_counter() - begin), flush=True)
    write(results)
    missed = [figure for figures in results.values() for figure in figures if figure.holds is False]
    print(f"{len(missed)} figures miss their goal" if missed else "every figure with a goal reaches it")
    return 0


def validation() -> list[Figure]:
    """Turn what `benchmarks.validation` measures into figures; each ratio is beside pandera alone."""
    from benchmarks.validation import run

    return [
        Figure.at_most(name, value, "x", VALIDATION_MOST)
        if name.endswith("ratio")
        else Figure(name, value, "s" if name.endswith("_s") else "")
        for name, value in run().items()
    ]


def table(name: str, figures: list[Figure], seconds: float) -> str:
    """Return the figures of one benchmark as lines."""
    lines = [f"{name}  ({seconds:.0f} s)"]
    for figure in figures:
        value = "too long" if figure.value is None else f"{figure.value:,.4g}"
        if figure.value is not None and abs(figure.value) >= 1000:
            value = f"{figure.value:,.0f}"
        verdict = "" if figure.goal is None else f"{figure.goal:<16} {'yes' if figure.holds else 'NO'}"
        lines.append(f"  {figure.name:<52}{value:>12} {figure.unit:<13}{verdict}".rstrip())
    return "\n".join(lines) + "\n"


def write(results: dict[str, list[Figure]]) -> None:
    """Write the figures beside what they were measured with; those of benchmarks that did not run stay."""
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    made_with = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    measured = {
        name: made_with | {"figures": [_rounded(figure) for figure in figures]} for name, figures in results.items()
    }
    merged = before | measured
    ordered = {name: merged[name] for name in BENCHMARKS if name in merged}
    RESULTS.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(figure: Figure) -> dict[str, object]:
    value = figure.value if figure.value is None else float(f"{figure.value:.4g}")
    return asdict(figure) | {"value": value}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
