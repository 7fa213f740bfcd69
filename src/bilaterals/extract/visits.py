"""Visits: a journey of an official of one state to another, by its words of travel or presence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import find_modality, is_after
from bilaterals.extract.parties import NOT_OFFICIALS, group_of
from bilaterals.extract.visit_status import only_counted, only_prepared, upcoming
from bilaterals.reference import places

NOUN_VISITS = (
    "travel to",
    "visit",
    "visits",
    "trip",
    "tour",
    "journey",
    "travel",
    "visit to",
    "visits to",
    "state visit to",
    "official visit to",
    "working visit to",
    "trip to",
    "trips to",
    "journey to",
)
TAKES_UP_POST = re.compile(
    r"\b(?:newly[ -]|credentials\b|letters? of credence\b|(?:take|took|taking) up (?:his|her|the) post|assum\w+ (?:his|her|office))"
)
PRESENCE = re.compile(
    r"^[, ]{0,2}(?:(?:who (?:is|was|are|were)|currently|is|was)\s(?:now\s|currently\s)?(?:in|on an? .{0,20}visit to)"
    r"|who (?:came|has come|had come|arrived|travell?ed) (?:to|in)|on an? (?:[\w-]+ ){0,4}(?:visit|trip|tour) (?:to|in)|who (?:is|was) staying in)\b"
)
REGION_OF = re.compile(
    ",[TxNIma]{1,6}o(?:[TxNIma]{1,6}o)?(?P<state>z)"
)  # "Samara, the capital of the Afar region of Ethiopia"


def find_visits(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every visit that one sentence states."""
    if clause.is_title:
        return
    told: list[Candidate] = []
    verbs = code_class("visit")
    for at in positions(clause.codes, verbs) if not verbs.isdisjoint(clause.kinds) else ():
        word = reading.words(clause.items[at].first, clause.items[at].last)
        made = (
            _visiting(reading, clause, memory, at) if word == "visiting" else _visit(reading, clause, memory, at, word)
        )
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
        if posted and "ambassador" in (visit.participants[0].office or "").lower():
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
    other = pair[0] if visitor.country == pair[1] else pair[1]
    span = reading.tokens.span(clause.items[at].first, clause.items[at].last)
    return other, None, at + 1, Evidence("venue_country", *span, "visit.pair")


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


def _visit(reading: Reading, clause: Clause, memory: Memory, at: int, word: str) -> Candidate | None:
    destination = _destination(reading, clause, _skip_agent(clause, at + 1))
    if destination is None and word.endswith((" here", "arrived")):
        destination = _to_the_dateline(reading, clause, at, word)
    visitor, first, last = _visitor(reading, clause, memory, at, destination[0] if destination else None)
    if only_counted(reading, clause, at):
        return None
    of_visitor = word in NOUN_VISITS and last > at  # "the visit of X", "X's visit"
    if destination is None and visitor is not None and of_visitor and not word.endswith(" to"):
        destination = _other_of_pair(reading, clause, visitor, at)
    if destination is None or visitor is None:
        return None
    state, city, end, evidence = destination
    if visitor.country in ("", state) or (visitor.name is None and (visitor.office or "").lower() in NOT_OFFICIALS):
        return None
    modality = find_modality(reading, clause, max(0, at - 6), at, max(end, last), nominal=word in NOUN_VISITS)
    lead = reading.words(clause.items[max(0, at - 6)].first, clause.items[at].first)
    looked = "look" in lead and any(
        "look" in reading.words(clause.items[i].first, clause.items[i].last) for i in range(max(0, at - 6), at)
    )
    if not modality.is_real and not looked:
        return None
    called_off = modality.status in ("cancelled", "postponed")
    status = (
        "planned"
        if (looked and not called_off)
        or word.startswith("will ")
        or (word in NOUN_VISITS and modality.status == "held" and only_prepared(reading, clause, at))
        or (not called_off and word in ("visit", "trip", "travel") and upcoming(reading, clause, at))
        else modality.status
    )
    return _candidate(
        reading,
        clause,
        visitor,
        state,
        city,
        status,
        min(first, at),
        max(last, end),
        at,
        evidence,
        "visit.travel",
        is_news=not of_visitor,
    )


ON_A_VISIT = re.compile(
    r"^(?:\W|\w+day|on|late|early|yesterday|today|earlier|this \w+)* on an? (?:[\w-]+ ){0,4}(?:visit|trip)\b(?! to)"
)


def _to_the_dateline(
    reading: Reading, clause: Clause, at: int, word: str
) -> tuple[str, str | None, int, Evidence] | None:
    """ "Came here on Sunday", "arrived on Tuesday on a four-day visit": to the city of the dateline."""
    line = reading.dateline
    if line is None or (word == "arrived" and not ON_A_VISIT.match(reading.words(clause.items[at].last, clause.last))):
        return None
    return line.city.country, line.city.name, at + 1, Evidence("city", line.start, line.stop, "visit.dateline")


def _skip_agent(clause: Clause, start: int) -> int:
    """Past "by Foreign Minister X and a delegation next week" to the "to" behind it."""
    codes = clause.codes
    if codes[start : start + 1] not in ("y", "o"):
        return start
    return next(
        (
            i
            for i in range(start, min(start + 14, len(codes)))
            if codes[i] == "t" and codes[i + 1 : i + 2] in tuple("zLGB")
        ),
        start,
    )


def _destination(reading: Reading, clause: Clause, start: int) -> tuple[str, str | None, int, Evidence] | None:
    """The first state or city behind the word of travel, through "to" or directly."""
    codes = clause.codes
    for i in range(start, min(start + 7, len(codes))):
        entry = reading.tokens.entries[clause.items[i].first]
        span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
        mention = clause.items[i].mention
        capital = _capital(reading, clause, i) if codes[i] in "Jz" else None
        if capital is not None:
            return capital
        if codes[i] == "z" and mention is not None and mention.states:
            return mention.states[0], None, i + 1, Evidence("venue_country", *span, "visit.destination")
        if entry.building is not None and codes[i] in "BG":
            return entry.building.country, None, i + 1, Evidence("venue_country", *span, "visit.destination")
        if codes[i] == "L" and entry.cities:
            country = entry.cities[0].country
            end = i + 1
            region = REGION_OF.match(codes, i + 1)
            if region is not None:
                after = clause.items[region.start("state")].mention
                if after is not None and len(after.states) == 1:
                    return (
                        after.states[0],
                        entry.cities[0].name,
                        region.end(),
                        Evidence("city", *span, "visit.destination"),
                    )
            if codes[i + 1 : i + 3] == ",z":
                after = clause.items[i + 2].mention
                country, end = (after.states[0], i + 3) if after and after.states else (country, end)
            return country, entry.cities[0].name, end, Evidence("city", *span, "visit.destination")
        if codes[i] not in "tTiaxmD,nI" or codes[i] in "P":
            return None
    return None


def _capital(reading: Reading, clause: Clause, i: int) -> tuple[str, str | None, int, Evidence] | None:
    """ "Flew to the Latvian capital", "arrived in Latvia's capital": that city."""
    after = i + 2 if clause.codes[i + 1 : i + 2] == "'" else i + 1
    mention = clause.items[i].mention
    states = mention.states if mention is not None else reading.tokens.entries[clause.items[i].first].countries
    if len(states) != 1 or after >= len(clause.items):
        return None
    noun = clause.items[after]
    city = places.capital_of(states[0]) if reading.words(noun.first, noun.last) == "capital" else None
    if city is None:
        return None
    span = reading.tokens.span(clause.items[i].first, noun.last)
    return states[0], city, after + 1, Evidence("city", *span, "visit.destination")


TO_BY = re.compile("t?T?[zL]y")


def _visitor(
    reading: Reading, clause: Clause, memory: Memory, at: int, to: str | None
) -> tuple[Participant | None, int, int]:
    codes = clause.codes
    word = reading.words(clause.items[at].first, clause.items[at].last)
    if word in NOUN_VISITS:
        owner = _owner(clause, at)
        if owner is not None:
            group = group_of(reading, memory, actors_at(clause, owner, owner + 1))
            return (group.people[0] if group.people else None), owner, at + 1
        for i in range(at + 1, min(at + 9, len(codes))):
            source = reading.words(clause.items[i].first, clause.items[i].last)
            if codes[i] in "yo" and source in ("by", "of") and codes[i + 1 : i + 2] and codes[i + 1] in "Pr":
                group = group_of(reading, memory, actors_at(clause, i + 1, i + 2))
                return (group.people[0] if group.people else None), at, i + 2
    own = _of_him(reading, clause, memory, at, to) if word in NOUN_VISITS else _who(reading, clause, memory, at)
    if own is None and word in NOUN_VISITS:
        own = _who(reading, clause, memory, at, is_noun=True)
    if own is not None:
        return own
    if word in NOUN_VISITS and TO_BY.match(clause.codes, at + 1):
        return None, at, at  # "raised visits to Japan by figures from elsewhere"
    delegation = _delegation(reading, clause, memory, at)
    if delegation is not None:
        return delegation
    subject = subject_before(clause, at)
    if subject is None:
        return None, at, at
    if codes[subject[0]] == "U":
        own_person = _confirms(reading, clause, memory, subject[0])
        return (own_person or memory.last_subject if at - subject[1] <= 4 else None), subject[0], at
    group = group_of(reading, memory, actors_at(clause, *subject))
    if len(group.states) != 1 or not group.people:
        return None, at, at
    return group.people[0], subject[0], at


def _of_him(
    reading: Reading, clause: Clause, memory: Memory, at: int, to: str | None
) -> tuple[Participant | None, int, int] | None:
    """ "During her visit to A, Minister X ...", "X recalled his visit to A": whom the possessive stands for."""
    begin = max(0, at - 5)
    lead = reading.words(clause.items[begin].first, clause.items[at].first).split()
    near = next(
        (word for word in reversed(lead) if word in ("his", "her", "the", "a", "an", "of", "their", "and")), None
    )
    if near not in ("his", "her"):
        return None
    people = [i for i in range(at - 1, -1, -1) if clause.codes[i] in "Pr"]
    after = next((i for i in range(at + 1, len(clause.codes)) if clause.codes[i] in "Pr"), None)
    if not people and after is not None and clause.codes[after - 1] == ",":
        people = [after]
    for i in people:
        group = group_of(reading, memory, actors_at(clause, i, i + 1))
        if group.people and group.people[0].country != to:
            return group.people[0], min(i, at), i + 1 if i > at else at
    return (memory.last_subject, at, at + 1) if memory.last_subject is not None and not people else None


def _who(
    reading: Reading, clause: Clause, memory: Memory, at: int, *, is_noun: bool = False
) -> tuple[Participant | None, int, int] | None:
    """ "X, who arrived in A on Sunday", "X, who is paying a visit to A": the person right before the relative clause."""
    found = (WHO_PAYS if is_noun else WHO).search(clause.codes[:at])
    if found is None or not reading.words(clause.items[found.end("who")].first, clause.items[at].first).lstrip(
        ", "
    ).startswith("who"):
        return None
    group = group_of(reading, memory, actors_at(clause, *found.span("who")))
    return (group.people[0], found.start("who"), at) if group.people else None


WHO = re.compile("(?P<who>[Pr]),?x[xaF]{0,3}$")
# "X, who is paying a three-day official visit to A"
WHO_PAYS = re.compile("(?P<who>[Pr]),?x[xaFv]{1,4}T?[mx#D-]{0,5}$")


def _confirms(reading: Reading, clause: Clause, memory: Memory, pronoun: int) -> Participant | None:
    """ "Minister X confirmed that he would visit A": X, who opens the sentence with a verb of saying."""
    if clause.codes[:1] not in ("P", "r") or not code_class("say", "consensus") & set(clause.codes[1:pronoun]):
        return None
    group = group_of(reading, memory, actors_at(clause, 0, 1))
    return next(iter(group.people), None)


DELEGATION = re.compile("T?(?P<of>[xmJzYIa&]{0,6})Q(?P<tail>[^.;R]{0,12})$")


def _delegation(
    reading: Reading, clause: Clause, memory: Memory, at: int
) -> tuple[Participant | None, int, int] | None:
    """ "A Chinese trade delegation led by X visited": X where named, or the delegation of that state."""
    codes = clause.codes[:at]
    found = DELEGATION.search(codes)
    if found is None or "delegation" not in reading.words(clause.items[found.start()].first, clause.items[at - 1].last):
        return None
    led = re.search("y[xT@]?(?P<who>P)", found["tail"])
    named = [state for i in range(found.start(), at) for state in _stated(reading, clause, i)]
    if led:
        who = found.start("tail") + led.start("who")
        group = group_of(reading, memory, actors_at(clause, who, who + 1))
        person = next(iter((*group.people, *group.open_people)), None)
        if person is not None:
            state = person.country or next(iter(named), "")
            return (replace(person, country=state) if state else None), found.start(), at
    if not named and "the delegation" in reading.words(
        clause.items[max(0, found.start() - 1)].first, clause.items[at].first
    ):
        before = next((i for i in range(found.start() - 1, -1, -1) if codes[i] in "P"), None)
        heads = group_of(reading, memory, actors_at(clause, before, before + 1)) if before is not None else None
        leader = next(iter(heads.people), None) if heads is not None else memory.last_subject
        return (leader, found.start(), at) if leader is not None else None
    if len(set(named)) == 1:
        return Participant(named[0], None, "delegation", "delegation"), found.start(), at
    return None


def _stated(reading: Reading, clause: Clause, i: int) -> tuple[str, ...]:
    mention = clause.items[i].mention
    if mention is not None:
        return mention.states
    entry = reading.tokens.entries[clause.items[i].first]
    return entry.countries if clause.codes[i] in "JC" and len(entry.countries) == 1 else ()


def _owner(clause: Clause, at: int) -> int | None:
    codes = clause.codes
    i = at - 1
    while i >= 0 and (codes[i] in "xamITJ#D" or codes[i] in code_class("planned")):
        i -= 1
    if i > 0 and codes[i] == "'" and codes[i - 1] in "Pr":
        return i - 1
    return None


LEFT = re.compile(
    r"\b(?:left|leaves|departed|departs)\s(?:from\s)?(?:[A-Z][\w.’'-]*\s?){1,3}(?:on\s\w+\s)?for\s(?:an?\s(?:[\w-]+\s){0,3}?(?:visit|trip|tour)\sto\s)?(?=[A-Z])"
)


def _departure(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "X left Ankara on Wednesday for Tehran": the journey to the place behind "for"."""
    if not reading.has_any(clause, ("left", "leaves", "depart")):
        return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    for found in LEFT.finditer(reading.tokens.text, begin, end):
        at = next(
            (i for i, item in enumerate(clause.items) if reading.tokens.starts[item.first] >= found.start()), None
        )
        to = next((i for i, item in enumerate(clause.items) if reading.tokens.starts[item.first] >= found.end()), None)
        subject = subject_before(clause, at) if at else None
        destination = _destination(reading, clause, to) if to is not None else None
        if at is None or subject is None or destination is None or clause.codes[subject[0]] not in "Pr":
            continue
        group = group_of(reading, memory, actors_at(clause, *subject))
        modality = find_modality(reading, clause, subject[0], at, at + 1)
        if len(group.states) == 1 and group.people and group.states[0] != destination[0] and modality.is_real:
            yield _candidate(
                reading, clause, group.people[0], destination[0], destination[1], modality.status,
                subject[0], destination[2], at, destination[3], "visit.travel",
            )  # fmt: skip


def _visiting(reading: Reading, clause: Clause, memory: Memory, at: int) -> Candidate | None:
    """ "visiting Minister of Finance of Ethiopia Ahmed Shide": to the state that receives, the other side of the sentence."""
    codes = clause.codes
    i = at + 1
    while i < len(codes) and codes[i] in "mT":
        i += 1
    if i >= len(codes) or codes[i] not in "Pr":
        if codes[at + 1 : at + 2] in ("z", "L"):
            return _visit(reading, clause, memory, at, "visit to")
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
    span = reading.tokens.span(clause.items[at].first, clause.items[at].last)
    return _candidate(
        reading,
        clause,
        visitor,
        host,
        None,
        "held",
        at,
        i + 1,
        at,
        Evidence("venue_country", *span, "visit.visiting"),
        "visit.visiting",
    )


def _visiting_guests(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "Visiting Chilean President X", read as one mention: to the other state of the sentence, or to the dateline's."""
    for at, mention in clause.items.mentions.items():
        if mention.kind != "person" or reading.tokens.words[mention.first].lower() != "visiting":
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
            where = Evidence("venue_country", *span, "visit.visiting")
            yield _candidate(reading, clause, guest, host, None, "held", at, at + 1, at, where, "visit.visiting")


PERSONS = frozenset("Pr")


def _presence(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """ "X, who is in China to attend ..." """
    for i in positions(clause.codes, PERSONS):
        if i + 2 >= len(clause.codes):
            continue
        following = reading.words(clause.items[i].last, clause.last)
        if PRESENCE.match(following) is None:
            continue
        group = group_of(reading, memory, actors_at(clause, i, i + 1))
        at = next((j for j in range(i + 1, min(i + 9, len(clause.codes))) if clause.codes[j] in "zL"), None)
        if at is None or not group.people:
            continue
        destination = _destination(reading, clause, at)
        if destination is not None and destination[0] != group.people[0].country:
            yield _candidate(
                reading,
                clause,
                group.people[0],
                destination[0],
                destination[1],
                "held",
                i,
                destination[2],
                at,
                destination[3],
                "visit.presence",
            )


def _candidate(
    reading: Reading, clause: Clause, visitor: Participant, state: str, city: str | None, status: str, first: int, last: int,
    at: int, where: Evidence, rule: str, *, is_news: bool = True,
) -> Candidate:  # fmt: skip
    when = scope.find_date(reading, clause, first, last, future=status == "planned") if rule == "visit.travel" else None
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
