"""Panels: events counted by dyad and month or year, with rows of zeros between."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from bilaterals import dyad_month, dyad_year
from tests.conftest import Row, event, frame_of


def events(*rows: Row) -> pd.DataFrame:
    return frame_of("events", list(rows))


def counts(panel: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(panel[list(columns)].itertuples(index=False, name=None))


def test_a_month_without_events_is_a_row_of_zeros() -> None:
    panel = dyad_month(events(event(1, "2018-11-09"), event(2, "2018-11", event_type="visit"), event(3, "2019-01-31")))
    assert counts(panel, "year", "month", "n_events", "n_meeting", "n_visit", "n_agreement") == [
        (2018, 11, 2, 1, 1, 0),
        (2018, 12, 0, 0, 0, 0),
        (2019, 1, 1, 1, 0, 0),
    ]


def test_every_pair_has_the_same_months() -> None:
    panel = dyad_month(events(event(1, "2018-11-09", country_b="FRA"), event(2, "2018-12-01")))
    assert counts(panel, "country_a", "country_b", "month", "n_events") == [
        ("CHN", "FRA", 11, 1),
        ("CHN", "FRA", 12, 0),
        ("CHN", "JPN", 11, 0),
        ("CHN", "JPN", 12, 1),
    ]


def test_years_are_counted_whole() -> None:
    panel = dyad_year(events(event(1, "2016-11-09"), event(2, "2018"), event(3, "2018-02")))
    assert counts(panel, "year", "n_events") == [(2016, 1), (2017, 0), (2018, 2)]
    assert "month" not in panel.columns


def test_an_event_known_to_the_year_is_in_no_month_and_is_reported() -> None:
    rows = events(event(1, "2018-05-09"), event(2, "2018"), event(3, None, latest_date=dt.date(2018, 5, 9)))
    panel = dyad_month(rows)
    assert counts(panel, "n_events") == [(1,)]
    left_out = panel.attrs["left_out"]["the date is not known to the month"]
    assert [event_id[-4:] for event_id in left_out] == ["0002", "0003"]
    assert dyad_year(rows).attrs["left_out"]["the date is not known to the year"] == [rows["event_id"][2]]


def test_what_did_not_take_place_is_not_counted_and_is_reported() -> None:
    rows = events(
        *(event(number, "2018-05-09", status=status) for number, status in enumerate(("held", "planned", "cancelled")))
    )
    panel = dyad_month(rows)
    assert counts(panel, "n_events") == [(1,)]
    assert panel.attrs["left_out"]["planned, cancelled or postponed"] == list(rows["event_id"][1:])


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2018-04", "2018-06-02", [(2018, 4), (2018, 5), (2018, 6)]),
        ("2018-05-20", None, [(2018, 5)]),
        (None, dt.date(2018, 7, 1), [(2018, 5), (2018, 6), (2018, 7)]),
        ("2019", "2018", []),
    ],
)
def test_since_and_until_set_the_first_and_last_row(since: Any, until: Any, months: list[tuple[int, int]]) -> None:
    panel = dyad_month(events(event(1, "2018-05-09")), since=since, until=until)
    assert counts(panel, "year", "month") == months


def test_a_cell_with_several_values_counts_once_in_each() -> None:
    panel = dyad_year(events(event(1, "2018", domains="sports; youth"), event(2, "2018")), by="domains")
    assert counts(panel, "n_events", "n_sports", "n_youth", "n_security") == [(2, 1, 1, 0)]


def test_counting_by_what_has_no_vocabulary_is_an_error_that_names_what_has() -> None:
    with pytest.raises(ValueError, match=r"no column to count by 'city'.*event_type.*domains"):
        dyad_month(events(event(1, "2018-05-09")), by="city")


def test_the_numbers_of_the_states_are_those_of_the_time() -> None:
    panel = dyad_year(
        events(
            event(1, "1989", country_a="CHN", country_b="DEU"),
            event(2, "1991", country_a="CHN", country_b="DEU"),
        )
    )
    assert counts(panel, "year", "cow_a", "gwno_a", "cow_b", "gwno_b") == [
        (1989, 710, 710, 260, 260),
        (1990, 710, 710, 255, 260),
        (1991, 710, 710, 255, 260),
    ]


def test_a_state_without_a_number_has_none() -> None:
    panel = dyad_year(events(event(1, "2018", country_a="CHN", country_b="HKG")))
    assert panel["cow_b"].isna().all()
    assert panel["cow_b"].dtype == pd.Int64Dtype()


def test_no_events_make_an_empty_panel_of_the_same_columns() -> None:
    filled = dyad_month(events(event(1, "2018-05-09")))
    nothing = dyad_month(events())
    pd.testing.assert_frame_equal(nothing, filled.iloc[:0])
    undated = dyad_month(events(event(1, None)))
    assert undated.empty
    assert undated.attrs["left_out"]["the date is not known to the month"] == [event(1, None)["event_id"]]


def test_a_value_outside_of_the_vocabulary_is_an_error_that_names_the_event() -> None:
    rows = events(event(1, "2018-05-09", level="king"))
    with pytest.raises(ValueError, match="meeting-0001: 'king' is no level"):
        dyad_month(rows, by="level")
