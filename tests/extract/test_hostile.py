"""Time grows in step with the length of the text, on texts that are made to slow a reader down."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from bilaterals.corpus import read_text
from bilaterals.extract import extract

LARGE = 1_000_000
FACTOR = 2.5  # how much slower a character may be in the large text; quadratic growth would make it 4
SECONDS = 30.0  # for a million characters full of events, on a slow and busy machine

Make = Callable[[int], str]


def repeated(unit: str) -> Make:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def many_names(length: int) -> str:
    """Names without end, each of them another one."""
    text = ", ".join(f"Foreign Minister A{i:x}a Be{i * 7919 % 99991:x}o of Peru" for i in range(length // 20))
    return text[:length]


def nested_quotes(length: int) -> str:
    opening = "\u201cThe two sides agreed that "
    half = length // (len(opening) + 1)
    return opening * half + "\u201d" * half


TEXTS: dict[str, Make] = {
    "one long list": repeated("Chinese Foreign Minister Wang Yi, "),
    "many names": many_names,
    "nested quotes": nested_quotes,
    "spaces": repeated(" "),
    "spaces between words": lambda length: "met" + " " * (length - 8) + "with",
    "line breaks": repeated("\n\n"),
    "capitals": repeated("A"),
    "capital words": repeated("ABCD EFGH "),
    "one word": repeated("a"),
    "agreements": repeated("signed an agreement on trade, energy and "),
    "bullets": repeated("\n- to agree on the "),
}

# Many tokens or many events a character: a quarter of the length asks the same.
DENSE: dict[str, Make] = {
    "no full stop": repeated("China and Japan held talks in Lima with Peru on trade and "),
    "quotes only": repeated("\"'\u201c\u201d"),
    "commas": repeated("a, "),
    "digits": repeated("1234567890"),
    "dates": repeated("December 24 to 26, 2024, "),
    "and": repeated("and "),
    "of the": repeated("President of the "),
    "offices": repeated("Deputy Prime Minister and "),
    "brackets": repeated("("),
    "full stops": repeated(". "),
    "talks between": repeated("talks between China "),
    "no letters": repeated("\u0301\u200b\u2002"),
    "short sentences": repeated("China met Japan. The two sides agreed to trade. "),
}


def seconds(text: str) -> float:
    document = read_text(text, published=dt.date(2024, 12, 26))
    begin = time.process_time()
    extract(document)
    return time.process_time() - begin


@pytest.fixture(scope="module", autouse=True)
def word_lists() -> None:
    """The word lists are loaded once, so that the first of the timed texts does not pay for them."""
    seconds("China met Japan.")


def climb(make: Make, longest: int) -> None:
    """Read the text at a 64th, a 16th, a quarter and the whole of its length, until one takes too long."""
    taken = {}
    for length in (longest // 64, longest // 16, longest // 4, longest):
        taken[length] = seconds(make(length))
        assert taken[length] < 0.3 + SECONDS * length / LARGE, f"seconds by characters: {taken}"
    quarter, whole = taken[longest // 4], taken[longest]
    if whole > 0.4:  # below that, the clock says more about the machine than about the extractor
        quarter = max(quarter, seconds(make(longest // 4)))
        assert whole < FACTOR * 4 * quarter, f"seconds by characters: {taken}"


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS.keys())
def test_time_grows_in_step_with_length(make: Make) -> None:
    climb(make, LARGE)


@pytest.mark.parametrize("make", DENSE.values(), ids=DENSE.keys())
def test_time_grows_in_step_with_the_number_of_tokens(make: Make) -> None:
    climb(make, LARGE // 4)
