"""Instruments as the text words them: the noun phrase, its kind, its number, and where it ends.

The heads and the numbers are in `rules/agreements.toml`, the words around them in `rules/instruments.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract.clauses import Clause, Reading, code_class, has_any
from bilaterals.extract.phrases import cues

CUES = cues("instruments")
NO_PART, OF_A_TITLE, PLURAL, OF_MANY_STATES = (
    CUES[name] for name in ("no-part", "of-a-title", "plural", "of-many-states")
)
SUPERLATIVE, SUCH, TOLD_BEFORE, TOLD_NOW = (CUES[name] for name in ("superlative", "such", "told-before", "told-now"))


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/agreements.toml`."""

    kinds: dict[str, str]
    generic: frozenset[str]
    tail: re.Pattern[str]
    not_fields: frozenset[str]
    kept: tuple[str, ...]
    not_deals: tuple[str, ...]
    multilateral: tuple[str, ...]
    numbers: dict[str, int]
    counts: dict[str, int]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "agreements.toml").read_text(encoding="utf-8"))
    kinds: dict[str, str] = {}
    for row in table["kind"]:
        for word in row["words"]:
            kinds.setdefault(word, row["instrument"])
    tails = "|".join(sorted(map(re.escape, table["tails"]["words"]), key=len, reverse=True))
    return Words(
        kinds, frozenset(table["generic"]["words"]), re.compile(rf"^\W*(?:{tails})\s+", re.IGNORECASE),
        frozenset(table["not_fields"]["words"]), tuple(table["not_fields"]["keep"]), tuple(table["not_deals"]["words"]),
        tuple(table["multilateral"]["words"]), table["numbers"], {**table["numbers"], **table["counts"]},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instrument:
    """One noun phrase of an instrument: items from its first modifier to its head, and what follows it."""

    first: int
    head: int
    word: str
    kind: str
    count: int | None
    is_named: bool
    is_plural: bool


def real_head(reading: Reading, clause: Clause, head: int) -> int:
    """ "Agreement on a mutual defence treaty": the treaty is the instrument; a title keeps its own head."""
    if reading.tokens.words[clause.items[head].first][:1].isupper() and clause.codes[head + 2 : head + 3] != "T":
        return head
    found = _inner_head().match(clause.codes, head + 1)
    return found.start("head") if found and clause.codes[head] in code_class("instrument") else head


@cache
def _inner_head() -> re.Pattern[str]:
    """A second instrument behind "on" or "of"."""
    return re.compile(f"[not]T?[xIam]{{0,4}}(?P<head>[{re.escape(''.join(sorted(code_class('instrument'))))}])")


def anaphoric(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "The agreement", "this deal": a mention of something told before."""
    first = reading.words(clause.items[instrument.first].first, clause.items[instrument.first].last)
    if (
        instrument.first >= 2
        and clause.codes[instrument.first - 2 : instrument.first] == ",T"
        and SUPERLATIVE.match(first)
    ):
        return True  # ", the largest deal of its kind": said of the one just told
    lead = reading.words(clause.items[max(0, instrument.first - 2)].first, clause.items[instrument.first].first)
    if SUCH.search(lead):
        return True
    if instrument.first != instrument.head or instrument.head == 0 or instrument.is_named:
        return False
    before = reading.words(clause.items[instrument.head - 1].first, clause.items[instrument.head - 1].last)
    after = clause.codes[instrument.head + 1 : instrument.head + 2]
    if (
        before == "the"
        and after == "x"
        and reading.side is None
        and TOLD_NOW.fullmatch(
            reading.words(clause.items[instrument.head + 1].first, clause.items[instrument.head + 1].last)
        )
    ):
        return False
    if (
        before == "the"
        and after == ","
        and clause.codes[instrument.head + 2 : instrument.head + 3] in code_class("sign")
    ):
        return False  # "the agreement, signed by A and B in Tripoli"
    return after not in ("b", "w", "n", "o") and TOLD_BEFORE.fullmatch(before) is not None


def swallowed(clause: Clause, head: int) -> int:
    """A second instrument word in the title of the first ("Minutes of the Meeting", "MOU ceasefire agreement") adds nothing."""
    codes = clause.codes
    end = head
    while end + 1 < len(codes) and codes[end + 1] in code_class("instrument", also="xI"):
        end += 1
        if codes[end] not in "I" and codes[end] not in code_class("instrument"):
            break
    return end if codes[end] in code_class("instrument") else head


def title_end(reading: Reading, clause: Clause, head: int) -> int:
    """The last item of a title that goes on behind its head ("Convention Abolishing ... for Foreign Public Documents")."""
    end = head
    for i in range(head + 1, min(head + 16, len(clause.codes))):
        word = reading.tokens.words[clause.items[i].first]
        if word[:1].isupper():
            end = i
        elif OF_A_TITLE.fullmatch(word.lower()) is None:
            break
    return end


def read_instrument(reading: Reading, clause: Clause, head: int) -> Instrument:
    """The noun phrase whose head is the instrument word at the item ``head``."""
    codes = clause.codes
    first = head
    while first > 0 and (codes[first - 1] in "xINCJYm#'zLBOE23-" or codes[first - 1] in code_class("instrument")):
        if codes[first - 1] == "z" and not _adjectival(clause, first - 1):
            break
        if codes[first - 1] == "x" and _is_no_part(reading, clause, first - 1):
            break
        first -= 1
        if codes[first] in "23#":
            break  # "at the end of the session | three agreements"
    word = reading.words(clause.items[head].first, clause.items[head].last)
    phrase = reading.tokens.surface(clause.items[first].first, clause.items[head].last)
    count = _count(phrase)
    before = [part for part in phrase.split()[:-1] if part[:1].isupper()]
    is_named = reading.tokens.words[clause.items[head].first][:1].isupper() and (
        bool(before) or codes[head + 1 : head + 2] in ("o", "n", "f", "b", "N", "I")
    )
    plural = PLURAL.fullmatch(word) is not None
    kind = next((words().kinds[option] for option in _options(word) if option in words().kinds), "other")
    return Instrument(first, head, word, kind, count, is_named, plural)


def _options(word: str) -> list[str]:
    parts = word.split()
    return [word, " ".join(parts[:2]), parts[0], parts[-1]]


def _adjectival(clause: Clause, at: int) -> bool:
    mention = clause.items[at].mention
    return mention is not None and len(mention.states) == 1 and mention.last - mention.first <= 2


def _is_no_part(reading: Reading, clause: Clause, at: int) -> bool:
    return NO_PART.match(reading.words(clause.items[at].first, clause.items[at].last)) is not None


WHOLE_WORD = re.compile(r"(?<![\w-])(?:[A-Za-z]+|\d+)(?![\w-])")


def _count(phrase: str) -> int | None:
    for part in WHOLE_WORD.findall(phrase):  # not "five-year"
        low = part.lower()
        if words().counts.get(low, 1) > 1:
            return words().counts[low]
        if part.isdigit() and 1 < int(part) < 500:
            return int(part)
    return None


def number_token(reading: Reading, clause: Clause, instrument: Instrument) -> int | None:
    """The token of the number that the text gives, where it gives one."""
    if instrument.count is None:
        return None
    first, last = clause.items[instrument.first].first, clause.items[instrument.head].last
    return next((i for i in range(first, last) if _count(reading.tokens.words[i]) == instrument.count), None)


def plainly_named(clause: Clause, instrument: Instrument) -> bool:
    """ "The Strategic Framework Agreement": named by what it is about, not after a place or person, so of these two states."""
    words_before = clause.codes[instrument.first : instrument.head]
    return len(words_before) + instrument.word.count(" ") >= 2 and set(words_before) <= set("I")


def multilateral(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """Whether the words name an instrument of many states."""
    phrase = reading.words(
        clause.items[instrument.first].first,
        clause.items[min(len(clause.items) - 1, instrument.head + 6)].last,
    )
    return has_any(phrase, words().multilateral)


def of_many_states(word: str) -> bool:
    """Whether the head of an instrument is a word for one of many states."""
    return OF_MANY_STATES.fullmatch(word) is not None


def phrase_end(clause: Clause, start: int) -> int:
    """The item where the instrument's own words end: at a verb, a comma before a relative clause, or the sentence's end."""
    codes = clause.codes
    stop = code_class("say", "meet", "consensus", "planned", "irrealis", "visit", "sign", also=";.")
    i = start
    while i < len(codes):
        code = codes[i]
        if code in stop:
            break
        if code in "PSU" and codes[i - 1] in ",&" and i > start + 1:
            return i - 1
        i += 1
    speaker = SPEAKER.search(codes, start, i) if codes[i : i + 1] in code_class("say", "consensus") else None
    return speaker.start() if speaker else i


# ", officials said": who tells it is no part of the instrument.
SPEAKER = re.compile(",[^,&]{1,3}$")
