"""The clean text: what is safe and needed so that the extractor reads well, each change with its way back.

Changed are only spaces and characters that nobody sees:

- BOM, zero-width characters, soft hyphens and direction marks are dropped;
- CRLF, CR, form feed and the Unicode line and paragraph separators become a newline;
- tabs, no-break, en, em, thin, ideographic spaces and control characters become a space;
- a run of spaces becomes one space, and spaces beside a newline are dropped, so a blank line is two newlines.

Letters, quotation marks, apostrophes and dashes stay as they are, and no Unicode normalisation is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.corpus.document import SourceMap

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_NEWLINE = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SPACE = "\t\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = _INVISIBLE + _NEWLINE + _SPACE

_ODD_CHARACTER = re.compile(f"[{_ODD}]")
_ODD_OR_DOUBLE = re.compile(f"[{_ODD}]| (?=[ \n])|\n(?= )")
_ODD_OR_LINE = re.compile(f"[\n{_ODD}]| (?=[ \n])")
_DOUBLE = ("  ", " \n", "\n ")
_BLANKS = " \n" + "".join(filter(_ODD_CHARACTER.match, map(chr, (*range(0x3001), 0xFEFF))))
_LINE_END = re.compile(f"\r\n|[\n{_NEWLINE}]")
_VISIBLE_SPACE = re.compile(f"[ {_SPACE}]")
_BLANK = re.compile(f"[ \n{_ODD}]*")


def _runs(source: str, start: int, end: int, newlines: bool) -> Iterator[tuple[int, int]]:
    """The runs of blank or invisible characters, one space alone (and bare newlines, if allowed) left out.

    Every character is looked at a fixed number of times, so this takes time in step with the length of the
    text.
    """
    double = any(source.find(pair, start, end) >= 0 for pair in _DOUBLE)
    trouble = (_ODD_OR_DOUBLE if double else _ODD_CHARACTER) if newlines else _ODD_OR_LINE
    at = start
    while found := trouble.search(source, at, end):
        first = found.start()
        while first > at and source[first - 1] in " \n":
            first -= 1
        at = _blank_until(source, first, end)
        yield first, at


def _blank_until(source: str, start: int, end: int) -> int:
    """Where the run of blank and invisible characters at start ends."""
    blank = _BLANK.match(source, start, end)
    return blank.end() if blank else start


class CleanText:
    """Builds a clean text and its map out of pieces of one source, in the order of the clean text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.map = SourceMap()
        self._parts: list[str] = []
        self._length = 0
        self._read = 0

    def __len__(self) -> int:
        return self._length

    def text(self) -> str:
        """The clean text so far."""
        return self._parts[0] if len(self._parts) == 1 else "".join(self._parts)

    def put(self, clean: str, start: int, end: int) -> None:
        """Put in ``clean`` for the source characters start:end."""
        self.map.replaced(self._length, self._length + len(clean), start, end)
        self._append(clean)
        self._read = end

    def copy(self, start: int, end: int) -> None:
        """Copy the source characters start:end as they are."""
        if start >= end:
            return
        if start != self._read:  # a seam: nothing stands for the characters between
            self.map.replaced(self._length, self._length, start, start)
        self._append(self.source if end - start == len(self.source) else self.source[start:end])
        self._read = end

    def clean(self, start: int, end: int, *, newlines: bool = True) -> None:
        """Copy the source characters start:end, cleaned, without the blank characters at both ends.

        With ``newlines=False`` a line end is a space like any other, as in HTML.
        """
        start, end = trim(self.source, start, end)
        at = start
        for first, last in _runs(self.source, start, end, newlines):
            self.copy(at, first)
            found = self.source[first:last]
            lines = len(_LINE_END.findall(found))
            spaced = " " if lines or _VISIBLE_SPACE.search(found) else ""
            self.put("\n" * lines if lines and newlines else spaced, first, last)
            at = last
        self.copy(at, end)

    def _append(self, part: str) -> None:
        if part:
            self._parts.append(part)
            self._length += len(part)


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """The part of start:end without blank and invisible characters at its ends."""
    start = _blank_until(source, start, end)
    while end > start:
        part = source[max(start, end - 4096) : end]
        kept = len(part.rstrip(_BLANKS))
        end -= len(part) - kept
        if kept:
            break
    return start, end


def clean_text(source: str) -> tuple[str, SourceMap]:
    """Clean a whole text."""
    builder = CleanText(source)
    builder.clean(0, len(source))
    return builder.text(), builder.map
