"""What is known about a text besides its words: date, title, publisher, side, URL, language, licence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bilaterals.corpus.dates import parse_day
from bilaterals.setaside import SetAside

_ISO3 = re.compile(r"[A-Z]{3}")
KEYS = {
    "date": "published",
    "published": "published",
    "title": "title",
    "publisher": "publisher",
    "side": "side",
    "url": "url",
    "language": "language",
    "licence": "licence",
    "license": "licence",
}
"""What a head, a catalogue or a record may call each fact."""

Note = Callable[[str, str, str], SetAside]
"""(place, code, reason) -> SetAside of the file that is being read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one text; None (title: "") where its source gives none."""

    published: dt.date | None = None
    title: str = ""
    publisher: str | None = None
    side: str | None = None
    language: str | None = None
    url: str | None = None
    licence: str | None = None

    def filled_from(self, other: Facts) -> Facts:
        """These facts, and those of ``other`` where these have none."""
        missing = {name: getattr(other, name) for name in self.__slots__ if not getattr(self, name)}
        return replace(self, **missing)


def noter(path: str, doc_id: str | None = None) -> Note:
    """Makes the rows of issues.csv that the reading of one file, or of one document in it, leaves."""

    def note(place: str, code: str, reason: str) -> SetAside:
        return SetAside(path=path, place=place, stage="read", code=code, reason=reason, doc_id=doc_id)

    return note


def read_facts(items: Iterable[tuple[str, str, str]], note: Note) -> tuple[Facts, list[SetAside]]:
    """Facts out of (key, value, place); what cannot be understood is set aside. Keys are those of `KEYS`."""
    values: dict[str, str | dt.date] = {}
    issues: list[SetAside] = []
    for key, value, place in items:
        name, value = KEYS[key.lower()], value.strip()
        if not value:
            continue
        if name in values:
            issues.append(note(place, "repeated-key", f"{key!r} is given twice; the first one is kept"))
            continue
        try:
            if name == "published":
                values[name] = parse_day(value)
            else:
                values[name] = resolve_side(value) if name == "side" else value
        except ValueError as error:
            issues.append(note(place, "wrong-date" if name == "published" else "unknown-side", str(error)))
    return Facts(**values), issues  # type: ignore[arg-type]


def resolve_side(value: str) -> str:
    """A state as ISO 3166 alpha-3, from that code, the two-letter one or a name."""
    if _ISO3.fullmatch(value):
        return value
    from bilaterals.reference.countries import resolve_country

    try:
        return str(resolve_country(value))
    except (ValueError, LookupError) as error:
        message = error.args[0] if error.args else error
        raise ValueError(f"{value[:60]!r} is no state that is known; write its ISO 3166 code ({message})") from None
