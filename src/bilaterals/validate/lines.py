"""On which line of a CSV file does each record begin?

Counted as an editor counts: line breaks within quoted cells are lines too. One vectorised pass over the
bytes finds the quotes and the line breaks; a break with an even number of quotes before it ends a record.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_CHUNK = 1 << 24
_QUOTE, _LF, _CR = ord('"'), ord("\n"), ord("\r")

Lines = npt.NDArray[np.int64]


def record_lines(data: bytes) -> Lines:
    """Give the line on which each record begins, the header first; empty lines are no records."""
    breaks, outside = _line_breaks(data)
    starts = np.concatenate(([0], breaks[outside] + 1))
    ends = np.concatenate((breaks[outside], [len(data)]))
    lines = np.concatenate(([1], np.flatnonzero(outside) + 2))
    content = ends - starts
    before = np.frombuffer(data, np.uint8)[ends - 1] == _CR if len(data) else np.zeros(len(ends), bool)
    content -= (before & (content > 0)).astype(content.dtype)
    return lines[content > 0].astype(np.int64)


def _line_breaks(data: bytes) -> tuple[Lines, npt.NDArray[np.bool_]]:
    """Give the offset of the last byte of each line break, and whether it stands outside quotes."""
    view = np.frombuffer(data, np.uint8)
    positions, outside = [], []
    quotes = 0
    for begin in range(0, len(view), _CHUNK):
        chunk = view[begin : begin + _CHUNK]
        following = view[begin + 1 : begin + _CHUNK + 1]
        is_break = chunk == _LF
        lone = chunk == _CR
        lone[: len(following)] &= following != _LF  # the carriage return of CR LF is no break of its own
        is_break |= lone
        found = np.flatnonzero(is_break)
        marks = np.flatnonzero(chunk == _QUOTE)
        outside.append((np.searchsorted(marks, found) + quotes) % 2 == 0)
        positions.append(found + begin)
        quotes += len(marks)
    if not positions:
        return np.zeros(0, np.int64), np.zeros(0, bool)
    return np.concatenate(positions), np.concatenate(outside)
