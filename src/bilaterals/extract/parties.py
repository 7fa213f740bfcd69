"""Sides of an event: groups of people and states, and what a document has told so far.

A role, a pronoun or "the two sides" is resolved only to people and states that the document has named; where more than
one reading remains, the side stays open and no record is made of it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bilaterals.extract.candidates import Evidence, Participant
from bilaterals.extract.cast import HEADS, Entity
from bilaterals.extract.clauses import Reading
from bilaterals.extract.mention import Mention
from bilaterals.reference.people import tenures_of

if TYPE_CHECKING:
    from bilaterals.extract.memory import Memory

NOT_OFFICIALS = frozenset(
    {
        "official",
        "officials",
        "member",
        "members",
        "delegation of",
        "leaders",
        "leader",
        "diplomats",
        "senior officials",
        "chief",
        "head",
        "lawmakers",
        "envoys",
        "ministers",
        "representatives",
        "ambassadors",
    }
)


class Group(NamedTuple):
    """One side, or all sides, of an event. ``joint`` when it was named as a whole ("the two sides")."""

    states: tuple[str, ...] = ()
    people: tuple[Participant, ...] = ()
    open_people: tuple[Participant, ...] = ()
    """People whose state the text does not tell; ``country`` is empty."""
    joint: bool = False
    inferred: tuple[str, ...] = ()
    """Names of the people whose state is only that of the publisher."""

    def settled(self, reading: Reading, other: Group | None) -> Group:
        """The other side of a meeting, with those of no stated state given that of the one they are listed with."""
        if other is None or len(other.states) != 1 or len(self.states) != 2 or other.states[0] not in self.states:
            return self
        if any(p.country == other.states[0] and p.name not in self.inferred for p in self.people):
            return self
        state = next(state for state in self.states if state != other.states[0])
        return self._moved(reading, state, "state.listed")

    def _moved(self, reading: Reading, state: str, rule: str) -> Group:
        for entity in reading.cast.entities:
            if entity.name in self.inferred:
                entity.state, entity.state_rule = state, rule
        people = tuple(replace(person, country=state) for person in self.people)
        return Group((state,), people)

    def foreign(self, reading: Reading, other: Group | None, host: str | None) -> Group:
        """People given the publisher's state for want of another, moved abroad when they meet its own side.

        They are of the one foreign state of the document, or else of ``host``, which the place or the story tells.
        """
        state = reading.cast.foreign[0] if len(reading.cast.foreign) == 1 else host
        if other is None or other.states != self.states or not self.people or state is None:
            return self
        if any(person.name is None or person.name not in self.inferred for person in self.people):
            return self
        return self._moved(reading, state, "state.pair")

    def at_home(self, reading: Reading, other: Group | None) -> Group:
        """People given the document's foreign state for want of another, taken home when they meet that state's own."""
        side = reading.side
        if other is None or other.states != self.states or not self.people or side is None or side in self.states:
            return self
        guessed = {entity.name for entity in reading.cast.entities if entity.state_rule == "state.pair"}
        if any(person.name is None or person.name not in guessed for person in self.people):
            return self
        for entity in reading.cast.entities:
            if any(entity.name == person.name for person in self.people):
                entity.state, entity.state_rule = side, "state.listed"
        return Group((side,), tuple(replace(person, country=side) for person in self.people))

    def alike(self, reading: Reading) -> Group:
        """ "Prime Minister X of A and Speaker Y": Y, whose state is only the publisher's, is of A as well."""
        if len(self.states) != 2 or self.joint:
            return self
        stated = {person.country for person in self.people if person.name not in self.inferred}
        if len(stated) != 1 or all(person.country in stated for person in self.people):
            return self
        return self._moved(reading, next(iter(stated)), "state.listed")

    def halves(self) -> tuple[Group, Group] | None:
        """The two sides of a group that holds exactly two states, or None."""
        if len(self.states) != 2:
            return None
        return self.of_state(self.states[0]), self.of_state(self.states[1])

    def of_state(self, state: str) -> Group:
        """The part of the group that speaks for one state."""
        return Group((state,), tuple(person for person in self.people if person.country == state))

    def with_home(self, reading: Reading) -> Group:
        """ "Prime Minister X and Vietnamese Prime Minister Y", sent from Sofia: X is of the home state."""
        home, one = reading.cast.home, self.open_people[0] if len(self.open_people) == 1 else None
        if one is None or not (one.name and one.office) or home is None or len(self.states) != 1 or home in self.states:
            return self
        return Group((*self.states, home), (*self.people, replace(one, country=home)))

    def completed(self, reading: Reading, other: Group | None) -> Group:
        """The group with its open people given the other state of the document's pair, where that is certain."""
        if not self.open_people or other is None or len(other.states) != 1:
            return self
        if len(self.states) == 1 and self.states != other.states and self.people:
            state = self.states[0]  # "met with President X and Foreign Minister Y of A": of one state
            return Group(
                self.states, (*(replace(p, country=state) for p in self.open_people if p.office), *self.people)
            )
        if self.states:
            return self
        foreign = [state for state in (reading.cast.pair or reading.cast.foreign) if state != other.states[0]]
        if len(foreign) != 1:
            return self
        people = tuple(replace(person, country=foreign[0]) for person in self.open_people)
        return Group((foreign[0],), people)


def state_of(reading: Reading, mention: Mention) -> str | None:
    """The state that a mention speaks for, or None."""
    if mention.kind == "person" and mention.entity >= 0:
        return reading.cast.entities[mention.entity].state
    if len(mention.states) == 1:
        return mention.states[0]
    if mention.kind == "role":
        person = resolve_role(reading, mention)
        return person.country if person else None
    return None


def group_of(reading: Reading, memory: Memory, mentions: list[Mention]) -> Group:
    """The people and states that some mentions stand for, in their order, each once."""
    if len(mentions) == 1 and mentions[0].kind == "person" and mentions[0].entity >= 0:
        return _group_of_one(reading, mentions[0])
    states: list[str] = []
    people: list[Participant] = []
    open_people: list[Participant] = []
    joint = False
    inferred: list[str] = []
    plural: Participant | None = None
    for mention in mentions:
        if mention.kind == "person" and mention.entity >= 0 and _is_inferred(reading.cast.entities[mention.entity]):
            inferred.append(reading.cast.entities[mention.entity].name)
        for person in _participants(reading, mention):
            if plural is not None and person.country and person.name and not person.office:
                shared = tuple(piece for piece in plural.evidence if piece.field == "office")
                person = replace(person, office=plural.office, level=plural.level, evidence=person.evidence + shared)
            if plural is not None and not person.country and not person.office:
                if plural.name in inferred and person.name:
                    inferred.append(person.name)
                person = Participant(
                    plural.country,
                    person.name,
                    plural.office,
                    plural.level,
                    person.person_id,
                    False,
                    person.evidence,
                )
            if mention.is_plural and person.country:
                plural = person
            if person.country and all(
                (p.name, p.office, p.country) != (person.name, person.office, person.country) for p in people
            ):
                people.append(person)
            elif not person.country:
                open_people.append(person)
        if mention.kind == "states":
            states.extend(_readings(reading, mention))
        elif mention.kind == "joint":
            joint = True
            people.extend(people_of_level(reading, memory, mention))
            states.extend(mention.states or (() if mention.is_multi else joint_parties(reading, memory)))
    for person in people:
        states.append(person.country)
    return Group(tuple(dict.fromkeys(states)), tuple(people), tuple(open_people), joint, tuple(inferred))


def _is_inferred(entity: Entity) -> bool:
    """Whether the text does not tell the person's state, and the publisher's or the dateline's was taken instead."""
    return entity.state_rule in ("state.publisher", "state.dateline", "state.pair")


def _group_of_one(reading: Reading, mention: Mention) -> Group:
    """The group of one person of the document: most questions are about just one."""
    entity = reading.cast.entities[mention.entity]
    inferred = (entity.name,) if _is_inferred(entity) else ()
    if entity.is_former:
        return Group(inferred=inferred)
    person = person_of(reading, entity, mention)
    if not person.country:
        return Group(open_people=(person,), inferred=inferred)
    return Group((person.country,), (person,), inferred=inferred)


def people_of_level(reading: Reading, memory: Memory, mention: Mention) -> tuple[Participant, ...]:
    """The people whom "the two foreign ministers" means: one of each side at that level, where there is just one."""
    if mention.level is None or mention.is_multi:
        return ()
    parties = joint_parties(reading, memory)
    holders: dict[str, list[Entity]] = {state: [] for state in parties}
    levels = {mention.level}
    if mention.office is not None and reading.words(*mention.office) == "ministers":
        levels.add("foreign_minister")
    for entity in reading.cast.entities:
        if entity.level in levels and entity.state in holders and not entity.is_former:
            holders[entity.state].append(entity)
    person = Mention("person", mention.first, mention.last)
    found = {state: person_of(reading, fits[0], person) for state, fits in holders.items() if len(fits) == 1}
    if mention.office is None or len(parties) != 2:
        return tuple(found.values()) if len(found) == 2 else ()
    span, office = reading.tokens.span(*mention.office), singular(reading.tokens.surface(*mention.office))
    role = Participant("", None, office, mention.level, evidence=(Evidence("office", *span, "person.joint-roles"),))
    return tuple(found.get(state) or replace(role, country=state) for state in parties)


def _readings(reading: Reading, mention: Mention) -> tuple[str, ...]:
    if mention.states:
        return mention.states
    fits = [state for state in mention.readings if state in (reading.cast.pair or ()) or state == reading.side]
    return tuple(dict.fromkeys(fits)) if len(set(fits)) == 1 else ()


def joint_parties(reading: Reading, memory: Memory) -> tuple[str, ...]:
    """The states that "the two sides" stand for: those of the meeting just told, or the document's pair."""
    return memory.last_parties or reading.cast.pair or ()


def _participants(reading: Reading, mention: Mention) -> list[Participant]:
    if mention.kind == "person" and mention.entity >= 0:
        entity = reading.cast.entities[mention.entity]
        return [] if entity.is_former else [person_of(reading, entity, mention)]
    if mention.kind in ("role", "person"):
        person = resolve_role(reading, mention)
        return [person] if person else []
    if mention.kind == "states" and mention.office is not None:
        span = reading.tokens.span(*mention.office)
        office = singular(reading.tokens.surface(*mention.office))
        role = Participant("", None, office, mention.level, evidence=(Evidence("office", *span, "person.joint-roles"),))
        return [_holder(reading, mention, state) or replace(role, country=state) for state in mention.states]
    return []


def _holder(reading: Reading, mention: Mention, state: str) -> Participant | None:
    """The one person of a state whom the document names under the office of "the premiers of A and B"."""
    if mention.office is None or reading.tokens.surface(*mention.office).lower() in NOT_OFFICIALS:
        return None
    fits = [
        entity for entity in reading.cast.entities
        if entity.state == state and entity.level == mention.level and not entity.is_former
        and _shares_head(singular(reading.words(*mention.office)), entity.office)
    ]  # fmt: skip
    return person_of(reading, fits[0], Mention("person", mention.first, mention.last)) if len(fits) == 1 else None


def singular(office: str) -> str:
    """One of the ministers: "foreign ministers" is "foreign minister"."""
    return office[:-1] if office.lower().endswith("s") and not office.lower().endswith("affairs") else office


def person_of(reading: Reading, entity: Entity, mention: Mention) -> Participant:
    """A participant with the fullest name and office of the document, and the words they were read from."""
    key = (entity.first, entity.state, mention.name)
    known = reading.known_people.get(key)
    if known is None:
        known = reading.known_people[key] = _person_of(reading, entity, mention)
    return known


MEMBERS_OF = re.compile("^(M|m)embers of")


def _person_of(reading: Reading, entity: Entity, mention: Mention) -> Participant:
    tokens = reading.tokens
    evidence = [Evidence("name", *tokens.span(*(mention.name or entity.name_span)), "person.named")]
    if entity.office_span:
        evidence.append(Evidence("office", *tokens.span(*entity.office_span), "person.office"))
    name = entity.name + ("." if entity.name.endswith((" Jr", " Sr")) else "")
    office = (
        singular(entity.office)
        if entity.office and entity.office.lower().endswith(("ministers", "presidents", "advisors", "members"))
        else MEMBERS_OF.sub(r"\1ember of", entity.office or "") or None
    )
    return Participant(entity.state or "", name, office, entity.level, entity.person_id, evidence=tuple(evidence))


def resolve_role(reading: Reading, mention: Mention) -> Participant | None:
    """ "The Vice President": the one person of the document with that office, or the office itself where a state is told."""
    if mention.office is None or mention.is_former:
        return None
    words = reading.words(*mention.office)
    if mention.is_guest:
        return _guest(reading, mention)
    named = [
        entity for entity in reading.cast.entities
        if not entity.is_former and (entity.level is not None or entity.person_id is not None)
        and (entity.level in (None, mention.level) or words == (entity.office or "").lower() or _is_short_for(reading, words, mention, entity))
        and (not mention.states or entity.state == mention.states[0])
        and (_shares_head(words, entity.office) or _holds_by_list(mention, entity, reading.tokens.base))
    ]  # fmt: skip
    same = [entity for entity in named if words == (entity.office or "").lower()]
    exact = len(words.split()) > 1 and len(same) == 1
    named = same if exact else named
    if (mention.is_definite or exact) and len(named) == 1 and not mention.is_plural and not mention.is_counterpart:
        return person_of(reading, named[0], Mention("person", mention.first, mention.last))
    if words in NOT_OFFICIALS and not mention.states:
        return None
    state = mention.states[0] if mention.states else None
    if (
        state is None
        and mention.level in HEADS
        and mention.is_definite
        and not mention.is_plural
        and not mention.readings
    ):
        holds_own = any(entity.state == reading.side for entity in named)
        state = (
            reading.side if not holds_own and not mention.is_counterpart else None
        )  # "The President" in his office's readout
    if (
        state is None
        and reading.side
        and mention.level not in HEADS
        and not mention.is_plural
        and not mention.is_counterpart
    ):
        state = reading.side if not mention.readings else None
    if state is None:
        return None
    if mention.is_definite and not mention.is_plural and not mention.is_counterpart and mention.name is None:
        own = [entity for entity in named if entity.state == state]
        if len(own) == 1:  # "the Speaker" of the publishing side, where two speakers are named
            return person_of(reading, own[0], Mention("person", mention.first, mention.last))
    if mention.is_plural and mention.level is None:
        return None
    office = reading.tokens.surface(*mention.office)
    span = reading.tokens.span(*mention.office)
    named_here = mention.name is not None
    name = reading.tokens.surface(*mention.name) if named_here and mention.name else None
    return Participant(
        state, name, singular(office), mention.level, evidence=(Evidence("office", *span, "person.role"),)
    )


def _guest(reading: Reading, mention: Mention) -> Participant | None:
    """ "The Kazakh guest": the first official of that state of whom the document has told; "the guest": of another state."""
    if not mention.is_definite or mention.readings:
        return None
    home = reading.cast.home
    fits = [
        entity for entity in reading.cast.entities
        if entity.first < mention.first and entity.office is not None and not entity.is_former and entity.state is not None
        and (entity.state == mention.states[0] if mention.states else home is not None and entity.state != home)
    ]  # fmt: skip
    if not fits or (not mention.states and len({entity.state for entity in fits}) > 1):
        return None
    return person_of(reading, fits[0], Mention("person", mention.first, mention.last))


# "The Tunisian minister" behind "Tunisian Foreign Minister X": the last word of the office, with the state or the article.
LEADERS = ("head_of_state", "head_of_government")
SHORT_FORMS = frozenset(
    ["leader", "minister", "secretary", "envoy", "official", "diplomat", "adviser", "advisor", "chief"]
)


def _holds_by_list(mention: Mention, entity: Entity, day: dt.date | None) -> bool:
    """ "Morocco's foreign minister", whom the text names later on without his office: the list knows that he held it."""
    if not mention.states or entity.office is not None:
        return False
    if entity.level == mention.level:
        return True
    if entity.person_id is None or entity.level is not None or mention.level not in LEADERS or day is None:
        return False
    return any(tenure.office == "leader" for tenure in tenures_of(entity.person_id, day))


def _is_short_for(reading: Reading, words: str, mention: Mention, entity: Entity) -> bool:
    if words not in SHORT_FORMS or not mention.is_definite:
        return False
    if not mention.states and (reading.side is None or entity.state != reading.side):
        return False
    if words == "leader":
        return entity.level in LEADERS
    if words == "minister" and entity.office is None:  # told as "his counterpart" only
        return entity.level in ("foreign_minister", "minister")
    return words in (entity.office or "").lower().split() or words in ("official", "diplomat")


def _shares_head(words: str, office: str | None) -> bool:
    if not office:
        return words == "minister"  # see _is_short_for
    if words in ("official", "diplomat", "leader"):
        return True
    first, second = words.split(), office.lower().split()
    return first[-1] in second or second[-1] in first or words in office.lower()
