"""Which groups may hold the event that a report tells of: looked up, so that not every report meets every
group.

A report with a day is looked up by that day, one with a month or a year by these. One without any date is
looked up by a name (else by a word of the title, else by the city), and there among the groups whose time its
publication allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from typing import Generic, TypeVar

from bilaterals.link.facts import Facts

G = TypeVar("G")
Key = tuple[Hashable, ...]

DATED: Key = ("dated",)
UNPRINTED: Key = ("unprinted",)  # neither event nor document has a date
TWO_MONTHS = timedelta(days=62)


def months(first: date, last: date) -> list[Key]:
    """Every month from one day to another."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [("month", first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(count)]


def days(facts: Facts, margin: int = 0) -> list[Key]:
    """Every day that a report states, and so many before and after; none when it states no day."""
    if facts.when is None or not facts.when.by_day:
        return []
    first = facts.when.first - timedelta(days=margin)
    count = (facts.when.last - facts.when.first).days + 1 + 2 * margin
    return [("day", first + timedelta(days=n)) for n in range(count)]


def firm_keys(facts: Facts) -> list[Key]:
    """The parent and the numbered round of a report."""
    keys: list[Key] = [("parent", facts.parent)] if facts.parent is not None else []
    if facts.mechanism_round is not None and facts.mechanism:
        keys.append(("round", facts.mechanism_round))
    return keys


def who(facts: Facts) -> list[list[Key]]:
    """The ways to look up a report by who or what it is about; each is enough by itself."""
    sides: list[list[Key]] = [
        [("name", number, start) for start in sorted({token[:4] for p in side for token in p.tokens})]
        for number, side in enumerate(facts.sides)
    ]
    found = [side for side in sides if side]
    if not found and facts.title:
        found = [[("title", word) for word in sorted(facts.title)]]
    if not found and facts.city:
        found = [[("city", facts.city)]]
    return found


def printed(day: date | None) -> Key:
    """The month in which an undated event was told."""
    return (day.year, day.month) if day else UNPRINTED


class Index(Generic[G]):
    """Groups by number under the keys of the facts they hold."""

    def __init__(self) -> None:
        self._groups: dict[Key, dict[int, G]] = defaultdict(dict)

    def put(self, number: int, group: G, facts: Facts, published: date | None) -> None:
        """Enter a group under the keys of facts that it has taken in."""
        keys = [*firm_keys(facts), *days(facts)]
        if facts.when:
            keys += set(months(facts.when.first, facts.when.first) + months(facts.when.last, facts.when.last))
            keys += {("year", facts.when.first.year), ("year", facts.when.last.year)}
        time = DATED if facts.when else printed(published)
        names = [("name", n, token[:4]) for n, side in enumerate(facts.sides) for p in side for token in p.tokens]
        about: list[Key] = [*names, *(("title", word) for word in facts.title)]
        if facts.city:
            about.append(("city", facts.city))
        for key in (*keys, *((*key, time) for key in about)):
            self._groups[key][number] = group

    def found(self, keys: Iterable[Key]) -> Iterator[G]:
        """The groups under any of some keys, each once."""
        seen: set[int] = set()
        for key in keys:
            for number, group in self._groups.get(key, {}).items():
                if number not in seen:
                    seen.add(number)
                    yield group

    def by_period(self, facts: Facts) -> Iterator[G]:
        """The groups within the month or year that a report states."""
        assert facts.when is not None
        if facts.when.last - facts.when.first <= TWO_MONTHS:
            return self.found(months(facts.when.first, facts.when.last))
        return self.found(("year", year) for year in range(facts.when.first.year, facts.when.last.year + 1))

    def by_name(self, facts: Facts, times: list[Key]) -> Iterator[G]:
        """The groups of the people (else title, city) of a report at some times, by the rarest way to look
        them up."""
        ways = [[(*key, time) for key in way for time in times] for way in who(facts)]
        if not ways:
            return iter(())
        return self.found(min(ways, key=lambda way: sum(len(self._groups.get(key, ())) for key in way)))
