"""Dates as they are written, beside what they stand for."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.extract.dates import MONTHS, WEEKDAYS, DateMention, read_date

THURSDAY = "2024-12-26"
NEW_YEAR = "2024-01-04"

# what is written (the date in brackets), day of publication, tense, start, end, precision
TABLE = [
    # a day in full
    ("[December 25, 2024]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[25 December 2024]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[Dec. 25, 2024]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[Sept. 5, 2013]", THURSDAY, "past", "2013-09-05", None, "day"),
    ("[4th of July 2021]", THURSDAY, "past", "2021-07-04", None, "day"),
    ("[2019-11-06]", THURSDAY, "past", "2019-11-06", None, "day"),
    ("[Wednesday, December 25, 2024]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[Wednesday, 25 December 2024]", THURSDAY, "past", "2024-12-25", None, "day"),
    # a day without its year: the year that brings it nearest
    ("[December 25]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[25 December]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[July 4th]", THURSDAY, "past", "2024-07-04", None, "day"),
    ("[January 4]", THURSDAY, "future", "2025-01-04", None, "day"),
    ("[December 29]", NEW_YEAR, "past", "2023-12-29", None, "day"),
    ("[31 December]", "2025-01-01", "past", "2024-12-31", None, "day"),
    ("[Wednesday, December 25]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[May 3 last year]", THURSDAY, "past", "2023-05-03", None, "day"),
    # leap days
    ("[29 February 2016]", "2016-03-01", "past", "2016-02-29", None, "day"),
    ("[February 29]", "2024-03-05", "past", "2024-02-29", None, "day"),
    ("[February 29]", "2025-02-10", "past", "2024-02-29", None, "day"),
    ("[tomorrow]", "2024-02-28", "future", "2024-02-29", None, "day"),
    ("[yesterday]", "2023-03-01", "past", "2023-02-28", None, "day"),
    # weekdays
    ("[Wednesday]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[Thursday]", THURSDAY, "past", "2024-12-26", None, "day"),
    ("[Friday]", THURSDAY, "past", "2024-12-20", None, "day"),
    ("[Friday]", THURSDAY, "future", "2024-12-27", None, "day"),
    ("[Wednesday]", THURSDAY, "future", "2025-01-01", None, "day"),
    ("[Saturday]", NEW_YEAR, "past", "2023-12-30", None, "day"),
    ("[last Friday]", THURSDAY, "past", "2024-12-20", None, "day"),
    ("[last Thursday]", THURSDAY, "past", "2024-12-19", None, "day"),
    ("[this Saturday]", THURSDAY, "future", "2024-12-28", None, "day"),
    ("[next Monday]", THURSDAY, "future", "2024-12-30", None, "day"),
    # days near publication
    ("[today]", THURSDAY, "past", "2024-12-26", None, "day"),
    ("[earlier today]", THURSDAY, "past", "2024-12-26", None, "day"),
    ("[Earlier today]", THURSDAY, "past", "2024-12-26", None, "day"),
    ("[this morning]", THURSDAY, "past", "2024-12-26", None, "day"),
    ("[tonight]", THURSDAY, "future", "2024-12-26", None, "day"),
    ("[last night]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[yesterday]", "2024-01-01", "past", "2023-12-31", None, "day"),
    ("[yesterday afternoon]", THURSDAY, "past", "2024-12-25", None, "day"),
    ("[tomorrow]", "2024-12-31", "future", "2025-01-01", None, "day"),
    # ranges
    ("[December 24 to 26]", "2024-12-28", "past", "2024-12-24", "2024-12-26", "day"),
    ("[December 24-26, 2024]", THURSDAY, "past", "2024-12-24", "2024-12-26", "day"),
    ("[24 to 26 December 2024]", THURSDAY, "past", "2024-12-24", "2024-12-26", "day"),
    ("[June 30 to July 2, 2023]", THURSDAY, "past", "2023-06-30", "2023-07-02", "day"),
    ("[30 December to 2 January]", "2025-01-03", "past", "2024-12-30", "2025-01-02", "day"),
    ("[December 30, 2024 to January 2, 2025]", "2025-01-03", "past", "2024-12-30", "2025-01-02", "day"),
    # months: never their first day
    ("[May 2022]", THURSDAY, "past", "2022-05", None, "month"),
    ("in [May]", "2023-10-02", "past", "2023-05", None, "month"),
    ("in [December]", NEW_YEAR, "past", "2023-12", None, "month"),
    ("in [May this year]", "2023-10-02", "past", "2023-05", None, "month"),
    ("in [September last year]", THURSDAY, "past", "2023-09", None, "month"),
    ("[last month]", NEW_YEAR, "past", "2023-12", None, "month"),
    ("[last month]", "2024-03-31", "past", "2024-02", None, "month"),
    ("[next month]", THURSDAY, "future", "2025-01", None, "month"),
    ("[this month]", THURSDAY, "past", "2024-12", None, "month"),
    ("[earlier this month]", THURSDAY, "past", "2024-12", None, "month"),
    ("[last December]", THURSDAY, "past", "2023-12", None, "month"),
    ("[last May]", THURSDAY, "past", "2024-05", None, "month"),
    ("[next March]", THURSDAY, "future", "2025-03", None, "month"),
    # weeks: no day of them is known
    ("[last week]", NEW_YEAR, "past", "2023-12", None, "month"),
    ("[earlier this week]", THURSDAY, "past", "2024-12", None, "month"),
    ("[next week]", THURSDAY, "future", "2024-12", "2025-01", "month"),
    # years
    ("in [2019]", THURSDAY, "past", "2019", None, "year"),
    ("[last year]", THURSDAY, "past", "2023", None, "year"),
    ("[next year]", THURSDAY, "future", "2025", None, "year"),
    ("in [early 2025]", THURSDAY, "future", "2025", None, "year"),
    ("in [late 2019]", THURSDAY, "past", "2019", None, "year"),
    # an undated document: what is written in full stays
    ("[December 25, 2024]", None, "past", "2024-12-25", None, "day"),
    ("[24 to 26 December 2024]", None, "past", "2024-12-24", "2024-12-26", "day"),
    ("[May 2022]", None, "past", "2022-05", None, "month"),
    ("in [2019]", None, "past", "2019", None, "year"),
]

# what gives no date: impossible days, numbers that are no years, and relative words in an undated document
NOTHING = [
    ("[February 29, 2023]", THURSDAY),
    ("[30 February 2024]", THURSDAY),
    ("[May 32, 2024]", THURSDAY),
    ("[31 April]", THURSDAY),
    ("Zhai [May] said", THURSDAY),
    ("some [2019] farmers", THURSDAY),
    ("in the [2010s]", THURSDAY),
    ("for [2,019] dollars", THURSDAY),
    ("[the same day]", THURSDAY),
    ("[Thursday]", None),
    ("[today]", None),
    ("[yesterday]", None),
    ("[earlier this week]", None),
    ("[last month]", None),
    ("[last year]", None),
    ("[last Friday]", None),
    ("[December 25]", None),
    ("[25 December]", None),
    ("[24 to 26 December]", None),
    ("in [May]", None),
    ("in [September last year]", None),
]


def mention_in(marked: str, published: str | None) -> DateMention | None:
    """The date that begins at the bracket of a marked text."""
    base = dt.date.fromisoformat(published) if published else None
    return read_date(marked.replace("[", "").replace("]", ""), marked.index("["), base)


@pytest.mark.parametrize(("marked", "published", "tense", "start", "end", "precision"), TABLE)
def test_a_date_stands_for(
    marked: str, published: str | None, tense: str, start: str, end: str | None, precision: str
) -> None:
    base = dt.date.fromisoformat(published) if published else None
    mention = mention_in(marked, published)
    assert mention is not None
    date = mention.resolve(base, future=tense == "future")
    assert date is not None
    assert (date.start, date.end, date.precision) == (start, end, precision)
    assert (mention.start, mention.end) == (marked.index("["), marked.index("]") - 1)


@pytest.mark.parametrize(("marked", "published"), NOTHING)
def test_nothing_is_invented(marked: str, published: str | None) -> None:
    base = dt.date.fromisoformat(published) if published else None
    mention = mention_in(marked, published)
    assert mention is None or mention.resolve(base) is None
    assert mention is None or mention.resolve(base, future=True) is None


YEARS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
MAYBE = st.none() | YEARS


@given(YEARS, MAYBE)
def test_a_day_in_full_is_given_back(day: dt.date, published: dt.date | None) -> None:
    month = calendar.month_name[day.month]
    for written in (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"):
        mention = read_date(written, 0, published)
        assert mention is not None and mention.date is not None
        assert (mention.date.start, mention.date.end) == (day.isoformat(), None)
        assert mention.date.precision == "day"
        assert (mention.start, mention.end) == (0, len(written))


@given(st.sampled_from([name for name in WEEKDAYS if name.endswith("day")]), YEARS)
def test_a_weekday_lies_within_a_week(name: str, published: dt.date) -> None:
    mention = read_date(name.capitalize(), 0, published)
    assert mention is not None
    past, future = mention.resolve(published), mention.resolve(published, future=True)
    assert past and past.start and future and future.start
    before = published - dt.date.fromisoformat(past.start)
    ahead = dt.date.fromisoformat(future.start) - published
    assert dt.timedelta(0) <= before <= dt.timedelta(6)
    assert dt.timedelta(0) <= ahead <= dt.timedelta(6)
    assert dt.date.fromisoformat(past.start).weekday() == WEEKDAYS[name]


@given(st.sampled_from(sorted(MONTHS)), YEARS, st.sampled_from(["last month", "next month", "this month"]))
def test_a_month_is_never_its_first_day(month: str, published: dt.date, relative: str) -> None:
    for written in (f"{month.capitalize()} {published.year}", relative):
        mention = read_date(written, 0, published)
        assert mention is not None and mention.date is not None and mention.date.start is not None
        assert (len(mention.date.start), mention.date.precision) == (7, "month")


@given(st.text(max_size=60), MAYBE)
def test_any_text_is_read_without_an_error(text: str, published: dt.date | None) -> None:
    for at in range(len(text)):
        mention = read_date(text, at, published)
        assert mention is None or (mention.start == at and at < mention.end <= len(text))


DAYS = st.integers(1, 40)
PARTS = st.sampled_from([*(name.capitalize() for name in MONTHS), "to", "-", ",", "2024", "1999", "of", "last year"])


@given(st.lists(PARTS | DAYS.map(str), min_size=1, max_size=8), MAYBE)
def test_a_date_that_is_read_exists(parts: list[str], published: dt.date | None) -> None:
    mention = read_date(" ".join(parts), 0, published)
    if mention is not None and mention.date is not None and mention.date.precision == "day":
        assert mention.date.start is not None
        start = dt.date.fromisoformat(mention.date.start)
        assert mention.date.end is None or start < dt.date.fromisoformat(mention.date.end)
