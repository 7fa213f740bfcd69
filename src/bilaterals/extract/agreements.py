"""Agreements: named or counted instruments and announced deals of two states, with their fields in the text's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract import scope
from bilaterals.extract.background import already_in_being
from bilaterals.extract.candidates import Candidate, Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, code_class, positions
from bilaterals.extract.fields import find_fields
from bilaterals.extract.instruments import (
    MANY_STATES,
    Instrument,
    anaphoric,
    multilateral,
    number_token,
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
from bilaterals.extract.signatories import find_parties

VERB_REACH = 14
LIST_REACH = 60  # with other instruments between the verb and this one
MODIFIERS = frozenset("xINCJYm#T'&DaEebQLKh$-")


def find_agreements(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every instrument of two states that one sentence tells of."""
    if clause.is_title:
        return
    instruments = code_class("instrument")
    if instruments.isdisjoint(clause.codes):
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
        if instrument.is_named and instrument.word in MANY_STATES:
            done = title_end(reading, clause, head)
        if anaphoric(reading, clause, instrument):
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
    phrase = reading.words(clause.items[instrument.first].first, clause.items[instrument.head].last)
    if any(no in phrase for no in words().not_deals):
        return None
    verb, status = _governing(reading, clause, instrument)
    if status is None:
        return None
    if verb is None and multilateral(reading, clause, instrument):
        return None
    generic = instrument.word in words().generic or instrument.kind == "other"
    of_a_year = "D" in clause.codes[max(0, instrument.first - 1) : instrument.head]  # "the 1974 framework"
    if verb is None and generic and not instrument.is_named and not of_a_year:
        return None
    said = reading.words(clause.first, clause.items[instrument.first].first) if instrument.first else ""
    if INTO_FORCE_BY.search(said) and instrument.word.startswith(("exchange of", "instruments", "notes")):
        return None
    if (
        instrument.word.endswith("notes")
        and instrument.word != "exchange of notes"
        and (verb is None or not reading.words(clause.items[verb].first, clause.items[verb].last).startswith("exchang"))
    ):
        return None
    if instrument.word.split()[-1] in ("document", "documents") and verb is not None and not instrument.is_named:
        word = reading.words(clause.items[verb].first, clause.items[verb].last).split()[0]
        if word in (
            "released",
            "published",
            "issued",
            "announced",
            "made",
            "approved",
            "produced",
            "extended",
            "revised",
        ):
            return None
    if "partnership" in instrument.word and not _forms(reading, clause, verb, status):
        return None
    behind = (
        reading.words(clause.items[instrument.head].last, clause.last)
        if clause.items[instrument.head].last < clause.last
        else ""
    )
    if WITH_A_FIRM.match(behind):
        return None
    group, begin, certain = find_parties(reading, clause, memory, instrument, verb)
    if len(group.states) not in (2, 3) or (not certain and multilateral(reading, clause, instrument)):
        return None
    if clause.in_speech and not instrument.is_named and not certain and (verb is None or status == "planned"):
        return None
    if instrument.word.split()[-1] in MANY_STATES and not certain:
        return None
    if verb is None and not certain and not instrument.is_named:
        return None
    if verb is None and reading.words(
        clause.items[max(0, instrument.first - 1)].first, clause.items[instrument.first].last
    ).startswith(("any ", "no ")):
        return None
    end = phrase_end(clause, instrument.head + 1)
    if verb is None:  # in passing: the next member of an enumeration is not this instrument's
        end = min(
            end,
            next(
                (i for i in range(instrument.head + 1, end) if _ends_phrase(reading, clause, instrument.head, i)), end
            ),
        )
    if verb is not None and verb >= end and status in ("signed", "reached"):
        end = verb + 1  # "ten agreements were signed"
    start, stop = reading.chars(clause, min(begin, instrument.first), end)
    told_behind = verb is not None and verb > instrument.head and status in ("signed", "reached")
    fields_end = phrase_end(clause, verb + 1) if told_behind and verb is not None else end  # "were signed on water"
    fields = tuple(find_fields(reading, clause, instrument, fields_end))
    if "partnership" in instrument.word and (verb is None or len(fields) < 2):
        return None
    if verb is None and not instrument.is_named and not fields and not certain:
        return None
    rule = "agreement.verb" if verb is not None else "agreement.named"
    in_entry = verb is not None and status in ("signed", "reached", "in_force")
    evidence = [Evidence("", start, stop, rule)]
    when = (
        scope.find_date(reading, clause, min(begin, instrument.first), end, future=status == "planned")
        if verb is not None
        else _year_in(reading, start, stop)
    )
    where = (
        scope.find_place(reading, clause, min(begin, instrument.first), end, group.states) if verb is not None else None
    )
    if when is not None and in_entry and is_after(when.date, reading):
        when = None  # "signed a plan of action for 2026"
    if status == "in_force" and reading.entry_when is not None and when is not None and _signed_before(reading, when):
        when = where = None  # "the agreement, signed in Tokyo in May 2008, entered into force"
    if in_entry:
        when, where = when or reading.entry_when, where or reading.entry_where
    evidence += [piece.evidence for piece in (when, where) if piece is not None]
    if verb is not None:
        evidence.append(
            Evidence("status", *reading.tokens.span(clause.items[verb].first, clause.items[verb].last), rule)
        )
    evidence.append(
        Evidence(
            "instrument",
            *reading.tokens.span(clause.items[instrument.head].first, clause.items[instrument.head].last),
            rule,
        )
    )
    number = number_token(reading, clause, instrument)
    if number is not None:
        evidence.append(Evidence("n_stated", *reading.tokens.span(number, number + 1), rule))
    title = None
    if instrument.is_named:
        first_char, last_char = reading.chars(clause, instrument.first, end)
        title = re.sub(r"\s+", " ", re.sub(r"^(?:the|a|an)\s", "", reading.tokens.text[first_char:last_char].strip()))
    candidate = Candidate(
        event_type="agreement", status=status, countries=tuple(sorted(group.states)), evidence=evidence,
        date=when.date if when else Date(), participants=group.people if verb is not None else (),
        city=where.city if where else None, venue_country=where.country if where else None, instrument=instrument.kind,
        title=title, n_stated=instrument.count, domains=fields, is_main=verb is not None, reported_by=reading.account,
    )  # fmt: skip
    return candidate, group.states[0]


WITH_A_FIRM = re.compile(
    r"[^.;,]{0,30}\bwith\b[^.;,]{0,60}\b(?:compan(?:y|ies)|firms?|lenders?|banks?|manufacturers?|makers?|airlines?|universit(?:y|ies)|funds?|corporations?|"
    r"contractors?|suppliers?|developers?|operators?|groups?)\b"
)
FORMS = (
    "announc",
    "sign",
    "establish",
    "launch",
    "form",
    "upgrad",
    "elevat",
    "conclu",
    "agreed",
    "enter",
    "issu",
    "confirm",
)


def _forms(reading: Reading, clause: Clause, verb: int | None, status: str) -> bool:
    """Whether a verb brings a partnership about; "renew their partnership" or one that will be sought does not."""
    if verb is None or status == "planned":
        return False
    return reading.words(clause.items[verb].first, clause.items[verb].last).startswith(FORMS)


def _signed_before(reading: Reading, when: When) -> bool:
    """Whether a date stands in words that tell of the signing."""
    before = reading.tokens.text[max(0, when.evidence.start - 60) : when.evidence.start]
    return re.search(r"\bsigned\b[^.;]*$", before) is not None


def _year_in(reading: Reading, start: int, stop: int) -> When | None:
    """The date that the name of an instrument itself gives ("the joint statement of 1972")."""
    for mention in reading.tokens.dates.values():
        if start <= mention.start < stop and mention.date is not None and mention.kind == "absolute":
            return When(mention.date, Evidence("date_start", mention.start, mention.end, "date.of-instrument"))
    return None


def _ends_phrase(reading: Reading, clause: Clause, head: int, i: int) -> bool:
    """Whether an item behind an instrument named in passing is no longer part of its name: a comma or the sentence's verb."""
    words, before = (reading.tokens.words[clause.items[k].first] for k in (i, i - 1))
    if (
        clause.codes[i] == "x"
        and words[:1].islower()
        and before[:1].isupper()
        and words not in ("that", "which", "signed")
    ):
        return True
    if clause.codes[i] == "&" and clause.codes[i + 1 : i + 2] == "T":
        return True
    return clause.codes[i] == "," or reading.words(clause.items[i].first, clause.items[i].last) in AUXILIARIES


AUXILIARIES = frozenset(["was", "were", "is", "are", "has", "have", "had", "will", "would", "should", "may", "can"])
# "The first European country to sign a free trade agreement": it did so before.
FIRST_TO = re.compile(r"\b(?:first|second|third|only|last)\b[\w ]* to\s*$")
# "entered into force with an exchange of notes": a step of the agreement told, no second one.
INTO_FORCE_BY = re.compile(
    r"\binto (?:force|effect)\b[\w ]*\b(?:with|by|through|upon|after|on)(?: an?| the)?(?: exchange of(?: the| an?)?)?\s*$"
)
# "exchanged messages on the anniversary of the treaty", "completed the procedures for the agreement": of something else.
PART_OF = re.compile(
    r"\b(?!(?:series|number|total|set|package|raft|host|range|batch|variety|pair|dozens?|text|texts|draft|copies|exchange|conclusion|annex|annexes|amendment|amendments|renewal|extension|adoption|negotiations?|talks|minutes|way|formation|establishment|creation|launch|signature)\b)[a-z]+ (?:of|for|on|about|to) (?:(?:the|an?|its|their|this|that|each|both) )?$"
)
# "efforts to finalize a deal", "the commitment to reaching an agreement".
STRIVEN_FOR = re.compile(
    r"\b(?:efforts?|work|working|need|importance|ways|steps|commitment|committed|hopes?|prospects?|goal|aim|order|chance) (?:\w+ ){0,2}(?:to|of|for)\s*$"
)
# "agreed to speed up the negotiation of X": no agreement yet; "agreed to keep to X": X is nothing new.
TO_WORK_ON = re.compile(
    r"\bagreed (?:\w+ ){0,3}?to (?:speed up|start|begin|open|continue|resume|go on|negotiate|accelerate|work|discuss|draft|study)\b[^.;,]*$"
)
UNDER_NEGOTIATION = re.compile(
    r"\b(?:negotiations?|talks|consultations) (?:on|about|for|over|of)(?: (?:an?|the|its?|their)(?: [\w-]+){0,4})?\s*$"
)
TO_KEEP = re.compile(
    r"\bagreed (?:\w+ ){0,3}?to (?:keep|carry out|abide|respect|honou?r|observe|implement|fulfil|follow|uphold|adhere|make full use)\b[^.;,]*$"
)


def _governing(reading: Reading, clause: Clause, instrument: Instrument) -> tuple[int | None, str | None]:
    """The verb that signs or reaches the instrument, and the status it gives; (None, None) where it is only wished for."""
    codes = clause.codes
    signs, reaches = code_class("sign"), code_class("conclude")
    wished, planned, denied = (
        code_class("irrealis"),
        code_class("planned"),
        code_class("negation") | code_class("called_off"),
    )
    said = (
        reading.words(clause.first, clause.items[instrument.first].first)
        if clause.items[instrument.first].first > clause.first
        else ""
    )
    if TO_KEEP.search(said) or TO_WORK_ON.search(said):
        return None, None
    if already_in_being(said):
        return None, "signed" if instrument.is_named else "reached"
    listed = set(codes[max(0, instrument.first - VERB_REACH) : instrument.first]) & code_class("instrument")
    reach = LIST_REACH if listed else VERB_REACH
    for i in range(instrument.first - 1, max(-1, instrument.first - reach), -1):
        code = codes[i]
        if code == ";" or (
            i < instrument.first - VERB_REACH and code in code_class("say", "meet", "consensus", "discuss")
        ):
            break
        if (code in signs or code in reaches) and codes[i - 1 : i] != "'":  # not "Japan's revised documents"
            between = reading.words(clause.items[i].last, clause.items[instrument.first].first)
            if PART_OF.search(f"{between} ") and not set(codes[i + 1 : instrument.first]) & code_class("instrument"):
                return None, None
            if "," in codes[i + 1 : instrument.first] and not set(codes[i + 1 : instrument.first]) & code_class(
                "instrument"
            ):
                break
            window = codes[max(0, i - 5) : i]
            word = reading.words(clause.items[i].first, clause.items[i].last)
            lead = reading.words(clause.items[max(0, i - 5)].first, clause.items[i].first) if i else ""
            if STRIVEN_FOR.search(lead):
                return None, None
            if any(c in wished for c in window) and "may" not in lead.split():
                return None, None
            if any(c in denied for c in window):
                return None, None
            if word in ("sign", "conclude", "reach") and FIRST_TO.search(lead):
                return None, "signed" if code in signs else "reached"
            if any(c in planned for c in window) or (
                word in ("sign", "conclude", "reach", "finalize", "finalise") and " to " in f" {lead} "
            ):
                return i, "planned"
            if word.startswith("final") and "draft" in reading.words(
                clause.items[i].last, clause.items[instrument.head].first
            ):
                return i, "planned"
            if i and reading.words(clause.items[i - 1].first, clause.items[i - 1].last) == "against":
                return None, None
            return i, "signed" if code in signs else "reached"
        if code in wished or code in denied:
            return None, None
        if code in planned and reading.words(clause.items[i].first, clause.items[i].last) not in ("would",):
            return i, "planned"
    after = codes[instrument.head + 1 : instrument.head + 14]
    if after[:1] == "," and after[1:2] in signs and after[2:3] in ("y", "i", "D", "b"):
        return instrument.head + 2, "signed"
    passive = re.match(
        r"[^.;,]{{0,12}}?x?a?(?P<verb>[{}{}])".format(re.escape("".join(signs)), re.escape("".join(reaches))), after
    )
    if passive and codes[instrument.head + passive.start("verb")] in "xaFh":
        at = instrument.head + 1 + passive.start("verb")
        before = reading.words(clause.items[instrument.head].last, clause.items[at].first)
        if re.search(r"\b(?:was|were|been|is|are|being|be)\b", before):
            future = re.search(r"\b(?:will|to be|expected|yet|not)\b", before)
            return at, "planned" if future else ("signed" if codes[at] in signs else "reached")
    told = re.match(r"[^.;,]{{0,24}}?x?[SVz]a{{0,2}}(?P<verb>[{}])".format(re.escape("".join(signs))), after)
    if told is not None:  # "the agreement that the two countries signed in 2011"
        return instrument.head + 1 + told.start("verb"), "signed"
    lead = (
        reading.words(clause.items[max(0, instrument.first - 6)].first, clause.items[instrument.first].first)
        if instrument.first
        else ""
    )
    if UNDER_NEGOTIATION.search(said):
        return None, None
    if re.search(
        r"\b(?:negotiat\w+|develop\w*|draft\w*|working on|work towards?|proposed|upcoming|future|possible|potential|prospective)\b[\w ]*$",
        lead + reading.words(clause.items[instrument.first].first, clause.items[instrument.head].first),
    ):
        only_wished = re.search(r"\b(?:proposed|possible|potential|prospective)\b", lead) or (
            instrument.word in words().generic and not instrument.is_named
        )
        return (None, None) if only_wished else (max(0, instrument.first - 1), "planned")
    text = reading.words(clause.items[instrument.head].last, clause.items[-1].last)
    if re.match(
        r"[^.;]{0,260}?\b(?:came|comes|entered|enters|goes|went|took|takes)\b(?: formally| officially)? (?:into force|in to force|into effect|in to effect|into operation|effect)\b",
        text,
    ):
        return instrument.head, "in_force"
    if ("ceasefire" in instrument.word or "truce" in instrument.word) and re.search(
        r",\s.{0,80}\b(?:comes|came|goes|went|enters|entered|takes|took)\b.{0,8}\b(?:in\s?to force|in\s?to effect|effect)",
        text,
    ):
        return instrument.head, "signed"
    return None, "signed" if instrument.is_named else "reached"
