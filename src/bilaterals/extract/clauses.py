"""Sentences as strings of items: the mentions found so far, and between them single tokens.

A rule's shape ("light gap meeting_noun gap with actors") is compiled into a regular expression over item codes. The
names in a shape are classes of words (`rules/lexicon.toml`), kinds of mentions, or one of the macros below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from bilaterals.extract.candidates import Date, Evidence, Participant
from bilaterals.extract.cast import Cast
from bilaterals.extract.dateline import Dateline
from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.mention import Mention
from bilaterals.extract.tokens import Tokens

CODES = {"person": "P", "role": "r", "joint": "S", "states": "z"}
ACTOR = "[Prz]"
MORE = rf"(?:T?[mx]{{0,2}}Q|[aT]?H?{ACTOR})"
ACTORS = rf"{ACTOR}(?:(?:,{MORE}){{0,6}},?&{MORE}){{0,3}}"
MACROS = {
    "actor": ACTOR,
    "actors": ACTORS,
    "person": "[Pr]",
    "persons": "[Pr](?:(?:,[Pr]){0,6},?&[Pr]){0,2}",
    "states": "z",
    "joint": "[SV]",
    "far_gap": "(?:[^.;PrSV]){0,14}?",
    "gap": "(?:[^.;PrzSV]|[bo]T?[Sz]){0,10}?",
    "near": "[^.;PrzSVMkvg]{0,4}?",
    "at_place": "(?:[aD,nLB]|iT?[xNILB]{1,3}){0,6}?",
    "modifiers": "[^.;,PrzSViMonfwD]{0,4}?",
    "adjunct": "[aD,niTLB]{0,6}?",
    "hosting": "(?:[aD,niTLB]|[iT]T?[xI]{1,3}B?){0,6}?",
    "poss": "'",
    "pair": "[Y]",
    "visiting": "(?:(?:T?[xmJIo#]{0,6}Q|T?m{0,2}z)[^.;Pr]{0,16}y)?(?:[IN]{1,4}o)?(?:T?(?:xR)?H{0,2}R?m{0,2}H{0,2})",
}
ATOM = re.compile(r"(?:(?P<label>[a-z]+)=)?(?P<word>[a-z_0-9|]+)(?P<many>[?*+]|\{\d+,\d+\})?$")


KEPT_ITEMS = 4096


class Item(NamedTuple):
    """One mention or one token. ``first`` and ``last`` are token indexes, end exclusive."""

    first: int
    last: int
    mention: Mention | None = None


class Items(list[Item]):
    """The items of one sentence. ``mentions`` are those among them that stand for a mention, by their place."""

    __slots__ = ("mentions",)

    def __init__(self) -> None:
        self.mentions: dict[int, Mention] = {}

    def between(self, start: int, end: int) -> list[Item]:
        """The items start:end."""
        return self[max(start, 0) : max(end, 0)]


@cache
def _single_tokens() -> list[Item]:
    """The items of the first tokens of any document: they are the same in all, so they are made once."""
    return _items_of_tokens(KEPT_ITEMS)


def _items_of_tokens(count: int) -> list[Item]:
    return [Item(i, i + 1) for i in range(count)]


@dataclass(slots=True)
class Clause:
    """One sentence: its items, and their codes as a string of the same length."""

    number: int
    items: Items
    codes: str
    first: int
    last: int
    kinds: frozenset[str] = frozenset()
    """The codes that occur in it: a reader asks them first whether the sentence holds anything for it."""
    in_speech: bool = False
    is_title: bool = False
    mentions: list[Mention] = field(default_factory=list)


class Where(NamedTuple):
    """A place as the text gives it, with the words it was read from."""

    city: str | None
    country: str | None
    evidence: Evidence


class When(NamedTuple):
    """A date with the words it was read from."""

    date: Date
    evidence: Evidence


@dataclass(slots=True)
class Reading:
    """A document as the frames see it."""

    tokens: Tokens
    cast: Cast
    clauses: list[Clause]
    side: str | None
    title: str
    entry_when: When | None = None
    entry_where: Where | None = None
    dateline: Dateline | None = None
    further_datelines: dict[int, Dateline] = field(default_factory=dict)
    """Those of the items of a digest, by the first sentence of the item."""
    account: str | None = None
    """The state whose account the text is: the publisher's, or that of the spokesperson whom it quotes."""
    known_people: dict[tuple[int, str | None, tuple[int, int] | None], Participant] = field(default_factory=dict)
    asked: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """Whether the text holds any of some words, for the words that were asked for."""

    def dateline_of(self, clause: Clause) -> Dateline | None:
        """The dateline that a sentence stands under: that of its paragraph, or else of the document."""
        if not self.further_datelines:
            return self.dateline
        return self.further_datelines.get(self.tokens.paragraph_of(clause.number), self.dateline)

    def words(self, first: int, last: int) -> str:
        """The lower-case text of the tokens first:last; empty where there are none."""
        if last <= first:
            return ""
        tokens = self.tokens
        if tokens.low is None:
            return tokens.surface(first, last).lower()
        return tokens.low[tokens.starts[first] : tokens.ends[last - 1]]

    def has_any(self, clause: Clause, parts: tuple[str, ...]) -> bool:
        """Whether one of some words stands in a sentence; that none stands in the whole text is found out once."""
        known = self.asked.get(parts)
        if known is None:
            known = self.asked[parts] = has_any(self.tokens.low or self.tokens.text.lower(), parts)
        return known and has_any(self.words(clause.first, clause.last), parts)

    def chars(self, clause: Clause, first_item: int, last_item: int) -> tuple[int, int]:
        """Character offsets of the items first:last, without punctuation at the end."""
        return self.tokens.span(clause.items[first_item].first, clause.items[last_item - 1].last)


def build_clauses(tokens: Tokens, mentions: list[Mention], cast: Cast) -> list[Clause]:
    """Cut every sentence into items."""
    singles = _single_tokens() if len(tokens.codes) <= KEPT_ITEMS else _items_of_tokens(len(tokens.codes))
    clauses = []
    at = 0
    for number, (first, last) in enumerate(tokens.sentences):
        inside: list[tuple[Mention, str]] = []
        while at < len(mentions) and mentions[at].first < last:
            code = _mention_code(mentions[at], cast) if mentions[at].first >= first else None
            if code is not None:
                inside.append((mentions[at], code))
            at += 1
        items, codes = _items(tokens.codes, singles, first, last, inside)
        told = [mention for mention, _ in inside]
        is_title = number < tokens.body
        clauses.append(Clause(number, items, codes, first, last, frozenset(codes), is_title=is_title, mentions=told))
    return clauses


def _items(
    token_codes: str, singles: list[Item], first: int, last: int, inside: list[tuple[Mention, str]]
) -> tuple[Items, str]:
    """The mentions of a sentence, and between them its single tokens; stops of abbreviations are no items."""
    items = Items()
    codes = ""
    at = first
    has_stops = " " in token_codes[first:last]
    for mention, code in inside:
        items += (
            singles[at : mention.first] if not has_stops else _without_stops(token_codes, singles, at, mention.first)
        )
        codes += token_codes[at : mention.first].replace(" ", "") + code
        items.mentions[len(items)] = mention
        items.append(Item(mention.first, mention.last, mention))
        at = mention.last
    items += singles[at:last] if not has_stops else _without_stops(token_codes, singles, at, last)
    return items, codes + token_codes[at:last].replace(" ", "")


def _without_stops(token_codes: str, singles: list[Item], first: int, last: int) -> list[Item]:
    return [singles[i] for i in range(first, last) if token_codes[i] != " "]


def _mention_code(mention: Mention, cast: Cast) -> str | None:
    if mention.kind == "person" and mention.entity < 0 and mention.office is None:
        return None
    return CODES[mention.kind]


@cache
def compile_shape(shape: str) -> re.Pattern[str]:
    """The regular expression over item codes that a rule's shape stands for.

    Atoms are separated by spaces; ``a=actors`` names a group; ``?``, ``*``, ``+`` and ``{m,n}`` repeat; ``a|b`` is a
    choice. A name that is no class, kind or macro raises KeyError.
    """
    table = lexicon()
    parts = []
    for atom in shape.split():
        found = ATOM.match(atom)
        if found is None:
            raise ValueError(f"cannot read {atom!r} in the shape {shape!r}")
        choices = [MACROS[word] if word in MACROS else f"[{table.class_of(word)}]" for word in found["word"].split("|")]
        body = choices[0] if len(choices) == 1 else "(?:" + "|".join(choices) + ")"
        if found["label"]:
            body = f"(?P<{found['label']}>{body})"
        many = found["many"] or ""
        parts.append(f"(?:{body}){_bounded(many)}" if many else body)
    return re.compile("".join(parts))


def _bounded(many: str) -> str:
    return {"*": "{0,6}", "+": "{1,6}"}.get(many, many)


def has_any(text: str, parts: Iterable[str]) -> bool:
    """Whether one of some words stands in a text. For a few words this is faster than a pattern of them all."""
    for part in parts:  # noqa: SIM110 - a generator takes twice the time, and this is asked of every sentence
        if part in text:
            return True
    return False


@cache
def code_class(*names: str, also: str = "") -> frozenset[str]:
    """Every code that holds one of the classes of words, and some further codes.

    The set is made once: a set put together anew at every question would take longer than what it is asked.
    """
    table = lexicon()
    return frozenset(code for name in names for code in table.codes_of[name]) | frozenset(also)


def actors_at(clause: Clause, start: int, end: int) -> list[Mention]:
    """The mentions of the items start:end, in their order."""
    return [mention for at, mention in clause.items.mentions.items() if start <= at < end]


# "The delegation led by X paid a call": X is who came.
LED_BY = re.compile(",?[vx]yT?(?P<who>P)")


# "X, together with members of the group Y and Z, received": X, Y and Z.
TOGETHER = re.compile("(?P<who>[Pr]),w[rTox&mIJ]{0,8}$")


def subject_before(clause: Clause, at: int) -> tuple[int, int] | None:
    """The items of the group that is the subject of the verb at ``at``: the nearest one that no preposition governs."""
    codes = clause.codes
    end = at
    while end > 0:
        last = _last_actor(codes, end)
        if last is None:
            return None
        first = last
        while first > 0 and _joins(codes, first):
            first = _joins(codes, first) - 1
        if not _governed(codes, first) and codes[last + 1 : last + 2] != "'":
            led = LED_BY.match(codes, last + 1, at)
            if led is not None:
                return led.start("who"), led.end()
            others = TOGETHER.search(codes, 0, first)
            return others.start("who") if others else first, last + 1
        led = (
            LED_BY.match(codes, last + 1, at)
            if codes[first] == "z" and "Q" in codes[max(0, first - 3) : first]
            else None
        )
        if led is not None:  # "A delegation from A led by X called on Y"
            return led.start("who"), led.end()
        end = first
    return None


# From the end of the codes to the left: the first actor, with no semicolon before it.
LAST_ACTOR = re.compile("[^;PrzSVU]*+[PrzSVU]")


def _last_actor(codes: str, end: int) -> int | None:
    found = LAST_ACTOR.match(codes[:end][::-1])
    return end - found.end() if found is not None else None


# A comma joins two actors where the list goes on to an "and": "A, B and C".
LIST_GOES_ON = re.compile("[Pr](?:,[aT]?H?[Prz]){0,6},?&")


def _joins(codes: str, first: int) -> int:
    """Where the group goes on to the left: the index after the actor that is joined to the one at ``first``, or 0."""
    if codes[first] in "SVU":  # "..., and the two leaders agreed": a new subject
        return 0
    i = first - 1
    while i >= 0 and (codes[i] in "THa" or (codes[i] == "R" and codes[max(0, i - 2) : i].endswith(("&", "&x")))):
        i -= 2 if codes[i] == "R" and codes[i - 1] == "x" else 1  # "and visiting President X", "and his visiting host"
    if i >= 0 and codes[i] in "&,":
        joined = i
        while i >= 0 and codes[i] in "&,":
            i -= 1
        if i >= 0 and codes[i] in "Prz" and "&" in codes[i:first] + codes[joined:first]:
            return i + 1
        if (
            i >= 0
            and codes[i] in "Pr"
            and codes[first] in "Pr"
            and codes[:i] != "o"
            and LIST_GOES_ON.match(codes, first)
        ):
            return i + 1  # not "At the invitation of X, Y", nor "in addition to a meeting with X, Y met Z"
    return 0


GOVERNING = frozenset("ofntiwby'")


def _governed(codes: str, first: int) -> bool:
    i = first - 1
    while i >= 0 and codes[i] in "TaHm":
        i -= 1
    if i < 0:
        return False
    if codes[i] == "o" and set(codes[max(0, i - 4) : i]) <= set("IN,") and codes[max(0, i - 1)] in "IN":
        return False  # "Democratic Party of Japan leader X met ..."
    if codes[i] in GOVERNING:
        return True
    if codes[i] not in _verbs_with_object():
        return False
    if codes[first] == "z" and codes[i] in code_class("visit"):
        return True  # "on a visit to A": where to
    # not so "during the visit Minister X held talks", nor "Visiting President X and ..." at the head of a sentence
    return not (codes[i] in code_class("visit") and (i == 0 or codes[i - 1] in 'T@-,;"'))


@cache
def _verbs_with_object() -> frozenset[str]:
    """Verbs behind which a person is the one to whom something is done."""
    return code_class("visit", "meet", "host", "sign", "call", "call_on", "see", "speak")


@cache
def _finder(codes: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(map(re.escape, codes)))}]")


def positions(codes: str, wanted: frozenset[str], start: int = 0) -> Iterator[int]:
    """The indexes of the codes that are among the wanted ones, from ``start`` on."""
    return map(re.Match.start, _finder(wanted).finditer(codes, start))
