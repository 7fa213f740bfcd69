"""The dateline of an agency's item: where it was sent from, which is no place and no day of the event it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilaterals.corpus import Document
from bilaterals.reference import places
from bilaterals.reference.places import City

# "ASTANA, June 3 (Kazinform) - ", "Islamabad, October 04, 2022 (PPI):", "BAKU. 5 May. AZERTAC."
DATELINE = re.compile(
    r"\s*(?P<city>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}?)"
    r"(?:(?:, ?|\. ?|/)(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+)(?:, ?\d{4}| \d{4})?)?"
    r"(?P<agency>,? ?\([^()\n]{2,40}\)|[,.] [A-Z][\w ]{2,20}| ?/[A-Z][\w ]{1,20}/\.?)?\s?(?:--?|–|—|:|\.{2,3}|(?<=[/)])|(?<=/\.))\s"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where an agency's item was sent from: the city, its offsets, and where the dateline ends."""

    city: City
    start: int
    stop: int
    end: int
    has_agency: bool

    @property
    def state(self) -> str | None:
        """The state whose officials an item from its capital most likely speaks of."""
        return self.city.country if self.city.is_capital else None


def find_dateline(document: Document) -> Dateline | None:
    """The dateline that opens the body, where it names a city that the lists know for sure."""
    return _at(document.text, document.body_start)


def find_further(text: str, starts: dict[int, int]) -> dict[int, Dateline]:
    """The datelines, in capitals, of the items of a digest: ``starts`` are offsets of paragraphs by their first sentence."""
    found = ((number, _at(text, start)) for number, start in starts.items() if text[start : start + 3].isupper())
    return {number: line for number, line in found if line is not None and text[line.start : line.stop].isupper()}


def _at(text: str, start: int) -> Dateline | None:
    found = DATELINE.match(text, start)
    if found is None:
        return None
    options = places.cities().get(found["city"]) or places.cities().get(found["city"].title()) or ()
    first = options[0] if options and (len(options) == 1 or options[0].is_default) else None
    return Dateline(first, *found.span("city"), found.end(), found["agency"] is not None) if first is not None else None
