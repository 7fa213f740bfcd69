"""Frames of meetings: from a sentence to who met whom, when, where, and whether it was held, planned or called off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from bilaterals.extract import scope, venues
from bilaterals.extract.attendance import chairs, joiners
from bilaterals.extract.background import opens_in_the_past
from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.clauses import Clause, Reading, When, Where, actors_at, code_class, positions, subject_before
from bilaterals.extract.frames import NOMINAL, Rule, any_rule_by_code, leading, rules_by_code
from bilaterals.extract.levels import RANK
from bilaterals.extract.memory import Memory
from bilaterals.extract.modality import DIARY, Modality, find_modality, is_after
from bilaterals.extract.parties import Group, group_of
from bilaterals.extract.rounds import mechanism_at
from bilaterals.extract.sides import EARLIER, find_sides, pair_up

HELD = re.compile(
    r"\b(?:(?:was|were|will be|would be|to be|is to be|had been) (?:held|convened|organi[sz]ed|opened|planned|scheduled|postponed|cancelled|canceled)|took place|take place|met|meets|convened|convenes|did not take place|met in|opened in|began|begins|ended|concluded|wound up|wraps up|wrapped up)\b"
)


def find_meetings(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every meeting that one sentence tells, planned and called-off ones included."""
    table, any_rule = rules_by_code(), any_rule_by_code()
    done = 0
    for at in positions(clause.codes, leading()):
        if at < done or any_rule[clause.codes[at]].match(clause.codes, at) is None:
            continue
        for rule in table[clause.codes[at]]:
            found = rule.pattern.match(clause.codes, at)
            if found is None or (rule.needs and not _granted(reading, clause, memory, rule.needs, found)):
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
                        or (rule.needs and not _granted(reading, clause, memory, rule.needs, more))
                    ):
                        break
                    yield from _read_frame(reading, clause, memory, rule, more)
                    done = more.end()
                break


# Between the two others of one verb; "and" alone counts, since "with" is said again.
AND_WITH = re.compile(
    r"(?:(?:at|in|on) [^,;.]{2,40}? |)"
    r"(?:,? ?and|,) (?:(?:also|then|later|earlier|separately|after(?:wards?)?|subsequently|again|by phone) )*(?:with|by)\b[^,;.]*"
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
    if rule.id == "meeting.received-by" and not first.people:
        return
    if (
        not rule.id.startswith("meeting.agreed")
        and rule.joint
        and first.people == second.people == ()
        and _told(clause, memory, found.start(), first, second)
    ):
        return
    if rule.id == "meeting.met-together" and reading.words(
        clause.items[max(0, found.start() - 1)].first, clause.items[found.start()].last
    ).startswith("have "):
        return  # "the heads of state have met 22 times"
    if rule.joint and DONE_WITH.match(reading.words(clause.items[found.start()].first, clause.last)):
        return
    if rule.joint and HAD_AGREED.match(
        reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    ):
        return  # "he and X had agreed to hold a meeting"
    if rule.id == "meeting.held-together" and memory.meetings and _only_attended(reading, clause, found):
        return  # "A and B were present at the meeting": one that was told before
    if rule.id == "meeting.met-together" and re.match("a{0,2}w?a?T?H?[Pr]", clause.codes[found.end() :]):
        return  # "A and B met C": the meeting of A and B is not told
    if rule.id == "meeting.met-together" and _another_body(reading, clause, found.start() - 1):
        return  # "A and B traded accusations before the Security Council met"
    if rule.id.startswith("meeting.met") and first.people and not second.people:
        return  # "met the needs of Ukraine"
    if (
        rule.id.startswith("meeting.met")
        and not first.people
        and SPORTS.search(reading.words(clause.first, clause.last))
    ):
        return
    nominal = rule.subject in NOMINAL
    begin = max(0, found.start() - 8) if nominal else start if start < found.start() else max(0, start - 5)
    modality = find_modality(reading, clause, begin, found.start(), found.end(), nominal=nominal)
    if not modality.is_real or (modality.status == "planned" and _conditional(reading, clause, found.end())):
        return
    if rule.id.startswith("meeting.agreed"):
        span = reading.tokens.span(clause.items[found.start()].first, clause.items[found.start()].last)
        modality = Modality("planned", True, Evidence("status", *span, "context.agreed"))
    if (
        modality.status == "cancelled"
        and modality.evidence
        and modality.evidence.rule_id == "context.negated"
        and nominal
    ):
        return
    if (
        nominal
        and modality.status == "held"
        and TO_HOLD.search(reading.words(clause.first, clause.items[found.start()].first))
    ):
        return
    if len({*first.states, *second.states}) > 2:
        memory.last_parties = tuple(sorted({*first.states, *second.states}))
    for one, other in pair_up(reading, clause, rule, found, first, second):
        states = tuple(sorted({*one.states, *other.states}))
        if len(states) == 2 and not _with_himself(one, other):
            yield _candidate(reading, clause, memory, rule, found, start, (one, other), states, modality)


def _with_himself(one: Group, other: Group) -> bool:
    names = {person.name for person in one.people if person.name}
    return any(person.name in names for person in other.people)


# "Concluded negotiations on a treaty": done with, not sat down to.
DONE_WITH = re.compile(
    r"(?:have |has |had )?(?:concluded|completed|finished|wrapped up) (?:the )?negotiations on (?:an?|the)\b"
)
HAD_AGREED = re.compile(r"ha(?:d|s|ve) (?:agreed|decided|planned|expected|hoped|intended|offered|proposed)\b")


SPORTS = re.compile(
    r"\b(?:match|matches|goals?|league|cup|tournament|championship|semi-?finals?|finals?|innings|wickets?|game|games)\b"
)


def _another_body(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether the item right before the verb is a title-case word that belongs to nobody named."""
    item = clause.items[at] if at >= 0 else None
    return item is not None and item.mention is None and reading.tokens.words[item.first][:1].isupper()


AFTER = re.compile(r"\b(?:after|following|at the end of|upon concluding)(?: (?:the|\w+))?$")
FOR_TALKS = re.compile(
    r"^(?: (?:in|at) (?:(?:the|this|his|her) )?[\w’'. -]{2,40}?)?(?: and (?:his|her|a|the) [\w ]{0,30}delegation)? (?:for (?:\w+ ){0,2}(?:talks|dinner|lunch|breakfast|meeting|consultations|a working|summit)|at (?:a |an )?(?:\w+ )?(?:dinner|lunch|breakfast|banquet|meeting))\b"
)


# "agreed to hold a regular dialogue with South Korea": no meeting yet.
TO_HOLD = re.compile(
    r"\bagreed (?:[\w ]+ )?to (?:hold|have|start|begin|launch|establish|set up|create|open|conduct|institute)\b[^.;,]{0,40}$"
    r"|\bto (?:restart|resume|revive|relaunch|reopen)(?: the)?\s*$"
)


BY_PHONE = re.compile(
    r"\b(?:by|over the|on the|via) (?:tele)?phone\b|\b(?:phone|telephone|video) (?:call|conversation|talks)\b"
)


def _conditional(reading: Reading, clause: Clause, end: int) -> bool:
    """ "Would meet X only if ...": no plan."""
    following = (
        reading.words(clause.items[end].first, clause.items[min(end + 4, len(clause.items)) - 1].last)
        if end < len(clause.items)
        else ""
    )
    return re.search(r"\b(?:if|unless|provided)\b", following) is not None


def _told(clause: Clause, memory: Memory, at: int, first: Group, second: Group) -> bool:
    """Whether "the two sides had talks" only goes on with a meeting told before, or stands without anybody who met."""
    subject = subject_before(clause, at)
    if subject is None or clause.codes[subject[0]] not in "SV":
        return False
    if _earlier(memory.reading, clause, at):
        return False
    states = tuple(sorted((*first.states, *second.states)))
    if memory.reading.entry_when is not None and not memory.meetings:
        return False  # a chronicle's "the two governments held the third round of ..."
    if any(meeting.countries == states for meeting in memory.meetings):
        return True
    dated = "D" in clause.codes or re.search("iT?[LB]", clause.codes) is not None
    return memory.reading.side is not None and not dated


PAST_VERB = re.compile(r"(?:met|spoke|held|had|sat|paid|led|\w+ed)\b")
ATTENDED = re.compile(
    r"(?:(?:was|were|is|are) (?:also )?present|(?:also )?attend|took part|takes part|participat|joined)"
)


def _only_attended(reading: Reading, clause: Clause, found: re.Match[str]) -> bool:
    words = reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    return ATTENDED.match(words) is not None and re.search(r"\b(?:the|this) \w+$", words) is not None


LONG_AGO = dt.timedelta(45)


def _earlier(reading: Reading, clause: Clause, at: int) -> bool:
    """ "The two had last met in May in Trieste": an earlier meeting with a date of its own."""
    words = reading.words(clause.first, clause.items[at].last)
    if "D" in clause.codes[at:] and EARLIER.search(words) is not None:
        return True
    base, later = (
        reading.tokens.base,
        (clause.items[i].first for i in range(at, len(clause.codes)) if clause.codes[i] == "D"),
    )
    dates = [reading.tokens.dates[token].date for token in later]
    return base is not None and any(
        date is not None and date.start is not None and date.start < (base - LONG_AGO).isoformat()[: len(date.start)]
        for date in dates
    )


# "Called the Prime Minister nasty", "called the envoy a fool", "called X as a witness": no call by phone.
CALLS_NAMES = re.compile(
    r"(?: \w+)? as\b| \w+ing\b| (?:win|lose|take)\b| (?:an?|the|his|her|their|its) "
    r"| (?!(?:on|in|to|at|about|over|from|after|before|by|for|and|who|with|late|early|earlier|later|again|today|yesterday|last|this|\w+day)\b)[a-z]+(?: (?:and|but|for|after|in)\b|[,.]|$)"
)


MEETING_BEFORE = re.compile(r"\b(?:meeting|talks|negotiations|consultations|discussions|summit|round|session)\b")


def _granted(reading: Reading, clause: Clause, memory: Memory, needs: str, found: re.Match[str]) -> bool:
    words = reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    if needs == "chair":
        return "chair" in words or "presided" in words or "hosted" in words or "held" in words
    if needs == "appointment":
        rest = clause.codes[found.start() :]
        return "D" in rest or "L" in rest or re.search(r"\b(?:next|\w+th|first|second|third) ", words) is not None
    if needs == "phone":
        return BY_PHONE.search(reading.words(clause.items[found.start()].first, clause.last)) is not None
    if needs == "call":
        behind = reading.words(clause.items[found.end() - 1].last, clause.last)
        return not words.startswith("called ") or CALLS_NAMES.match(f" {behind.strip()}") is None
    if needs == "encounter":
        others = group_of(reading, memory, actors_at(clause, *found.span("b")))
        people = others.people + others.open_people
        told = "D" in clause.codes or re.search("iT?[LB]", clause.codes) is not None
        return told and not clause.in_speech and any(person.name and person.office for person in people)
    if needs == "brought":
        return MEETING_BEFORE.search(reading.words(clause.first, clause.items[found.start()].first)) is not None
    if needs == "courtesy":  # "called on X to do something" asks him
        return "t" not in clause.codes[found.end() : found.end() + 5]
    if needs == "opening":
        return found.start() <= 4 and "i" in clause.codes[: found.start()]
    if needs == "office":
        people = group_of(reading, memory, actors_at(clause, *found.span("b"))).people
        behind = reading.words(clause.items[found.end() - 1].last, clause.last)
        return any(person.office for person in people) and CALLS_NAMES.match(f" {behind.strip()}") is None
    if needs == "named":
        return _named_principals(reading, clause, memory, found.start())
    if needs == "round":
        return _round_of_the_two(reading, clause, found.start())
    if needs == "after":
        lead = reading.words(clause.items[max(0, found.start() - 3)].first, clause.items[found.start()].first)
        return AFTER.search(lead) is not None
    if needs == "held":
        return HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)) is not None
    if needs == "heading":
        return _bare_talks(reading, clause, memory, found.start())
    if needs == "occasion":
        if HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)):
            return True
        return (
            "summit" in words or "round" in words or "talks" in words or "consultations" in words or "meeting" in words
        )
    if words.startswith(("received", "receives", "receive ", "granted", "gave an audience", "meets")):
        return True
    behind = clause.codes[found.end() : found.end() + 4]
    if re.match("iT?[BG]", behind) or FOR_TALKS.match(
        " " + reading.words(clause.items[found.end() - 1].last, clause.last)
    ):
        return True
    title = reading.title.lower()
    if any(word in title for word in ("meeting", "meets", "talks", "holds", "call")):
        return True
    return memory.later_meeting(clause.number)


ROUND_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|\d+(?:st|nd|rd|th)|last|latest|previous|next|following|inaugural)(?: [\w-]+){0,3}$"
)
ROUND_HELD = re.compile(
    r"^(?! of (?:the )?(?:parliament|cabinet|security council|general assembly|council of ministers)\b)(?: of (?:the |this |that |these |their )?[\w ,-]{2,120}?)?,?(?: which| that)?(?: (?:had|has|have)(?: been)?)? ?"
    r"(?:took place|take place|(?:(?:was|were|will be|would be|to be|is to be|should be|are to be) )?(?:last |first |next )?(?:held|convened|scheduled|organi[sz]ed)|(?:will|would|should|is to|are to) (?:take place|convene|be held)|ended|concluded|opens|opened)\b"
)


# One of these is in each match of ROUND_HELD: a verb added there must be added here.
HOLDING = ("place", "held", "convene", "scheduled", "organi", "ended", "concluded", "opens", "opened")


def _round_of_the_two(reading: Reading, clause: Clause, at: int) -> bool:
    """ "The last session took place in Lima in October 2022": a counted round with a day or a place, of those told of."""
    rest = clause.codes[at:]
    if reading.entry_when is not None or not ("D" in rest or "L" in rest) or not reading.has_any(clause, HOLDING):
        return False
    head = clause.items[at]
    before = reading.words(clause.items[max(0, at - 5)].first, head.first)
    if not ROUND_BEFORE.search(before) or any(
        mention.kind == "states" for mention in clause.mentions if len(mention.states) != 2
    ):
        return False
    return ROUND_HELD.match(" " + reading.words(head.last, clause.last)) is not None


def _named_principals(reading: Reading, clause: Clause, memory: Memory, at: int) -> bool:
    """ "X of A and Y of B discussed Z": an encounter of its own where neither has been told to have met the other."""
    subject = subject_before(clause, at)
    if subject is None or clause.codes[subject[0] : subject[1]].count("P") != 2 or clause.in_speech:
        return False
    names = {person.name for person in group_of(reading, memory, actors_at(clause, *subject)).people}
    return not any(names & {person.name for person in meeting.participants} for meeting in memory.meetings)


def _bare_talks(reading: Reading, clause: Clause, memory: Memory, at: int) -> bool:
    """Talks without parties in a short item whose heading names the two states, and no others in the item."""
    if reading.cast.pair is None or len(reading.clauses) > 8 or memory.meetings:
        return False
    if reading.entry_when is not None:  # a chronicle's entry is about the pair of its folder
        return HELD.search(reading.words(clause.items[at].last, clause.last)) is not None
    if reading.side is not None or reading.tokens.body == 0:
        return False
    lead = clause.codes[max(0, at - 3) : at]
    if clause.codes[at + 1 : at + 2] == "o":
        return False  # "the talks of the town"
    if any(code in code_class("say", "consensus") for code in lead):
        return False
    word = reading.words(clause.items[at].first, clause.items[at].last)
    if word not in (
        "talks",
        "negotiations",
        "summit",
        "peace talks",
        "negotiation",
        "discussions",
        "meeting",
        "meetings",
    ):
        return False
    named = {state for item in clause.items if item.mention for state in item.mention.states} - set(reading.cast.pair)
    before = reading.words(clause.items[max(0, at - 2)].first, clause.items[at].first) if at else ""
    return (
        not named or clause.codes[at + 1 : at + 2] == "i" or "mediated" in reading.words(clause.first, clause.last)
    ) and not before.endswith(("press ", "cabinet ", "stalled ", "political ", "coalition ", "budget "))


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
    future = modality.status in ("planned", "postponed")
    past = not future and _earlier(reading, clause, found.start())
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
    is_main = _is_main(reading, clause, rule, when, modality) and not (
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


def _is_main(reading: Reading, clause: Clause, rule: Rule, when: When | None, modality: Modality) -> bool:
    if reading.entry_when is not None:  # a chronicle's entry tells its own events, past ones apart
        return when is None or (when.date.start or "")[:4] == (reading.entry_when.date.start or "")[:4]
    base = reading.tokens.base
    if when is not None and base is not None and when.date.start and when.date.start[:4] < str(base.year - 1):
        return False
    vague = when is not None and base is not None and when.date.precision in ("month", "year")
    if vague and modality.status not in ("planned", "postponed"):
        return False
    nominal = rule.subject in NOMINAL and rule.subject != "heading"
    return rule.subject not in ("named-pair", "leaders") and not (nominal and clause.number > reading.tokens.body)
