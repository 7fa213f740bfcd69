"""``bilaterals show``: events in the terminal, or all of their columns as CSV or JSON."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilaterals.cli.table import GAP, fit
from bilaterals.load import load_events

if TYPE_CHECKING:
    import pandas as pd

# The title says more than these do, and often says the same.
MAY_GO = ("level", "place", "status")
ROOM_FOR_TITLE = 40
HEADER = ("date", "type", "status", "pair", "level", "place", "title")


def run(a: str | None, b: str | None, form: str | None, filters: dict[str, Any]) -> None:
    """Print the events between two countries."""
    asked = {name: value or None for name, value in filters.items()}
    events = load_events(a, b, **asked)
    if form == "csv":
        click.echo(_as_published(events), nl=False)
    elif form == "json":
        click.echo(plain(events).to_json(orient="records", force_ascii=False, indent=2))
    elif events.empty:
        click.echo(f"no events (version {events.attrs['version']} of the data)", err=True)
    else:
        click.echo(_table(events, shutil.get_terminal_size().columns))
        plural = "" if len(events) == 1 else "s"
        click.echo(f"{len(events)} event{plural}, version {events.attrs['version']}", err=True)


def _as_published(events: pd.DataFrame) -> str:
    """Return events as CSV in the published form, in which no cell runs as a formula."""
    from bilaterals.schema import write_csv

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "events.csv"
        write_csv(events, path, "events")
        return path.read_text(encoding="utf-8")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its dates as ISO 8601 text and without the index."""
    dates = frame.select_dtypes("datetime")
    written = {str(name): dates[name].dt.strftime("%Y-%m-%d") for name in dates}
    return frame.assign(**written).reset_index(drop=True)


def _table(events: pd.DataFrame, width: int) -> str:
    """Return the events as a table: without columns that tell nothing, and with room for the title."""
    columns = dict(zip(HEADER, zip(*map(_row, _in_time(events)), strict=True), strict=True))
    columns = {name: cells for name, cells in columns.items() if any(cells)}
    if len(set(columns["pair"])) == 1:
        del columns["pair"]
    for name in MAY_GO:
        others = sum(max(map(len, (title, *cells))) + GAP for title, cells in columns.items() if title != "title")
        if width - others < ROOM_FOR_TITLE:
            columns.pop(name, None)
    return fit(list(zip(*columns.values(), strict=True)), list(columns), width)


def _in_time(events: pd.DataFrame) -> list[dict[str, str]]:
    """Return the events oldest first, those without a date at the end, with "" for null."""
    ordered = events.sort_values(["earliest_date", "event_id"], na_position="last", kind="stable")
    text = plain(ordered).astype(object).where(ordered.notna().to_numpy(), "")
    return [{str(name): cell for name, cell in row.items()} for row in text.to_dict("records")]


def _row(event: dict[str, str]) -> tuple[str, ...]:
    start, end = event["date_start"], event["date_end"]
    return (
        f"{start}/{end}" if end and end != start else start or "unknown",
        event["event_type"],
        event["status"],
        f"{event['country_a']}-{event['country_b']}",
        event["level"],
        ", ".join(filter(None, (event["city"], event["venue_country"]))),
        event["title"],
    )
