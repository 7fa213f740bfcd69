"""Dates that a source gives for itself: strict, and never more precise than they are written."""

from __future__ import annotations

import datetime as dt
import re

from bilaterals.corpus.document import EntryDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ]\d{2}:?\d{2}.*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.ASCII)
_ENTRY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_PRECISION = {4: "year", 7: "month", 10: "day"}
DAY_FORMS = "write a day that exists as YYYY-MM-DD"
ENTRY_FORMS = "write a day, month or range: 2013-09-05, 2013-09, 2013-09-05/2013-09-07"


def parse_day(value: str) -> dt.date:
    """The day that is written.

    Read are 2024-12-26 (a time after it is left out), 2024/12/26, 20241226, 26 December 2024 and December 26,
    2024. Anything else, a month alone and 26/12/2024 too, raises ValueError with a sentence for the user.
    """
    value = value.strip()
    if found := _ISO.fullmatch(value):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := _DAY_FIRST.fullmatch(value):
        year, month, day = int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])
    elif found := _MONTH_FIRST.fullmatch(value):
        year, month, day = int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2])
    else:
        raise ValueError(f"{value[:60]!r} is no day that can be read; {DAY_FORMS}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"{value[:60]!r} is no day of the calendar; {DAY_FORMS}") from None


def parse_entry_date(value: str) -> EntryDate:
    """The date of a chronicle entry: a day, a month, a year, or a range of two of the same precision."""
    value = value.strip()
    start, bar, end = value.partition("/")
    start, end = start.strip(), end.strip()
    if not _ENTRY.fullmatch(start) or (bar and not _ENTRY.fullmatch(end)):
        raise ValueError(f"{value[:60]!r} is no date that can be read; {ENTRY_FORMS}")
    if bar and len(start) != len(end):
        raise ValueError(f"{value[:60]!r} begins and ends at different precisions; {ENTRY_FORMS}")
    date = EntryDate(start, end or None, _PRECISION[len(start)])
    try:
        first, last = date.first_day, date.last_day
        if bar:
            EntryDate(end, None, date.precision).first_day  # noqa: B018  (raises when it is no date)
    except ValueError:
        raise ValueError(f"{value[:60]!r} is no date of the calendar; {ENTRY_FORMS}") from None
    if last < first:
        raise ValueError(f"{value[:60]!r} ends before it begins; {ENTRY_FORMS}")
    return EntryDate(start, None, date.precision) if end == start else date
