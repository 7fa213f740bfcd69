"""A report: one candidate of one document, with all that is needed when the document itself is gone.

Linking looks at all documents at once, so what it keeps of each must be small: the candidate, where its words
stand in the raw text, the words themselves where the licence allows, and a hash where it does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bilaterals.extract.candidates import Candidate, Evidence, Extraction

if TYPE_CHECKING:
    from bilaterals.corpus import Document


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that a report comes from, as far as linking needs it."""

    doc_id: str
    path: str
    published: date | None
    side: str | None
    may_quote: bool = True
    entry: str | None = None
    """File and date of a chronicle's entry. A chronicle tells an event once: two entries of one date are two events."""


@dataclass(frozen=True, slots=True)
class Words:
    """The place of some words in the raw text, their hash, and the words where they may be published."""

    start: int
    end: int
    quote_sha256: str
    quote: str | None


WordsOf = dict[tuple[int, int], Words]
"""The words of a report by the offsets that its candidate's evidence gives."""


@dataclass(slots=True)
class Report:
    """One candidate of one document. ``place`` is the span of the record in the raw text.

    ``words`` may be left out while reports are compared, and brought in when an event is written.
    """

    origin: Origin
    index: int
    candidate: Candidate
    place: tuple[int, int]
    words: WordsOf = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int]:
        """Document and place in it: unique, and the same in every run."""
        return self.origin.doc_id, self.index

    @property
    def sides(self) -> frozenset[str]:
        """The states whose account this is: the reporting side, or else the side of the publisher."""
        side = self.candidate.reported_by or self.origin.side
        return frozenset(part for part in (side or "").split("; ") if part)

    def where(self) -> str:
        """The place of the record in its document, for messages."""
        return f"characters {self.place[0]}-{self.place[1]}"


def all_evidence(candidate: Candidate) -> Iterator[Evidence]:
    """Every piece of evidence of a candidate: its own, and that of its participants, points and domains."""
    yield from candidate.evidence
    for participant in candidate.participants:
        yield from participant.evidence
    for point in candidate.points:
        yield point.evidence
    for domain in candidate.domains:
        yield domain.evidence


def reports_of(document: Document, extraction: Extraction, *, may_quote: bool = True) -> list[Report]:
    """All candidates of a document as reports, their evidence turned into places of the raw text."""
    when = document.entry_date
    entry = f"{document.path} {when.start}/{when.end or ''}" if when is not None else None
    origin = Origin(document.doc_id, str(document.path), document.published, document.side, may_quote, entry)
    reports = []
    for index, candidate in enumerate(extraction.candidates):
        words: WordsOf = {}
        for evidence in all_evidence(candidate):
            span = evidence.start, evidence.end
            if span not in words:
                quote = document.quote(*span)
                digest = hashlib.sha256(quote.encode("utf-8")).hexdigest()
                words[span] = Words(*document.to_source(*span), digest, quote if may_quote else None)
        place = words[candidate.span]
        reports.append(Report(origin, index, candidate, (place.start, place.end), words))
    return reports
