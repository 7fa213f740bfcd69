"""Mentions out of the shapes that `chunks.py` finds: which tokens are the name, the office and the states."""

from __future__ import annotations

import re
from functools import lru_cache

from bilaterals.extract.levels import office_level
from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.mention import Mention
from bilaterals.extract.tokens import Tokens

# A name over token codes (see chunks.py): words of a name, honorifics, particles and towns that a person is named after.
NAME = r"(?:(?:H ?T?){0,2}(?:N|pN)|(?:H ?T?){1,2}L(?= ?N))(?: ?p{0,2}[NL]|HN){0,6}(?: ?,?Z ?)?"
NAME_IN = re.compile(NAME)
CITY_NAME = re.compile("[LC](?: ?[NL]){0,3}")


def _states_in(tokens: Tokens, first: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if last - first == 1 and tokens.codes[first] in "JCG" and len(tokens.entries[first].countries) == 1:
        return tokens.entries[first].countries, ()
    stated: list[str] = []
    readings: list[str] = []
    for i, code in enumerate(tokens.codes[first:last], first):
        if code not in "JCGBYL":
            continue
        entry = tokens.entries[i]
        if code == "L" and not (entry.countries and last - first <= 4):
            continue
        listed = entry.countries or ((entry.building.country,) if entry.building else ())
        if len(listed) == 1 or code == "Y":
            stated += [state for state in listed if state not in stated]
        else:
            readings += listed
    return tuple(stated), tuple(readings)


def _office_span(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """The office without the determiner, the state it serves and the comma around it."""
    codes = tokens.codes
    begin = first
    while first < last and codes[first] in "TJCG',UB&ox" and codes[first] != "B":
        if codes[first] == "x" and first > begin and codes[first - 1] in "JC'":
            break  # "Vietnamese defense chief"
        first += 1
    while last > first and codes[last - 1] in ",&' ":
        last -= 1
    if (
        last - first >= 2
        and codes[last - 1] == "C"
        and codes[last - 2] in "oT"
        and codes[last - 3 if codes[last - 2] == "T" else last - 2] == "o"
    ):
        last -= 3 if codes[last - 2] == "T" else 2
    while first < last and tokens.words[first].lower() in (
        "visiting",
        "new",
        "newly-appointed",
        "newly appointed",
        "then",
    ):
        first += 1
    return (first, last) if last > first else None


def _of_no_state(tokens: Tokens, first: int, last: int) -> bool:
    """ "Syrian rebel leader": a plain word between the state and the office that makes it none of the state's."""
    codes = tokens.codes
    return codes.find("x", first + 1, last) >= 0 and any(
        codes[i] == "x" and codes[i - 1] in "JC'x" and tokens.words[i].lower() in lexicon().unofficial
        for i in range(first + 1, last)
    )


def _titled(tokens: Tokens, first: int, last: int) -> Mention | None:
    codes = tokens.codes
    heads = [i for i in range(first, last) if codes[i] == "O"]
    name = None
    for head in heads:  # the name stands behind the last office that is followed by one
        span = _name_after(codes, head + 1, last)
        if span:
            name = span
    if name is None:
        return None
    before, after = (first, name[0]), (name[1], last)
    if _of_no_state(tokens, *before):
        return Mention("person", name[0], name[1], name=name)
    states, readings = _serving(tokens, *before)
    if "O'" in codes[first : name[0]]:  # "the French President's Special Envoy": his office begins behind the possessor
        before = (codes.index("O'", first) + 2, name[0])
    post, post_readings = _states_in(tokens, *after)
    codes_before = codes[before[0] : before[1]]
    if "t" in codes_before and len(states) > 1:  # Ambassador of Malta to China: the receiving state is not the sender
        states = tuple(code for code in states if code not in _received(tokens, *before))
    elif "t" in codes_before and "O" in codes_before and states and states[0] in _received(tokens, *before):
        states = ()
    if (post and codes[after[0]] in "on") or (post and codes[after[0]] == "f"):
        states = states or post[:1]
    office = _office_span(tokens, *before)
    return Mention(
        "person", first, last, name=name, office=office, states=states[:1], readings=readings or post_readings,
        level=office_level(tokens, *before), is_former="!" in codes[first : name[0]], is_plural=_plural(tokens, before),
        post_state=post[:1],
    )  # fmt: skip


def _serving(tokens: Tokens, first: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states that an office serves: not those it deals with ("Special Envoy on Afghan Affairs")."""
    codes = tokens.codes
    between = codes[first:last]
    if "n" not in between and "f" not in between:
        return _states_in(tokens, first, last)
    cut = next(
        (i for i in range(first, last) if codes[i] in "nf" and codes[i + 1] in "JT" and "O" in codes[first:i]), last
    )
    stated, readings = _states_in(tokens, first, cut)
    rest = next((i for i in range(cut, last) if codes[i] == "o"), last)
    more, more_readings = _states_in(tokens, rest, last)
    return stated + tuple(state for state in more if state not in stated), readings + more_readings


def _received(tokens: Tokens, first: int, last: int) -> tuple[str, ...]:
    """The states behind "to": where an ambassador is accredited."""
    for i in range(first, last):
        if tokens.codes[i] == "t":
            end = i + 1
            while end < last and tokens.codes[end] in "TCJ&,L":
                end += 1
            return _states_in(tokens, i + 1, end)[0]
    return ()


def _plural(tokens: Tokens, span: tuple[int, int]) -> bool:
    head = tokens.codes.find("O", *span)
    return head >= 0 and _is_plural_office(tokens.words[head].lower())


@lru_cache(maxsize=16384)
def _is_plural_office(word: str) -> bool:
    first = word.split()[0]
    return (first.endswith("s") and first not in ("affairs", "chargé")) or word.endswith(PLURALS)


PLURALS = ("ministers", "presidents", "leaders", "secretaries", "advisors", "advisers", "envoys", "officials")


def _name_after(codes: str, start: int, last: int) -> tuple[int, int] | None:
    for i in range(start, last):
        if codes[i] in "LC" and i > start and codes[i - 1] in "toifTw":
            continue  # "Ambassador of Georgia to Ankara Giorgi Janashia"
        if codes[i] == "C" and codes[i + 1 : i + 2] != "N":
            continue
        if codes[i] in "NHpLC":
            match = (NAME_IN if codes[i] not in "LC" else CITY_NAME).match(codes, i, last)
            if match:
                end = match.end()
                while end > i and codes[end - 1] in ", ":
                    end -= 1
                return i, end
            if codes[i] == "N":
                return None
        if codes[i] == "O":
            return None
    return None


def _apposed(tokens: Tokens, first: int, last: int) -> Mention | None:
    codes = tokens.codes
    comma = codes.index(",", first)
    match = NAME_IN.match(codes, first, last)
    end = match.end() if match else comma
    while end > first and codes[end - 1] in ", ":
        end -= 1
    states, readings = _states_in(tokens, end, last)
    if "t" in codes[end:last] and len(states) > 1:
        states = tuple(code for code in states if code not in _received(tokens, end, last))
    return Mention(
        "person", first, last, name=(first, end), office=_office_span(tokens, end + 1, last), states=states[:1],
        readings=readings, level=office_level(tokens, end, last), is_former="!" in codes[end:last],
    )  # fmt: skip


def _named_of(tokens: Tokens, first: int, last: int) -> Mention:
    end = next(i for i in range(first, last) if tokens.codes[i] in "o(")
    states, readings = _states_in(tokens, end, last)
    return Mention("person", first, last, name=(first, end), states=states[:1], readings=readings)


def _named(tokens: Tokens, first: int, last: int) -> Mention | None:
    while last > first and tokens.codes[last - 1] in ", ":
        last -= 1
    return Mention("person", first, last, name=(first, last))


# "The ministers agreed": those of both sides, where the document has told of two.
BOTH_HOLDERS = frozenset(
    [
        "ministers",
        "foreign ministers",
        "presidents",
        "prime ministers",
        "defence ministers",
        "defense ministers",
        "premiers",
        "speakers",
        "secretaries",
    ]
)


def _both_holders(tokens: Tokens, first: int, last: int) -> bool:
    return (
        tokens.codes[first:last] == "TO"
        and tokens.words[first].lower() == "the"
        and tokens.words[first + 1].lower() in BOTH_HOLDERS
    )


def _says_of_what_kind(tokens: Tokens, last: int) -> bool:
    """ "Held official talks", "an official visit": the word tells of the noun behind it and is no office."""
    if tokens.words[last - 1].lower() != "official" or tokens.words[last - 1][0].isupper():
        return False
    behind = tokens.codes[last : last + 1]
    nouns = lexicon().codes_of
    return any(behind in nouns[kind] for kind in ("meeting_noun", "mechanism_noun", "instrument", "visit")) or (
        last < len(tokens.words) and tokens.words[last].lower() in OCCASIONS
    )


# What "official" tells of, besides meetings, instruments and visits.
OCCASIONS = frozenset(
    ["trip", "tour", "ceremony", "welcome", "dinner", "lunch", "banquet", "reception", "invitation", "residence", "opening", "signing", "statement", "spokesperson", "spokesman", "spokeswoman", "delegation"]
)  # fmt: skip


def _role(tokens: Tokens, first: int, last: int) -> Mention | None:
    if _of_no_state(tokens, first, last) or _says_of_what_kind(tokens, last):
        return None
    states, readings = _states_in(tokens, first, last)
    if not states and not readings and _both_holders(tokens, first, last):
        return Mention("joint", first, last, level=office_level(tokens, first, last), is_plural=True)
    received = _received(tokens, first, last)
    if len(states) > 1 or (states and states == received):
        states = tuple(code for code in states if code not in received)
    return Mention(
        "role", first, last, office=_office_span(tokens, first, last), states=states[:1], readings=readings,
        level=office_level(tokens, first, last), is_plural=_plural(tokens, (first, last)),
        is_former="!" in tokens.codes[first:last], is_definite=tokens.codes[first] == "T" or "'" in tokens.codes[first : first + 2],
    )  # fmt: skip


def _guest(tokens: Tokens, first: int, last: int) -> Mention:
    """ "The Kazakh guest": whoever is called so holds no office by it."""
    states, readings = _states_in(tokens, first, last)
    return Mention(
        "role", first, last, office=(last - 1, last), states=states[:1], readings=readings, is_definite=True, is_guest=True
    )  # fmt: skip


def _counterpart(tokens: Tokens, first: int, last: int) -> Mention:
    at = tokens.codes.index("j", first)
    states, readings = _states_in(tokens, first, at)
    name = _name_after(tokens.codes, at + 1, last)
    if name and not states:
        states = _states_in(tokens, name[1], last)[0]
    head = next((i for i in range(first, at) if tokens.codes[i] == "O"), at)
    return Mention(
        "person" if name else "role", first, last, name=name, office=(head, head + 1), level=office_level(tokens, first, at), states=states[:1], readings=readings,
        is_counterpart=True, is_plural=tokens.words[at].lower().endswith("s"),
    )  # fmt: skip


def _joint_roles(tokens: Tokens, first: int, last: int) -> Mention:
    states, readings = _states_in(tokens, first, last)
    office = next((i for i in range(first, last) if tokens.codes[i] in "O$Q"), last - 1)
    level = tokens.entries[office].level
    return Mention(
        "states", first, last, office=(office, office + 1) if level else None, states=states, readings=readings, level=level,
        is_plural=True,
    )  # fmt: skip


def _states(tokens: Tokens, first: int, last: int) -> Mention | None:
    states, readings = _states_in(tokens, first, last)
    return Mention("states", first, last, states=states, readings=readings) if states or readings else None


MINISTRIES = frozenset(
    [
        "Government",
        "Governments",
        "Senate",
        "Congress",
        "Assembly",
        "House",
        "Ministry",
        "Ministries",
        "Department",
        "Parliament",
        "Cabinet",
        "Foreign Office",
        "Secretariat",
    ]
)


def _ministry(tokens: Tokens, first: int, last: int) -> Mention | None:
    """A ministry or parliament of one state: it stands for the state."""
    body = next((i for i in range(first, last) if tokens.codes[i] == "I"), first)
    if not any(tokens.words[i] in MINISTRIES for i in range(body, min(body + 4, last))):
        return None
    return _states(tokens, first, last)


def _joint(tokens: Tokens, first: int, last: int) -> Mention | None:
    codes = tokens.codes[first:last]
    if codes in ("2", "T2", "3", "T3") and tokens.words[last - 1].lower() not in ("two", "both", "the two"):
        return None
    if codes.startswith("T$") and tokens.words[first].lower() != "the":
        return None
    office = next((i for i in range(first, last) if tokens.codes[i] == "O"), None)
    if office is not None and "2" not in codes[: office - first] and not _plural(tokens, (first, last)):
        return _role(tokens, first, office + 1)  # "the president of the two countries' chamber"
    level = office_level(tokens, first, last) if office is not None else None
    states, _ = _states_in(tokens, first, last)
    multi = "3" in codes and tokens.words[first + codes.index("3")].lower() != "all"
    names_office = office is not None and tokens.words[office].lower() not in ("leaders", "leader", "officials")
    return Mention(
        "joint", first, last, office=(office, office + 1) if office is not None and names_office else None, level=level,
        states=states if len(states) > 1 else (), is_multi=multi, is_plural=True,
    )  # fmt: skip


BUILDERS = {
    "joint_roles": _joint_roles, "roles_of": _joint_roles, "titled": _titled, "counterpart": _counterpart, "apposed": _apposed,
    "named_of": _named_of, "named": _named, "joint": _joint, "role": _role, "guest": _guest, "states": _states, "ministry": _ministry, "state": _states,
}  # fmt: skip
