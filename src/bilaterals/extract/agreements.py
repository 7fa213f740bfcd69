"""Agreements: named or counted instruments and announced deals of two states, with their fields in the text's words.

The phrases are in `rules/instruments.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bilaterals.extract import scope, venues
from bilaterals.extract.candidates import Candidate, Date, DomainWords, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, Where, code_class, has_any, positions
from bilaterals.extract.fields import find_fields
from bilaterals.extract.governing import counted_in_place, governing, signed_before
from bilaterals.extract.instruments import (
    Instrument,
    anaphoric,
    multilateral,
    number_token,
    of_many_states,
    phrase_end,
    read_instrument,
    real_head,
    swallowed,
    title_end,
    words,
)
from bilaterals.extract.listing import find_listed
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import is_after
from bilaterals.extract.parties import Group
from bilaterals.extract.phrases import cues
from bilaterals.extract.signatories import find_parties

CUES = cues("instruments")
INTO_FORCE_BY, STEP, NOTES, EXCHANGED = (CUES[name] for name in ("into-force-by", "step", "notes", "exchanged"))
PAPER, NO_DEAL, PARTNERSHIP, FORMS = (CUES[name] for name in ("paper", "no-deal", "partnership", "forms"))
WITH_A_FIRM, ANY = (CUES[name] for name in ("with-a-firm", "any"))
OVER_THE_YEARS, SIGNED_THEN, OF_THE_NAME, AUXILIARY = (
    CUES[name] for name in ("over-the-years", "signed-then", "of-the-name", "auxiliary")
)


def find_agreements(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every instrument of two states that one sentence tells of."""
    if clause.is_title:
        return
    instruments = code_class("instrument")
    if instruments.isdisjoint(clause.kinds):
        return
    listed = list(find_listed(reading, clause, memory))
    if listed:
        yield from listed
        return
    done = -1
    for head in positions(clause.codes, instruments):
        if head <= done:
            continue
        instrument = read_instrument(reading, clause, real_head(reading, clause, head))
        if instrument.is_named and of_many_states(instrument.word):
            done = title_end(reading, clause, head)
        if anaphoric(reading, clause, instrument) and not signed_before(reading, clause, instrument):
            continue
        made = _agreement(reading, clause, memory, instrument)
        if made is not None:
            done = head if instrument.is_plural else max(swallowed(clause, head), instrument.head)
            yield from _by_pair(*made, instrument)


def _by_pair(made: Candidate, first: str, instrument: Instrument) -> Iterator[Candidate]:
    """Agreements that one state signs with two others are one record a pair; one instrument of three stays one."""
    if len(made.countries) == 3 and instrument.is_plural:
        for other in made.countries:
            if other != first:
                yield replace(made, countries=tuple(sorted((first, other))), evidence=list(made.evidence))
        return
    yield made


def _agreement(
    reading: Reading, clause: Clause, memory: Memory, instrument: Instrument
) -> tuple[Candidate, str] | None:
    verb, status = governing(reading, clause, instrument)
    if status is None:
        return None
    if not counted_in_place(reading, clause, instrument) and not _is_deal(reading, clause, instrument, verb, status):
        return None
    group, begin, certain = find_parties(reading, clause, memory, instrument, verb)
    if not _ties_two(reading, clause, instrument, verb, status, group, certain=certain):
        return None
    told = Told(verb, status, begin, _end(reading, clause, instrument, verb, status), group)
    fields_end = told.end
    if verb is not None and verb > instrument.head and status in ("signed", "reached"):
        fields_end = phrase_end(clause, verb + 1)  # "were signed on water and sport"
    fields = tuple(find_fields(reading, clause, instrument, fields_end))
    if PARTNERSHIP.search(instrument.word) and len(fields) < 2:
        return None
    if verb is None and not instrument.is_named and not fields and not certain:
        return None
    made = _record(reading, clause, instrument, told, fields)
    if verb is None and reading.entry_when is not None and made.date.start is None:
        return None  # a chronicle has an entry of its own for it: a mention without a year would only be its double
    return made, group.states[0]


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells of an instrument: the item of its verb, the status, the items it spans, and its parties."""

    verb: int | None
    status: str
    begin: int
    end: int
    group: Group


def _is_deal(reading: Reading, clause: Clause, instrument: Instrument, verb: int | None, status: str) -> bool:
    """Whether the words are those of an instrument or a deal, whoever its parties are."""
    head = clause.items[instrument.head]
    phrase = reading.words(clause.items[instrument.first].first, head.last)
    if has_any(phrase, words().not_deals):
        return False
    if verb is None and multilateral(reading, clause, instrument):
        return False
    generic = instrument.word in words().generic or instrument.kind == "other"
    of_a_year = "D" in clause.codes[max(0, instrument.first - 1) : instrument.head]  # "the 1974 framework"
    if (
        verb is None
        and generic
        and not (instrument.is_named or of_a_year or signed_before(reading, clause, instrument))
    ):
        return False
    said = reading.words(clause.first, clause.items[instrument.first].first) if instrument.first else ""
    if INTO_FORCE_BY.search(said) and STEP.match(instrument.word):
        return False
    told = reading.words(clause.items[verb].first, clause.items[verb].last) if verb is not None else ""
    if NOTES.fullmatch(instrument.word) and not EXCHANGED.match(told):
        return False
    paper = PAPER.fullmatch(instrument.word.split()[-1]) and not instrument.is_named
    if paper and told.split()[:1] and NO_DEAL.fullmatch(told.split()[0]):
        return False
    if PARTNERSHIP.search(instrument.word) and (status == "planned" or not FORMS.match(told)):
        return False  # "renew their partnership", or one that will be sought
    behind = reading.words(head.last, clause.last)
    return WITH_A_FIRM.match(behind) is None


def _ties_two(
    reading: Reading,
    clause: Clause,
    instrument: Instrument,
    verb: int | None,
    status: str,
    group: Group,
    *,
    certain: bool,
) -> bool:
    """Whether the text ties the instrument to two states, or to three."""
    lead = reading.words(clause.items[max(0, instrument.first - 1)].first, clause.items[instrument.first].last)
    if len(group.states) not in (2, 3) or (verb is None and ANY.match(lead)):
        return False
    if certain:
        return True
    of_many = of_many_states(instrument.word.split()[-1]) and (instrument.is_named or verb is None)
    if multilateral(reading, clause, instrument) or of_many:
        return False
    if clause.in_speech and not instrument.is_named and (verb is None or status == "planned"):
        return False
    return verb is not None or instrument.is_named


def _end(reading: Reading, clause: Clause, instrument: Instrument, verb: int | None, status: str) -> int:
    """The item where the words of the instrument end."""
    end = phrase_end(clause, instrument.head + 1)
    if verb is None:  # in passing: the next member of an enumeration is not this instrument's
        behind = range(instrument.head + 1, end)
        return next((i for i in behind if _ends_phrase(reading, clause, instrument.head, i)), end)
    return verb + 1 if verb >= end and status in ("signed", "reached") else end  # "ten agreements were signed"


def _when_and_where(
    reading: Reading, clause: Clause, instrument: Instrument, told: Told, span: tuple[int, int]
) -> tuple[When | None, Where | None]:
    """The day and the place of an agreement; of one named in passing, only the year in its name."""
    if told.verb is None:
        return _year_in(reading, *span), None
    first = min(told.begin, instrument.first)
    when = scope.find_date(reading, clause, first, told.end, future=told.status == "planned")
    where = venues.find_place(reading, clause, first, told.end, told.group.states)
    if told.status not in ("signed", "reached", "in_force"):
        return when, where
    if when is not None and is_after(when.date, reading):
        when = None  # "signed a plan of action for 2026"
    entry = reading.entry_when
    if told.status == "in_force" and entry is not None and when is not None and _signed_before(reading, when):
        when = where = None  # "the agreement, signed in Tokyo in May 2008, entered into force"
    return when or entry, where or reading.entry_where


def _record(
    reading: Reading, clause: Clause, instrument: Instrument, told: Told, fields: tuple[DomainWords, ...]
) -> Candidate:
    begin = min(told.begin, instrument.first)
    if told.verb is None and begin and clause.codes[begin - 1] == "D" and not instrument.is_named:
        begin -= 2 if begin > 1 and clause.codes[begin - 2] == "T" else 1  # "the 1904 peace treaty"
    span = reading.chars(clause, begin, told.end)
    rule = "agreement.verb" if told.verb is not None else "agreement.named"
    when, where = _when_and_where(reading, clause, instrument, told, span)
    evidence = [Evidence("", *span, rule), *(piece.evidence for piece in (when, where) if piece is not None)]
    for field, at in (("status", told.verb), ("instrument", instrument.head)):
        if at is not None:
            item = clause.items[at]
            evidence.append(Evidence(field, *reading.tokens.span(item.first, item.last), rule))
    number = number_token(reading, clause, instrument)
    if number is not None:
        evidence.append(Evidence("n_stated", *reading.tokens.span(number, number + 1), rule))
    title = None
    if instrument.is_named:
        start, stop = reading.chars(clause, instrument.first, told.end)
        title = re.sub(r"\s+", " ", re.sub(r"^(?:the|a|an)\s", "", reading.tokens.text[start:stop].strip()))
    return Candidate(
        event_type="agreement", status=told.status, countries=tuple(sorted(told.group.states)), evidence=evidence,
        date=when.date if when else Date(), participants=told.group.people if told.verb is not None else (),
        city=where.city if where else None, venue_country=where.country if where else None, instrument=instrument.kind,
        title=title, n_stated=instrument.count, domains=fields, is_main=told.verb is not None and not _counted_since(reading, clause), reported_by=reading.account,
    )  # fmt: skip


def _counted_since(reading: Reading, clause: Clause) -> bool:
    """ "The two have signed 25 agreements since 1992": what was done over the years, not the news."""
    return OVER_THE_YEARS.search(reading.words(clause.first, clause.last)) is not None


def _signed_before(reading: Reading, when: When) -> bool:
    """Whether a date stands in words that tell of the signing."""
    before = reading.tokens.text[max(0, when.evidence.start - 60) : when.evidence.start]
    return SIGNED_THEN.search(before) is not None


def _year_in(reading: Reading, start: int, stop: int) -> When | None:
    """The date that the name of an instrument itself gives ("the joint statement of 1972")."""
    for mention in reading.tokens.dates.values():
        if start <= mention.start < stop and mention.date is not None and mention.kind in ("absolute", "month"):
            return When(mention.date, Evidence("date_start", mention.start, mention.end, "date.of-instrument"))
    return None


def _ends_phrase(reading: Reading, clause: Clause, head: int, i: int) -> bool:
    """Whether an item behind an instrument named in passing is no longer part of its name: a comma or the sentence's verb."""
    words, before = (reading.tokens.words[clause.items[k].first] for k in (i, i - 1))
    if clause.codes[i] == "x" and words[:1].islower() and before[:1].isupper() and OF_THE_NAME.fullmatch(words) is None:
        return True
    if clause.codes[i] == "&" and i + 1 < len(clause.codes):
        behind = clause.items[i + 1]
        verb = clause.codes[i + 1] in code_class("consensus", "say", "meet", "visit", "speak")
        if clause.codes[i + 1] == "T" or verb or reading.words(behind.first, behind.last).endswith("ed"):
            return True
    return (
        clause.codes[i] == ","
        or AUXILIARY.fullmatch(reading.words(clause.items[i].first, clause.items[i].last)) is not None
    )
