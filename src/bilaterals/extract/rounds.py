"""Mechanisms and their rounds: "the second meeting of the high-level consultation mechanism on ...", "the 16th round"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilaterals.extract.candidates import Evidence
from bilaterals.extract.clauses import Clause, Reading

ORDINALS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1
    )
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_WORDS = "|".join((*ORDINALS, *(f"{tens}-{unit}" for tens in TENS for unit in list(ORDINALS)[:9]), "inaugural"))
_NOUN = "round|meeting|session|consultations?|dialogue|talks|summit|conference|forum|plenary"
_KIND = (
    "(?:plenary|ministerial|annual|bilateral|regular|senior officials['’]?|vice[- ]ministerial|high-level|formal|official"
    "|strategic|security|maritime|economic|consular|boundary|political|diplomatic|director-general-level) "
)
# "the second meeting", "the 16th round", "the fifth vice-ministerial dialogue", "the Eighth Sub-committee on ..."
ROUND = re.compile(
    rf"\b(?=[\dEFINSTefinst])(?P<ordinal>(?i:{_WORDS})|\d{{1,3}}(?:st|nd|rd|th))\b[ \u2002]"
    rf"(?P<noun>(?:(?i:{_KIND})){{0,2}}(?i:{_NOUN})\b|[A-Z][\w'’-]*(?:[ \u2002](?:[A-Z][\w'’-]*|and|of|on|for)){{0,8}})"
)
NAMED = re.compile(
    r"\b((?:[A-Z][\w'’.-]*|High-Level|high-level|strategic|economic|security|maritime|consular|political|diplomatic|joint|inter-?governmental|boundary|vice-ministerial|human rights)"
    r"(?:[ \u2002](?:[A-Z][\w'’.-]*|and|on|of|for|the|level|consultation|consultations|dialogue|mechanism|economic|security|affairs|people-to-people|cultural|exchanges|policy|maritime|committee|commission|subcommittee|strategic)){0,12}"
    r"[ \u2002](?:[Dd]ialogue|[Mm]echanism|[Cc]ommission|[Cc]ommittee|[Ss]ub-?committee|[Cc]onsultations?|[Tt]alks|[Cc]ouncil)(?:[ \u2002](?:on|for)(?:[ \u2002](?!between|in\b|was|were|with|at\b)[\w-]+){1,6})?)"
)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A standing mechanism named with a meeting, and the number of its round where told."""

    name: str | None
    number: int | None
    evidence: list[Evidence]


def ordinal(word: str) -> int | None:
    """The number of an ordinal word or figure, or None."""
    low = word.lower()
    if low == "inaugural":
        return 1
    if low in ORDINALS:
        return ORDINALS[low]
    if low[0].isdecimal():
        return int(re.match(r"\d+", low).group())  # type: ignore[union-attr]
    tens, _, rest = low.partition("-")
    if tens in TENS and rest in ORDINALS:
        return TENS[tens] + ORDINALS[rest]
    return None


def mechanism_at(reading: Reading, clause: Clause, first: int, last: int) -> Mechanism | None:
    """The mechanism and round named in the frame's items or in the words that go on from them."""
    begin = reading.tokens.starts[clause.items[max(0, first - 3)].first]
    end = reading.tokens.ends[clause.items[min(len(clause.items) - 1, last + 24)].last - 1]
    text = reading.tokens.text[begin:end]
    found = ROUND.search(text)
    number = ordinal(found["ordinal"]) if found else None
    if found is None or number is None:
        return None
    evidence = [
        Evidence("mechanism_round", begin + found.start("ordinal"), begin + found.end("ordinal"), "round.ordinal")
    ]
    named = NAMED.search(text, found.end("ordinal"))
    name = None
    if named is not None:
        name = re.sub(r"\s+", " ", named.group()).strip()
        evidence.append(Evidence("mechanism", begin + named.start(), begin + named.end(), "round.mechanism"))
    return Mechanism(name, number, evidence)
