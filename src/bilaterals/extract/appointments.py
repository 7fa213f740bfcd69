"""Rounds before and after the one told: "The previous round took place in London", "agreed to hold the next in Kuwait".

The parties are those of the meeting just told; a round without a place, a date or a name is no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.memory import Memory

ROUND = re.compile(
    r"\b[Tt]he (?P<which>previous|last|next|following|[a-z]+(?:th|st|nd|rd)|\d+(?:th|st|nd|rd)) "
    r"(?:[\w-]+ ){0,3}?(?:round|session|meeting|consultations?|dialogue|talks|edition)\b[^.;]{0,60}?"
    r"\b(?:(?P<held>took place|was held|were held|had been held)|"
    r"(?P<planned>will be held|will take place|would be held|would take place|is to be held|are to be held|will be convened|"
    r"is scheduled|are scheduled|is planned|is due|will meet|would convene|will convene))\b"
)
# "The Commission, which met in Luanda in November": the last sitting of a standing body.
BODY_MET = re.compile(
    r"\b(?:[A-Z][\w-]+ )*(?:Commission|Committee|Council|Group|Dialogue|Mechanism|Consultations|Forum)\b(?: of [^,.;]{2,40})?"
    r"(?:,? (?:which|that) (?:had )?(?:last )?| (?:was established [^.;]{2,30} and )?(?:had )?last )(?P<held>met|convened|sat)\b(?= (?:in|on|at|last|this)\b)"
)
# What the words of a round end with: without it the sentence tells of none, and need not be searched.
TELLING = ("place", "held", "convene", "scheduled", "planned", " due", " meet")
BEHIND = ("previous", "last")
LASTS = (" last ", " previously ")
BODIES = ("met", "convened", "sat")
# One of these is in each match of AGREED and AWAITED.
AGREEING = ("agree", "decided", "resolved", "consented", "forward to", "to hold", "to convene", "to meet", "will meet", "would meet", "to sit", "will sit", "will hold", "will convene", "would hold", "would convene")


# "Agreed ... to hold the next meeting of ...", "agreed that the 2nd session would be convened", "look forward to the fourth
# session, in Lima in 2023", "a working group, which is to hold its first meeting": what was agreed is a round to come.
_WHAT = (
    r"(?P<what>(?:the |its |their |an? )?(?:[\w’'./&-]+ ){0,9}?"
    r"(?:rounds?|sessions?|meetings?|consultations?|dialogues?|talks|one|commission|committee|mechanism|working group|summit)\b)"
)
AGREED = re.compile(
    r"\b(?:agreed|agree|decided|resolved|consented|agreement (?:was|has been) reached)\b(?![^.;]{0,160}\bagreed\b)[^.;]{0,160}?\b"
    rf"(?:(?:hold|convene|reconvene|resume|bring forward|organi[sz]e) {_WHAT}"
    rf"|that {_WHAT.replace('?P<what>', '?P<what2>')}(?: of (?:the )?(?:[\w’'-]+ ){{1,6}}?)? ?(?:would|will|should|shall) (?:be (?:held|convened|organi[sz]ed)|take place|meet|convene))",
    re.IGNORECASE,
)
AWAITED = re.compile(
    rf"\b(?:(?:look|looks|looked|looking) forward to {_WHAT}|(?:which|that|committee|commission|council|group|mechanism|dialogue|sides|they|two) (?:is to|are to|was to|were to|will|would) (?:also )?(?:hold|convene) {_WHAT.replace('?P<what>', '?P<what2>')})",
    re.IGNORECASE,
)
# "Technical teams from both countries will meet in Quito in July", "The two are to meet again in Hiroshima this weekend".
THEY_WILL_MEET = re.compile(
    r"(?:\b(?:teams|officials|experts|ministers|delegations|groups|committees|negotiators|diplomats|chiefs|secretaries)\b[^.;,]{0,30}? (?:of|from) (?:the two|both|the) (?:countries|sides|governments|nations|states)"
    r"|^(?:The two|The pair|The two (?:sides|leaders|ministers|presidents|men)|Both sides|They|Our (?:two )?ministers)) "
    r"(?P<planned>will|would|are to|were to|are due to|were due to|are expected to|are scheduled to|plan to) (?:also |next )?(?P<what>meet|hold|sit|reconvene|convene)\b(?! the press)",
    re.IGNORECASE,
)
# "The two last met in Vienna in May": of the meeting just told.
LAST_MET = re.compile(
    r"^(?:The two|The pair|They|The two (?:leaders|ministers|presidents|men|sides|foreign ministers|prime ministers)) (?:had )?(?:last|previously) (?P<held>met|spoke|held talks)\b",
    re.IGNORECASE,
)
# A round to come is a certain one: counted, named with capitals, or the standing body's own.
CERTAIN = re.compile(
    r"\b(?:next|following|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|\d+(?:st|nd|rd|th)|regular|annual|one)\b"
    r"|^(?:the|their|its) (?:[\w-]+ )*(?:commission|committee|mechanism|working group|consultations|dialogue)$|^a working group$"
)
WHENEVER = re.compile(r"[^.;]{0,60}?\b(?:at (?:an|the) earl(?:y|iest)|as soon as possible|mutually convenient|soon\b)")


def _agreed_round(reading: Reading, clause: Clause, told: Candidate) -> Candidate | None:
    """The round to come of which the sentence says that it was agreed or is awaited."""
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    text = reading.tokens.text
    found = AGREED.search(text, begin, end) or AWAITED.search(text, begin, end)
    meets = THEY_WILL_MEET.search(text[begin:end]) if found is None else None
    if meets is not None:
        return _meets_again(reading, clause, told, begin, meets)
    if found is None:
        return None
    group = next(name for name in ("what", "what2") if found.re.groupindex.get(name) and found[name])
    starts = reading.tokens.starts
    first = next(i for i, item in enumerate(clause.items) if starts[item.first] >= found.start(group))
    last = next((i for i, item in enumerate(clause.items) if starts[item.first] >= found.end()), len(clause.items))
    if not CERTAIN.search(found[group].lower()):
        return None
    when = scope.find_date(reading, clause, first, last, future=True)
    where = scope.find_place(reading, clause, first, last, told.countries)
    if when is None and where is None and not WHENEVER.match(text, found.end(), end):
        return None
    return _round(reading, told, (found.start(), found.end()), found.span(), "meeting.agreed-next", when, where)


def _meets_again(
    reading: Reading, clause: Clause, told: Candidate, begin: int, found: re.Match[str]
) -> Candidate | None:
    starts = reading.tokens.starts
    at = next(i for i, item in enumerate(clause.items) if starts[item.first] >= begin + found.start("planned"))
    when = scope.find_date(reading, clause, at, at + 1, future=True)
    where = scope.find_place(reading, clause, at, at + 1, told.countries)
    if when is None and where is None:
        return None
    span, said = (begin + found.start(), begin + found.end()), (begin + found.start("planned"), begin + found.end("what"))
    made = _round(reading, told, span, said, "meeting.agreed-next", when, where)
    if found.group().lower().startswith(("the two", "the pair", "they", "both")) and found["what"] == "meet":
        made.participants, made.level = told.participants, told.level
    return made


def _round(
    reading: Reading, told: Candidate, span: tuple[int, int], said: tuple[int, int], rule: str, when: scope.When | None, where: scope.Where | None
) -> Candidate:  # fmt: skip
    pieces = [piece.evidence for piece in (when, where) if piece is not None]
    start = min([span[0], *(piece.start for piece in pieces)])
    stop = max([span[1], *(piece.end for piece in pieces)])
    is_planned = rule != "meeting.previous-round"
    evidence = [Evidence("", start, stop, rule), *pieces, Evidence("status", *said, rule)]
    candidate = Candidate(
        event_type="meeting", status="planned" if is_planned else "held", countries=told.countries, evidence=evidence,
        city=where.city if where else None, venue_country=where.country if where else None, level="delegation",
        mode="in_person" if where else None, mechanism=told.mechanism, reported_by=reading.account, is_main=is_planned,
    )  # fmt: skip
    if when is not None:
        candidate.date = when.date
    return candidate


def _sitting(
    reading: Reading, clause: Clause, told: Candidate, found: re.Match[str], begin: int
) -> Iterator[Candidate]:
    starts = reading.tokens.starts
    at = next(i for i, item in enumerate(clause.items) if starts[item.first] >= begin + found.start("held"))
    span, said = (begin + found.start(), begin + found.end()), (begin + found.start("held"), begin + found.end("held"))
    when = scope.find_date(reading, clause, at, at + 1)
    where = scope.find_place(reading, clause, at, at + 1, told.countries)
    if when is not None or where is not None:
        yield _round(reading, told, span, said, "meeting.previous-round", when, where)


def find_appointments(
    reading: Reading, clause: Clause, memory: Memory, read: list[Candidate]
) -> Iterator[Candidate]:
    """The round before or after the meeting just told, where the sentence gives its place or its date.

    ``read`` are the meetings that the frames found in the sentence: what they tell is not told again.
    """
    if not memory.meetings or reading.entry_when is not None or not clause.items:
        return
    told = memory.meetings[-1]
    if len(told.countries) != 2:
        return
    if reading.has_any(clause, AGREEING) and all(meeting.status == "held" for meeting in read):
        agreed = _agreed_round(reading, clause, told)
        if agreed is not None:
            yield agreed
            return
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    last = LAST_MET.search(reading.tokens.text[begin:end]) if not read and reading.has_any(clause, LASTS) else None
    if last is not None:
        for sitting in _sitting(reading, clause, told, last, begin):
            sitting.participants, sitting.level = told.participants, told.level
            yield sitting
        return
    met = BODY_MET.search(reading.tokens.text, begin, end) if reading.has_any(clause, BODIES) else None
    if met is not None and not read:
        yield from _sitting(reading, clause, told, met, 0)
        return
    if read or told.status != "held" or not reading.has_any(clause, TELLING):
        return
    found = ROUND.search(reading.tokens.text, begin, end)
    if found is None:
        return
    is_planned = found["planned"] is not None
    if not is_planned and found["which"] not in BEHIND:
        return  # "the ninth session was held": the news itself, which a frame reads
    starts = reading.tokens.starts
    first = next(i for i, item in enumerate(clause.items) if starts[item.first] >= found.start("which"))
    last = next((i for i, item in enumerate(clause.items) if starts[item.first] >= found.end()), len(clause.items))
    when = scope.find_date(reading, clause, first, last, future=is_planned)
    where = scope.find_place(reading, clause, first, last, told.countries)
    if when is None and where is None:
        return
    rule = "meeting.next-round" if is_planned else "meeting.previous-round"
    said = found.span("planned" if is_planned else "held")
    yield _round(reading, told, found.span(), said, rule, when, where)
