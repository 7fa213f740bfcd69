"""Parts of a year in prose: seasons, quarters, halves, and what is left of a year or of a season.

A part of a year is the narrowest first and last month that its words allow; the seasons are those of the north, three
months each from March.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from bilaterals.extract.candidates import Date

SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
PARTS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
LENGTHS = {"quarter": 3, "half": 6}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}

_S = "[ \u2002]"
_YEAR = rf"(?:(?:19|20)\d\d|(?:the|this|next|last){_S}year)"
# "the first half of 2024", "the second half of April", "the second quarter"
PART = re.compile(
    rf"the{_S}(?P<part>{'|'.join(PARTS)}){_S}(?P<length>quarter|half)"
    rf"(?:{_S}of{_S}(?:(?P<month>{'|'.join(MONTHS)})(?:{_S}(?P<of>(?:19|20)\d\d))?|(?P<year>{_YEAR}))|(?={_S}?[.,;)]))(?![\w])",
    re.IGNORECASE,
)
# "the end of the year", "the end of the summer", "the end of June"
END = re.compile(
    rf"the{_S}end{_S}of{_S}(?:(?P<month>{'|'.join(MONTHS)})(?:{_S}(?P<of>(?:19|20)\d\d))?|(?:the|this){_S}(?P<season>{'|'.join(SEASON_STARTS)})|(?P<year>{_YEAR}))\b",
    re.IGNORECASE,
)
UNTIL = re.compile(r"\b(?:before|by|until|towards?)$", re.IGNORECASE)


def months(first: int, last: int) -> Date:
    """A date of whole months, each counted from year 0 (year * 12 + month - 1)."""
    start, end = (f"{number // 12}-{number % 12 + 1:02d}" for number in (first, last))
    return Date(start, None if start == end else end, "month")


def season(name: str, year: int) -> Date:
    """The three months of a season that begins in a year."""
    first = year * 12 + SEASON_STARTS[name] - 1
    return months(first, first + 2)


def rest_of_year(base: dt.date) -> Date:
    """ "Later this year": from the month of publication to December."""
    return months(base.year * 12 + base.month - 1, base.year * 12 + 11)


def year_so_far(base: dt.date) -> Date:
    """ "Earlier this year": from January to the month of publication."""
    return months(base.year * 12, base.year * 12 + base.month - 1)


def _year(words: str | None, base: dt.date | None) -> int | None:
    if words and words[-1].isdecimal():
        return int(words)
    if base is None:
        return None
    return base.year + {"next": 1, "last": -1}.get(words.split()[0].lower() if words else "", 0)


def _month_of(found: re.Match[str], base: dt.date | None) -> int | None:
    """The month told of, in the stated year or in that nearest to publication, counted from year 0."""
    number = MONTHS[found["month"].lower()] - 1
    if found["of"]:
        return int(found["of"]) * 12 + number
    if base is None:
        return None
    now = base.year * 12 + base.month - 1
    return min(((base.year + step) * 12 + number for step in (-1, 0, 1)), key=lambda month: abs(month - now))


def part_of(found: re.Match[str], base: dt.date | None) -> Date | None:
    """What a match of PART stands for."""
    if found["month"]:
        month = _month_of(found, base)
        return months(month, month) if month is not None else None
    year, length = _year(found["year"], base), LENGTHS[found["length"].lower()]
    number = PARTS[found["part"].lower()]
    if year is None or number >= 12 // length:
        return None
    first = year * 12 + (number if number >= 0 else 12 // length - 1) * length
    return months(first, first + length - 1)


def end_of(found: re.Match[str], base: dt.date | None) -> Date | None:
    """What a match of END stands for: the last month, or from publication up to it where "before" or "by" leads."""
    if found["month"]:
        last = _month_of(found, base)
    elif found["season"]:
        last = base.year * 12 + SEASON_STARTS[found["season"].lower()] + 1 if base else None
    else:
        year = _year(found["year"], base)
        last = year * 12 + 11 if year is not None else None
    if last is None:
        return None
    now = base.year * 12 + base.month - 1 if base else last
    if UNTIL.search(found.string[: found.start()].rstrip()[-8:]) and now < last:
        return months(now, last)
    return months(last, last)
