"""The story around a meeting: its day and its state, where its own sentence leaves them to the sentences around it.

"X came to A on a visit of two days. She met Y on Monday. She also met Z." tells of the second meeting neither day nor place;
a reader takes the day of the one just told, and the state of the journey. What was taken so is named by its rule:
`date.story`, `place.story`. The phrases are in `rules/story.toml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Reading
from bilaterals.extract.phrases import cues
from bilaterals.reference.places import capital_of

REMOTE = ("phone", "video", "letter")
AHEAD = ("planned", "postponed")
CUES = cues("story")
ARRIVAL, AT_THE_SIGNING, LATER, ENVOY = (CUES[name] for name in ("arrival", "at-the-signing", "later", "envoy"))
NEWS, A_DAY = dt.timedelta(7), dt.timedelta(1)
NEAR_THE_TOP = 4


def complete(reading: Reading, found: list[Candidate]) -> None:
    """Give the meetings of a document's news the day and the state that the story around them tells, in place."""
    if reading.entry_when is not None:
        return
    told = [event for event in found if event.is_main and event.event_type in ("visit", "meeting")]
    for meeting in told:
        if meeting.event_type != "meeting" or meeting.mode in REMOTE or meeting.status == "cancelled":
            continue
        visit = _journey(meeting, told)
        if meeting.date.start is None and meeting.mechanism is None:
            _take_day(reading, meeting, visit, told, found)
        if meeting.venue_country is None and visit is not None:
            # Officials sit in the capital; of a journey to another town only the state is sure.
            capital = visit.city is not None and visit.city == capital_of(visit.visitor_to or "")
            meeting.city, meeting.venue_country = visit.city if capital else None, visit.visitor_to
            meeting.evidence.append(Evidence("city" if capital else "venue_country", *visit.span, "place.story"))
            meeting.mode = meeting.mode or "in_person"


def _take_day(
    reading: Reading, meeting: Candidate, visit: Candidate | None, told: list[Candidate], found: list[Candidate]
) -> None:
    source = next(_meetings_of_the_day(reading, meeting, told), None) or _signing(reading, meeting, found)
    if source is None and visit is not None and visit.date.start is not None:
        came = visit.date.end is None and ARRIVAL.search(reading.tokens.text, *visit.span) is not None
        source = None if came else visit
    if source is None and meeting.status == "held":
        _take_the_news(reading, meeting)
    if source is not None:
        meeting.date = source.date
        span = next((piece for piece in source.evidence if piece.field == "date_start"), source.evidence[0])
        meeting.evidence.append(Evidence("date_start", span.start, span.end, "date.story"))


def _take_the_news(reading: Reading, meeting: Candidate) -> None:
    """ "... said on Friday", in the first sentence of an agency's item, of talks that the next ones tell: that Friday."""
    tokens, base = reading.tokens, reading.tokens.base
    near = min(tokens.body + NEAR_THE_TOP, len(tokens.sentences))
    if reading.dateline is None or base is None or meeting.span[0] >= tokens.ends[tokens.sentences[near - 1][1] - 1]:
        return
    first, last = tokens.sentences[tokens.body]
    told = [
        (mention, date)
        for at in range(first, last)
        if (mention := tokens.dates.get(at)) is not None and mention.start >= reading.dateline.end
        and (date := mention.resolve(base)) is not None and date.precision == "day"
    ]  # fmt: skip
    if len(told) != 1 or told[0][1].start is None:
        return
    if not dt.timedelta(0) <= base - dt.date.fromisoformat(told[0][1].start) <= A_DAY:
        return
    meeting.date = told[0][1]
    meeting.evidence.append(Evidence("date_start", told[0][0].start, told[0][0].end, "date.news"))


def _signing(reading: Reading, meeting: Candidate, found: list[Candidate]) -> Candidate | None:
    """The signing that the sentence of the meeting goes back to, where one of a known day is told."""
    start, end = meeting.span
    if AT_THE_SIGNING.search(reading.tokens.text[max(0, start - 60) : end + 60].lower()) is None:
        return None
    fits = [
        event for event in found
        if event.event_type == "agreement" and event.is_main and event.status == "signed"
        and event.countries == meeting.countries and event.date.precision == "day"
    ]  # fmt: skip
    return fits[0] if len({event.date for event in fits}) == 1 else None


def _meetings_of_the_day(reading: Reading, meeting: Candidate, told: list[Candidate]) -> Iterator[Candidate]:
    """Meetings of one of the same people with others told before, the nearest first, with a day within a week of the text."""
    base = reading.tokens.base
    for other in sorted(told, key=lambda event: -event.span[0]):
        if (
            other is meeting or other.event_type != "meeting" or other.date.precision != "day" or other.mode in REMOTE
            or other.span[0] > meeting.span[0]
            or ((other.status in AHEAD) != (meeting.status in AHEAD) and not _later_that_day(reading, meeting))
            or base is None or other.date.start is None
        ):  # fmt: skip
            continue
        if abs(dt.date.fromisoformat(other.date.start) - base) <= NEWS and _share_a_person(meeting, other):
            yield other


LEAD = 40


def _later_that_day(reading: Reading, meeting: Candidate) -> bool:
    """ "In the afternoon, X will meet Z", behind "X met Y today"."""
    start, end = meeting.span
    return LATER.search(reading.tokens.text, max(0, start - LEAD), end) is not None


def _share_a_person(one: Candidate, other: Candidate) -> bool:
    """Whether somebody met both; where the same two met again, it may have been on any day."""
    first, second = (
        {(person.name, person.country) for person in event.participants if person.name} for event in (one, other)
    )
    return bool(first & second) and bool(first ^ second)


def _journey(meeting: Candidate, told: list[Candidate]) -> Candidate | None:
    """The one journey of the document between the two states of the meeting, of somebody who met."""
    fits = [
        visit for visit in told
        if visit.event_type == "visit" and visit.status != "cancelled" and visit.visitor_to
        and tuple(sorted({visit.visitor_from or "", visit.visitor_to})) == meeting.countries
        and (meeting.status in AHEAD or visit.status not in AHEAD)
        and _travelled(meeting, visit) and not _met_the_envoy(meeting, visit)
    ]  # fmt: skip
    return fits[0] if len({(visit.visitor_to, visit.city) for visit in fits}) == 1 else None


def _met_the_envoy(meeting: Candidate, visit: Candidate) -> bool:
    """Whether the other side is the ambassador of the state that was visited, who sits in the traveller's own capital."""
    return any(
        person.country == visit.visitor_to and ENVOY.search((person.office or "").lower()) is not None
        for person in meeting.participants
    )


def _travelled(meeting: Candidate, visit: Candidate) -> bool:
    """Whether who travelled is one of those who met, or that side of the meeting is not named."""
    of_the_side = [
        person.name for person in meeting.participants if person.country == visit.visitor_from and person.name
    ]
    return not of_the_side or any(person.name in of_the_side for person in visit.participants if person.name)
