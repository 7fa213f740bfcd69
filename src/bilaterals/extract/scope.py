"""The scope of date, place, mode and settings: which words of a sentence belong to the event that a frame found in it."""

from __future__ import annotations

import re

from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, When, Where, code_class, positions

# States that are one city.
CITY_STATES = {"SGP": "Singapore", "MCO": "Monaco", "VAT": "Vatican City", "SMR": "San Marino"}
DATES, PLACES = frozenset("D"), frozenset("LBGz")
PHONE = re.compile(r"phone|\bcalls?\b|hotline")
VIDEO = re.compile(r"video|virtual|teleconference|\bonline\b")
NOT_CALLS = ("courtesy call", "call on ", "calls on", "called on", "call for", "calls for")


def find_date(reading: Reading, clause: Clause, first: int, last: int, *, future: bool = False) -> When | None:
    """The date of the frame on the items first:last: the nearest one that no other phrase of the sentence claims."""
    best: tuple[int, int] | None = None
    codes = clause.codes
    for i in positions(codes, DATES):
        if _claimed(reading, clause, i):
            continue
        if i < first:
            distance = first - i
            if _other_event_between(codes, i, first):
                distance += 40
            if i <= 2:
                distance = min(distance, 8)
        elif i >= last:
            distance = i - last
            if _other_event_between(codes, last, i):
                distance += 40
            if (
                codes[i - 1] in "oN" and reading.words(clause.items[i - 1].first, clause.items[i - 1].last) != "from"
            ) or (codes[i - 1] == "T" and codes[i - 2 : i - 1] == "o"):
                distance += 40
        else:
            distance = 0
        if best is None or distance < best[0]:
            best = (distance, i)
    if best is None or best[0] >= 40:
        return None
    return resolve_date(reading, clause, best[1], future=future)


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
        if mention.kind != "same":
            date = mention.resolve(reading.tokens.base)
            if date is not None and date.precision == "day":
                return date
    return None


def _claimed(reading: Reading, clause: Clause, i: int) -> bool:
    """Whether the date belongs to a verb of saying, an anniversary, or another noun ("the statement of June 5")."""
    codes = clause.codes
    before = i - 1
    if before >= 0 and codes[before] == "n":
        before -= 1
    if before >= 0 and codes[before] in code_class("say"):
        return True
    if before >= 0 and clause.items[before].mention is None:
        word = reading.words(clause.items[before].first, clause.items[before].last)
        if word in (
            "year",
            "said",
            "stated",
            "announced",
            "statement",
            "attack",
            "anniversary",
            "since",
            "election",
            "elections",
            "decision",
            "attacks",
            "until",
            "before",
        ):
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


EVENT_CODES = frozenset("MvKgRXsq")


def _other_event_between(codes: str, start: int, end: int) -> bool:
    verbs = code_class("meet", "sign", "say", "consensus", "visit", "conclude")
    return not verbs.isdisjoint(codes[start + 1 : end])


def find_place(
    reading: Reading, clause: Clause, first: int, last: int, parties: tuple[str, ...], *, verb: int | None = None
) -> Where | None:
    """The place of the frame: a city, building or state behind "in" or "at" that belongs to it."""
    codes = clause.codes
    choices: list[tuple[int, Where]] = []
    for i in positions(codes, PLACES):
        if i > 0:
            where = _place_at(reading, clause, i, first if verb is None or codes[i] != "z" else verb, last, parties)
            if where is not None:
                distance = first - i if i < first else i - last if i >= last else 0
                between = (i, first) if i < first else (last, i)
                if _other_event_between(codes, *between) or _relative_between(reading, clause, *between):
                    distance += 40
                choices.append((distance, where))
    choices.sort(key=lambda choice: (choice[0], choice[1].city is None))
    if (
        len(choices) > 1
        and choices[0][1].city is None
        and choices[1][1].city
        and choices[1][1].country == choices[0][1].country
    ) and choices[1][0] - choices[0][0] <= 4:  # "in the Great Hall of the People in Beijing"
        return choices[1][1]
    return choices[0][1] if choices and choices[0][0] < 40 else None


RELATIVE = re.compile(r"who|where")


def _relative_between(reading: Reading, clause: Clause, start: int, end: int) -> bool:
    """Whether a relative clause lies between: "met X, whom he thanked for the summit in Y"."""
    if not RELATIVE.search(reading.words(clause.first, clause.last)):
        return False
    words = {
        reading.words(item.first, item.last)
        for item in clause.items.between(start, end)
        if item.mention is None and item.last - item.first == 1
    }
    return bool(words & {"whom", "where"}) or ("who" in words and not words & {"is", "was", "are", "were"})


def _place_at(
    reading: Reading, clause: Clause, i: int, first: int, last: int, parties: tuple[str, ...]
) -> Where | None:
    codes, tokens = clause.codes, reading.tokens
    before = i - 1
    while before > 0 and codes[before] in "TmI#":
        before -= 1
    lead = codes[before]
    item = clause.items[i]
    entry = tokens.entries[item.last - 1 if codes[i] == "z" else item.first]
    if codes[i] == "z":
        adjacent = codes[before - 1 : before] if before else ""
        close = before - 1 >= first - 1 and before <= last + 3
        if (
            lead != "i"
            or item.mention is None
            or len(item.mention.states) != 1
            or not (
                close
                or (
                    adjacent in ("PrDaz" if first < before <= last + 2 else "PrDa")
                    or adjacent in code_class("light", "meet")
                )
            )
        ):
            return None
        following = reading.words(item.last, min(item.last + 1, clause.last))
        if following.startswith(("embass", "consulate", "mission", "base", "parliament")):
            return None
        if reading.words(clause.items[before].first, item.last).endswith(("government", "side")):
            return None
        state = item.mention.states[0]
        city = CITY_STATES.get(state)
        return Where(city, state, _span(reading, item.first, item.last, "place.city" if city else "place.country"))
    if entry.building is not None:
        if lead in "i" or (lead == "t" and any(code in code_class("host", "call") for code in codes[first:last])):
            return Where(None, entry.building.country, _span(reading, item.first, item.last, "place.building"))
        return None
    if lead != "i" or not entry.cities:
        return None
    country, end = None, item.last
    if codes[i + 1 : i + 3] == ",z":
        mention = clause.items[i + 2].mention
        if (
            mention is not None
            and len(mention.states) == 1
            and any(city.country == mention.states[0] for city in entry.cities)
        ):
            country, end = mention.states[0], clause.items[i + 2].last
    options = [city for city in entry.cities if country is None or city.country == country]
    chosen = next((city for city in options if city.is_default), None) or next(
        (city for city in options if city.country in parties), None
    )
    chosen = chosen or (options[0] if len(options) == 1 else None)
    if chosen is None:
        return None
    if codes[i + 1 : i + 3] == "&L" and any(
        c.country == chosen.country for c in reading.tokens.entries[clause.items[i + 2].first].cities
    ):
        return Where(None, chosen.country, _span(reading, item.first, end, "place.country"))  # "in Tokyo and Niigata"
    return Where(chosen.name, chosen.country, _span(reading, item.first, end, "place.city"))


def _span(reading: Reading, first: int, last: int, rule: str) -> Evidence:
    start, end = reading.tokens.span(first, last)
    return Evidence("city" if rule == "place.city" else "venue_country", start, end, rule)


MARGIN = re.compile(
    r"\b(?:on the (?:sidelines?|margins?|fringes?)(?: of)?|at the margins of|during|ahead of|attending|at)\s(?P<what>(?:the\s|an?\s)?(?:[\w’'+&-]+\s){0,7}?"
    r"(?:[Ss]ummits?|[Cc]onference|[Mm]eetings?|[Ff]orum|[Aa]ssembly|[Cc]ongress|[Ss]ession|[Gg]ames|UNGA|G20|G7|APEC|ASEAN\+3|ASEM|Dialogue)\b"
    r"(?:\sof\s(?:the\s)?(?:[A-Z][\w’'+-]*\s?){1,6})?)"
)
MANY = re.compile(
    r"sidelines?|margins?|fringes?|APEC|ASEAN|G20|G7|ASEM|United Nations|\bUN\b|BRICS|SCO|NATO|East Asia|trilateral|General Assembly|Security Conference|World"
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
            "occasion", found.start("what"), found.end("what") - (found["what"][-1] == " "), "setting.margin"
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
    words = " " + reading.words(clause.items[first].first, clause.items[until - 1].last)
    for phrase in NOT_CALLS:
        words = words.replace(phrase, " ")
    title = " " + reading.title.lower()
    if VIDEO.search(words):
        return "video"
    if rule_mode == "phone" or PHONE.search(words):
        return "phone"
    if rule_mode == "speech":
        if " call" in title or "phone" in title:
            return "phone"
        return "in_person" if where or "meeting" in title else None
    if rule_mode == "noun" and where is None:
        return (
            "in_person"
            if any(
                word in words
                for word in (
                    "meeting",
                    "lunch",
                    "dinner",
                    "visit",
                    "courtesy",
                    "exchange of views",
                    "conversation",
                )
            )
            else None
        )
    return "in_person"
