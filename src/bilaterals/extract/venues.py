"""The place of an event: the city, building or state that belongs to its frame, or what stands for one.

The phrases are in `rules/venues.toml`.
"""

from __future__ import annotations

from bilaterals.extract.candidates import Evidence
from bilaterals.extract.clauses import Clause, Reading, Where, code_class, positions
from bilaterals.extract.mention import Mention
from bilaterals.extract.phrases import cues
from bilaterals.extract.scope import behind_presence, is_aside, other_event_between
from bilaterals.reference import places

PLACES = frozenset("LBGzJ")
CUES = cues("venues")
WHERE, HERE, CAPITAL, CITY_STATE, OWN_BUILDING = (
    CUES[name] for name in ("where", "here", "capital", "city-state", "own-building")
)
KIND_OF_TOWN, TOWN_OF, WATER, ARRIVED = (CUES[name] for name in ("kind-of-town", "town-of", "water", "arrived"))
OF_THE_STATE, SIDE, OTHER_CLAUSE = (CUES[name] for name in ("of-the-state", "side", "other-clause"))


def find_place(
    reading: Reading, clause: Clause, first: int, last: int, parties: tuple[str, ...], *, verb: int | None = None
) -> Where | None:
    """The place of the frame: a city, building or state behind "in" or "at" that belongs to it."""
    codes = clause.codes
    choices: list[tuple[int, Where]] = []
    for i in positions(codes, PLACES):
        if i > 0:
            if codes[i] == "J" or codes[i + 1 : i + 2] == "'":
                capital = capital_at(reading, clause, i)
                is_in = clause.codes[max(0, i - 2) : i].rstrip("T")[-1:] == "i"
                where = capital[0] if capital is not None and is_in else None
            else:
                where = _place_at(reading, clause, i, first if verb is None or codes[i] != "z" else verb, last, parties)
            if where is not None:
                distance = first - i if i < first else i - last if i >= last else 0
                between = (i, first) if i < first else (behind_presence(reading, clause, last, i), i)
                if other_event_between(codes, *between) or _relative_between(reading, clause, *between):
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


def _where(reading: Reading, clause: Clause, first: int) -> Where | None:
    """ "The first stop is Riga, where X will meet Y": the city that a relative clause goes on from."""
    for i in reversed(list(positions(clause.codes[:first], frozenset("L")))):
        cities = reading.tokens.entries[clause.items[i].first].cities
        if len(cities) != 1 and not (cities and cities[0].is_default):
            continue
        found = WHERE.match(reading.words(clause.items[i].last, clause.items[first].first))
        if found is not None:
            span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
            return Where(cities[0].name, cities[0].country, Evidence("city", *span, WHERE.id_of(found)))
    return None


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
            return Where(None, home, Evidence("venue_country", start, stop, OWN_BUILDING.id_of(found)))
    return None


def _inside(reading: Reading, mention: Mention, at: int) -> bool:
    return reading.tokens.starts[mention.first] <= at < reading.tokens.ends[mention.last - 1]


def _here(reading: Reading, clause: Clause, first: int, last: int) -> Where | None:
    """ "Met here on Monday": the city of the dateline, where nothing else of the sentence stands between."""
    dateline = reading.dateline_of(clause)
    if dateline is None:
        return None
    for i in range(max(0, first - 12), min(last + 12, len(clause.codes))):
        item = clause.items[i]
        found = HERE.fullmatch(reading.tokens.words[item.first].lower()) if clause.codes[i] == "x" else None
        if found is not None:
            between = (i, first) if i < first else (last, i)
            if not other_event_between(clause.codes, *between):
                city = dateline.city
                span = reading.tokens.span(item.first, item.last)
                return Where(city.name, city.country, Evidence("city", *span, HERE.id_of(found)))
    return None


def capital_at(reading: Reading, clause: Clause, i: int) -> tuple[Where, int] | None:
    """ "The Bangladeshi capital", "Poland's capital" at an item: the city itself, and the item behind it."""
    item, mention = clause.items[i], clause.items[i].mention
    states = mention.states if mention is not None else reading.tokens.entries[item.first].countries
    after = i + 2 if clause.codes[i + 1 : i + 2] == "'" else i + 1
    if len(states) != 1 or after >= len(clause.items):
        return None
    noun = clause.items[after]
    found = CAPITAL.fullmatch(reading.words(noun.first, noun.last))
    city = places.capital_of(states[0]) if found is not None else None
    if found is None or city is None:
        return None
    span = reading.tokens.span(item.first, noun.last)
    return Where(city, states[0], Evidence("city", *span, CAPITAL.id_of(found))), after + 1


def _relative_between(reading: Reading, clause: Clause, start: int, end: int) -> bool:
    """Whether a relative clause lies between: "met X, whom he thanked for the summit in Y"."""
    if OTHER_CLAUSE.words and not reading.has_any(clause, OTHER_CLAUSE.words):
        return False
    between = (
        reading.words(item.first, item.last)
        for item in clause.items.between(start, end)
        if item.mention is None and item.last - item.first == 1
    )
    return OTHER_CLAUSE.search(" ".join(between)) is not None


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
                or (CITY_STATE.fullmatch(item.mention.states[0]) is not None and item.mention.states[0] not in parties)
                or (
                    adjacent in ("PrDaz" if first < before <= last + 2 else "PrDa")
                    or adjacent in code_class("light", "meet")
                )
            )
        ):
            return None
        if OF_THE_STATE.match(reading.words(item.last, min(item.last + 1, clause.last))) or SIDE.search(
            reading.words(clause.items[before].first, item.last)
        ):
            return None
        state = item.mention.states[0]
        found = CITY_STATE.fullmatch(state)
        if found is None:
            return Where(None, state, _span(reading, item.first, item.last, "place.country"))
        span = reading.tokens.span(item.first, item.last)
        return Where(places.capital_of(state), state, Evidence("city", *span, CITY_STATE.id_of(found)))
    if entry.building is not None:
        if lead in "i" or (lead == "t" and any(code in code_class("host", "call") for code in codes[first:last])):
            return Where(None, entry.building.country, _span(reading, item.first, item.last, "place.building"))
        return None
    if lead == "o" and TOWN_OF.search(reading.words(clause.items[max(0, before - 6)].first, clause.items[before].last)):
        lead = "i"
    if lead != "i" or not entry.cities or (i < first and is_aside(reading, clause, i, first)):
        return None
    if WATER.match(reading.words(item.last, min(item.last + 1, clause.last))) or ARRIVED.search(
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


def _kind_of_town(reading: Reading, clause: Clause, i: int) -> bool:
    """ "In the capital Bamako", "in the port city Haiphong"."""
    return KIND_OF_TOWN.fullmatch(reading.words(clause.items[i].first, clause.items[i].last)) is not None


def _span(reading: Reading, first: int, last: int, rule: str) -> Evidence:
    start, end = reading.tokens.span(first, last)
    return Evidence("city" if rule == "place.city" else "venue_country", start, end, rule)
