"""Consensus: a joint subject and a verb of shared position, from there to the end of what is shared.

"The two sides agreed to A, B and C" is one record; a hope, a discussion and a joint subject inside the speech of one side
are none (annotation guide, section 4). The phrases are in `rules/joint.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bilaterals.extract import scope
from bilaterals.extract.background import told_of_the_past
from bilaterals.extract.candidates import Candidate, Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, actors_at, code_class, has_any, positions, subject_before
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import Group, group_of, joint_parties, state_of
from bilaterals.extract.phrases import cues
from bilaterals.extract.points import listed_points, split_points, words
from bilaterals.extract.reached import impersonal, nominal, ours, whole
from bilaterals.extract.subjects import he_and

CUES = cues("joint")
INTENTION, PRESENT, ANNOUNCED = (CUES[name] for name in ("intention", "present", "announced"))
OF_TIES, IN_TIME, PARTICIPLE = (CUES[name] for name in ("of-ties", "in-time", "participle"))
NO_VERB, EACH_OTHER, NEAR, SHOULD, SPOKESPERSON = (
    CUES[name] for name in ("no-verb", "each-other", "near", "should", "spokesperson")
)
TELLER, SAID_SO, PARTICIPLE_BEHIND, SHARES_ON = (
    CUES[name] for name in ("teller", "said-so", "participle-behind", "shares-on")
)
OF_PARTICIPLES, PURPOSE, TO_DO, GOES_ON, AGREED_TO = (
    CUES[name] for name in ("of-participles", "purpose", "to-do", "goes-on", "agreed-to")
)


def find_consensus(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every shared position that one sentence states."""
    if clause.is_title:
        return
    yield from nominal(reading, clause, memory)
    yield from impersonal(reading, clause, memory)
    yield from ours(reading, clause, memory)
    verbs = code_class("consensus")
    start = 0
    while start < len(clause.codes):
        segment = _segment(reading, clause, memory, start, verbs)
        if segment is None:
            return
        begin, verb, end, group, is_background = segment
        start = max(end, verb + 1)
        made = _record(reading, clause, memory, begin, verb, end, group, is_background)
        if made is not None:
            yield made


def _segment(
    reading: Reading,
    clause: Clause,
    memory: Memory,
    start: int,
    verbs: frozenset[str],
) -> tuple[int, int, int, Group, bool] | None:
    """The next stretch of a joint subject and what it shares: where it begins, its verb, its end, its parties."""
    codes = clause.codes
    for verb in positions(codes, code_class("consensus", "planned"), start):
        intention = codes[verb] not in verbs
        word = reading.words(clause.items[verb].first, clause.items[verb].last)
        if intention and INTENTION.fullmatch(word) is None:
            continue
        subject = _joint_subject(reading, clause, memory, verb)
        if subject is None:
            continue
        first, last, group, named = subject
        if intention and (verb - last > 1 or not _bare(codes, last, verb) or clause.in_speech or named):
            continue
        if intention and _is_planned_event(codes, verb):
            continue  # "A and B will sign a treaty", "will resume talks": planned, no position
        if not _states_position(reading, clause, verb, word, intention):
            continue
        past = told_of_the_past(reading, clause, first)
        if not past and not _allowed(reading, clause, first, verb, word, named, memory):
            continue
        direct = _bare(codes, last, verb)
        if not direct and not intention and _lead_in(codes, verb) not in ",&;" and last != verb:
            continue
        if ANNOUNCED.fullmatch(word.split()[0]) and _inner_joint(codes, verb):
            continue
        begin = first if direct and first >= start else verb
        return begin, verb, _end(reading, clause, verb), group, past or (named and clause.in_speech)
    return None


def _is_planned_event(codes: str, verb: int) -> bool:
    """Whether what the two "will" do is an event of its own: to sign, to meet, to travel, or to hold talks."""
    following = codes[verb + 1 : verb + 2]
    if following in code_class("sign", "meet", "visit", "host", "speak", "call"):
        return True
    nouns = code_class("meeting_noun")
    return following in code_class("light") and any(code in nouns for code in codes[verb + 2 : verb + 6])


def _lead_in(codes: str, verb: int) -> str:
    """The item before the verb and its adverbs: a coordinated verb has a comma or "and" there."""
    i = verb - 1
    while i > 0 and codes[i] in "ax":
        if codes[i] == "x" and codes[i - 1] not in ",&":
            break
        i -= 1
    return codes[i] if i >= 0 else ","


INNER_JOINT = re.compile(r"x?[PzS](?:&T?[Pz])?[axv]{0,2}(?P<verb>.)")


def _inner_joint(codes: str, verb: int) -> bool:
    """ "A and B announce that C and D have agreed": the inner subject is the one that agrees."""
    subject = INNER_JOINT.match(codes, verb + 1)
    return subject is not None and subject["verb"] in code_class("consensus", "conclude", "sign", "meet")


A_DAY = re.compile("n?D")


def _bare(codes: str, last: int, verb: int) -> bool:
    """Whether only adverbs, auxiliaries and a day stand between the subject and the verb ("A and B on Monday agreed")."""
    light = code_class("adverb", also="av")
    return all(code in light for code in A_DAY.sub("", codes[last:verb]))


OTHER_STATE = re.compile("(?:n?D)?wT?(?P<state>z)|wa?&[vx]T?[xI]{1,2}i(?P<capital>L)")


def _of_ties(
    reading: Reading, clause: Clause, memory: Memory, verb: int, subject: tuple[int, int] | None
) -> tuple[int, int, Group, bool] | None:
    """ "A and B restored diplomatic ties", "A has established diplomatic ties with B": what the two did together."""
    if subject is None or IN_TIME.search(reading.words(clause.first, clause.items[subject[0]].first)):
        return None
    group = group_of(reading, memory, actors_at(clause, *subject))
    other = OTHER_STATE.match(clause.codes, verb + 1)
    if len(group.states) == 1 and other is not None:
        there = group_of(reading, memory, actors_at(clause, *other.span("state"))).states if other["state"] else ()
        if other["capital"]:  # "with and opened an embassy in Tehran"
            city = reading.tokens.entries[clause.items[other.start("capital")].first].cities[:1]
            there = tuple(place.country for place in city if place.is_capital)
        group = Group(tuple(dict.fromkeys(group.states + there)))
    if len(group.states) != 2 or verb - subject[1] > 2 or _years_ago(reading, clause, verb):
        return None
    return subject[0], verb, group, True  # "has", "have now": all that stands between belongs to the verb


def _years_ago(reading: Reading, clause: Clause, verb: int) -> bool:
    """ "A and B established diplomatic relations in 1975", at the foot of a news item."""
    base = reading.tokens.base
    dates = (reading.tokens.dates[clause.items[at].first].date for at in positions(clause.codes, frozenset("D"), verb))
    return (
        base is not None
        and reading.entry_when is None
        and any(date is not None and (date.start or "9999")[:4] < str(base.year - 1) for date in dates)
    )


def _joint_subject(reading: Reading, clause: Clause, memory: Memory, verb: int) -> tuple[int, int, Group, bool] | None:
    """The joint subject of the verb: its items, its parties, and whether it names people or states."""
    codes = clause.codes
    subject = subject_before(clause, verb)
    if OF_TIES.search(reading.words(clause.items[verb].first, clause.items[verb].last)):
        return _of_ties(reading, clause, memory, verb, subject)
    if verb and codes[verb - 1] == "," and _is_participle(reading, clause, verb):
        told = _met_in(reading, clause, memory) if _several(clause, verb) else ()
        if not told and clause.codes[:1] in ("S", "V"):
            told = joint_parties(reading, memory)
        if told:
            return verb, verb, Group(told, joint=True), False
    if codes[max(0, verb - 2) : verb] == "wS" and _is_participle(reading, clause, verb):  # "with both sides pledging"
        parties = joint_parties(reading, memory) or _met_in(reading, clause, memory)
        return (verb - 1, verb, Group(parties, joint=True), False) if parties else None
    if subject is None:
        return None
    first, last = subject
    mentions = actors_at(clause, first, last)
    if codes[first] == "V" or (len(mentions) == 1 and whole(mentions[0])):
        mention = mentions[0] if mentions else None
        if mention is not None and mention.kind == "joint" and mention.states:
            states: tuple[str, ...] = mention.states
        elif mention is not None and mention.is_multi:
            states = ()
        else:
            states = joint_parties(reading, memory)
        if not states:
            return None
        return first, last, Group(states, joint=True), False
    pair = he_and(reading, clause, memory, first, group_of(reading, memory, mentions)) if len(mentions) == 1 else None
    if pair is not None:  # "X said he and Y had agreed"
        people = (*pair[0].people, *pair[1].people)
        return first - 2, last, Group((*pair[0].states, *pair[1].states), people), True
    if len(mentions) < 2 and not (len(mentions) == 1 and len(mentions[0].states) > 1):
        return None
    group = group_of(reading, memory, mentions)
    if len(group.states) < 2:
        if len(mentions) == 2 and len(group.states) <= 1 and all(m.kind in ("role", "person") for m in mentions):
            parties = joint_parties(reading, memory)
            if len(parties) == 2 and any(m.kind == "role" and not m.states for m in mentions):
                return first, last, Group(parties), False
        return None
    named = any(mention.kind == "person" and mention.entity >= 0 for mention in mentions)
    main = memory.last_parties and set(group.states) == set(memory.last_parties) and _principals(memory, group)
    return first, last, group, named and not main


def _is_participle(reading: Reading, clause: Clause, verb: int) -> bool:
    return PARTICIPLE.match(reading.words(clause.items[verb].first, clause.items[verb].last)) is not None


def _several(clause: Clause, verb: int) -> bool:
    """Whether the subject that a participle hangs on is more than one: not "X met with Y, pledging to ..."."""
    main = next(
        (i for i, code in enumerate(clause.codes[:verb]) if code in code_class("meet", "host", "call_on", "speak")),
        None,
    )
    subject = subject_before(clause, main) if main is not None else None
    if subject is None or main is None:
        return True
    return clause.codes[subject[0]] in "SV" or "&" in clause.codes[subject[0] : subject[1]]


def _met_in(reading: Reading, clause: Clause, memory: Memory) -> tuple[str, ...]:
    """The states of a meeting that this sentence tells."""
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    return next((m.countries for m in memory.meetings if begin <= m.span[0] < end), ())


def _principals(memory: Memory, group: Group) -> bool:
    names = {person.name for meeting in memory.meetings if meeting.is_main for person in meeting.participants}
    return any(person.name in names for person in group.people)


def _states_position(reading: Reading, clause: Clause, verb: int, word: str, intention: bool) -> bool:
    if intention:
        return True
    if verb and clause.codes[verb - 1] in "@T'":
        return False  # "their shared commitment": no verb here
    before = reading.words(clause.items[verb - 1].first, clause.items[verb - 1].last) if verb else ""
    if NO_VERB.fullmatch(before):
        return False
    rest = reading.words(clause.items[verb].last, clause.last)
    if EACH_OTHER.match(rest):
        return False
    complements = words().complements.get(word)
    reach = 45 if NEAR.match(word) else 140
    if complements and not any(_stands_in(option, rest[:reach]) for option in complements):
        return False
    return not has_any(rest[:60], words().courtesies)


def _stands_in(option: str, rest: str) -> bool:
    """Whether the words stand in what follows the verb, or at its beginning when they are marked with "^"."""
    if option.startswith("^"):
        return rest.startswith(option[1:])
    return _begins_word(option).search(rest) is not None


@lru_cache(maxsize=1024)
def _begins_word(option: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(option)}")


def _allowed(reading: Reading, clause: Clause, first: int, verb: int, word: str, named: bool, memory: Memory) -> bool:
    """Not wished for, not denied, not said by one side about both."""
    codes = clause.codes
    wished, denied = code_class("irrealis"), code_class("negation")
    between = codes[first:verb]
    if any(code in wished or code in denied for code in between if code not in code_class("consensus")):
        should = SHOULD.search(reading.words(clause.items[first].first, clause.items[verb].first)) is not None
        return should and codes[first] == "V" and memory.last_was_consensus
    before = codes[max(0, first - 8) : first]
    if any(code in wished for code in before) and ";" not in before:
        return False
    speaker = subject_before(clause, first) if first > 2 else None
    says = code_class("say", "consensus")
    said = speaker is not None and any(codes[i] in says for i in range(speaker[1], first))
    coordinated = codes[first - 2 : first] in (",&", ";&") or codes[first - 1 : first] == ";"
    if said and coordinated and PRESENT.fullmatch(word) is None and INTENTION.fullmatch(word) is None:
        said = False
    if (
        said
        and not named
        and not _is_spokesperson(reading, clause, speaker)
        and not _by_others(reading, clause, first, verb, speaker)
    ):
        return False
    if clause.in_speech and not named:
        return PRESENT.fullmatch(word) is None and (
            first <= 3 or codes[first - 1] in ",&" or codes[first - 2 : first - 1] in (",", "&")
        )
    return True


def _by_others(reading: Reading, clause: Clause, first: int, verb: int, speaker: tuple[int, int] | None) -> bool:
    """Whether those who say it are of other states than those who agreed: a mediator speaks of no side of his own."""
    if speaker is None:
        return False
    tellers = {state_of(reading, mention) for mention in actors_at(clause, *speaker)}
    agreed = {state for mention in actors_at(clause, first, verb) for state in mention.states}
    return bool(agreed) and None not in tellers and not tellers & agreed


def _is_spokesperson(reading: Reading, clause: Clause, speaker: tuple[int, int] | None) -> bool:
    if speaker is None:
        return False
    for mention in actors_at(clause, *speaker):
        office = reading.cast.entities[mention.entity].office if mention.entity >= 0 else None
        office = office or (reading.tokens.surface(*mention.office) if mention.office else "")
        if SPOKESPERSON.search((office or "").lower()):
            return True
        if mention.kind == "joint":
            return True
    return False


STOPPERS = re.compile(r"[,;]?&?a?T?[PrzSVU](?:[a]{0,2})(?:[KsvWFdgRMkqX]|[\uE000-\uE0FF])")


def _end(reading: Reading, clause: Clause, verb: int) -> int:
    """The item where the shared content ends: a new subject with its verb, a reporting clause, or the sentence's end."""
    codes = clause.codes
    other = _further_verb().search(codes, verb + 1)
    if other is not None:
        return min(other.start(), _subject_end(reading, clause, verb))
    return _subject_end(reading, clause, verb)


@cache
def _further_verb() -> re.Pattern[str]:
    """ "And discussed": a second verb of the same subject that shares no position."""
    verbs = sorted(code_class("discuss") - code_class("consensus"))
    return re.compile(f"[,]?&a?[{re.escape(''.join(verbs))}]")


BREAKS = frozenset(",;")


def _subject_end(reading: Reading, clause: Clause, verb: int) -> int:
    codes = clause.codes
    for at in positions(codes, BREAKS, verb + 1):
        new = STOPPERS.match(codes, at)
        if new is None:
            continue
        tail = reading.words(clause.items[at].first, clause.last)
        if "&" in codes[at : at + 2] or codes[at] == ";" or TELLER.match(tail):
            return at
    return len(codes)


def _trim(text: str) -> int:
    """How much of the span belongs to the shared content: an adjunct behind a comma does not."""
    found_all = [*words().adjunct.finditer(text), *SAID_SO.finditer(text)]
    if OF_PARTICIPLES.match(text) is None:
        found_all += [m for m in PARTICIPLE_BEHIND.finditer(text) if not SHARES_ON.fullmatch(m.group().strip(" ,"))]
    if not TO_DO.match(text):
        found_all += PURPOSE.finditer(text)
    for found in sorted(found_all, key=lambda match: match.start()):
        if found.start() < 30:
            continue
        tail = text[found.end() :]
        if GOES_ON.search(tail):
            continue
        return found.start()
    return len(text)


def _day_of_meeting(memory: Memory) -> When | None:
    """In an entry of several days: the day of the meeting told last, if it was told."""
    last = memory.meetings[-1] if memory.meetings else None
    if last is None or not last.is_main or last.status != "held" or last.date.precision != "day" or last.date.end:
        return None
    read_from = next((piece for piece in last.evidence if piece.field == "date_start"), None)
    return When(last.date, read_from) if read_from is not None else None


def _record(
    reading: Reading,
    clause: Clause,
    memory: Memory,
    begin: int,
    verb: int,
    end: int,
    group: Group,
    is_background: bool,
) -> Candidate | None:
    start, stop = reading.chars(clause, begin, end)
    text = reading.tokens.text[start:stop]
    stop = start + len(text[: _trim(text)].rstrip(' ,;:."”’'))
    verb_start, verb_end = reading.tokens.span(clause.items[verb].first, clause.items[verb].last)
    agreed = AGREED_TO.match(reading.tokens.text, verb_start, verb_end)
    told_from = agreed.end() if agreed is not None else verb_end  # "agreed to hold" is one verb: holding is the point
    points, listed_end = listed_points(reading, max(stop, verb_end))
    if points:
        stop = listed_end
    if stop <= verb_end and not OF_TIES.search(reading.tokens.text, verb_start, verb_end):
        return None
    stop = max(stop, verb_end)
    when = scope.find_date(reading, clause, begin, min(begin + 3, end)) if is_background else reading.entry_when
    if when is not None and when is reading.entry_when and when.date.end is not None:
        when = _day_of_meeting(memory) or when
    meant = None
    if clause.codes[verb] not in code_class("consensus"):
        meant = INTENTION.fullmatch(reading.words(clause.items[verb].first, clause.items[verb].last))
    rule = INTENTION.id_of(meant) if meant is not None else "consensus.verb"
    evidence = [Evidence("", start, stop, rule), Evidence("status", verb_start, verb_end, rule)]
    if when is not None:
        evidence.append(when.evidence)
    return Candidate(
        event_type="consensus", status="reached", countries=tuple(sorted(group.states)), evidence=evidence,
        date=when.date if when else Date(), participants=group.people,
        points=tuple(points or split_points(reading, told_from, stop)), reported_by=reading.account,
        is_main=not is_background,
    )  # fmt: skip
