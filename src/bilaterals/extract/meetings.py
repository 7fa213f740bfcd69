"""Frames of meetings: from a sentence to who met whom, when, where, and whether it was held, planned or called off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract import scope, venues
from bilaterals.extract.attendance import chairs, joiners
from bilaterals.extract.background import opens_in_the_past
from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, When, Where, positions
from bilaterals.extract.frames import NOMINAL, Rule, any_rule_by_code, leading, rules_by_code
from bilaterals.extract.levels import RANK
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import DIARY, Modality, find_modality, is_after
from bilaterals.extract.needs import granted
from bilaterals.extract.pairing import pair_up
from bilaterals.extract.parties import Group
from bilaterals.extract.refusals import is_earlier, is_no_plan, is_refused, is_vague, with_himself
from bilaterals.extract.rounds import mechanism_at
from bilaterals.extract.sides import find_sides


def find_meetings(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every meeting that one sentence tells, planned and called-off ones included."""
    table, any_rule = rules_by_code(), any_rule_by_code()
    done = 0
    for at in positions(clause.codes, leading()):
        if at < done or any_rule[clause.codes[at]].match(clause.codes, at) is None:
            continue
        for rule in table[clause.codes[at]]:
            found = rule.pattern.match(clause.codes, at)
            if found is None or (rule.needs and not granted(reading, clause, memory, rule.needs, found)):
                continue
            made = list(_read_frame(reading, clause, memory, rule, found))
            if made:
                yield from made
                done = found.end()
                for shape in rule.further:
                    more = shape.match(clause.codes, at)
                    if (
                        more is None
                        or not AND_WITH.fullmatch(reading.words(*_items(clause, done, more.start("b"))))
                        or (rule.needs and not granted(reading, clause, memory, rule.needs, more))
                    ):
                        break
                    yield from _read_frame(reading, clause, memory, rule, more)
                    done = more.end()
                break


# Between the two others of one verb; "and" alone counts, since "with" is said again.
AND_WITH = re.compile(
    r"(?:(?:at|in|on) [^,;.]{2,40}? |)"
    r"(?:,? ?and|,) (?:(?:also|then|later|earlier|separately|after(?:wards?)?|subsequently|again|by phone) )*(?:with|by|on)\b[^,;.]*"
)


def _items(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """The tokens from the item ``first`` to the item before ``last``."""
    return clause.items[first].first, clause.items[last - 1].last


def _read_frame(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str]
) -> Iterator[Candidate]:
    first, second, start = find_sides(reading, clause, memory, rule, found)
    if first is None or second is None:
        return
    if is_refused(reading, clause, memory, rule, found, (first, second)):
        return
    nominal = rule.subject in NOMINAL
    begin = max(0, found.start() - 8) if nominal else start if start < found.start() else max(0, start - 5)
    modality = find_modality(reading, clause, begin, found.start(), found.end(), nominal=nominal)
    if is_no_plan(reading, clause, found, modality, nominal=nominal):
        return
    if modality.status == "planned" and rule.id == "meeting.met-together" and is_vague(clause, (first, second)):
        return
    if rule.id.startswith("meeting.agreed"):
        span = reading.tokens.span(clause.items[found.start()].first, clause.items[found.start()].last)
        modality = Modality("planned", True, Evidence("status", *span, "context.agreed"))
    if len({*first.states, *second.states}) > 2:
        memory.last_parties = tuple(sorted({*first.states, *second.states}))
    for one, other in pair_up(reading, clause, rule, found, first, second):
        states = tuple(sorted({*one.states, *other.states}))
        if len(states) == 2 and not with_himself(one, other):
            yield _candidate(reading, clause, memory, rule, found, start, (one, other), states, modality)


# "The joint commission will meet in A": the verb of the noun, no other event.
OWN_VERB = re.compile("F?a?M(?!T?[wPrz])")
PAST_VERB = re.compile(r"(?:met|spoke|held|had|sat|paid|led|\w+ed)\b")


def _place_of_head(reading: Reading, memory: Memory, mode: str | None) -> Where | None:
    """The city that the title gives to the first meeting in person ("Talks in Split"). A dateline is no venue."""
    if mode != "in_person" or any(meeting.is_main for meeting in memory.meetings):
        return None
    for clause in reading.clauses[: reading.tokens.body]:
        for i, code in enumerate(clause.codes):
            cities = reading.tokens.entries[clause.items[i].first].cities if code in "LG" else ()
            if cities and clause.codes[i - 1 : i] == "i" and (len(cities) == 1 or cities[0].is_default):
                span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
                return Where(cities[0].name, cities[0].country, Evidence("city", *span, "place.title"))
    return None


def _date_of_diary(reading: Reading) -> When | None:
    """The day in a heading that announces: "Schedule for November 7"."""
    if not reading.title or DIARY.search(reading.title) is None:
        return None
    for clause in reading.clauses[: reading.tokens.body]:
        days = list(positions(clause.codes, frozenset("D")))
        if len(days) == 1:
            return scope.resolve_date(reading, clause, days[0], future=True)
    return None


def _city_of_entry(reading: Reading, where: Where) -> Where:
    """The city that the head of a chronicle entry gives, where the sentence names a building or the state alone."""
    entry = reading.entry_where
    return entry if entry is not None and entry.city is not None and entry.country == where.country else where


def _candidate(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str], start: int,
    sides: tuple[Group, Group], states: tuple[str, ...], modality: Modality,
) -> Candidate:  # fmt: skip
    first_item, last_item = min(start, found.start()), found.end()
    own = OWN_VERB.match(clause.codes, last_item) if rule.subject in NOMINAL else None
    last_item = own.end() if own is not None else last_item
    future = modality.status in ("planned", "postponed")
    past = not future and is_earlier(reading, clause, found.start())
    when = scope.find_date(reading, clause, first_item, last_item, future=future, past=past, verb=found.start())
    where = venues.find_place(reading, clause, first_item, last_item, states, verb=found.start())
    where = where or memory.place_of_visit(reading, clause, found.start(), found.end(), states, modality.status)
    where = where or venues.own_building(reading, clause, first_item, last_item, states)
    if when is None and modality.status == "planned":
        when = _date_of_diary(reading)
    if when is None:
        when = memory.date_of_visit(
            reading, clause, states, modality.status, where.city if where else None
        ) or memory.date_of_paragraph(reading, clause)
    if modality.status == "held" and when is not None and reading.entry_when is None and is_after(when.date, reading):
        lead = reading.words(clause.items[max(0, found.start() - 3)].first, clause.items[found.start()].last)
        if PAST_VERB.match(
            reading.words(clause.items[found.start()].first, clause.items[found.start()].last)
        ) or re.search(r"\b(?:after|following)(?: \w+)? \w+$", lead):
            when = None  # "spoke about the summit of 22 April": the day of something else
        else:
            modality = Modality("planned", True, when.evidence)
    is_main = _is_main(reading, clause, memory, rule, when, modality) and not (
        clause.number > reading.tokens.body and reading.entry_when is None and opens_in_the_past(reading, clause)
    )
    if is_main and modality.status == "held":
        when = when or reading.entry_when
    mode = scope.find_mode(reading, clause, rule.mode, found.start(), found.end(), where)
    if mode in ("phone", "video"):
        where = None
    elif where is None and is_main and modality.status == "held":
        where = reading.entry_where or _place_of_head(reading, memory, mode)
        mode = mode or ("in_person" if where else None)
    elif where is not None and where.city is None and is_main and modality.status == "held":
        where = _city_of_entry(reading, where)
        head = _place_of_head(reading, memory, mode) if where.city is None else None
        where = head if head is not None and head.country == where.country else where
    if rule.id == "meeting.agreed-round" and not THEMSELVES.search(
        reading.words(clause.items[found.start()].first, clause.items[found.start()].last)
    ):
        sides = (Group(sides[0].states), Group(sides[1].states))  # who agreed on a round need not be who will sit in it
    people = _without_spokespersons(sides[0].people + sides[1].people + joiners(reading, clause, memory, states))
    if not people:
        people = chairs(reading, clause, memory, last_item, sides[0].states + sides[1].states)
        sides = (Group((people[0].country,), people[:1]), Group((people[1].country,), people[1:])) if people else sides
    begin, end = _evidence_span(reading, clause, first_item, last_item, when, where)
    evidence = [Evidence("", begin, end, rule.id)]
    evidence += [piece.evidence for piece in (when, where) if piece is not None]
    if modality.evidence is not None:
        evidence.append(modality.evidence)
    mechanism = mechanism_at(reading, clause, found.start(), found.end())
    settings, occasion = scope.find_settings(reading, clause, found.start(), mode, where, states, mechanism is not None)
    if occasion is not None:
        evidence.append(occasion)
    candidate = Candidate(
        event_type="meeting", status=modality.status, countries=states, evidence=evidence,
        date=when.date if when else Date(), participants=people,
        city=where.city if where else None, venue_country=where.country if where else None,
        level=meeting_level(sides, reading.words(clause.items[found.start()].first, clause.items[last_item - 1].last)),
        mode=mode, settings=settings, occasion=reading.tokens.text[occasion.start : occasion.end] if occasion else None, reported_by=reading.account, is_main=is_main,
    )  # fmt: skip
    if mechanism is not None:
        candidate.mechanism, candidate.mechanism_round = mechanism.name, mechanism.number
        candidate.evidence += mechanism.evidence
    return candidate


THEMSELVES = re.compile(r"\bmeet\b")


def _without_spokespersons(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    kept = tuple(
        person
        for person in people
        if "spokes" not in (person.office or "").lower() or "advis" in (person.office or "").lower()
    )
    return kept or people


def _evidence_span(
    reading: Reading,
    clause: Clause,
    first: int,
    last: int,
    when: When | None,
    where: Where | None,
) -> tuple[int, int]:
    begin, end = reading.chars(clause, first, last)
    for piece in (when, where):
        if piece is not None and not piece.evidence.rule_id.endswith((".entry", ".visit")):
            begin, end = min(begin, piece.evidence.start), max(end, piece.evidence.end)
    before = reading.tokens.starts[clause.first]
    if begin - before <= 4:  # "On" before the date
        begin = before
    return begin, end


def meeting_level(sides: tuple[Group, Group], words: str) -> str:
    """The level of the lower-ranked of the two principals, who are the first of each side."""
    levels = [next((person.level for person in side.people if person.level), None) for side in sides]
    known = [level for level in levels if level]
    if not known:
        return "head_of_government" if "summit" in words else "delegation"
    return max(known, key=lambda level: RANK[level])


# "The meeting in A between X and Y was the first", "In the talks, X told Y": the news, where nothing else told it.
OPENS_THE_NEWS = re.compile(
    r"(?:(?:at|in|during) )?(?:the|their|this) (?:[\w-]+ ){0,2}(?:meeting|talks|conversation|call|consultations)\b|(?:in|at|during) (?:talks|a meeting)\b"
)


def _is_main(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, when: When | None, modality: Modality,
) -> bool:  # fmt: skip
    if reading.entry_when is not None:  # a chronicle's entry tells its own events, past ones apart
        return when is None or (when.date.start or "")[:4] == (reading.entry_when.date.start or "")[:4]
    base = reading.tokens.base
    if when is not None and base is not None and when.date.start and when.date.start[:4] < str(base.year - 1):
        return False
    vague = when is not None and base is not None and when.date.precision in ("month", "year")
    if vague and modality.status not in ("planned", "postponed"):
        return False
    nominal = rule.subject in NOMINAL and rule.subject != "heading"
    if nominal and clause.number > reading.tokens.body:
        is_news = OPENS_THE_NEWS.match(reading.words(clause.first, clause.last)) is not None
        return is_news and when is None and not any(meeting.is_main for meeting in memory.meetings)
    # "Signed a treaty after talks in A": both are the news of the day, unlike what "their meeting in A" goes back to.
    return rule.subject not in ("named-pair", "leaders") or rule.needs == "after"
