"""What linking gives: events with all that is published of them, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bilaterals.setaside import SetAside

Row = dict[str, object]


@dataclass(slots=True)
class Event:
    """One event: its row of ``events``, and its rows of the other tables, all without the id until it is
    known."""

    row: Row
    participants: list[Row] = field(default_factory=list)
    points: list[Row] = field(default_factory=list)
    domains: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)

    @property
    def event_id(self) -> str:
        """The id, once given."""
        return str(self.row["event_id"])

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Table and row of everything that is published of the event."""
        yield "events", self.row
        for table, rows in (
            ("participants", self.participants),
            ("points", self.points),
            ("event_domains", self.domains),
            ("links", self.links),
            ("evidence", self.evidence),
        ):
            for row in rows:
                yield table, row


@dataclass(frozen=True, slots=True)
class Linked:
    """Events in the order of their ids, and what was set aside with its reason."""

    events: tuple[Event, ...]
    set_aside: tuple[SetAside, ...]
