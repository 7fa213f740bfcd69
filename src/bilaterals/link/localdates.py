"""The local day: two accounts of one meeting may differ by a day, since each side writes the date of its own
capital.

Two groups a day apart are one meeting only if the principals of both sides are the same by name, the meeting
was in person in the same city, the accounts come from different sides, and nothing else of the pair lies on
either day. Calls have no city, so calls on consecutive days stay two calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from bilaterals.link.facts import Facts
from bilaterals.link.grouping import Group, Grouping
from bilaterals.link.identity import CONTRADICTS, side_tie


def _day(group: Group) -> date | None:
    span = group.span
    return span.first if span and span.by_day and span.first == span.last else None


def _accounts(group: Group) -> frozenset[str]:
    return frozenset().union(*(report.sides for report in group.reports))


def _told_alike(a: Facts, b: Facts) -> bool:
    ties = [side_tie(mine, other) for mine, other in zip(a.sides, b.sides, strict=True)]
    in_person = a.mode == b.mode == "in_person" and a.city is not None and a.city == b.city
    return in_person and ties == [3, 3]


def _same(a: Group, b: Group) -> bool:
    if not _accounts(a) or not _accounts(b) or _accounts(a) & _accounts(b) or a.documents & b.documents:
        return False
    contradicts = CONTRADICTS[a.event_type]
    if any(contradicts(x, y) for x in a.facts for y in b.facts):
        return False
    return any(_told_alike(x, y) for x in a.facts for y in b.facts)


def join_local_dates(grouping: Grouping) -> list[tuple[Group, Group]]:
    """Join the groups that are one meeting told with the dates of two capitals; give (kept, gone) of each."""
    by_day: dict[date, list[Group]] = defaultdict(list)
    for group in grouping.groups:
        day = _day(group)
        if day:
            by_day[day].append(group)
    pairs = []
    for day in sorted(by_day):
        mine, others = by_day[day], by_day.get(day + timedelta(days=1), [])
        if len(mine) == len(others) == 1 and _same(mine[0], others[0]):
            pairs.append((mine[0], others[0]))
    taken = Counter(group.number for pair in pairs for group in pair)
    joined = []
    for first, second in pairs:
        if taken[first.number] == taken[second.number] == 1:
            first.reports += second.reports
            first.facts |= second.facts
            first.documents |= second.documents
            joined.append((first, second))
    gone = {second.number for _, second in joined}
    grouping.groups = [group for group in grouping.groups if group.number not in gone]
    return joined
