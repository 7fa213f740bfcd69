"""The scope of date, place, mode and settings: which words of a sentence belong to the event that a frame found in it."""

from __future__ import annotations

import re

from bilaterals.extract.candidates import Date, Evidence
from bilaterals.extract.chunks import Mention
from bilaterals.extract.clauses import Clause, Reading, When, Where, code_class, positions
from bilaterals.reference import places

# States that are one city.
CITY_STATES = {"SGP": "Singapore", "MCO": "Monaco", "VAT": "Vatican City", "SMR": "San Marino"}
DATES, PLACES = frozenset("D"), frozenset("LBGzJ")
PHONE = re.compile(r"phone|\bcalls?\b|hotline")
VIDEO = re.compile(r"\bvideo|virtual|teleconference|\bonline\b")
NOT_CALLS = (
    "courtesy call",
    "farewell call",
    "introductory call",
    "protocol call",
    "port call",
    "roll call",
    "call on ",
    "calls on",
    "called on",
    "call for",
    "calls for",
)


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
            verb is not None and first <= i < verb and _aside(reading, clause, i, verb)
        ):
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
                codes[i - 1] in "oN"
                and not NIGHT_OF.search(reading.words(clause.items[max(0, i - 3)].first, clause.items[i - 1].last))
            ) or (codes[i - 1] == "T" and codes[i - 2 : i - 1] == "o"):
                distance += 40
        else:
            distance = 0
        if best is None or distance < best[0]:
            best = (distance, i)
    if best is None or best[0] >= 40:
        return None
    when = resolve_date(reading, clause, best[1], future=future)
    return _before_the_news(reading, when) if past and when is not None else when


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
        if mention.kind != "same":
            date = mention.resolve(reading.tokens.base)
            if date is not None and date.precision == "day":
                return date
    return None


def _aside(reading: Reading, clause: Clause, i: int, verb: int) -> bool:
    """Whether a date before the verb lies in a relative clause: "X, who came on Sunday, met Y"."""
    if "," not in clause.codes[i + 1 : verb]:
        return False
    for k in range(i - 1, max(-1, i - 12), -1):
        if clause.codes[k] in "Prz.;":
            return False
        if clause.codes[k] == "x" and reading.words(clause.items[k].first, clause.items[k].last) in (
            "who",
            "which",
            "whose",
        ):
            return True
    return False


def _claimed(reading: Reading, clause: Clause, i: int) -> bool:
    """Whether the date belongs to a verb of saying, an anniversary, or another noun ("the statement of June 5")."""
    codes = clause.codes
    dateline = reading.dateline
    if dateline is not None and reading.tokens.starts[clause.items[i].first] < dateline.end:
        return reading.side is None or dateline.has_agency
    before = i - 1
    if before >= 0 and codes[before] == "n":
        before -= 1
    if before >= 0 and codes[before] in code_class("say"):
        return True
    if before >= 0 and clause.items[before].mention is None:
        word = reading.words(clause.items[before].first, clause.items[before].last)
        if word == "before" and reading.words(clause.items[i].first, clause.items[i].last).startswith("the end of"):
            return False
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


# "His second visit since taking office in June 2002": the date of something else.
SINCE = re.compile(r"\b(?:since|until|after) (?!(?:the )?(?:talks|meeting))(?:\w+ ){1,5}(?:in|on|of)?\s*$")


EVENT_CODES = frozenset("MvKgRXsq")


def _other_event_between(codes: str, start: int, end: int) -> bool:
    """Whether a verb of another event stands between; a light verb right behind a noun is that noun's own."""
    verbs = code_class("meet", "sign", "say", "consensus", "discuss", "visit", "conclude")
    between = codes[start + 1 : end]
    if verbs.isdisjoint(between):
        return False
    light = code_class("light")
    return any(
        code in verbs and not (code in light and i <= 4 and "," not in between[:i]) for i, code in enumerate(between)
    )


def find_place(
    reading: Reading, clause: Clause, first: int, last: int, parties: tuple[str, ...], *, verb: int | None = None
) -> Where | None:
    """The place of the frame: a city, building or state behind "in" or "at" that belongs to it."""
    codes = clause.codes
    choices: list[tuple[int, Where]] = []
    for i in positions(codes, PLACES):
        if i > 0:
            if codes[i] == "J" or codes[i + 1 : i + 2] == "'":
                where = _capital_at(reading, clause, i)
            else:
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
    if choices and choices[0][0] < 40:
        return choices[0][1]
    return _where(reading, clause, first) or _here(reading, clause, first, last)


WHERE = re.compile(r"^[^,;]{0,24},? ?where\b[^,;]{0,160}$")


def _where(reading: Reading, clause: Clause, first: int) -> Where | None:
    """ "The first stop is Riga, where X will meet Y": the city that a relative clause goes on from."""
    for i in reversed(list(positions(clause.codes[:first], frozenset("L")))):
        cities = reading.tokens.entries[clause.items[i].first].cities
        if (len(cities) == 1 or (cities and cities[0].is_default)) and WHERE.match(
            reading.words(clause.items[i].last, clause.items[first].first)
        ):
            span = _span(reading, clause.items[i].first, clause.items[i].last, "place.city")
            return Where(cities[0].name, cities[0].country, span)
    return None


# Where a state receives: without a city of its own, such a building tells the state only.
OWN_BUILDING = re.compile(
    r"\b(?:at|in) (?:the |his |her )?(?:(?:federal|presidential|government|official|prime minister['’]s|national|grand) )*"
    r"(?:parliament house|prime minister house|pm house|national assembly house|national assembly building|parliament building|house of (?:the )?(?:national assembly|parliament)|state house|government house|state guest ?house|presidential (?:palace|office|residence)"
    r"|(?:foreign |defen[cs]e |finance )?ministry(?: of [a-z]+(?: affairs)?)?|department of state|state department|ministry['’]s premises|chancellery|palace|prime minister['’]s office|office|residence|headquarters)\b"
)


def own_building(reading: Reading, clause: Clause, first: int, last: int, parties: tuple[str, ...]) -> Where | None:
    """ "Received X at the Parliament House", in a text of that side or sent from its capital."""
    home = reading.cast.home
    if home is None or home not in parties or last < 1:
        return None
    begin = reading.tokens.starts[clause.items[max(0, first)].first]
    end = reading.tokens.ends[clause.items[min(len(clause.items), last + 12) - 1].last - 1]
    words = reading.tokens.text[begin:end].lower()
    for found in OWN_BUILDING.finditer(words) if len(words) == end - begin else ():
        start, stop = begin + found.start(), begin + found.end()
        if not any(
            _inside(reading, mention, start) for mention in clause.mentions
        ):  # no office: "Secretary at the Ministry"
            return Where(None, home, Evidence("venue_country", start, stop, "place.own-building"))
    return None


def _inside(reading: Reading, mention: Mention, at: int) -> bool:
    return reading.tokens.starts[mention.first] <= at < reading.tokens.ends[mention.last - 1]


def _here(reading: Reading, clause: Clause, first: int, last: int) -> Where | None:
    """ "Met here on Monday": the city of the dateline, where nothing else of the sentence stands between."""
    if reading.dateline is None:
        return None
    for i in range(max(0, first - 12), min(last + 12, len(clause.codes))):
        item = clause.items[i]
        if clause.codes[i] == "x" and reading.tokens.words[item.first].lower() == "here":
            between = (i, first) if i < first else (last, i)
            if not _other_event_between(clause.codes, *between):
                city = reading.dateline.city
                return Where(city.name, city.country, _span(reading, item.first, item.last, "place.city"))
    return None


def _capital_at(reading: Reading, clause: Clause, i: int) -> Where | None:
    """ "In the Bangladeshi capital", "in Poland's capital": the city itself."""
    item, mention = clause.items[i], clause.items[i].mention
    states = mention.states if mention is not None else reading.tokens.entries[item.first].countries
    after = i + 2 if clause.codes[i + 1 : i + 2] == "'" else i + 1
    if len(states) != 1 or after >= len(clause.items):
        return None
    noun = clause.items[after]
    if reading.words(noun.first, noun.last) != "capital" or clause.codes[max(0, i - 2) : i].rstrip("T")[-1:] != "i":
        return None
    city = places.capital_of(states[0])
    return Where(city, states[0], _span(reading, item.first, noun.last, "place.city")) if city else None


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
    while before > 0 and (codes[before] in "TmI#" or (codes[before] == "x" and _kind_of_town(reading, clause, before))):
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
                or (item.mention.states[0] in CITY_STATES and item.mention.states[0] not in parties)
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
    if lead == "o" and TOWN_OF.search(reading.words(clause.items[max(0, before - 6)].first, clause.items[before].last)):
        lead = "i"
    if lead != "i" or not entry.cities or (i < first and _aside(reading, clause, i, first)):
        return None
    if NAMES_A_WATER.match(reading.words(item.last, min(item.last + 1, clause.last))) or ARRIVED.search(
        reading.words(clause.items[max(0, before - 4)].first, clause.items[before].first)
    ):
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


# "The Suez Canal", "Manila Bay": no city.
NAMES_A_WATER = re.compile(
    r"(?:canal|bay|sea|river|strait|straits|gulf|lake|island|islands|desert|province|region|airport)\b"
)
# "Owing to his late arrival in Honolulu": where someone came, not where they met.
ARRIVED = re.compile(r"\b(?:arrival|departure|landing|stopover|attack|attacks|incident|blast|explosion|shooting)s?$")
TOWNS = frozenset(
    ["capital", "city", "town", "port", "resort", "coastal", "southern", "northern", "eastern", "western"]
)


def _kind_of_town(reading: Reading, clause: Clause, i: int) -> bool:
    """ "In the capital Bamako", "in the port city Haiphong"."""
    return reading.words(clause.items[i].first, clause.items[i].last) in TOWNS


# "From June 5", "on the night of June 5": the day of the event itself.
NIGHT_OF = re.compile(r"(?:\bfrom|\b(?:night|morning|afternoon|evening|day|eve) of)$")
# "In the western Kenyan town of Kisumu".
TOWN_OF = re.compile(
    r"\b(?:in|at) (?:the |an? )?(?:[\w-]+ ){0,4}(?:town|city|capital|port|resort|village|settlement) of$"
)


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
