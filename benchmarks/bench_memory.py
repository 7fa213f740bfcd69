"""The memory of a build: its peak with 1,000 and with 10,000 documents.

``python -m benchmarks.bench_memory RAW OUT`` builds and prints its own peak in MB.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import Figure, child
from benchmarks.bench_texts import article

FEW, MANY = 1_000, 10_000
MOST = 1.25


def run() -> list[Figure]:
    """Build twice, and compare the peaks."""
    peaks, times = [], []
    for number in (FEW, MANY):
        with tempfile.TemporaryDirectory() as scratch:
            raw = Path(scratch) / "raw"
            raw.mkdir()
            write(raw / "readouts.jsonl", number)
            begin = time.perf_counter()
            printed = child("-m", "benchmarks.bench_memory", str(raw), str(Path(scratch) / "out"))
            times.append(time.perf_counter() - begin)
            peaks.append(float(printed or "nan"))
    return [
        Figure(f"peak with {FEW:,} documents", peaks[0], "MB"),
        Figure(f"peak with {MANY:,} documents", peaks[1], "MB"),
        Figure.at_most("growth of the peak", peaks[1] / peaks[0], "x", MOST),
        Figure(f"build of {MANY:,} documents", times[1], "s"),
    ]


def write(path: Path, number: int) -> None:
    """Write so many readouts as records."""
    with path.open("w", encoding="utf-8") as out:
        for seed in range(number):
            text, day = article(seed)
            record = {"id": f"readout-{seed}", "date": day.isoformat(), "title": "", "text": text}
            out.write(json.dumps(record) + "\n")


def peak() -> float:
    """Return the peak of this process's memory in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count what the parent held before this program was loaded
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    from bilaterals.release import build

    build(sys.argv[1], sys.argv[2])
    print(peak())
