"""Extraction in documents a second, on one core."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Figure
from benchmarks.bench_texts import article
from bilaterals.corpus import Document, read_text
from bilaterals.extract import extract

N_OWN = 2000
REPEATS = 3
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


def run() -> list[Figure]:
    """Measure reading and extraction on texts of our own, and extraction on the corpora that are at hand."""
    texts = [article(seed) for seed in range(N_OWN)]
    begin = time.perf_counter()
    documents = [read_text(text, published=day) for text, day in texts]
    reading = N_OWN / (time.perf_counter() - begin)
    size = sum(len(text) for text, _ in texts) / N_OWN
    found = sum(len(extract(document).candidates) for document in documents)  # warms every cache, too
    figures = [
        Figure("own texts: mean length", size, "characters"),
        Figure("own texts: found in a document", found / N_OWN, "records"),
        Figure("own texts: reading", reading, "documents/s"),
        Figure.at_least("own texts: extraction", per_second(documents), "documents/s", 1000),
    ]
    for path in sorted(CORPORA.glob("*.jsonl")):
        documents = list(corpus(path))
        rate = per_second(documents)
        length = sum(len(document.text) for document in documents) / len(documents)
        figures.append(Figure(f"{path.stem}: mean length", length, "characters"))
        # In texts of another length, the goal is as many characters a second.
        figures.append(Figure.at_least(f"{path.stem}: extraction", rate * length / 1700, "x 1.7 kB/s", 1000))
    return figures


def corpus(path: Path) -> Iterator[Document]:
    """Yield the documents of a file of records."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield read_text(record["text"], published=record.get("date"), title=record.get("title") or "")


def per_second(documents: list[Document]) -> float:
    """Return how many documents are extracted a second, the best of several runs."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        for document in documents:
            extract(document)
        times.append(time.perf_counter() - begin)
    return len(documents) / min(times)
