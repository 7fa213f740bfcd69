"""Visits: a journey of an official of one state to another, by its words of travel or presence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.destinations import find_destination, skip_agent, to_the_dateline
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import find_modality, is_after
from bilaterals.extract.parties import NOT_OFFICIALS, group_of
from bilaterals.extract.phrases import cues
from bilaterals.extract.travellers import NOUN, find_visitor
from bilaterals.extract.visit_status import only_counted, only_prepared

CUES = cues("visits")
TRAVEL, VISITING, PRESENCE, LEFT_FOR = (CUES[name] for name in ("travel", "visiting", "presence", "left-for"))
TAKES_UP_POST, STAYS, PRESENT_HERE = CUES["takes-up-post"], CUES["stays"], CUES["present-here"]
IN_THE_PRESENT, PRESENT_SOON = CUES["in-the-present"], CUES["present-soon"]
AWAITED, COMING, WILL_TRAVEL, OF_THE_PAIR = (CUES[name] for name in ("awaited", "coming", "will-travel", "of-the-pair"))


def find_visits(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every visit that one sentence states."""
    if clause.is_title:
        return
    told: list[Candidate] = []
    for found in TRAVEL.finditer(clause.codes) if not code_class("visit").isdisjoint(clause.kinds) else ():
        at = found.start()
        word = reading.words(clause.items[at].first, clause.items[at].last)
        visiting = VISITING.fullmatch(word)
        if visiting is not None:
            made = _visiting(reading, clause, memory, at, VISITING.id_of(visiting))
        else:
            made = _visit(reading, clause, memory, at, TRAVEL.id_of(found), is_noun=NOUN.fullmatch(word) is not None)
        if made is not None:
            told += [made, *_further_states(clause, at, made), *_further_cities(reading, clause, at, made)]
    if "P" in clause.kinds or "r" in clause.kinds:
        told += _presence(reading, clause, memory)
    told += _visiting_guests(reading, clause, memory)
    told += _departure(reading, clause, memory)
    if not told:
        return
    posted = TAKES_UP_POST.search(reading.words(clause.first, clause.last)) is not None
    kept: list[Candidate] = []
    for visit in told:
        if posted and STAYS.search((visit.participants[0].office or "").lower()):
            continue  # who comes to stay is on no visit
        if not any(_same(visit, other) for other in kept + memory.visits):
            kept.append(visit)
    yield from kept


def _further_cities(reading: Reading, clause: Clause, at: int, made: Candidate) -> Iterator[Candidate]:
    """The other journeys of "will travel to Accra, Gaborone, and Windhoek": one a state."""
    found = CITIES.search(clause.codes, at)
    if found is None or made.city is None or found.start() > at + 6:
        return
    seen = {made.venue_country, made.visitor_from}
    for i in positions(clause.codes[: found.end()], frozenset("L"), found.start()):
        cities = reading.tokens.entries[clause.items[i].first].cities
        city = cities[0] if cities and (len(cities) == 1 or cities[0].is_default) else None
        if city is not None and city.country not in seen:
            seen.add(city.country)
            span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
            yield replace(
                made, countries=tuple(sorted((made.visitor_from or "", city.country))), venue_country=city.country,
                visitor_to=city.country, city=city.name, evidence=[*made.evidence, Evidence("city", *span, "visit.destination")],
            )  # fmt: skip


CITIES = re.compile("L(?:,z)?(?:,L(?:,z)?){0,5},?&L")


def _further_states(clause: Clause, at: int, made: Candidate) -> Iterator[Candidate]:
    """The other journeys of "visited Pakistan, Qatar and Saudi Arabia": one a state."""
    for i in range(at + 1, min(at + 8, len(clause.codes))):
        mention = clause.items[i].mention if clause.codes[i] == "z" else None
        if mention is not None and made.venue_country in mention.states:
            for state in mention.states:
                if state not in (made.venue_country, made.visitor_from):
                    countries = tuple(sorted((made.visitor_from or "", state)))
                    yield replace(
                        made,
                        countries=countries,
                        venue_country=state,
                        visitor_to=state,
                        city=None,
                        evidence=list(made.evidence),
                    )
            return


def _other_of_pair(
    reading: Reading, clause: Clause, visitor: Participant, at: int
) -> tuple[str, str | None, int, Evidence] | None:
    """The state that a chronicle of two states means by "the state visit of President X": the other one."""
    pair = reading.cast.pair
    if (
        reading.entry_when is None
        or pair is None
        or visitor.country not in pair
        or "t" in clause.codes[at + 1 : at + 6]
    ):
        return None
    found = OF_THE_PAIR.fullmatch(reading.words(clause.items[at].first, clause.items[at].last))
    if found is None:
        return None
    other = pair[0] if visitor.country == pair[1] else pair[1]
    span = reading.tokens.span(clause.items[at].first, clause.items[at].last)
    return other, None, at + 1, Evidence("venue_country", *span, OF_THE_PAIR.id_of(found))


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two tellings are one visit: visitor, destination, status group, and no other date."""
    if (one.visitor_from, one.visitor_to, one.status == "held") != (
        other.visitor_from,
        other.visitor_to,
        other.status == "held",
    ):
        return False
    if one.participants[0].name != other.participants[0].name:
        return False
    return one.date.start is None or other.date.start is None or one.date.start == other.date.start


def _visit(reading: Reading, clause: Clause, memory: Memory, at: int, rule: str, *, is_noun: bool) -> Candidate | None:
    destination = find_destination(reading, clause, skip_agent(clause, at + 1)) or to_the_dateline(reading, clause, at)
    visitor, first, last = find_visitor(reading, clause, memory, at, destination[0] if destination else None)
    if only_counted(reading, clause, at):
        return None
    of_visitor = is_noun and last > at  # "the visit of X", "X's visit"
    if destination is None and visitor is not None and of_visitor:
        destination = _other_of_pair(reading, clause, visitor, at)
    if destination is None or visitor is None:
        return None
    state, city, end, evidence = destination
    if visitor.country in ("", state) or (visitor.name is None and (visitor.office or "").lower() in NOT_OFFICIALS):
        return None
    modality = find_modality(reading, clause, max(0, at - 6), at, max(end, last), nominal=is_noun)
    lead = reading.words(clause.items[max(0, at - 6)].first, clause.items[at].first)
    awaited = AWAITED.search(lead) is not None
    if not modality.is_real and not awaited:
        return None
    is_ahead = awaited or (is_noun and modality.status == "held" and only_prepared(reading, clause, at))
    status = _status(reading, clause, at, modality.status, is_ahead=is_ahead)
    return _candidate(
        reading, clause, visitor, state, city, status, min(first, at), max(last, end), at, evidence, rule, is_news=not of_visitor
    )  # fmt: skip


def _status(reading: Reading, clause: Clause, at: int, told: str, *, is_ahead: bool) -> str:
    """The status told by the sentence, or planned where the words of the journey itself put it ahead."""
    word = reading.words(clause.items[at].first, clause.items[at].last)
    if WILL_TRAVEL.match(word) or (IN_THE_PRESENT.match(word) and "D" in clause.codes[at + 1 : at + 5]):
        return "planned"
    if told in ("cancelled", "postponed"):
        return told
    near = reading.words(clause.items[max(0, at - 4)].first, clause.items[at].last)
    return "planned" if is_ahead or COMING.search(near) else told


def _departure(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "X left Ankara on Wednesday for Tehran": the journey to the place behind "for"."""
    if LEFT_FOR.words and not reading.has_any(clause, LEFT_FOR.words):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    for found in LEFT_FOR.finditer(reading.tokens.text, begin, end):
        at = next(
            (i for i, item in enumerate(clause.items) if reading.tokens.starts[item.first] >= found.start()), None
        )
        to = next((i for i, item in enumerate(clause.items) if reading.tokens.starts[item.first] >= found.end()), None)
        subject = subject_before(clause, at) if at else None
        destination = find_destination(reading, clause, to) if to is not None else None
        if at is None or subject is None or destination is None or clause.codes[subject[0]] not in "Pr":
            continue
        group = group_of(reading, memory, actors_at(clause, *subject))
        modality = find_modality(reading, clause, subject[0], at, at + 1)
        status = (
            "planned" if IN_THE_PRESENT.match(found.group().lower()) and "D" in clause.codes[at:to] else modality.status
        )
        if len(group.states) == 1 and group.people and group.states[0] != destination[0] and modality.is_real:
            yield _candidate(
                reading, clause, group.people[0], destination[0], destination[1], status,
                subject[0], destination[2], at, destination[3], LEFT_FOR.id_of(found),
            )  # fmt: skip


def _visiting(reading: Reading, clause: Clause, memory: Memory, at: int, rule: str) -> Candidate | None:
    """ "visiting Minister of Finance of Ethiopia Ahmed Shide": to the state that receives, the other side of the sentence."""
    codes = clause.codes
    i = at + 1
    while i < len(codes) and codes[i] in "mT":
        i += 1
    if i >= len(codes) or codes[i] not in "Pr":
        if codes[at + 1 : at + 2] in ("z", "L"):
            return _visit(reading, clause, memory, at, rule, is_noun=True)
        return None
    group = group_of(reading, memory, actors_at(clause, i, i + 1))
    subject = subject_before(clause, at)
    hosts = group_of(reading, memory, actors_at(clause, *subject)) if subject else None
    visitor = next(iter(group.people), None)
    if visitor is None or not visitor.country:
        return None
    host = next((state for state in (hosts.states if hosts else ()) if state != visitor.country), None)
    host = host or (reading.side if reading.side != visitor.country else None)
    if host is None:
        return None
    where = Evidence("venue_country", *reading.tokens.span(clause.items[at].first, clause.items[at].last), rule)
    return _candidate(
        reading, clause, visitor, host, None, "held", at, i + 1, at, where, rule, is_dated=False
    )  # fmt: skip


def _visiting_guests(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "Visiting Chilean President X", read as one mention: to the other state of the sentence, or to the dateline's."""
    if VISITING.words and not reading.has_any(clause, VISITING.words):
        return
    for at, mention in clause.items.mentions.items():
        found = VISITING.fullmatch(reading.tokens.words[mention.first].lower()) if mention.kind == "person" else None
        if found is None:
            continue
        group = group_of(reading, memory, [mention])
        if not group.people:
            continue
        guest = group.people[0]
        others = {
            s for other in clause.mentions if other is not mention for s in group_of(reading, memory, [other]).states
        }
        hosts = others - {guest.country}
        host = hosts.pop() if len(hosts) == 1 else reading.cast.home
        if host is not None and host != guest.country:
            span = reading.tokens.span(mention.first, mention.first + 1)
            rule = VISITING.id_of(found)
            where = Evidence("venue_country", *span, rule)
            yield _candidate(
                reading, clause, guest, host, None, "held", at, at + 1, at, where, rule, is_dated=False
            )  # fmt: skip


PERSONS = frozenset("Pr")


def _presence(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "X, who is in China to attend ..." """
    for i in positions(clause.codes, PERSONS):
        if i + 2 >= len(clause.codes):
            continue
        following = reading.words(clause.items[i].last, clause.last)
        found = PRESENCE.match(following)
        if found is None:
            yield from _present_soon(reading, clause, memory, i, following)
            yield from _present_here(reading, clause, memory, i, following)
            continue
        group = group_of(reading, memory, actors_at(clause, i, i + 1))
        at = next((j for j in range(i + 1, min(i + 9, len(clause.codes))) if clause.codes[j] in "zL"), None)
        if at is None or not group.people:
            yield from _present_here(reading, clause, memory, i, following)
            continue
        destination = find_destination(reading, clause, at)
        if destination is not None and destination[0] != group.people[0].country:
            yield _candidate(
                reading, clause, group.people[0], destination[0], destination[1], "held", i, destination[2], at,
                destination[3], PRESENCE.id_of(found), is_dated=False,
            )  # fmt: skip


def _present_soon(reading: Reading, clause: Clause, memory: Memory, at: int, following: str) -> Iterator[Candidate]:
    """ "X will be in Riga from 20 to 22 June", "X will then continue to Zagreb"."""
    found = PRESENT_SOON.match(following)
    if found is None:
        return
    said_to = reading.tokens.ends[clause.items[at].last - 1] + found.end()
    to = next(
        (i for i in range(at + 1, len(clause.items)) if reading.tokens.starts[clause.items[i].first] >= said_to), -1
    )
    destination = (
        find_destination(reading, clause, to) if clause.codes[to : to + 2].lstrip("T")[:1] in ("z", "L") else None
    )
    visitor = next(iter(group_of(reading, memory, actors_at(clause, at, at + 1)).people), None)
    if visitor is not None and destination is not None and visitor.country not in ("", destination[0]):
        yield _candidate(
            reading, clause, visitor, destination[0], destination[1], "planned", at, destination[2], to, destination[3],
            PRESENT_SOON.id_of(found),
        )  # fmt: skip


def _present_here(reading: Reading, clause: Clause, memory: Memory, at: int, following: str) -> Iterator[Candidate]:
    """ "X, who is on a two-day visit, ...": to where the text was sent from, or to the state whose text it is."""
    found = PRESENT_HERE.match(following)
    line = reading.dateline_of(clause)
    if found is None or (line is None and reading.side is None):
        return
    visitor = next(iter(group_of(reading, memory, actors_at(clause, at, at + 1)).people), None)
    state = line.city.country if line is not None else reading.side
    if visitor is None or state is None or state == visitor.country:
        return
    rule = PRESENT_HERE.id_of(found)
    said_to = reading.tokens.starts[clause.items[at + 1].first] + found.end()
    last = next(
        (i for i in range(at + 1, len(clause.items)) if reading.tokens.starts[clause.items[i].first] >= said_to), at + 2
    )
    span = (line.start, line.stop) if line is not None else reading.chars(clause, at, at + 1)
    city = line.city.name if line is not None else None
    where = Evidence("city" if city else "venue_country", *span, rule)
    yield _candidate(reading, clause, visitor, state, city, "held", at, last, at, where, rule, is_dated=False)


def _candidate(
    reading: Reading, clause: Clause, visitor: Participant, state: str, city: str | None, status: str, first: int, last: int,
    at: int, where: Evidence, rule: str, *, is_news: bool = True, is_dated: bool = True,
) -> Candidate:  # fmt: skip
    when = scope.find_date(reading, clause, first, last, future=status == "planned") if is_dated else None
    start, stop = reading.chars(clause, first, last)
    if when is None and status == "held" and not clause.in_speech and is_news:
        when = reading.entry_when
    if status == "held" and when is not None and is_after(when.date, reading):
        status = "planned"
    entry_where = reading.entry_where
    if city is None and status == "held" and entry_where is not None and entry_where.country == state:
        city, where = entry_where.city, entry_where.evidence if entry_where.city is not None else where
    if when is not None and when.evidence.rule_id != "date.entry":
        start, stop = min(start, when.evidence.start), max(stop, when.evidence.end)
    lead = reading.tokens.starts[clause.first]
    if 0 < start - lead <= 5:
        start = lead
    evidence = [Evidence("", start, stop, rule), where]
    if when is not None:
        evidence.append(when.evidence)
    countries = tuple(sorted((visitor.country, state)))
    return Candidate(
        event_type="visit", status=status if status in ("held", "planned", "cancelled", "postponed") else "held", countries=countries,
        evidence=evidence, date=when.date if when else Date(), participants=(visitor,), city=city, venue_country=state, level=visitor.level,
        mode="in_person", visitor_from=visitor.country, visitor_to=state, reported_by=reading.account,
        is_main=not clause.in_speech and (is_news or reading.entry_when is None) and not (when is not None and when.date.precision in ("month", "year")),
    )  # fmt: skip
