"""How the time of one document grows with its length: 10 kB to 10 MB, on hostile text too.

Each text is read in a process of its own, which is ended when it takes too long:
``python -m benchmarks.bench_growth KIND SIZE`` prints the seconds for one.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
import time

from benchmarks import Figure, child
from benchmarks.bench_texts import HOSTILE, hostile, long_text

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
LIMIT = 120.0
ORDINARY = "readouts in a row"
MOST = 1.15
"""In step with the length is an exponent of 1; the rest is for noise and for caches that run over."""


def run() -> list[Figure]:
    """Measure each kind of text at each size, and the exponent with which its time grows."""
    figures = []
    for kind in (ORDINARY, *HOSTILE):
        times: list[float] = []
        for size in SIZES:
            printed = child("-m", "benchmarks.bench_growth", kind, str(size), timeout=LIMIT)
            if printed is None:  # what does not end at one size will not at ten times that
                break
            times.append(float(printed))
        ended = len(times) == len(SIZES)
        name = f"{kind}: {SIZES[len(times) - 1] // 1000:,} kB"
        figures.append(Figure(name, times[-1], "s", f"{SIZES[-1] // 1000:,} kB ends", ended))
        figures.append(Figure.at_most(f"{kind}: growth", exponent(times), "exponent", MOST))
    return figures


def exponent(times: list[float]) -> float | None:
    """Return the exponent of growth over the last two steps, in which fixed costs no longer weigh."""
    if len(times) < 3:
        return None
    return math.log(times[-1] / times[-3], SIZES[2] / SIZES[0])


def seconds(kind: str, size: int) -> float:
    """Return how long one document takes, the reading of its text included."""
    from bilaterals.corpus import read_text
    from bilaterals.extract import extract

    text = long_text(size) if kind == ORDINARY else hostile(kind, size)
    day = dt.date(2024, 12, 26)
    extract(read_text(long_text(2000), published=day))  # loads the rules
    times = []
    for _ in range(3 if size <= 100_000 else 1):
        begin = time.perf_counter()
        extract(read_text(text, published=day))
        times.append(time.perf_counter() - begin)
    return min(times)


if __name__ == "__main__":
    print(seconds(sys.argv[1], int(sys.argv[2])))
