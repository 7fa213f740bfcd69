"""What to do about a value: the nearest word of a vocabulary, the code of a country, the form of a date."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from bilaterals.schema import VOCABULARIES, Field

_LISTED = 12
_FOREIGN_DATE = re.compile(r"\d{1,4}[./年]\s?\d{1,2}([./月]\s?\d{1,4}日?)?|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}")


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Name the word that was probably meant, or list the words when there are few."""
    words = list(known)
    meant = closest(value, words)
    if meant is not None:
        return f"did you mean {meant!r}?"
    return f"one of {', '.join(words)}" if len(words) <= _LISTED else None


def closest(value: str, known: Iterable[str]) -> str | None:
    """Give the word that the value comes nearest to, case and spaces aside."""
    folded = {_folded(word): word for word in known}
    close = difflib.get_close_matches(_folded(value), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


def for_vocabulary(field: Field, value: str) -> str | None:
    """Hint for a value that is not in the vocabulary of its field."""
    known = VOCABULARIES[field.vocabulary or ""].values
    if field.vocabulary == "cameo" and f"0{value}" in known:
        return f"keep the leading zero: '0{value}'"
    return nearest(value, known)


def for_pattern(field: Field, value: str) -> str | None:
    """Hint for a value that does not have the form of its field."""
    if field.separator is not None:
        return _for_list(field, value)
    if value != value.strip() and re.fullmatch(field.pattern or "", value.strip()):
        return "take away the space around the value"
    if field.pattern == "[A-Z]{3}":
        return for_country(value)
    if _FOREIGN_DATE.fullmatch(value):
        return "write dates as 2024-12-25, 2024-12 or 2024"
    return f"for example {field.example}"


def for_country(value: str) -> str | None:
    """Name the code of the country that was probably meant."""
    from bilaterals.reference.countries import UnknownCountry, countries, resolve_country

    try:
        return f"did you mean '{resolve_country(value)}'?"
    except UnknownCountry as unknown:
        if unknown.nearest:
            return f"did you mean {' or '.join(unknown.nearest)}?"
    close = difflib.get_close_matches(value.strip().upper(), countries(), n=9, cutoff=0.6)
    likely = [code for code in close if code[0] == value.strip().upper()[0]] or close
    return f"did you mean {' or '.join(likely[:2])}?" if likely else "use ISO 3166 alpha-3 codes, such as CHN"


def for_type(field: Field, value: str) -> str | None:
    """Hint for a value that is not of the type of its field."""
    if field.type == "integer":
        return "write a whole number in digits, without separators"
    if field.type == "boolean":
        return "write true or false"
    if field.type == "date":
        return "write a day that exists as 2024-12-25"
    return f"write text, for example {field.example}"


def _for_list(field: Field, value: str) -> str | None:
    items = value.split((field.separator or ";").strip())
    pattern = re.compile(field.item_pattern or "")
    wrong = [item.strip() for item in items if not pattern.fullmatch(item.strip())]
    if not wrong:
        return f'separate values by "{field.separator}", for example {field.example}'
    first = wrong[0]
    if not first:
        return "there is nothing between two separators"
    hint = for_vocabulary(field, first) if field.vocabulary else None
    if field.pattern == "[A-Z]{3}":
        hint = for_country(first)
    return f"{first!r} is the item that is wrong" + (f": {hint}" if hint else "")
