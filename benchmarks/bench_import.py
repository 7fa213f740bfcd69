"""What ``import bilaterals`` costs beyond ``import pandas``, and how fast the command answers."""

from __future__ import annotations

import statistics
import time

from benchmarks import Figure, child

REPEATS = 11
MOST_MS = 50
BEYOND = "import time, pandas; begin = time.perf_counter(); import bilaterals; print(time.perf_counter() - begin)"


def run() -> list[Figure]:
    """Measure in fresh processes."""
    beyond = [float(child("-c", BEYOND) or 0) for _ in range(REPEATS)]
    bare = [_seconds("-c", "pass") for _ in range(REPEATS)]
    version = [_seconds("-m", "bilaterals", "--version") for _ in range(REPEATS)]
    return [
        Figure.at_most("import bilaterals beyond pandas", statistics.median(beyond) * 1000, "ms", MOST_MS),
        Figure("bilaterals --version", statistics.median(version) * 1000, "ms"),
        Figure("python -c pass", statistics.median(bare) * 1000, "ms"),
    ]


def _seconds(*arguments: str) -> float:
    begin = time.perf_counter()
    child(*arguments)
    return time.perf_counter() - begin
