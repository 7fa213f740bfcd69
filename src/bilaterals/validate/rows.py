"""Checks of rows: what the columns of one row, or the rows of one table, say of each other.

A check is a small function from a table to the faults in it; `ROW_CHECKS` lists which table has
which.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from bilaterals.schema import TABLES, Field
from bilaterals.schema.model import table
from bilaterals.validate import hints
from bilaterals.validate.source import Fault, Rows, Source, apply, where

Faults = Iterator[Fault]
Check = Callable[[Source], Faults]

STATUSES = {
    "visit": ("held", "planned", "cancelled", "postponed"),
    "meeting": ("held", "planned", "cancelled", "postponed"),
    "consensus": ("reached",),
    "agreement": ("planned", "reached", "signed", "in_force", "terminated"),
}
_LENGTH_OF_DATE = {"day": 10, "month": 7, "year": 4}
_ISO3 = "[A-Z]{3}"


def check_rows(source: Source) -> None:
    """Run the checks of the source's table, those whose columns are there."""
    for columns, check in [*_general_checks(source.table), *ROW_CHECKS.get(source.table, ())]:
        if source.is_sound(*columns):
            apply(source, list(check(source)))


def _general_checks(name: str) -> Iterator[tuple[tuple[str, ...], Check]]:
    """Checks that follow from the field table: real days, known countries, lists without repetition."""
    for field in table(name).fields:
        if field.pattern == table("events").field("date_start").pattern:
            yield (field.name,), partial(days_exist, field)
        if field.pattern == _ISO3 and name != "countries":
            yield (field.name,), partial(countries_exist, field)
        if field.separator is not None:
            yield (field.name,), partial(items_differ, field)


def days_exist(field: Field, source: Source) -> Faults:
    """A date is a day that the calendar has."""
    rows = source.distinct(field.name).rows_if(lambda text: len(text) == 10 and not _is_day(text))
    yield Fault(rows, (field.name,), "no-such-day", "is no day of the calendar", "write a day that exists")


def countries_exist(field: Field, source: Source) -> Faults:
    """A country code is one of the reference list."""
    from bilaterals.reference.countries import countries

    known = countries()
    rows = source.distinct(field.name).rows_if(
        lambda cell: any(code not in known for code in cell.split(field.separator or "; "))
    )
    yield Fault(rows, (field.name,), "country", "is no code of a country", hints.for_country)


def items_differ(field: Field, source: Source) -> Faults:
    """A cell of several values has none of them twice."""

    def repeats(cell: str) -> bool:
        items = cell.split(field.separator)
        return len(items) != len(set(items))

    rows = source.distinct(field.name).rows_if(repeats)
    yield Fault(rows, (field.name,), "repeated-item", "has the same value twice", "keep one of them")


def countries_in_order(source: Source) -> Faults:
    """The pair is two states in alphabetical order."""
    rows = where(source.frame["country_a"] >= source.frame["country_b"])
    message = "must come before country_b in the alphabet"
    hint = "exchange the two countries, and participants_a with participants_b"
    yield Fault(rows, ("country_a", "country_b"), "pair-order", message, hint)


def status_fits_type(source: Source) -> Faults:
    """Each type of event has its own statuses."""
    types, statuses = source.distinct("event_type"), source.distinct("status")
    own = [STATUSES.get(event_type, ()) for event_type in types.values.to_pylist()]
    wrong = np.array([[status not in fitting for status in statuses.values.to_pylist()] for fitting in own])
    rows = np.flatnonzero(_at(wrong, types.places, statuses.places))
    hint = "; ".join(f"{event_type}: {', '.join(fitting)}" for event_type, fitting in STATUSES.items())
    yield Fault(rows, ("status", "event_type"), "status", "is no status of this event type", hint)


def precision_fits_date(source: Source) -> Faults:
    """date_start is as long as date_precision says, and empty when it is unknown."""
    precisions, dates = source.distinct("date_precision"), source.distinct("date_start")
    expected = np.array([_LENGTH_OF_DATE.get(value, 0) for value in precisions.values.to_pylist()] + [0])
    length = np.array([len(value) for value in dates.values.to_pylist()] + [0])
    rows = np.flatnonzero(expected[precisions.places] != length[dates.places])
    message = "does not agree with the form of date_start"
    hint = "2024-12-25 is day, 2024-12 is month, 2024 is year, an empty date_start is unknown"
    yield Fault(rows, ("date_precision", "date_start"), "precision", message, hint)


def end_not_before_start(start: str, end: str, source: Source) -> Faults:
    """A period does not end before it begins; dates of different precision are compared as far as both go."""
    starts, ends = source.frame[start], source.frame[end]
    candidates = where(starts > ends)
    pairs = zip(starts.iloc[candidates], ends.iloc[candidates], strict=True)
    rows = candidates[[not first.startswith(last) for first, last in pairs]] if len(candidates) else candidates
    yield Fault(rows, (end, start), "end-before-start", f"lies before {start}", "exchange the two, or correct one")


def end_needs_start(source: Source) -> Faults:
    """An event with a last day has a first day."""
    frame = source.frame
    rows = where(frame["date_end"].notna() & frame["date_start"].isna())
    yield Fault(rows, ("date_end", "date_start"), "end-without-start", "stands without a date_start", None)


def earliest_not_after_latest(source: Source) -> Faults:
    """The interval in which an event lies is not turned round."""
    frame = source.frame
    rows = where(frame["earliest_date"] > frame["latest_date"])
    hint = "exchange the two, or correct one"
    yield Fault(rows, ("latest_date", "earliest_date"), "end-before-start", "lies before earliest_date", hint)


def differs(column: str, other: str, source: Source) -> Faults:
    """A record does not refer to itself."""
    frame = source.frame
    rows = where(frame[column] == frame[other])
    yield Fault(rows, (column, other), "itself", f"is the {other} of the same row", "name another record")


def start_before_end(source: Source) -> Faults:
    """Evidence is at least one character long."""
    frame = source.frame
    rows = where(frame["start"] >= frame["end"])
    hint = "end is the offset behind the last character"
    yield Fault(rows, ("end", "start"), "offsets", "is not greater than start", hint)


def quote_has_hash(source: Source) -> Faults:
    """quote_sha256 is the hash of the quote."""
    frame = source.frame
    rows = where(frame["quote"].notna() & frame["quote_sha256"].notna())
    quotes, hashes = frame["quote"].iloc[rows], frame["quote_sha256"].iloc[rows]
    wrong = [sha256(quote) != stated for quote, stated in zip(quotes, hashes, strict=True)]
    message = "is not the SHA-256 of the quote as UTF-8"
    yield Fault(rows[np.array(wrong, bool)], ("quote_sha256", "quote"), "quote-hash", message, None)


def field_is_column(source: Source) -> Faults:
    """The field of an evidence is a column of its table."""
    frame = source.frame
    for name in frame["table"].dropna().unique().tolist():
        if name in TABLES:
            columns = TABLES[name].columns
            rows = where((frame["table"] == name) & frame["field"].notna() & ~frame["field"].isin(columns))
            message = f"is no column of the table {name}"
            yield Fault(rows, ("field", "table"), "no-such-field", message, partial(hints.nearest, known=columns))


def ordinals_without_gaps(source: Source) -> Faults:
    """The rows of an event are numbered 1, 2, 3, ...; of each event the first that is not is named."""
    frame = source.frame
    numbered = frame[["event_id", "ordinal"]].dropna().drop_duplicates().sort_values(["event_id", "ordinal"])
    expected = numbered.groupby("event_id", sort=False).cumcount() + 1
    wrong = numbered[numbered["ordinal"] != expected].drop_duplicates("event_id")
    rows = np.sort(wrong.index.to_numpy(dtype=np.int64))
    numbers = expected[wrong.index].tolist()
    missing = {row: f"{n} is missing" for row, n in zip(wrong.index.tolist(), numbers, strict=True)}
    yield Fault(rows, ("ordinal", "event_id"), "ordinal-gap", "leaves a gap in the numbers of its event", missing)


def sha256(text: str) -> str:
    """Give the SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _at(table_of_pairs: npt.NDArray[np.bool_], first: Rows, second: Rows) -> npt.NDArray[np.bool_]:
    """Look each row's pair of places up; a null is never wrong."""
    if not table_of_pairs.size:
        return np.zeros(len(first), bool)
    return table_of_pairs[first, second] & (first >= 0) & (second >= 0)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


ROW_CHECKS: dict[str, tuple[tuple[tuple[str, ...], Check], ...]] = {
    "events": (
        (("country_a", "country_b"), countries_in_order),
        (("event_type", "status"), status_fits_type),
        (("date_start", "date_precision"), precision_fits_date),
        (("date_start", "date_end"), end_needs_start),
        (("date_start", "date_end"), partial(end_not_before_start, "date_start", "date_end")),
        (("earliest_date", "latest_date"), earliest_not_after_latest),
        (("parent_event_id", "event_id"), partial(differs, "parent_event_id", "event_id")),
    ),
    "participants": ((("event_id", "ordinal"), ordinals_without_gaps),),
    "points": ((("event_id", "ordinal"), ordinals_without_gaps),),
    "links": ((("other_event_id", "event_id"), partial(differs, "other_event_id", "event_id")),),
    "evidence": (
        (("start", "end"), start_before_end),
        (("quote", "quote_sha256"), quote_has_hash),
        (("table", "field"), field_is_column),
    ),
    "offices": ((("start", "end"), partial(end_not_before_start, "start", "end")),),
    "countries": ((("valid_from", "valid_to"), partial(end_not_before_start, "valid_from", "valid_to")),),
    "domains": ((("parent", "domain"), partial(differs, "parent", "domain")),),
}
