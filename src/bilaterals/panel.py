"""Events counted by dyad and month, or dyad and year, ready to be merged with other data by code."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bilaterals.load import When, bounds, unknown

if TYPE_CHECKING:
    import pandas as pd

Period = tuple[int, int]
"""A year and a month; the month is 0 in a panel of years."""

DID_NOT_TAKE_PLACE = ("planned", "cancelled", "postponed")

NO_PERIOD = {
    "month": "the date is not known to the month",
    "year": "the date is not known to the year",
}
NOT_HELD = "planned, cancelled or postponed"


def dyad_month(
    events: pd.DataFrame, *, by: str = "event_type", since: When | None = None, until: When | None = None
) -> pd.DataFrame:
    """Count events by pair of countries and month.

    ``events`` comes from `load_events`. One row is one pair in one month: country_a, country_b, their COW and
    Gleditsch-Ward numbers at that time (cow_a, cow_b, gwno_a, gwno_b), year, month, n_events, and one column
    n_<value> for every value of ``by``: event_type (unless another is named), status, level, mode, domains or
    any other column of events with a closed vocabulary. A column that holds several values (domains) counts
    an event once in each.

    Every pair that occurs in ``events`` has a row for every month from the first to the last that holds an
    event, or from ``since`` to ``until``, so that a month without events is a row of zeros.

    What is planned, cancelled or postponed is not counted, nor is an event whose month is not known: an event
    of "2018" is put into no month. ``attrs["left_out"]`` of the result gives their event_ids by reason.
    """
    return _panel(events, "month", by, since, until)


def dyad_year(
    events: pd.DataFrame, *, by: str = "event_type", since: When | None = None, until: When | None = None
) -> pd.DataFrame:
    """Count events by pair of countries and year: as `dyad_month`, without its column month."""
    return _panel(events, "year", by, since, until)


def _panel(events: pd.DataFrame, unit: str, by: str, since: When | None, until: When | None) -> pd.DataFrame:
    import pandas as pd

    values = _values_of(by)
    nothing = dict.fromkeys(["events", *values], 0)
    counts: dict[tuple[str, str], dict[Period, dict[str, int]]] = defaultdict(dict)
    left_out: dict[str, list[str]] = {NOT_HELD: [], NO_PERIOD[unit]: []}
    columns = ["event_id", "status", "country_a", "country_b", "earliest_date", "latest_date", by]
    for event_id, status, a, b, earliest, latest, cell in zip(*(events[name] for name in columns), strict=True):
        pair = counts[a, b]
        period = _period(earliest, latest, unit)
        if status in DID_NOT_TAKE_PLACE:
            left_out[NOT_HELD].append(event_id)
        elif period is None:
            left_out[NO_PERIOD[unit]].append(event_id)
        else:
            row = pair.setdefault(period, nothing.copy())
            for value in ["events", *({} if pd.isna(cell) else dict.fromkeys(cell.split("; ")))]:
                if value not in row:
                    raise ValueError(f"{event_id}: {value!r} is no {by}; validate_frame tells more")
                row[value] += 1
    span = list(_span(counts, unit, since, until))
    rows: list[list[object]] = [
        [a, b, *_numbers(a, b, period), *period, *counts[a, b].get(period, nothing).values()]
        for a, b in sorted(counts)
        for period in span
    ]
    return _frame(rows, values, unit, left_out)


def _values_of(by: str) -> list[str]:
    """Return the values counted apart: the whole vocabulary, so that all panels have the same columns."""
    from bilaterals.schema import TABLES, VOCABULARIES

    fields = {field.name: field for field in TABLES["events"].fields}
    vocabulary = fields[by].vocabulary if by in fields else None
    if vocabulary is None:
        countable = [name for name, field in fields.items() if field.vocabulary]
        raise ValueError(unknown("column to count by", by, countable))
    return list(VOCABULARIES[vocabulary].values)


def _period(earliest: dt.datetime, latest: dt.datetime, unit: str) -> Period | None:
    """Return the month or year in which an event lies for certain, or None."""
    import pandas as pd

    if pd.isna(earliest) or pd.isna(latest):
        return None
    first, last = ((day.year, day.month if unit == "month" else 0) for day in (earliest, latest))
    return first if first == last else None


def _span(
    counts: Mapping[tuple[str, str], Mapping[Period, object]],
    unit: str,
    since: When | None,
    until: When | None,
) -> Iterator[Period]:
    """Yield every month or year from the first to the last, in order."""
    seen = sorted({period for pair in counts.values() for period in pair})
    if not seen and (since is None or until is None):
        return
    first, last = (seen[0], seen[-1]) if seen else ((0, 0), (0, 0))
    if since is not None:
        day = bounds("since", since)[0]
        first = (day.year, day.month)
    if until is not None:
        day = bounds("until", until)[1]
        last = (day.year, day.month)
    if unit == "year":
        yield from ((year, 0) for year in range(first[0], last[0] + 1))
        return
    for number in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield number // 12, number % 12 + 1


def _numbers(a: str, b: str, period: Period) -> tuple[int | None, int | None, int | None, int | None]:
    """Return the COW numbers of both states and their Gleditsch-Ward numbers, as they held in the period."""
    (cow_a, gwno_a), (cow_b, gwno_b) = _state(a, period), _state(b, period)
    return cow_a, cow_b, gwno_a, gwno_b


@cache
def _state(iso3: str, period: Period) -> tuple[int | None, int | None]:
    """Return a state's numbers at the end of a period, or at its start for a state that ended within it."""
    from bilaterals.reference.countries import state_numbers

    year, month = period
    start = dt.date(year, month or 1, 1)
    end = dt.date(year, 12, 31) if month in (0, 12) else dt.date(year, month + 1, 1) - dt.timedelta(days=1)
    at_end, at_start = state_numbers(iso3, end), state_numbers(iso3, start)
    return (
        at_end[0] if at_end[0] is not None else at_start[0],
        at_end[1] if at_end[1] is not None else at_start[1],
    )


def _frame(rows: list[list[object]], values: list[str], unit: str, left_out: dict[str, list[str]]) -> pd.DataFrame:
    import pandas as pd

    text = pd.StringDtype("pyarrow")
    types: dict[str, object] = {"country_a": text, "country_b": text}
    types |= dict.fromkeys(["cow_a", "cow_b", "gwno_a", "gwno_b"], pd.Int64Dtype())
    types |= dict.fromkeys(["year", "month", "n_events", *(f"n_{value}" for value in values)], "int64")
    cells = list(zip(*rows, strict=True)) or [()] * len(types)
    data = {
        name: pd.Series(list(column), dtype=dtype)  # type: ignore[call-overload]
        for (name, dtype), column in zip(types.items(), cells, strict=True)
    }
    panel = pd.DataFrame(data)
    if unit == "year":
        panel = panel.drop(columns="month")
    panel.attrs["left_out"] = left_out
    return panel
