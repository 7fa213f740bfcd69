"""Mentions to people: who is the same person, which state they speak for, and under which office.

A short form is resolved when exactly one person of the document remains, or not at all. The state of a person comes,
in this order, from the words beside the name, from another mention of the same person, from the list of people and
their tenures, from the same office told elsewhere without its holder, from the side that published the text, and from the
pair of states that the text is about.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from bilaterals.extract.levels import RANK
from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.mention import Mention
from bilaterals.extract.tokens import Tokens
from bilaterals.reference import people

LETTERS = re.compile(r"[^\W\d_]+")
ALIKE = 0.86
HEADS = ("head_of_state", "head_of_government", "deputy_head", "foreign_minister")
SMALL_WORDS = frozenset(
    [
        "bin",
        "al",
        "el",
        "de",
        "la",
        "da",
        "di",
        "van",
        "von",
        "der",
        "ibn",
        "bint",
        "dos",
        "du",
        "del",
        "jr",
        "sr",
        "abu",
        "ould",
    ]
)


@lru_cache(maxsize=65536)
def name_tokens(name: str) -> frozenset[str]:
    """The words of a name without accents, capitals, particles and initials."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return frozenset(word for word in LETTERS.findall(plain) if len(word) > 1 and word not in SMALL_WORDS)


@dataclass(slots=True)
class Entity:
    """One person of a document: the fullest name, the office at its first full mention, and the state."""

    name: str
    tokens: frozenset[str]
    name_span: tuple[int, int]
    office: str | None = None
    office_span: tuple[int, int] | None = None
    level: str | None = None
    state: str | None = None
    state_rule: str = "state.stated"
    person_id: str | None = None
    is_former: bool = False
    states: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    is_titled: bool = False
    first: int = 0


@dataclass(slots=True)
class Cast:
    """The people of a document and the states it is about."""

    tokens: Tokens
    side: str | None
    entities: list[Entity] = field(default_factory=list)
    by_word: dict[str, set[int]] = field(default_factory=dict)
    by_level: dict[str, list[int]] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    """The states other than the publishing side that the head or first sentence names."""
    pair: tuple[str, str] | None = None
    """The one pair of states that the head of the document is about."""
    home: str | None = None
    """The publishing side, or else the state of the agency, or of the capital in the dateline."""
    roles: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Offices that the text names without their holder ("the Egyptian foreign minister"): the state, and the token."""


def build_cast(
    tokens: Tokens, mentions: list[Mention], side: str | None, body_start: int, pair: tuple[str, str] | None = None,
    home: str | None = None,
) -> Cast:  # fmt: skip
    """Gather the people of a document and give each mention its person (``Mention.entity``)."""
    cast = Cast(tokens, side, home=home)
    for mention in mentions:
        if mention.kind == "person":
            _enter(cast, mention)
    _enter_roles(cast, mentions)
    _enter_listed(cast, mentions)
    _raise_counterparts(cast, mentions)
    _name_the_heading(cast, mentions)
    if pair is None:
        _find_pair(cast, mentions, body_start)
    else:
        cast.pair, cast.foreign = pair, tuple(state for state in pair if state != side)
    for entity in cast.entities:
        _settle_state(cast, entity)
    return cast


def _enter_roles(cast: Cast, mentions: list[Mention]) -> None:
    """ "The Egyptian foreign minister", whose name stands elsewhere."""
    for role in mentions:
        if role.kind == "role" and role.office is not None and len(role.states) == 1 and not role.is_plural:
            cast.roles.setdefault(cast.tokens.surface(*role.office).lower(), []).append((role.states[0], role.first))


COUNTERPART_REACH = 8
LED_BY = re.compile(r"\s*,?\s*(?:which )?(?:(?:is|was|were|will be) )?(?:headed|led|chaired) by\s*(?:the\s)?$")


def _enter_listed(cast: Cast, mentions: list[Mention]) -> None:
    """ "The speakers of A and B, X and Y": each of his state; "a delegation from A led by X": X of A."""
    tokens = cast.tokens
    for at, listed in enumerate(mentions):
        if listed.kind != "states":
            continue
        people = mentions[at + 1 : at + 1 + len(listed.states)]
        if not people or any(p.kind != "person" or p.entity < 0 for p in people):
            continue
        gap = tokens.text[tokens.ends[listed.last - 1] : tokens.starts[people[0].first]]
        bare = all(not p.states and not cast.entities[p.entity].states for p in people)
        if len(people) == 1 and bare and LED_BY.match(gap):
            cast.entities[people[0].entity].states[listed.states[0]] += 1
        elif (
            len(people) == len(listed.states) > 1
            and bare
            and listed.office is not None
            and (gap.strip() == "," or _opens_next(cast, gap, people[0]) or _opens_body(cast, gap, people[0]))
            and _are_listed(cast, people)
        ):
            for person, state in zip(people, listed.states, strict=True):
                _give_office(cast, cast.entities[person.entity], listed, state)
        elif listed.office is not None and len(listed.states) == 2:
            _name_holders(cast, listed, mentions[at + 1 : at + 4])


def _name_holders(cast: Cast, listed: Mention, behind: list[Mention]) -> None:
    """ "The premiers of A and B met. A's X and his B host, Y, ...": two people without an office, one of each state."""
    holders: dict[str, Entity] = {}
    for mention in behind:
        if mention.kind == "person" and mention.entity >= 0:
            entity = cast.entities[mention.entity]
            if entity.office is not None or len(entity.states) != 1:
                return
            holders[next(iter(entity.states))] = entity
    if holders.keys() == set(listed.states):
        for state, entity in holders.items():
            _give_office(cast, entity, listed, state)


def _name_the_heading(cast: Cast, mentions: list[Mention]) -> None:
    """ "ARMENIAN FOREIGN MINISTER IN TEHRAN", as a heading, and a bare name that opens the text below: he is the minister."""
    tokens = cast.tokens
    opening = {sentence[0]: n for n, sentence in enumerate(tokens.sentences)}
    named = [mention for mention in mentions if mention.kind != "person" or mention.entity >= 0]
    for one, other in pairwise(named):
        number = opening.get(other.first)
        if number is None or number == 0 or one.kind != "role" or other.kind != "person" or other.entity < 0:
            continue
        begin, end = tokens.sentences[number - 1]
        if not begin <= one.first < end or len(one.states) != 1 or one.office is None or one.is_plural:
            continue
        heading = tokens.text[tokens.starts[begin] : tokens.ends[end - 1]]
        entity = cast.entities[other.entity]
        if (heading.isupper() or number - 1 < tokens.body) and entity.office is None and not entity.states:
            _give_office(cast, entity, one, one.states[0])


def _raise_counterparts(cast: Cast, mentions: list[Mention]) -> None:
    """ "Foreign Minister X and his Peruvian counterpart, Y": Y is as high as X."""
    for one, other in pairwise(mentions):
        if (
            not other.is_counterpart
            or one.kind != "person"
            or other.kind != "person"
            or min(one.entity, other.entity) < 0
        ):
            continue
        first, second = cast.entities[one.entity], cast.entities[other.entity]
        if second.level is None and second.office is None and other.first - one.last <= COUNTERPART_REACH:
            second.level = first.level


def _give_office(cast: Cast, entity: Entity, listed: Mention, state: str) -> None:
    assert listed.office is not None
    entity.states[state] += 1
    office = MINISTERS_OF.sub("Minister of", cast.tokens.surface(*listed.office))
    entity.office = re.sub("(?<![Aa]ffair)s$", "", office)
    entity.office_span = listed.office
    entity.level = listed.level


MINISTERS_OF = re.compile("^(?:The )?Ministers of")


def _are_listed(cast: Cast, people: list[Mention]) -> bool:
    """Whether names without offices stand side by side: "X and Y", "X, Y and Z"."""
    tokens = cast.tokens
    gaps = [
        tokens.text[tokens.ends[one.last - 1] : tokens.starts[two.first]].strip(" ,") for one, two in pairwise(people)
    ]
    return gaps[-1] == "and" and not any(gaps[:-1]) and not any(person.office for person in people)


def _opens_next(cast: Cast, gap: str, first: Mention) -> bool:
    """ "The ministers of A and B have agreed on it. X and Y met": the two who open the next sentence."""
    return (
        gap.count(".") == 1
        and gap.rstrip()[-1:] == "."
        and "\n" not in gap
        and first.first in {s[0] for s in cast.tokens.sentences}
    )


def _opens_body(cast: Cast, gap: str, first: Mention) -> bool:
    """ "Ministers of A and B meet" as a heading, and the two whose names open the text below it."""
    tokens = cast.tokens
    return "\n" in gap and "." not in gap and any(sentence[0] == first.first for sentence in tokens.sentences)


def _enter(cast: Cast, mention: Mention) -> None:
    assert mention.name is not None
    names = name_tokens(_strip_honorific(cast, mention))
    if not names:
        return
    near = {i for word in names for i in cast.by_word.get(word, ())}
    if len(names) == 1 and mention.level is not None:  # a name spelt a little differently, under the same office
        near |= set(cast.by_level.get(mention.level, ())[-20:])
    if _is_shouted(cast, mention):
        mention.kind, mention.name = "role", None
        return
    fits = [i for i in sorted(near) if _same(cast.entities[i], names, mention)]
    if len(fits) > 1:
        closer = [i for i in fits if mention.level and cast.entities[i].level == mention.level]
        closer = closer or [i for i in fits if mention.states and cast.entities[i].states[mention.states[0]]]
        closer = closer or [i for i in fits if cast.entities[i].tokens == names]
        fits = closer if len(closer) == 1 else fits
    has_honorific = "H" in cast.tokens.codes[mention.first : mention.name[1]]
    if not fits:
        bare = mention.office is None and not mention.states and not has_honorific and not _is_known(names, cast)
        if bare and (len(names) < 2 or mention.name[1] - mention.name[0] > 4):
            return
        cast.entities.append(Entity(_strip_honorific(cast, mention), names, mention.name, first=mention.first))
        fits = [len(cast.entities) - 1]
    if len(fits) == 1:
        mention.entity = fits[0]
        entity = cast.entities[fits[0]]
        _learn(cast, entity, mention, names)
        for word in names:
            cast.by_word.setdefault(word, set()).add(fits[0])
        if entity.level is not None and fits[0] not in cast.by_level.setdefault(entity.level, []):
            cast.by_level[entity.level].append(fits[0])


def _is_shouted(cast: Cast, mention: Mention) -> bool:
    """ "FOREIGN MINISTER WINDS UP VISIT", as a heading: no name, where the text has no Winds."""
    assert mention.name is not None
    surface = cast.tokens.surface(*mention.name)
    if not surface.isupper() or len(surface) < SHORTEST_SHOUT or mention.office is None:
        return False
    office = cast.tokens.surface(*mention.office)
    return office.isupper() and surface.title() not in cast.tokens.text and not cast.tokens.text.isupper()


SHORTEST_SHOUT = 4


def _strip_honorific(cast: Cast, mention: Mention) -> str:
    assert mention.name is not None
    first, last = mention.name
    codes = cast.tokens.codes
    while first < last - 1 and codes[first] in "H T":
        first += 1
    mention.name = (first, last)
    return cast.tokens.surface(first, last)


def _is_known(names: frozenset[str], cast: Cast) -> bool:
    return bool(len(names) == 1 and cast.tokens.base and len(_listed(" ".join(sorted(names)), cast.tokens.base)) == 1)


def _listed(name: str, day: dt.date) -> list[people.Person]:
    """Those whom the name fits and who held an office on the day."""
    return list(people.find_people(name, day))


def _same(entity: Entity, names: frozenset[str], mention: Mention) -> bool:
    if mention.states and entity.states and not entity.states[mention.states[0]]:
        return False
    if mention.post_state and entity.states and not mention.states and not entity.states[mention.post_state[0]]:
        return False
    if names <= entity.tokens or entity.tokens <= names:
        return True
    shared = names & entity.tokens
    office = mention.level is not None and mention.level == entity.level
    if shared and office and mention.level in HEADS and len(names) <= 3:
        return True
    if office and len(names) == 1:
        word = next(iter(names))
        return any(_spelt_alike(word, other) for other in entity.tokens if len(other) > 4)
    return False


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for a letter or two. Their lengths and letters rule most pairs out at once."""
    needed = ALIKE * (len(one) + len(other)) / 2
    if min(len(one), len(other)) <= needed or sum(letter in other for letter in one) <= needed:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() > ALIKE


def _learn(cast: Cast, entity: Entity, mention: Mention, names: frozenset[str]) -> None:
    entity.mentions += 1
    assert mention.name is not None
    if len(names) > len(entity.tokens):
        entity.tokens, entity.name, entity.name_span = names, cast.tokens.surface(*mention.name), mention.name
    for state in mention.states or mention.post_state:
        entity.states[state] += 1
    entity.is_former = entity.is_former or mention.is_former
    if mention.office and not (mention.is_counterpart and cast.tokens.codes[mention.office[0]] == "j"):
        first, last = mention.office
        in_body = (
            cast.tokens.starts[first] >= cast.tokens.starts[cast.tokens.sentences[cast.tokens.body][0]]
            if cast.tokens.body < len(cast.tokens.sentences)
            else True
        )
        if entity.office_span is None or (in_body and not entity.is_titled):
            entity.office, entity.office_span = cast.tokens.surface(first, last), mention.office
            entity.is_titled = in_body
            entity.level = mention.level or entity.level
            entity.is_former = entity.is_former or _speaks_for_no_state(entity.office)
    if entity.level is None:
        entity.level = mention.level


@lru_cache(maxsize=4096)
def _speaks_for_no_state(office: str) -> bool:
    """Whether an office is one of a body of many states, of citizens or of business."""
    low = office.lower()
    return INTERNATIONAL.search(office) is not None or any(body in low for body in lexicon().private)


# Offices of bodies of many states: whoever holds one speaks for no state.
INTERNATIONAL = re.compile(
    r"^(?:UN|NATO|EU|European (?:Union|Commission|Council|Parliament)|IMF|IAEA|WHO|World Bank|ASEAN|African Union|OSCE|OECD)\b"
    r"|^(?:High Representative|Commissioner-General)\b"
    r"|\b(?:Secretary-General|Director-General|Director General|President|Commissioner|Chair|Chairperson|Envoy|Coordinator|Representative|Chief|Head)"
    r" (?:of|for) (?:the )?(?:UN|United Nations|European (?:Union|Commission|Council|Parliament|Central)|EU(?! (?:Integration|Affairs|Accession|Relations))|NATO|African Union|Arab League|ASEAN|IAEA|IMF|World|International|OPCW|OSCE|OECD|WTO|SCO)\b"
)


STATE_CODE = re.compile("[CJY]")


def _find_pair(cast: Cast, mentions: list[Mention], body_start: int) -> None:
    """The states that the title and the first sentence name beside the publishing side."""
    tokens = cast.tokens
    head = tokens.sentences[tokens.body][1] if tokens.body < len(tokens.sentences) else len(tokens.codes)
    title_end = tokens.sentences[tokens.body][0] if tokens.body < len(tokens.sentences) else 0
    for end in (title_end, head):
        seen: dict[str, None] = {}
        for found in STATE_CODE.finditer(tokens.codes, 0, end):
            listed = tokens.entries[found.start()].countries
            if len(listed) in (1, 2):
                seen |= dict.fromkeys(listed if found[0] == "Y" else listed[:1])
        foreign = tuple(state for state in seen if state != cast.side)
        if foreign and not cast.foreign:
            cast.foreign = foreign
        if cast.pair is None:
            if cast.side and len(foreign) == 1:
                cast.pair = _pair(cast.side, foreign[0])
            elif not cast.side and len(seen) == 2 and end == title_end:
                first, second = seen
                cast.pair = _pair(first, second)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _settle_state(cast: Cast, entity: Entity) -> None:
    if entity.states:
        entity.state = entity.states.most_common(1)[0][0]
    known = _known(cast, entity)
    if known is not None:
        entity.person_id = known.person_id
        _full_level(cast, entity, known)
        if entity.level is None and entity.office is None and cast.tokens.base is not None:
            levels = {t.level for t in people.tenures_of(known.person_id, cast.tokens.base) if t.level in RANK}
            entity.level = min(levels, key=lambda level: RANK[level or ""]) if levels else None
        if entity.state is None:
            entity.state, entity.state_rule = known.country, "state.tenure"
    if entity.state is None and entity.office and not cast.side:
        entity.state = next(
            (s for office, s in lexicon().only.items() if entity.office.lower().startswith(office)), None
        )
        entity.state_rule = "state.office" if entity.state else entity.state_rule
    if entity.state is None and entity.office and not (cast.side and entity is cast.entities[0]):
        told = {state for state, at in _roles(cast, entity) if not _is_filled(cast, state, entity)}
        if len(told) == 1:
            entity.state, entity.state_rule = told.pop(), "state.role"
    if entity.state is None and cast.home and (entity.office or (entity.is_titled and cast.side)):
        if entity.level not in HEADS or (_speaks_first(cast, entity) and not _held_by_another(cast, entity)):
            entity.state, entity.state_rule = cast.home, "state.publisher" if cast.side else "state.dateline"
        elif cast.side and len(cast.foreign) == 1 and not _is_filled(cast, cast.foreign[0], entity):
            entity.state, entity.state_rule = cast.foreign[0], "state.pair"


def _roles(cast: Cast, entity: Entity) -> Iterator[tuple[str, int]]:
    """The states whose office of that name the text tells in another sentence than the one that first names the person."""
    ends = [last for _, last in cast.tokens.sentences]
    for state, at in cast.roles.get((entity.office or "").lower(), ()):
        if bisect_right(ends, at) != bisect_right(ends, entity.first):
            yield state, at


def _is_filled(cast: Cast, state: str, entity: Entity) -> bool:
    """Whether the text itself names another for the same office of that state."""
    return any(
        other is not entity and other.level == entity.level and other.states[state] and not other.is_former
        for other in cast.entities
    )


def _full_level(cast: Cast, entity: Entity, known: people.Person) -> None:
    """ "Secretary Rubio": the level of the office that the list gives him on the day, where the text cuts its name short."""
    if (entity.office or "").lower() != "secretary" or cast.tokens.base is None:
        return
    levels = {tenure.level for tenure in people.tenures_of(known.person_id, cast.tokens.base)}
    if "foreign_minister" in levels:
        entity.level = "foreign_minister"


SINGLE_OFFICES = {
    "president": "president",
    "prime minister": "prime minister",
    "vice president": "vice president",
    "foreign minister": "foreign minister",
    "premier": "premier",
    "chancellor": "chancellor",
    "secretary of state": "secretary of state",
}


def _held_by_another(cast: Cast, entity: Entity) -> bool:
    """Whether the list knows that somebody else held this office of the publishing state on the day."""
    held = _holders(cast, entity)
    return bool(held) and not any(name_tokens(person.name) & entity.tokens for person in held)


def _holders(cast: Cast, entity: Entity) -> tuple[people.Person, ...]:
    """Those who by the list held the office of the publishing state, or of the dateline's, on the day."""
    office = SINGLE_OFFICES.get((entity.office or "").lower().removesuffix("-elect"))
    if office is None or cast.home is None or cast.tokens.base is None:
        return ()
    return tuple(people.holders(office, cast.home, cast.tokens.base))


def _speaks_first(cast: Cast, entity: Entity) -> bool:
    """Whether the person is named before anybody of another state: a ministry's readout begins with its own principal."""
    others = [
        other.first
        for other in cast.entities
        if other is not entity and other.states and not other.states[cast.home or ""]
    ]
    return not others or entity.first < min(others)


def _known(cast: Cast, entity: Entity) -> people.Person | None:
    """The one person of the list who bears the name and the state, and on the day held an office of the level."""
    if cast.tokens.base is None:
        return None
    listed = [
        person
        for person in _listed(entity.name, cast.tokens.base)
        if not entity.state or person.country == entity.state
    ]
    if not listed and entity.level in HEADS and len(entity.tokens) > 1:
        listed = [
            person
            for person in people.find_near(entity.name, cast.tokens.base, entity.level or "")
            if not entity.state or person.country == entity.state
        ]
        return listed[0] if len(listed) == 1 else None
    if not listed:
        return None
    if len(listed) > 1 and entity.level:
        listed = [
            person for person in listed
            if any(RANK.get(tenure.level or "", 99) == RANK[entity.level] for tenure in people.tenures_of(person.person_id, cast.tokens.base))
        ]  # fmt: skip
    if len(listed) != 1:
        return None
    if len(entity.tokens) == 1 and entity.level is None and entity.state is None and entity.mentions < 1:
        return None
    return listed[0]
