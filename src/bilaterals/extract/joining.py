"""Neighbouring mentions that are one: a possessor and a name, a name and its apposed office, a role and its holder."""

from __future__ import annotations

from bilaterals.extract.mention import Mention
from bilaterals.extract.tokens import Tokens
from bilaterals.reference.people import find_people


def join(tokens: Tokens, found: list[Mention], mention: Mention) -> bool:
    """Let a new mention take in those before it that are part of it; whether it was itself taken in by the last one."""
    if not found or mention.kind not in ("person", "role"):
        return False
    if mention.kind == "person" and _owned(tokens, found[-1], mention):
        owner = found.pop()
        mention.first, mention.states = owner.first, owner.states
    elif _apposes(tokens, found[-1], mention):
        found[-1].states, found[-1].last = mention.states, mention.last
        return True
    elif _announces(tokens, found[-1], mention):
        mention.first = found.pop().first
    elif _is_second_holder(tokens, found, mention):
        state = found.pop()
        mention.first, mention.states = state.first, state.states
        mention.office, mention.level = found[-1].office, found[-1].level
    return False


def _owned(tokens: Tokens, owner: Mention, mention: Mention) -> bool:
    """ "Lebanon's Fouad Siniora": a full name behind the possessive of one state, whose bearer the list of people knows."""
    return (
        mention.office is None and not mention.states and mention.name is not None
        and owner.kind == "states" and len(owner.states) == 1 and owner.last == mention.first - 1
        and tokens.codes[owner.last] == "'" and mention.name[1] - mention.name[0] >= 2
        and bool(find_people(tokens.surface(*mention.name), None, owner.states[0]))
    )  # fmt: skip


def _apposes(tokens: Tokens, person: Mention, role: Mention) -> bool:
    """ "Prince X, the Cambodian First Prime Minister, ...": the state of the apposed office is that of the person."""
    if role.kind != "role" or person.kind != "person" or person.states or person.office is None:
        return False
    if len(role.states) != 1 or role.is_counterpart or role.is_plural:
        return False
    return tokens.codes[person.last : role.first] == "," and tokens.codes[role.last : role.last + 1] in tuple(",.;)")


def _announces(tokens: Tokens, role: Mention, mention: Mention) -> bool:
    """ "His counterpart, Italian President X": the bare role only announces the person behind it."""
    between = tokens.codes[role.last : mention.first]
    return role.kind == "role" and role.is_counterpart and mention.kind == "person" and between.strip(" ,") == ""


def _is_second_holder(tokens: Tokens, found: list[Mention], mention: Mention) -> bool:
    """ "The premiers of A, X, and B, Y": Y, of B, under the office told before X."""
    if len(found) < 2 or mention.kind != "person" or mention.office is not None or mention.states:
        return False
    first, state = found[-2], found[-1]
    return (
        state.kind == "states" and len(state.states) == 1 and first.kind == "person" and first.is_plural
        and first.office is not None and len(first.states) == 1 and first.states != state.states
        and tokens.codes[first.last : state.first].strip(",T") == "&"
        and tokens.codes[state.last : mention.first] in (",", "")
    )  # fmt: skip
