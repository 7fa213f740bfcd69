"""Consensus told without a joint subject before its verb: "the consensus reached between", "it was agreed that".

The phrases are in `rules/reached.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import group_of, joint_parties
from bilaterals.extract.phrases import cues
from bilaterals.extract.points import split_points

CUES = cues("reached")
IMPERSONAL, AGREED_LAST, OURS, NOUN, BEFORE_NOUN = (
    CUES[name] for name in ("impersonal", "agreed-last", "ours", "noun", "before-noun")
)
TRAILING = re.compile(r",(?P<who>T?[2]?[SV]|r)a?K\.?$")


def impersonal(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "It was agreed that ..." and "..., the leaders agreed": both sides of the meeting just told."""
    parties = joint_parties(reading, memory)
    if not parties or not clause.items:
        return
    begin, end = reading.tokens.span(clause.first, clause.last)
    asked = reading.has_any(clause, IMPERSONAL.words)
    found = IMPERSONAL.search(reading.tokens.text, begin, end) if asked else None
    if found is not None:
        start, stop, verb, rule = found.start(), end, found.end(), IMPERSONAL.id_of(found)
    else:
        trailing = TRAILING.search(clause.codes)
        if trailing is None:
            return
        word = reading.words(clause.items[-2].first, clause.items[-2].last) if len(clause.items) > 2 else ""
        agreed = AGREED_LAST.fullmatch(word)
        if agreed is None or not _whole_or_pronoun(clause, trailing.start("who")):
            return
        start, stop, rule = begin, reading.chars(clause, 0, trailing.start())[1], AGREED_LAST.id_of(agreed)
        verb = start
    yield Candidate(
        event_type="consensus", status="reached", countries=tuple(sorted(parties)),
        evidence=[Evidence("", start, stop, rule)], points=tuple(split_points(reading, verb, stop)),
        reported_by=reading.account, date=reading.entry_when.date if reading.entry_when else Date(),
    )  # fmt: skip


def ours(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "We have agreed to ...", in the words of one of the two who met."""
    parties = joint_parties(reading, memory)
    if len(parties) != 2 or not clause.items or not any(meeting.is_main for meeting in memory.meetings):
        return
    if not reading.has_any(clause, OURS.words):
        return
    begin, end = reading.tokens.span(clause.first, clause.last)
    found = OURS.search(reading.tokens.text, begin, end)
    if found is None:
        return
    stop, rule = _quoted_to(reading.tokens.text, found.end(), end), OURS.id_of(found)
    yield Candidate(
        event_type="consensus", status="reached", countries=tuple(sorted(parties)),
        evidence=[Evidence("", found.start(), stop, rule), Evidence("status", *found.span(), rule)],
        points=tuple(split_points(reading, found.end(), stop)), reported_by=reading.account,
    )  # fmt: skip


def _quoted_to(text: str, start: int, end: int) -> int:
    """Where the words of a quotation end: at its closing mark, without the comma or full stop before it."""
    close = min((at for mark in ('"', "”") if (at := text.find(mark, start, end)) >= 0), default=end)
    return start + len(text[start:close].rstrip(" ,.;"))


def _whole_or_pronoun(clause: Clause, at: int) -> bool:
    mention = clause.items[at].mention
    return mention is None or whole(mention)


def whole(mention: object) -> bool:
    """Whether the mention means both sides at once: "the two sides", "the leaders"."""
    kind = getattr(mention, "kind", "")
    return kind == "joint" or (
        kind == "role"
        and getattr(mention, "is_plural", False)
        and getattr(mention, "is_definite", False)
        and not getattr(mention, "states", ())
    )


def nominal(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "The consensus reached between X and Y at their meeting in Z": background, if people or an occasion are named."""
    if clause.first >= clause.last or code_class("conclude", "consensus").isdisjoint(clause.kinds):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    if not reading.has_any(clause, NOUN.words):
        return
    for found in NOUN.finditer(reading.tokens.text, begin, end):
        before = BEFORE_NOUN.search(reading.tokens.text, max(begin, found.start() - 60), found.start())
        opened = before.start() if before else found.start()
        first = next(
            (i for i, item in enumerate(clause.items) if reading.tokens.starts[item.first] >= found.end() - 1),
            None,
        )
        if first is None:
            continue
        last = _phrase_end(clause, first)
        mentions = actors_at(clause, first, last)
        group = group_of(reading, memory, mentions)
        states = (
            group.states
            if len(group.states) == 2
            else joint_parties(reading, memory)
            if any(m.kind == "joint" for m in mentions)
            else ()
        )
        occasion = any(code in "LE" for code in clause.codes[first:last])
        named = any(mention.kind == "person" for mention in mentions) and len(group.states) == 2
        if len(states) != 2 or not (named or occasion):
            continue
        stop = reading.chars(clause, first, last)[1]
        yield Candidate(
            event_type="consensus", status="reached", countries=tuple(sorted(states)),
            evidence=[Evidence("", opened, stop, NOUN.id_of(found))], participants=group.people, is_main=False,
            reported_by=reading.account,
        )  # fmt: skip


def _phrase_end(clause: Clause, first: int) -> int:
    """Where the phrase behind "reached" ends: at the next comma, verb or conjunction that does not join two people."""
    codes = clause.codes
    i = first
    while i < len(codes):
        code = codes[i]
        if (
            code in ".;"
            or (code == "," and codes[i + 1 : i + 2] not in ("z", "D", "P"))
            or code in code_class("consensus", "say", "planned")
        ):
            break
        if code == "&" and codes[i + 1 : i + 2] not in tuple("PrzTJm"):
            break
        i += 1
    return i
