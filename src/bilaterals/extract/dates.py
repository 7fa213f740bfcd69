"""Dates in prose: what was written, resolved against the day of publication, at the precision stated.

A month never becomes its first day and a weekday that equals the day of publication is that day. What cannot be
resolved (a relative word in an undated document) gives no date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from bilaterals.extract import periods
from bilaterals.extract.candidates import Date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
RELATIVE_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
DAY_PARTS = "morning|afternoon|evening|night"
PERIODS = "week|weekend|month|year|spring|summer|autumn|fall|winter"

_MONTH = (
    r"(?P<month{0}>(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?\b"
_TO = r"[ \u2002]?(?:-|–|—|to|and|until|through|&|,)[ \u2002]?"
_YEAR = r"(?:(?:,|[ \u2002]of)?[ \u2002](?:(?P<year{0}>(?:19|20)\d\d)\b|(?P<relyear{0}>this[ ]year|last[ ]year|next[ ]year)))"
_WD = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
S = "[ \u2002]"

MONTH_DAY = re.compile(
    f"{_MONTH.format(1)}{S}{_DAY.format(1)}(?:{_YEAR.format(1)})?"
    f"(?:{_TO}(?:{_MONTH.format(2)}{S})?{_DAY.format(2)}(?!{S}?(?:percent|years|countries|agreements|sides|people|documents|million)))?(?:{_YEAR.format(2)})?"
)
DAY_MONTH = re.compile(
    f"{_DAY.format(1)}(?:{_TO}{_DAY.format(2)})?{S}(?:of{S})?{_MONTH.format(1)}(?:{_YEAR.format(1)})?"
    f"(?:{_TO}{_DAY.format(3)}{S}{_MONTH.format(2)}(?:{_YEAR.format(2)})?)?"
)
MONTH_ONLY = re.compile(f"{_MONTH.format(1)}(?:{_YEAR.format(1)})?(?!{S}?\\d)")
ISO_DAY = re.compile(r"(?P<year1>(?:19|20)\d\d)-(?P<month1>\d\d)-(?P<day1>\d\d)\b")
WEEKDAY = re.compile(
    rf"(?P<weekday>{_WD})\b(?:{S}(?:{DAY_PARTS})\b)?(?:,?{S}(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d\d?{S}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))))?"
)
RELATIVE = re.compile(
    rf"(?P<day>today|tonight|yesterday|tomorrow)\b(?:{S}(?:{DAY_PARTS}))?"
    rf"|earlier{S}(?P<earlier>today|this{S}(?:{DAY_PARTS}|{PERIODS}))\b"
    rf"|(?:later{S})?this{S}(?P<part>{DAY_PARTS})\b|(?:late{S})?last{S}night\b"
    rf"|(?P<lead>later{S}|early{S}|late{S})?(?P<which>last|this|next|previous|past){S}(?P<unit>{PERIODS}|{_WD}|January|February|March|April|May|June|July|August|September|October|November|December)\b"
    rf"|(?:later|earlier){S}(?:in{S}the{S}day|(?:on{S})?(?:the{S}same|that{S}same){S}day)\b(?P<sameday>)"
    rf"|the{S}same{S}(?P<same>day|month|year|afternoon|evening|morning|night)\b|that{S}(?P<that>day|same{S}day)\b",
    re.IGNORECASE,
)
DAY_ONLY = re.compile(
    rf"the{S}(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b(?=[.,;)]|{S}(?:and|in|at|to|with|for|by|that|when|after)\b)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?![\d,.%/:-]\d)(?!['’]?s)\b")
EARLY_YEAR = re.compile(r"(?:early|late|mid|mid-|end of|beginning of)[ -]?(?P<year>(?:19|20)\d\d)\b")
SEASONS = frozenset(periods.SEASON_STARTS)
SEASON_YEAR = re.compile(
    rf"(?P<season>{'|'.join(sorted(SEASONS))}){S}(?:of{S})?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
YEAR_LEADS = (
    "in",
    "of",
    "since",
    "during",
    "early",
    "late",
    "from",
    "by",
    "until",
    "throughout",
    "mid",
    "for",
    "the",
    "year",
    "before",
    "after",
)

DATE_WORDS = (
    frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(RELATIVE_DAYS)
    | {"last", "this", "next", "earlier", "later", "early", "late", "the", "that", "previous", "past", "mid"}
    | SEASONS
)  # fmt: skip


# Frequent words that begin a date only before certain others: "the same day", "last month", "this year".
RELATIVE_LEADS = frozenset(
    {"last", "this", "next", "earlier", "later", "early", "late", "the", "that", "previous", "past", "mid"}
)
RELATIVE_SECONDS = (
    frozenset(PERIODS.split("|")) | frozenset(DAY_PARTS.split("|")) | frozenset(WEEKDAYS) | frozenset(MONTHS)
    | {"same", "day", "today", "this", "last", "next", "in", "on", "that", "the", "end"} | frozenset(periods.PARTS) | {str(year) for year in range(1900, 2100)}
    | {f"{n}{tail}" for n in range(1, 32) for tail in ("st", "nd", "rd", "th")}
)  # fmt: skip


class DateMention(NamedTuple):
    """One date as written: its offsets, and what it stands for.

    ``kind`` is absolute, relative (to the day of publication), weekday or month (without a year: the sentence's tense
    decides which) or same (the day last spoken of). ``date`` is None where nothing can be resolved.
    """

    start: int
    end: int
    kind: str
    date: Date | None
    weekday: int | None = None

    def resolve(self, base: dt.date | None, *, future: bool = False) -> Date | None:
        """The date, with a weekday taken as the last one up to ``base``, or the first from it when ``future``.

        Agencies write the weekday for today as well; the same day a week on is "next Thursday".
        """
        if self.kind == "month" and self.date is not None and self.date.start is not None and base is not None:
            return _month_by_tense(self.date.start, base, future)
        if self.kind != "weekday" or self.weekday is None:
            return self.date
        if base is None:
            return None
        if future:
            return day_of(base + dt.timedelta((self.weekday - base.weekday()) % 7))
        return day_of(base - dt.timedelta((base.weekday() - self.weekday) % 7))


Reader = tuple[re.Pattern[str], Callable[[re.Match[str], dt.date | None], DateMention | None]]


def day_of(day: dt.date) -> Date:
    """A date of one day."""
    return Date(day.isoformat(), None, "day")


def read_date(
    text: str, at: int, base: dt.date | None, readers: tuple[Reader, ...] | None = None
) -> DateMention | None:
    """The date expression that begins exactly at ``at``, or None. ``readers`` are those of the first word, where known."""
    for pattern, reader in READERS if readers is None else readers:
        found = pattern.match(text, at)
        if found:
            mention = reader(found, base)
            if mention is not None:
                return mention
    return None


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _year(found: re.Match[str], number: int, base: dt.date | None) -> int | None:
    year = f"year{number}"
    if year not in found.re.groupindex:
        return None
    if found[year]:
        return int(found[year])
    relative = found[f"rel{year}"] if f"rel{year}" in found.re.groupindex else None
    if relative and base:
        return base.year + {"this": 0, "last": -1, "next": 1}[relative.split()[0].lower()]
    return None


HALF_A_YEAR = 180  # days; the same day of another year is farther away


def _nearest_year(month: int, day: int, base: dt.date | None) -> int | None:
    """The year that puts the day nearest to the day of publication: "January 4" in a text of December is next year's."""
    if base is None:
        return None
    if _valid(base.year, month, day) and abs((dt.date(base.year, month, day) - base).days) < HALF_A_YEAR:
        return base.year
    options = [year for year in (base.year - 1, base.year, base.year + 1) if _valid(year, month, day)]
    return min(options, key=lambda year: abs((dt.date(year, month, day) - base).days), default=None)


def _valid(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _range(
    found: re.Match[str],
    first: tuple[int, int],
    last: tuple[int, int] | None,
    years: list[int | None],
    base: dt.date | None,
) -> DateMention | None:
    stated = next((year for year in reversed(years) if year), None)
    end_year = stated or _nearest_year(*(last or first), base)
    if end_year is None:
        return None
    start_year = years[0] or (end_year - 1 if last and last < first else end_year)
    if not _valid(start_year, *first) or (last and not _valid(end_year, *last)):
        return None
    start = dt.date(start_year, *first)
    end = dt.date(end_year, *last) if last else None
    if end and not start < end <= start + dt.timedelta(60):
        end = None
    date = Date(start.isoformat(), end.isoformat() if end else None, "day")
    return DateMention(found.start(), found.end(), "absolute", date)


def _read_month_day(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    first_month = _month(found["month1"])
    first = (first_month, int(found["day1"]))
    last = None
    if found["day2"]:
        last = (_month(found["month2"]) if found["month2"] else first_month, int(found["day2"]))
    return _range(found, first, last, [_year(found, 1, base), _year(found, 2, base)], base)


def _read_day_month(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    month = _month(found["month1"])
    first, last = (month, int(found["day1"])), None
    if found["day2"]:
        last = (month, int(found["day2"]))
    elif found["day3"]:
        last = (_month(found["month2"]), int(found["day3"]))
    return _range(found, first, last, [_year(found, 1, base), _year(found, 2, base)], base)


def _read_month(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    month, year = _month(found["month1"]), _year(found, 1, base)
    if year is None and not _has_lead(found):
        return None  # "Zhai Jun", "May": a month alone needs a preposition before it
    kind = "absolute"
    if year is None:
        year, kind = _nearest_year(month, 1, base), "month"
    if year is None:
        return None
    return DateMention(found.start(), found.end(), kind, Date(f"{year}-{month:02d}", None, "month"))


def _month_by_tense(month: str, base: dt.date, future: bool) -> Date:
    """ "In May": the nearest May, but for what is told as held the last one where the next is far ahead."""
    year, number = int(month[:4]), int(month[5:])
    ahead = (year - base.year) * 12 + number - base.month
    if not future and ahead >= FAR_AHEAD:
        year -= 1
    return Date(f"{year}-{number:02d}", None, "month")


FAR_AHEAD = 4  # months


def _read_iso(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    return _range(found, (int(found["month1"]), int(found["day1"])), None, [int(found["year1"])], base)


def _read_weekday(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    after = MONTH_DAY.match(found.string, found.end()) or DAY_MONTH.match(found.string, found.end())
    if after:
        reader = _read_month_day if "month1" in after.re.groupindex and after.re is MONTH_DAY else _read_day_month
        exact = reader(after, base)
        if exact:
            return DateMention(found.start(), after.end(), "absolute", exact.date)
    return DateMention(found.start(), found.end(), "weekday", None, WEEKDAYS[found["weekday"].lower()])


def _read_relative(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    groups = {name: value.lower() for name, value in found.groupdict().items() if value}
    if found["sameday"] is not None or "same" in groups or "that" in groups:
        return DateMention(found.start(), found.end(), "same", None)
    date: Date | None = None
    if base is not None:
        if "day" in groups:
            date = day_of(base + dt.timedelta(RELATIVE_DAYS[groups["day"]]))
        elif "part" in groups or (groups.get("earlier") or "").endswith(("today", *DAY_PARTS.split("|"))):
            date = day_of(base)
        elif "earlier" in groups:
            unit = groups["earlier"].split()[-1]
            date = periods.year_so_far(base) if unit == "year" else _period("this", unit, base)
        elif "unit" in groups:
            if groups["unit"] in WEEKDAYS:
                ahead = groups["which"] == "next"
                return DateMention(
                    found.start(),
                    found.end(),
                    "relative",
                    _weekday_of(groups["which"], WEEKDAYS[groups["unit"]], base, ahead),
                )
            date = _period(groups["which"], groups["unit"], base)
            if groups["which"] == "this" and groups["unit"] == "year" and _is_left(found, groups.get("lead", "")):
                date = periods.rest_of_year(base)
        else:
            date = day_of(base - dt.timedelta(1))
    return DateMention(found.start(), found.end(), "relative", date)


def _weekday_of(which: str, weekday: int, base: dt.date, ahead: bool) -> Date:
    if ahead:
        return day_of(base + dt.timedelta((weekday - base.weekday() - 1) % 7 + 1))
    if which == "this":
        return day_of(base + dt.timedelta(weekday - base.weekday()))
    return day_of(base - dt.timedelta((base.weekday() - weekday - 1) % 7 + 1))


def _period(which: str, unit: str, base: dt.date) -> Date | None:
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1}[which]
    if unit in MONTHS:
        year = base.year + (step if step else 0)
        if which == "last" and MONTHS[unit] < base.month:
            year = base.year
        if which == "next" and MONTHS[unit] > base.month:
            year = base.year
        return Date(f"{year}-{MONTHS[unit]:02d}", None, "month")
    if unit == "year":
        return Date(str(base.year + step), None, "year")
    if unit == "month":
        number = base.year * 12 + base.month - 1 + step
        return Date(f"{number // 12}-{number % 12 + 1:02d}", None, "month")
    if unit in ("week", "weekend"):
        monday = base - dt.timedelta(base.weekday()) + dt.timedelta(7 * step)
        sunday = monday + dt.timedelta(6)
        if monday.month == sunday.month:
            return Date(f"{monday:%Y-%m}", None, "month")
        return Date(f"{monday:%Y-%m}", f"{sunday:%Y-%m}", "month")
    if unit in SEASONS:
        return periods.season(unit, base.year + step)
    return None


def _is_left(found: re.Match[str], lead: str) -> bool:
    """ "Later this year", "within this year": what is left of it."""
    return lead.startswith("later") or found.string[: found.start()].rstrip().lower().endswith(" within")


def _has_lead(found: re.Match[str]) -> bool:
    lead = found.string[max(0, found.start() - 12) : found.start()].split()
    return bool(lead) and lead[-1].lower() in YEAR_LEADS


def _read_year(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    if found.re is YEAR and not _has_lead(found):
        return None
    return DateMention(found.start(), found.end(), "absolute", Date(found["year"], None, "year"))


def _read_season(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    date = periods.season(found["season"].lower(), int(found["year"]))
    return DateMention(found.start(), found.end(), "absolute", date)


def _read_part(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    date = periods.part_of(found, base) if found.re is periods.PART else periods.end_of(found, base)
    return DateMention(found.start(), found.end(), "absolute", date) if date is not None else None


def _read_day_only(found: re.Match[str], base: dt.date | None) -> DateMention | None:
    """ "On the 18th": the day of that number nearest to the day of publication."""
    number = int(found["day"])
    if base is None or not 1 <= number <= 31 or not found.string[: found.start()].rstrip().lower().endswith("on"):
        return None
    months = [base.year * 12 + base.month - 1 + step for step in (-1, 0, 1)]
    days = [dt.date(n // 12, n % 12 + 1, number) for n in months if _valid(n // 12, n % 12 + 1, number)]
    nearest = min(days, key=lambda day: abs((day - base).days))
    return DateMention(found.start(), found.end(), "absolute", day_of(nearest))


DAY_READERS: tuple[Reader, ...] = ((DAY_MONTH, _read_day_month), (ISO_DAY, _read_iso), (YEAR, _read_year))
MONTH_READERS: tuple[Reader, ...] = ((MONTH_DAY, _read_month_day), (MONTH_ONLY, _read_month))
WEEKDAY_READERS: tuple[Reader, ...] = ((WEEKDAY, _read_weekday),)
WORD_READERS: tuple[Reader, ...] = (
    (RELATIVE, _read_relative),
    (DAY_ONLY, _read_day_only),
    (EARLY_YEAR, _read_year),
    (SEASON_YEAR, _read_season),
    (periods.PART, _read_part),
    (periods.END, _read_part),
)


READERS = (*MONTH_READERS, *DAY_READERS, *WEEKDAY_READERS, *WORD_READERS)


def readers_of(low: str) -> tuple[Reader, ...]:
    """The readers of the dates that may begin with a word, given in lower case; none for most words."""
    if low[0].isdigit():
        return DAY_READERS
    if low not in DATE_WORDS:
        return ()
    return MONTH_READERS if low in MONTHS else WEEKDAY_READERS if low in WEEKDAYS else WORD_READERS
