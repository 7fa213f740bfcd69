"""Relations between candidates of one document into relations between events.

A relation is told of the later of the two: a consensus or an agreement *resulted* from a meeting, a meeting
is *part of* a visit, talks *implement* a consensus. A relation that an extractor writes the other way round
is turned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bilaterals.link.reports import Report

Key = tuple[str, int]

# What may be the parent of what: always something further up.
HEIGHT = {"visit": 0, "meeting": 1, "consensus": 2, "agreement": 3}
PARENTAL = ("resulted_in", "part_of")


def stated(reports: list[Report]) -> list[tuple[Key, str, Key]]:
    """All relations of the reports as (report, relation, other report), turned the right way."""
    types = {report.key: report.candidate.event_type for report in reports}
    found = []
    for report in reports:
        for relation in report.candidate.relations:
            mine, other = report.key, (report.origin.doc_id, relation.other)
            if other not in types:
                continue  # of another pair of states
            if relation.relation in PARENTAL and HEIGHT.get(types[mine], 9) < HEIGHT.get(types[other], -1):
                mine, other = other, mine
            found.append((mine, relation.relation, other))
    return found


def parents_of(relations: list[tuple[Key, str, Key]], types: Mapping[Key, str]) -> dict[Key, Key]:
    """The parent report of each report that has one: the first by relation, then by place in the document."""
    parents: dict[Key, tuple[int, Key]] = {}
    for mine, relation, other in relations:
        if relation not in PARENTAL or HEIGHT.get(types[other], 9) >= HEIGHT.get(types[mine], -1):
            continue
        choice = (PARENTAL.index(relation), other)
        parents[mine] = min(choice, parents.get(mine, choice))
    return {mine: other for mine, (_, other) in parents.items()}


def most_common(values: list[int]) -> int | None:
    """The parent that most documents name; the lowest number when they are even."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
