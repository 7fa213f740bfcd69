"""What the head of a document gives to the events of its body: day and place of a chronicle entry, the pair of its folder.

A chronicle entry says once, in its first line, when and where its events were; its sentences need not say it again.
"""

from __future__ import annotations

import re

from bilaterals.corpus import Document
from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.clauses import Reading, When, Where
from bilaterals.reference import countries

FOLDER = re.compile(r"(?:^|/)([A-Z]{3})-([A-Z]{3})/")


def pair_of_folder(document: Document) -> tuple[str, str] | None:
    """The pair of states whose folder the text lies in ("CHN-JPN/chronicle/1972"), or None."""
    found = FOLDER.search(document.doc_id)
    if found is None or not {*found.groups()} <= countries.countries().keys():
        return None
    first, second = sorted(found.groups())
    return first, second


def entry_date(document: Document) -> When | None:
    """The date of a chronicle entry, read from its head line."""
    date = document.entry_date
    if date is None:
        return None
    end = document.text.find(" |", 0, document.body_start)
    return When(Date(date.start, date.end, date.precision), Evidence("date_start", 0, max(end, 1), "date.entry"))


def entry_place(document: Document, reading: Reading) -> Where | None:
    """The place of a chronicle entry, read from its head line: a city with its state, or a state alone."""
    if not document.entry_place or document.entry_place == "-":
        return None
    tokens = reading.tokens
    last = tokens.sentences[tokens.body][0] if tokens.body < len(tokens.sentences) else len(tokens.codes)
    city = next((i for i in range(last) if tokens.entries[i].cities), None)
    states = [i for i in range(last) if tokens.codes[i] == "C" and len(tokens.entries[i].countries) == 1]
    state = tokens.entries[states[-1]].countries[0] if states else None
    if city is None and state is None:
        return None
    options = tokens.entries[city].cities if city is not None else ()
    chosen = next((option for option in options if state in (None, option.country)), None)
    where_token = city if city is not None and chosen is not None else states[-1]
    field = "city" if chosen is not None else "venue_country"
    evidence = Evidence(field, *tokens.span(where_token, where_token + 1), "place.entry")
    return Where(chosen.name if chosen else None, chosen.country if chosen else state, evidence)


def spokesperson_state(reading: Reading) -> str | None:
    """The state of the one spokesperson whom a text without an official publisher quotes: it gives that side's account."""
    states = {
        entity.state
        for entity in reading.cast.entities
        if entity.state and entity.state_rule == "state.stated" and "spokes" in (entity.office or "").lower()
    }
    return next(iter(states)) if len(states) == 1 else None
