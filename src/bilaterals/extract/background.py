"""What puts an event behind the news of its text: words before it ("under", "since", "not long ago").

The lists are in `rules/references.toml`; frames ask here whether what they found is told as news, and references
whether a phrase names something of the past.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract.clauses import Clause, Reading

OPENING_REACH = 40
DETERMINERS = frozenset({"a", "an", "the", "its", "their", "his", "her", "this", "that", "both"})
TWO_WEEKS = dt.timedelta(14)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/references.toml`."""

    heads: re.Pattern[str]
    beginnings: tuple[str, ...]
    gatherings: frozenset[str]
    modifiers: frozenset[str]
    ordinals: frozenset[str]
    inner: frozenset[str]
    past: frozenset[str]
    terms: frozenset[str]
    ahead: re.Pattern[str]
    openers: re.Pattern[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "references.toml").read_text(encoding="utf-8"))
    lists = {name: [str(word) for word in row["words"]] for name, row in table.items()}

    def any_of(names: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))

    heads = any_of([*lists["gatherings"], *lists["instruments"]])
    return Words(
        re.compile(rf"(?:(?P<proper>{any_of(lists['proper'])})|(?P<head>(?i:{heads})))\b(?![’'-]\w{{2}})"),
        _beginnings([*lists["gatherings"], *lists["instruments"], *lists["proper"]]),
        frozenset(lists["gatherings"]), frozenset(lists["modifiers"]), frozenset(lists["ordinals"]), frozenset(lists["inner"]),
        frozenset(lists["past_leads"]), frozenset(lists["terms_leads"]),
        re.compile(rf"\b(?:{any_of(lists['ahead'])})\b[^,;]{{0,12}}$", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(lists['openers'])})\b", re.IGNORECASE),
    )  # fmt: skip


def _beginnings(heads: list[str]) -> tuple[str, ...]:
    """The shortest beginnings, in lower case, that some head has: what a text without them need not be searched for."""
    low = sorted({head.lower() for head in heads}, key=len)
    return tuple(head for n, head in enumerate(low) if not any(head.startswith(shorter) for shorter in low[:n]))


def find_heads(text: str) -> list[re.Match[str]]:
    """Every head of a phrase that names an event or an instrument, in the order of the text.

    Plain searching for the beginnings of the words is some ten times faster than one pattern tried at every word.
    """
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is two characters
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    lists = words()
    found: dict[int, re.Match[str]] = {}
    for beginning in lists.beginnings:
        at = low.find(beginning)
        while at >= 0:
            if not (at and (text[at - 1].isalnum() or text[at - 1] == "_")) and (head := lists.heads.match(text, at)):
                found[at] = head
            at = low.find(beginning, at + 1)
    return [found[at] for at in sorted(found)]


def opens_in_the_past(reading: Reading, clause: Clause) -> bool:
    """Whether a sentence begins with words that go back behind the news ("Not long ago, ...")."""
    start = reading.tokens.starts[clause.first]
    return words().openers.search(reading.tokens.text, start, start + OPENING_REACH) is not None


def told_of_the_past(reading: Reading, clause: Clause, before: int) -> bool:
    """Whether a date of the past (a month, a year, another day than the text's) stands before an item of the sentence.

    A chronicle's entry tells its own day; it never speaks of the past in this sense.
    """
    if reading.entry_when is not None or clause.number <= reading.tokens.body or before <= 0:
        return False
    base = reading.tokens.base
    for at, code in enumerate(clause.codes[:before]):
        mention = reading.tokens.dates.get(clause.items[at].first) if code == "D" else None
        if mention is None or mention.date is None or mention.date.start is None:
            continue
        start = mention.date.start
        if len(start) < 10 or (base is not None and start < (base - TWO_WEEKS).isoformat()):
            return base is None or start <= base.isoformat()[: len(start)]
    return False


def already_in_being(lead: str) -> bool:
    """Whether the words before an instrument ("under the", "since the signing of the") tell that it stood before the news."""
    plain = lead.split()[-8:]
    while plain and plain[-1].lower() in DETERMINERS:
        plain.pop()
    if [word.lower() for word in plain[-2:]] == ["signing", "of"]:
        before = plain[:-2]
        if before and before[-1].lower() == "the":
            before.pop()
        return ends_with(before, words().past | {"anniversary of"})
    return ends_with(plain, words().terms)


def ends_with(said: list[str], leads: frozenset[str]) -> bool:
    """Whether the last one to four words are one of some leads."""
    last = [word.lower() for word in said[-4:]]
    return any(" ".join(last[n:]) in leads for n in range(len(last)))
