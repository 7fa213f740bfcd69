"""A raw text made ready for the extractor, with the way back to every character of its source."""

from __future__ import annotations

import calendar
import datetime as dt
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field


class SourceMap:
    """Where each character of a clean text came from.

    The clean text is a chain of stretches that were copied and stretches that were replaced. Only the
    replaced ones are kept, four numbers each: start and end in the clean text, start and end in the source. A
    replaced stretch may be empty in the clean text (characters were dropped) or in the source (characters
    were put in). All its characters lead to the whole of what it replaced; a copied character leads to
    exactly one.
    """

    __slots__ = ("_clean_end", "_clean_start", "_inner", "_source_end", "_source_start")

    def __init__(self, offset: int = 0) -> None:
        self._clean_start = array("q", (0,))
        self._clean_end = array("q", (0,))
        self._source_start = array("q", (offset,))
        self._source_end = array("q", (offset,))
        self._inner: SourceMap | None = None

    def replaced(self, clean_start: int, clean_end: int, source_start: int, source_end: int) -> None:
        """Record that clean_start:clean_end stands for source_start:source_end. Calls come in order."""
        self._clean_start.append(clean_start)
        self._clean_end.append(clean_end)
        self._source_start.append(source_start)
        self._source_end.append(source_end)

    def lead_through(self, inner: SourceMap) -> None:
        """What this map calls the source is itself a text that ``inner`` leads back to its own source."""
        self._inner = inner

    def __len__(self) -> int:
        """How many stretches are kept: 1 for a text that was copied as it is."""
        return len(self._clean_start)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source characters that the clean characters start:end came from."""
        if not 0 <= start <= end:
            raise ValueError(f"start {start} and end {end} are no span of a text")
        first = self._character(start)
        last = self._character(end - 1) if start < end else (first[0], first[0])
        span = min(first[0], last[0]), max(first[1], last[1]) if start < end else first[0]
        return self._inner.to_source(*span) if self._inner else span

    def _character(self, position: int) -> tuple[int, int]:
        run = bisect_right(self._clean_start, position) - 1
        if position < self._clean_end[run]:
            return self._source_start[run], self._source_end[run]
        source = self._source_end[run] + position - self._clean_end[run]
        return source, source + 1


@dataclass(frozen=True, slots=True)
class EntryDate:
    """The date of a chronicle entry as ISO 8601 at the precision stated: "2013-09-05", "2013-09" or "2013".

    ``end`` is set for ranges only, at the same precision; ``precision`` is day, month or year.
    """

    start: str
    end: str | None
    precision: str

    @property
    def first_day(self) -> dt.date:
        """The first day that the date can mean."""
        return dt.date.fromisoformat((self.start + "-01-01")[:10])

    @property
    def last_day(self) -> dt.date:
        """The last day that the date can mean."""
        year, month, day, *_ = [int(part) for part in (self.end or self.start).split("-")] + [0, 0]
        month = month or 12
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Document:
    """One raw text. Offsets of records count characters of ``text``; `to_source` leads them to the source.

    The source is the text as it was read, which each form defines:

    - text, article, bare: the file decoded as UTF-8 with nothing changed: head, BOM and CRLF are part of it.
    - html: the same; offsets lead into the HTML source, tags and entities included.
    - chronicle: the same, of the whole file; ``source_start`` and ``source_end`` bound the entry.
    - jsonl, csv, parquet, record, and `read_text`: title + two newlines + text of the record, or the
      text alone where it has no title.

    A title that stands in the source is the beginning of ``text``, followed by two newlines, and
    ``body_start`` is the offset of what follows. A title that is known from elsewhere (catalogue.csv) is kept
    in ``title`` alone, since no evidence could lead to it. ``published`` is None where the source does not
    give a day.
    """

    doc_id: str
    text: str
    published: dt.date | None
    title: str
    publisher: str | None
    side: str | None
    language: str | None
    url: str | None
    licence: str | None
    path: str
    form: str
    sha256: str
    """Of ``raw[source_start:source_end]`` in UTF-8: where a file holds one text, of the file's bytes."""
    source: SourceMap = field(repr=False, compare=False)
    body_start: int = 0
    raw: str = field(default="", repr=False, compare=False)
    """The text as it was read."""
    source_start: int = 0
    source_end: int = 0
    dateline: str | None = None
    """The place before the text in the bare form (``date 2024-12-26 BEIJING: ...``). It is not a venue."""
    entry_date: EntryDate | None = None
    entry_place: str | None = None
    sources: tuple[str, ...] = ()
    """Keys into sources.csv, of a chronicle entry."""

    @property
    def n_chars(self) -> int:
        """Length of the text as it was read, in characters: every source offset is at most this."""
        return len(self.raw)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text as it was read that ``text[start:end]`` came from, end exclusive."""
        if end > len(self.text):
            raise ValueError(f"end {end} lies beyond the text, which has {len(self.text)} characters")
        return self.source.to_source(start, end)

    def quote(self, start: int, end: int) -> str:
        """The words of the text as it was read that ``text[start:end]`` came from."""
        source_start, source_end = self.to_source(start, end)
        return self.raw[source_start:source_end]
