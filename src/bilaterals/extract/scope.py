"""The scope of date, place, mode and settings: which words of a sentence belong to the event that a frame found in it.

The phrases are in `rules/scope.toml`.
"""

from __future__ import annotations

import re

from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, Where, code_class, positions
from bilaterals.extract.phrases import cues

CUES = cues("scope")
OF_SOMETHING_ELSE, BEFORE_THE_END, SINCE, NIGHT_OF = (
    CUES[name] for name in ("of-something-else", "before-the-end", "since", "night-of")
)
WHO, DAY_OF_A_PERSON, PRESENCE = (CUES[name] for name in ("who", "day-of-a-person", "presence"))
MARGIN, MANY = CUES["margin"], CUES["many"]
NO_CALL, VIDEO, PHONE, TITLE_PHONE, TITLE_MEETING, IN_PERSON = (
    CUES[name] for name in ("no-call", "video", "phone", "title-phone", "title-meeting", "in-person")
)
DATES = frozenset("D")


def find_date(
    reading: Reading, clause: Clause, first: int, last: int, *, future: bool = False, past: bool = False,
    verb: int | None = None,
) -> When | None:  # fmt: skip
    """The date of the frame on the items first:last: the nearest one that no other phrase of the sentence claims.

    ``past`` says that the words put the event before the news: a month or day without a year is then never ahead.
    """
    best: tuple[int, int] | None = None
    codes = clause.codes
    for i in positions(codes, DATES):
        if _claimed(reading, clause, i) or (
            verb is not None and first <= i < verb and is_aside(reading, clause, i, verb)
        ):
            continue
        if i < first:
            distance = first - i
            if other_event_between(codes, i, first):
                distance += 40
            if i <= 2:
                distance = min(distance, 8)
        elif i >= last:
            distance = i - last
            if other_event_between(codes, behind_presence(reading, clause, last, i), i):
                distance += 40
            if (
                codes[i - 1] in "oN"
                and not NIGHT_OF.search(reading.words(clause.items[max(0, i - 3)].first, clause.items[i - 1].last))
            ) or (codes[i - 1] == "T" and codes[i - 2 : i - 1] == "o"):
                distance += 40
        elif verb is not None and i < verb and "D" in codes[last:] and _of_the_verb_before(codes, first, i, verb):
            distance = 40
        else:
            distance = 0
        if best is None or distance < best[0]:
            best = (distance, i)
    if best is None or best[0] >= 40:
        return None
    when = resolve_date(reading, clause, best[1], future=future)
    return _before_the_news(reading, when) if past and when is not None else when


def _of_the_verb_before(codes: str, first: int, i: int, verb: int) -> bool:
    """ "X met Y on Monday and will be received by Z today": Monday is the day of the verb before the "and"."""
    return "&" in codes[i:verb] and other_event_between(codes, first - 1, i)


def _before_the_news(reading: Reading, when: When) -> When:
    """The date a year earlier where its words name no year and it would lie ahead of the text."""
    base, date = reading.tokens.base, when.date
    words = reading.tokens.text[when.evidence.start : when.evidence.end]
    if (
        base is None
        or date.start is None
        or re.search(r"\d{4}", words)
        or date.start <= base.isoformat()[: len(date.start)]
    ):
        return when
    return When(Date(_year_before(date.start), _year_before(date.end), date.precision), when.evidence)


def _year_before(day: str | None) -> str | None:
    return f"{int(day[:4]) - 1}{day[4:]}" if day else None


def resolve_date(reading: Reading, clause: Clause, item: int, *, future: bool = False) -> When | None:
    """The date of one item, resolved; "the same day" is the date that was last resolved before it."""
    token = clause.items[item].first
    mention = reading.tokens.dates[token]
    date = _last_date(reading, token) if mention.kind == "same" else mention.resolve(reading.tokens.base, future=future)
    if date is None:
        return None
    return When(date, Evidence("date_start", mention.start, mention.end, f"date.{mention.kind}"))


def _last_date(reading: Reading, token: int) -> Date | None:
    for at in sorted((i for i in reading.tokens.dates if i < token), reverse=True):
        mention = reading.tokens.dates[at]
        if mention.kind != "same" and not _of_a_person(reading, at):
            date = mention.resolve(reading.tokens.base)
            if date is not None and date.precision == "day":
                return date
    return None


def _of_a_person(reading: Reading, at: int) -> bool:
    """Whether a date stands in a relative clause of its sentence: "X, who arrived on Monday, ..."."""
    tokens = reading.tokens
    begin = max(0, at - 10)
    stop = max((i for i in range(begin, at) if tokens.codes[i] in ".;"), default=begin)
    return any(DAY_OF_A_PERSON.fullmatch(word) for word in tokens.words[stop:at])


def is_aside(reading: Reading, clause: Clause, i: int, verb: int) -> bool:
    """Whether a date before the verb lies in a relative clause: "X, who came on Sunday, met Y"."""
    if "," not in clause.codes[i + 1 : verb]:
        return False
    for k in range(i - 1, max(-1, i - 12), -1):
        if clause.codes[k] in "Prz.;":
            return False
        if clause.codes[k] == "x" and WHO.fullmatch(reading.words(clause.items[k].first, clause.items[k].last)):
            return True
    return False


def _claimed(reading: Reading, clause: Clause, i: int) -> bool:
    """Whether the date belongs to a verb of saying, an anniversary, or another noun ("the statement of June 5")."""
    codes = clause.codes
    dateline = reading.dateline_of(clause)
    if dateline is not None and dateline.start <= reading.tokens.starts[clause.items[i].first] < dateline.end:
        return reading.side is None or dateline.has_agency
    before = i - 1
    if before >= 0 and codes[before] == "n":
        before -= 1
    if before >= 0 and codes[before] in code_class("say"):
        return True
    if before >= 0 and clause.items[before].mention is None:
        word = reading.words(clause.items[before].first, clause.items[before].last)
        if OF_SOMETHING_ELSE.fullmatch(word):
            day = reading.words(clause.items[i].first, clause.items[i].last)
            return BEFORE_THE_END.match(f"{word} {day}") is None
    if before == i - 1 and before > 0 and codes[before] == "f" and codes[before - 1] not in code_class("planned"):
        date = reading.tokens.dates[clause.items[i].first].date
        if date is not None and date.precision == "year":
            return True  # "the plan for 2019"
    if SINCE.search(reading.words(clause.items[max(0, i - 6)].first, clause.items[i].first)):
        return True
    if (
        before == i - 1
        and before >= 0
        and codes[before] == "T"
        and codes[i + 1 : i + 2] in ("x", "A")
        and reading.tokens.dates[clause.items[i].first].date is not None
    ):
        return True  # "the 1974 framework": the year names the thing, not the event
    return i + 1 < len(codes) and codes[i + 1] == "'"


def behind_presence(reading: Reading, clause: Clause, last: int, i: int) -> int:
    """Where to look from: behind ", who is on a visit to A," which tells of the person named and not of the frame."""
    comma = clause.codes.rfind(",", last + 2, i)
    if (
        comma < 0
        or i - comma > 8
        or not PRESENCE.match(reading.words(clause.items[last].first, clause.items[comma].first))
    ):
        return last
    return comma


def other_event_between(codes: str, start: int, end: int) -> bool:
    """Whether a verb of another event stands between; a light verb right behind a noun is that noun's own."""
    verbs = code_class("meet", "sign", "say", "consensus", "discuss", "visit", "conclude")
    between = codes[start + 1 : end]
    if verbs.isdisjoint(between):
        return False
    light = code_class("light")
    return any(
        code in verbs and not (code in light and i <= 4 and "," not in between[:i]) for i, code in enumerate(between)
    )


def find_settings(
    reading: Reading,
    clause: Clause,
    first: int,
    mode: str | None,
    where: Where | None,
    parties: tuple[str, ...],
    has_round: bool,
) -> tuple[tuple[str, ...], Evidence | None]:
    """The settings of a meeting (see the codebook), and the words of the multilateral occasion on whose margin it was."""
    settings: list[str] = []
    begin, end = reading.tokens.starts[clause.items[first].first], reading.tokens.ends[clause.last - 1]
    found = MARGIN.search(reading.tokens.text, begin, end)
    occasion = None
    if found is not None and MANY.search(found.group()):
        settings.append("multilateral_margin")
        occasion = Evidence(
            "occasion", found.start("what"), found.end("what") - (found["what"][-1] == " "), MARGIN.id_of(found)
        )
    if mode in ("phone", "video", "letter"):
        settings.append("remote")
    elif where is not None and where.country is not None and where.country not in parties:
        settings.append("third_country")
    elif where is not None and where.country is not None and occasion is None and not has_round:
        settings.append("bilateral_visit")
    if has_round:
        settings.append("mechanism")
    return tuple(settings), occasion


def find_mode(
    reading: Reading, clause: Clause, rule_mode: str, first: int, last: int, where: Where | None
) -> str | None:
    """in_person, phone or video, by the words of the frame, the title for "spoke", and the place."""
    until = min(last + 14, len(clause.items))
    words = NO_CALL.sub(" ", " " + reading.words(clause.items[first].first, clause.items[until - 1].last))
    title = " " + reading.title.lower()
    if VIDEO.search(words):
        return "video"
    if rule_mode == "phone" or PHONE.search(words):
        return "phone"
    if rule_mode == "speech":
        if TITLE_PHONE.search(title):
            return "phone"
        return "in_person" if where or TITLE_MEETING.search(title) else None
    if rule_mode == "noun" and where is None:
        return "in_person" if IN_PERSON.search(words) else None
    return "in_person"
