"""Frames of meetings: from a sentence to who met whom, when, where, and whether it was held, planned or called off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Date, Evidence, Participant
from bilaterals.extract.chunks import RANK, Mention
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, compile_shape, positions, subject_before
from bilaterals.extract.parties import Group, Memory, context_person, group_of
from bilaterals.extract.rounds import mechanism_at

NAMED_PAIR = re.compile("[Pr],?&T?[Pr]")
HELD = re.compile(r"\b(?:(?:was|were) (?:held|convened|opened)|took place|met in|opened in|began|begins|ended|concluded)\b")
LEADS = {"pair": frozenset("Y"), "joint": frozenset("SV")}
NOMINAL = ("none", "pair", "pair-inside", "named-pair", "heading", "leaders", "inside")
SEPARATE = ("bilaterally", "counterparts", "separately", "respectively", "each", "also met separately", "one by one", "in turn")


@dataclass(frozen=True, slots=True)
class Rule:
    """One frame of `rules/meetings.toml`, with its shape compiled."""

    id: str
    pattern: re.Pattern[str]
    subject: str
    mode: str
    joint: bool
    needs: str | None
    lead: frozenset[str]


@cache
def rules() -> tuple[Rule, ...]:
    """All frames, in the order in which they are tried at one word."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "meetings.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            row["id"], compile_shape(row["shape"]), row["subject"], row["mode"], bool(row.get("joint")), row.get("needs"),
            LEADS.get(row["shape"].split()[0]) or code_class(*row["shape"].split()[0].split("|")),
        )
        for row in table["rule"]
    )  # fmt: skip


@cache
def rules_by_code() -> dict[str, tuple[Rule, ...]]:
    """The frames that a code can begin."""
    codes = {code for rule in rules() for code in rule.lead}
    return {code: tuple(rule for rule in rules() if code in rule.lead) for code in codes}


@cache
def _leading() -> frozenset[str]:
    return frozenset(rules_by_code())


def find_meetings(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every meeting that one sentence tells, planned and called-off ones included."""
    table = rules_by_code()
    done = 0
    for at in positions(clause.codes, _leading()):
        if at < done:
            continue
        for rule in table[clause.codes[at]]:
            found = rule.pattern.match(clause.codes, at)
            if found is None:
                continue
            made = list(_read_frame(reading, clause, memory, rule, found))
            if made:
                yield from made
                done = found.end()
                break


def _read_frame(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str]
) -> Iterator[Candidate]:
    if rule.needs and not _granted(reading, clause, memory, rule.needs, found):
        return
    first, second, start = _sides(reading, clause, memory, rule, found)
    if first is None or second is None:
        return
    if (
        rule.joint
        and first.people == second.people == ()
        and _told(clause, memory, found.start(), first, second)
    ):
        return
    if rule.id == "meeting.met-together" and reading.words(clause.items[max(0, found.start() - 1)].first, clause.items[found.start()].last).startswith("have "):
        return  # "the heads of state have met 22 times"
    if rule.id.startswith("meeting.met") and first.people and not second.people:
        return  # "met the needs of Ukraine"
    if rule.id.startswith("meeting.met") and not first.people and SPORTS.search(reading.words(clause.first, clause.last)):
        return
    nominal = rule.subject in NOMINAL
    begin = max(0, found.start() - 8) if nominal else start
    modality = scope.find_modality(reading, clause, begin, found.start(), found.end(), nominal=nominal)
    if not modality.is_real or (modality.status == "planned" and _conditional(reading, clause, found.end())):
        return
    if rule.id == "meeting.agreed-round":
        span = reading.tokens.span(clause.items[found.start()].first, clause.items[found.start()].last)
        modality = scope.Modality("planned", True, Evidence("status", *span, "context.agreed"))
    if (
        modality.status == "cancelled"
        and modality.evidence
        and modality.evidence.rule_id == "context.negated"
        and nominal
    ):
        return
    if len({*first.states, *second.states}) > 2:
        memory.last_parties = tuple(sorted({*first.states, *second.states}))
    for one, other in _pairs(reading, clause, rule, found, first, second):
        states = tuple(sorted({*one.states, *other.states}))
        if len(states) == 2:
            yield _candidate(reading, clause, memory, rule, found, start, (one, other), states, modality)


SPORTS = re.compile(r"\b(?:match|matches|goals?|league|cup|tournament|championship|semi-?finals?|finals?|innings|wickets?|game|games)\b")


def _conditional(reading: Reading, clause: Clause, end: int) -> bool:
    """ "Would meet X only if ...": no plan."""
    following = reading.words(clause.items[end].first, clause.items[min(end + 4, len(clause.items)) - 1].last) if end < len(clause.items) else ""
    return re.search(r"\b(?:if|unless|provided)\b", following) is not None


def _told(clause: Clause, memory: Memory, at: int, first: Group, second: Group) -> bool:
    """Whether "the two sides had talks" only goes on with a meeting told before, or stands without anybody who met."""
    subject = subject_before(clause, at)
    if subject is None or clause.codes[subject[0]] not in "SV":
        return False
    states = tuple(sorted((*first.states, *second.states)))
    if memory.reading.entry_when is not None and not memory.meetings:
        return False  # a chronicle's "the two governments held the third round of ..."
    return memory.reading.side is not None or any(meeting.countries == states for meeting in memory.meetings)


def _granted(reading: Reading, clause: Clause, memory: Memory, needs: str, found: re.Match[str]) -> bool:
    words = reading.words(clause.items[found.start()].first, clause.items[found.end() - 1].last)
    if needs == "chair":
        return "chair" in words or "presided" in words or "hosted" in words or "held" in words
    if needs == "appointment":
        rest = clause.codes[found.start() :]
        return "D" in rest or re.search(r"\b(?:next|\w+th|first|second|third) ", words) is not None
    if needs == "opening":
        return found.start() <= 4 and "i" in clause.codes[: found.start()]
    if needs == "held":
        return HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)) is not None
    if needs == "heading":
        return _bare_talks(reading, clause, memory, found.start())
    if needs == "occasion":
        if HELD.search(reading.words(clause.items[found.end() - 1].last, clause.last)):
            return True
        return (
            "summit" in words
            or "round" in words
            or "talks" in words
            or "consultations" in words
            or "meeting" in words
        )
    if words.startswith(("received", "receives", "granted", "gave an audience", "meets")):
        return True
    title = reading.title.lower()
    if any(word in title for word in ("meeting", "meets", "talks", "holds", "call")):
        return True
    return memory.later_meeting(clause.number)


def _bare_talks(reading: Reading, clause: Clause, memory: Memory, at: int) -> bool:
    """Talks without parties in a short item whose heading names the two states, and no others in the item."""
    if reading.cast.pair is None or len(reading.clauses) > 8 or memory.meetings:
        return False
    if reading.entry_when is not None:  # a chronicle's entry is about the pair of its folder
        return HELD.search(reading.words(clause.items[at].last, clause.last)) is not None
    if reading.side is not None or reading.tokens.body == 0:
        return False
    lead = clause.codes[max(0, at - 3) : at]
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
    named = {state for item in clause.items if item.mention for state in item.mention.states} - set(
        reading.cast.pair
    )
    before = reading.words(clause.items[max(0, at - 2)].first, clause.items[at].first) if at else ""
    return (
        not named
        or clause.codes[at + 1 : at + 2] == "i"
        or "mediated" in reading.words(clause.first, clause.last)
    ) and not before.endswith(("press ", "cabinet "))


def _sides(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str]
) -> tuple[Group | None, Group | None, int]:
    """Both sides of the frame and the item where it begins."""
    at = found.start()
    if "b" in found.re.groupindex:
        mentions = actors_at(clause, *found.span("b"))
        if rule.subject == "inside":
            first = group_of(reading, memory, actors_at(clause, *found.span("a")))
            return first, group_of(reading, memory, mentions), at
        if rule.joint:
            group = group_of(reading, memory, mentions)
            halves = group.halves()
            return (*halves, at) if halves else (None, None, at)
        second = group_of(reading, memory, mentions)
        subject = subject_before(clause, at)
        if subject is None and rule.subject != "context":
            subject = None
        first = (
            group_of(reading, memory, actors_at(clause, *subject))
            if subject and clause.codes[subject[0]] != "U"
            else None
        )
        if first is None or not first.states or first.joint:
            first = _subject_after(reading, clause, memory, second, found) or context_person(reading, clause, memory, second, subject)
        if "trilateral" in reading.words(
            clause.items[max(0, at - 1)].first, clause.items[found.end() - 1].last
        ):
            return None, None, at
        second = second.completed(reading, first).settled(reading, first).foreign(reading, first)
        return first, second, subject[0] if subject and subject[0] < at else at
    if rule.subject == "pair-inside":
        y = next(i for i in range(at, found.end()) if clause.codes[i] == "Y")
        entry = reading.tokens.entries[clause.items[y].first]
        return Group(entry.countries[:1]), Group(entry.countries[1:2]), at
    if rule.subject == "heading":
        pair = reading.cast.pair
        return (Group(pair[:1]), Group(pair[1:]), at) if pair else (None, None, at)
    if rule.subject == "leaders":
        halves = group_of(reading, memory, actors_at(clause, at, at + 1)).halves()
        return (*halves, at) if halves and halves[0].people else (None, None, at)
    if rule.subject == "named-pair":
        return _named_pair(reading, clause, memory, at)
    if rule.subject == "pair":
        entry = reading.tokens.entries[clause.items[at].first]
        return Group(states=entry.countries[:1]), Group(states=entry.countries[1:2]), at
    subject = subject_before(clause, at)
    if subject is None:
        return None, None, at
    group = group_of(reading, memory, actors_at(clause, *subject))
    if clause.codes[subject[0]] in "SV" and not memory.meetings:
        group = memory.people_before(clause) or group
    halves = group.halves()
    return (*halves, subject[0]) if halves else (None, None, at)


def _subject_after(reading: Reading, clause: Clause, memory: Memory, other: Group, found: re.Match[str]) -> Group | None:
    """ "In a meeting with X on Monday, Y said": Y, when the frame opens the sentence."""
    if found.start() > 3:
        return None
    after = re.match("[^.;PrzSV]{0,8},(?P<who>[Pr])", clause.codes[found.end() :])
    if after is None:
        return None
    at = found.end() + after.start("who")
    group = group_of(reading, memory, actors_at(clause, at, at + 1))
    return group if len(group.states) == 1 and group.states[0] not in other.states else None


def _named_pair(
    reading: Reading, clause: Clause, memory: Memory, at: int
) -> tuple[Group | None, Group | None, int]:
    """The two sides of the group that "their" stands for: the nearest one before it that names people of two states."""
    codes = clause.codes
    for found in reversed(list(NAMED_PAIR.finditer(codes, 0, at))):
        group = group_of(reading, memory, actors_at(clause, *found.span()))
        halves = group.halves()
        if halves and all(any(person.name for person in half.people) for half in halves):
            return (*halves, at)
    return None, None, at


def _pairs(
    reading: Reading, clause: Clause, rule: Rule, found: re.Match[str], first: Group, second: Group
) -> Iterator[tuple[Group, Group]]:
    """One meeting for each state on the other side when they met separately; two named principals of one state apart."""
    words = reading.words(clause.items[max(0, found.start() - 4)].first, clause.items[found.end() - 1].last)
    separate = any(word in words for word in SEPARATE)
    if len(second.states) > 1 and len(first.states) == 1:
        if separate or (rule.id == "meeting.noun-with" and "meetings" in words):
            for state in second.states:
                yield first, second.of_state(state)
        return
    if len(first.states) == 1 and len(second.states) == 1 and first.states != second.states:
        people = [person for person in second.people if person.name]
        plural = "meetings" in words or " also " in f" {words} "
        high = all(RANK.get(person.level or "", 9) <= RANK["vice_minister"] for person in people)
        leaders = all(RANK.get(person.level or "", 9) <= RANK["foreign_minister"] for person in people)
        if (
            len(people) == 2
            and high
            and (separate or plural or leaders)
            and rule.id.startswith(("meeting.met", "meeting.noun"))
        ):
            for person in people:
                yield first, Group(states=second.states, people=(person,))
            return
        yield first, second


def _candidate(
    reading: Reading, clause: Clause, memory: Memory, rule: Rule, found: re.Match[str], start: int,
    sides: tuple[Group, Group], states: tuple[str, ...], modality: scope.Modality,
) -> Candidate:  # fmt: skip
    first_item, last_item = min(start, found.start()), found.end()
    future = modality.status in ("planned", "postponed")
    when = scope.find_date(reading, clause, first_item, last_item, future=future)
    where = scope.find_place(reading, clause, first_item, last_item, states, verb=found.start())
    where = where or memory.place_of_visit(reading, clause, found.start(), found.end(), states)
    if when is None:
        when = memory.date_of_visit(reading, clause, states) or memory.date_of_paragraph(reading, clause)
    is_main = _is_main(reading, clause, rule, when)
    if is_main and modality.status == "held":
        when = when or reading.entry_when
    mode = scope.find_mode(reading, clause, rule.mode, found.start(), found.end(), where)
    if mode in ("phone", "video"):
        where = None
    elif where is None and is_main and modality.status == "held":
        where = reading.entry_where
        mode = mode or ("in_person" if where else None)
    people = _without_spokespersons(
        sides[0].people + sides[1].people + _joiners(reading, clause, memory, states)
    )
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


def _without_spokespersons(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    kept = tuple(
        person
        for person in people
        if "spokes" not in (person.office or "").lower() or "advis" in (person.office or "").lower()
    )
    return kept or people


JOINED = re.compile("[^Prz.]yT?H?(?P<who>[Pr])")


def _joiners(
    reading: Reading, clause: Clause, memory: Memory, states: tuple[str, ...]
) -> tuple[Participant, ...]:
    """ "..., joined by Vice President X, ...": one more participant."""
    for found in JOINED.finditer(clause.codes):
        if reading.words(clause.items[found.start()].first, clause.items[found.start()].last) == "joined":
            group = group_of(reading, memory, actors_at(clause, *found.span("who")))
            return tuple(person for person in group.people if person.country in states)
    return ()


def _evidence_span(
    reading: Reading,
    clause: Clause,
    first: int,
    last: int,
    when: scope.When | None,
    where: scope.Where | None,
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


def _is_main(reading: Reading, clause: Clause, rule: Rule, when: scope.When | None) -> bool:
    base = reading.tokens.base
    if when is not None and base is not None and when.date.start and when.date.start[:4] < str(base.year - 1):
        return False
    if when is not None and base is not None and when.date.precision in ("month", "year"):
        return False
    nominal = rule.subject in NOMINAL and rule.subject != "heading"
    return rule.subject not in ("named-pair", "leaders") and not (
        nominal and clause.number > reading.tokens.body
    )


DEFINITE_MEETING = re.compile("[a ]{0,2}T?[mx]?E")
LED_DELEGATION = re.compile("T?[zJC]?'?[mJC]{0,2}[Qz]")


def attendees(reading: Reading, clause: Clause, memory: Memory) -> Group | None:
    """People whom a sentence adds to the meeting just told: "Ambassador X attended the meeting", "X led the delegation"."""
    for at in positions(clause.codes, code_class("light")):
        word = reading.words(clause.items[at].first, clause.items[at].last)
        after = clause.codes[at + 1 :]
        led = (
            word in ("led", "leading", "headed")
            and LED_DELEGATION.match(after)
            and "delegation" in reading.words(clause.items[at].last, clause.last)
        )
        joined = word.startswith(
            ("attended", "joined", "took part", "participated")
        ) and DEFINITE_MEETING.match(after)
        ends = word.startswith(("attended", "took part", "led the two sides")) and after[:1] in (".", "")
        led = led or (word in ("led", "headed") and after[:1] == "S")
        ends = ends or (after[:2] in ("x.", "x") and reading.words(clause.items[at].last, clause.last).startswith("it"))
        if not led and not joined and not ends:
            continue
        subject = subject_before(clause, at)
        if subject and (subject[0] <= 1 or clause.codes[subject[0] - 1] == ";"):
            return group_of(reading, memory, [m for m in actors_at(clause, *subject) if _named(m)])
    return None


def _named(mention: Mention) -> bool:
    return mention.kind == "person"
