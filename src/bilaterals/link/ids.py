"""Ids that a reader can read and that stay: CHN-JPN-20241225-meeting-7f3a.

The last part is a hash of the fewest fields that tell the event from others of the same pair, day and type:

==========  ============================================================================================
meeting     the principals of both sides; without a day also city, occasion, mechanism and round
visit       the traveller; without a day also city and occasion
agreement   kind of instrument and title; else domains, number and the principals of its meeting
consensus   the principals of its meeting, and the words of its points
==========  ============================================================================================

A person counts by the parts of the name in alphabetical order, those of the list of people by the name in their id, so that
an event keeps its id when its people enter the list; a role counts by its level. Nothing of
the documents enters, so that a second report changes no id. Where two events have the same fields, the one
that comes first by mechanism, round, city, mode and title keeps the short hash, and the others take those
fields into theirs; where only the hashes agree, the later one is longer. When a later document dates an
undated event its id changes, and `changes` lists both.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bilaterals.link.events import Event, Row
from bilaterals.link.facts import content_words
from bilaterals.link.names import fold, name_tokens
from bilaterals.link.reports import Report

SHORT = 4


def _person(row: Row) -> str:
    known = str(row["person_id"]).partition("-")[2].replace("-", " ") if row["person_id"] else ""
    words = name_tokens(known or str(row["name"] or ""))
    if words:
        return "-".join(sorted(words))
    return str(row["level"] or "") or "-".join(fold(str(row["office"] or "")))


def principals_of(event: Event) -> str:
    """The heads of both sides, each as what identifies them."""
    sides = []
    for side in ("a", "b"):
        own = [p for p in event.participants if p["side"] == event.row[f"country_{side}"]]
        sides.append(_person(own[0]) if own else "")
    return "|".join(sides)


def _words(value: object) -> str:
    return "-".join(sorted(content_words(str(value)))) if value else ""


def identity_of(event: Event, reports: list[Report], parent: Event | None) -> str:
    """The identifying fields of an event as one text."""
    row = event.row
    kind = str(row["event_type"])
    occasion = principals_of(parent) if parent else principals_of(event)
    parts: list[str]
    if kind == "agreement":
        title = sorted({_words(r.candidate.title) for r in reports if r.candidate.title}, key=lambda t: (-len(t), t))
        about = title[0] if title else f"{row['domains'] or ''}|{row['n_stated'] or ''}|{occasion}"
        parts = [str(row["instrument"] or ""), about]
    elif kind == "consensus":
        told = [r for r in sorted(reports, key=lambda r: r.key) if r.candidate.points]
        words = min(("-".join(_words(p.text) for p in r.candidate.points) for r in told), default="")
        parts = [occasion, words]
    else:
        parts = [principals_of(event)]
        if row["date_start"] is None:
            parts += [_words(row[name]) for name in ("city", "occasion", "mechanism", "mechanism_round")]
    return "\x1f".join(parts)


def _distinction(event: Event) -> str:
    """What tells events with the same identifying fields apart, and sets their order."""
    row = event.row
    fields = (
        "mechanism",
        "mechanism_round",
        "city",
        "mode",
        "status",
        "instrument",
        "n_stated",
        "title",
        "date_end",
    )
    names = [f"{p['side']}:{_person(p)}" for p in event.participants]
    return "\x1f".join([*("" if row.get(name) is None else str(row[name]) for name in fields), *names])


def first_words(reports: list[Report]) -> str:
    """The first words the event rests on: for events that nothing but their place in a text tells apart."""
    return repr(min((report.origin.doc_id, *report.place) for report in reports))


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that waits for its id. ``words`` is where it is first told."""

    event: Event
    identity: str
    parent: Event | None
    words: str


def _prefix(event: Event, parent: Event | None) -> str:
    row = event.row
    date = row["date_start"] or (parent.row["date_start"] if parent else None)
    when = str(date).replace("-", "") if date else "undated"
    return f"{row['country_a']}-{row['country_b']}-{when}-{row['event_type']}-"


def give_ids(entries: list[Entry]) -> None:
    """Give every event its id."""
    alike: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[_prefix(entry.event, entry.parent), entry.identity].append(entry)
    hashed: list[tuple[str, str, str, Event]] = []
    for (prefix, identity), group in alike.items():
        for text, entry in _told_apart(identity, group):
            hashed.append((prefix, hashlib.sha256(text.encode()).hexdigest(), entry.words, entry.event))
    hashed.sort(key=lambda item: item[:3])
    taken: set[str] = set()
    for prefix, digest, _, event in hashed:
        length = SHORT
        while prefix + digest[:length] in taken and length < len(digest):
            length += 1
        event_id = prefix + digest[:length]
        taken.add(event_id)
        event.row["event_id"] = event_id


def _told_apart(identity: str, group: list[Entry]) -> Iterator[tuple[str, Entry]]:
    """The text that each of some entries with the same identity is hashed from, all different."""
    if len(group) == 1:
        yield identity, group[0]
        return
    ordered = sorted(((_distinction(e.event), e.words, e) for e in group), key=lambda item: item[:2])
    seen: set[str] = set()
    for number, (distinction, words, entry) in enumerate(ordered):
        if not number:
            yield identity, entry
        else:
            yield "\x1e".join([identity, distinction, *([words] if distinction in seen else [])]), entry
        seen.add(distinction)
