"""Rows as a table of plain text that fits a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = 2


def fit(rows: Sequence[Sequence[str]], header: Sequence[str], width: int) -> str:
    """Return rows below a header, no line wider than ``width``.

    The widest columns give way, and an ellipsis says where; a column is not made narrower than its header.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in (header, *rows)]
    widths = [max(columns_of(row[number]) for row in cells) for number in range(len(header))]
    room = width - GAP * (len(widths) - 1)
    least = [min(len(title), known) for title, known in zip(header, widths, strict=True)]
    while sum(widths) > room and widths != least:
        widest = max(
            (number for number in range(len(widths)) if widths[number] > least[number]),
            key=widths.__getitem__,
        )
        widths[widest] -= 1
    lines = (
        (" " * GAP).join(_cell(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in cells
    )
    return "\n".join(line if columns_of(line) <= width else _cell(line, max(width, 1)).rstrip() for line in lines)


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _cell(text: str, size: int) -> str:
    if columns_of(text) > size:
        kept, used = "", 0
        for sign in text:
            if used + _width(sign) > size - 1:
                break
            kept, used = kept + sign, used + _width(sign)
        text = kept + "…"
    return text + " " * (size - columns_of(text))
