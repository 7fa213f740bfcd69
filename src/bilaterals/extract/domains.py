"""Fields of cooperation in the text's own words, and the domain of the reference list that they stand for."""

from __future__ import annotations

import re
from functools import cache

from bilaterals.reference import domains

WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")


NO_PHRASES: list[tuple[tuple[str, ...], str]] = []


@cache
def _by_first() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, domain in domains.words().items():
        parts = tuple(WORD.findall(phrase.lower()))
        if parts:
            table.setdefault(parts[0], []).append((parts, domain))
    for listed in table.values():
        listed.sort(key=lambda row: -len(row[0]))
    return table


def domains_in(text: str) -> list[tuple[str, str]]:
    """Every (domain, words) that a text names, the longest phrases first at each word, in the order of the text."""
    words = WORD.findall(text.lower())
    table = _by_first()
    found: list[tuple[str, str]] = []
    i = 0
    while i < len(words):
        width = 1
        for parts, domain in table.get(words[i], NO_PHRASES):
            if tuple(words[i : i + len(parts)]) == parts:
                found.append((domain, " ".join(parts)))
                width = len(parts)
                break
        i += width
    return found


def domain_of(text: str) -> str | None:
    """The domain that a phrase names, or None where it names none or several."""
    named = list(dict.fromkeys(domain for domain, _ in domains_in(text)))
    return named[0] if len(named) == 1 else None
