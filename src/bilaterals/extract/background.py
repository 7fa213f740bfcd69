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
TWO_WEEKS = dt.timedelta(14)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/references.toml`."""

    heads: re.Pattern[str]
    gatherings: frozenset[str]
    modifiers: frozenset[str]
    ordinals: frozenset[str]
    inner: frozenset[str]
    past: re.Pattern[str]
    terms: re.Pattern[str]
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
        re.compile(rf"\b(?:(?P<proper>{any_of(lists['proper'])})|(?P<head>(?i:{heads})))\b(?![’'-]\w{{2}})"),
        frozenset(lists["gatherings"]), frozenset(lists["modifiers"]), frozenset(lists["ordinals"]), frozenset(lists["inner"]),
        re.compile(rf"\b(?:{any_of(lists['past_leads'])})\s*$", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(lists['terms_leads'])})\s*$", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(lists['ahead'])})\b[^,;]{{0,12}}$", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of(lists['openers'])})\b", re.IGNORECASE),
    )  # fmt: skip


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
    plain = re.sub(r"\s(?:an?|the|its?|their|his|her|this|that|both)\s*$", " ", " " + lead)
    if re.search(r"\bsigning of\s*$", plain):
        before = re.sub(r"\s(?:the\s)?signing of\s*$", " ", plain)
        return words().past.search(before) is not None or before.rstrip().endswith("anniversary of")
    return words().terms.search(plain) is not None
