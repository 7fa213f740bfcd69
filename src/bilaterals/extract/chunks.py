"""Tokens to mentions: people with their offices and states, states, joint subjects.

A mention is found by the shape of its tokens ("J O N N": adjective of a state, office, two words of a name), so the same
few patterns read "Chinese Foreign Minister Wang Yi" and "Ambassador of Malta to China". A pattern's repeats are bounded:
no shape can make the matching slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from bilaterals.extract.levels import office_level
from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.tokens import Tokens
from bilaterals.reference.people import find_people

# Parts of a noun phrase over token codes (see lexicon.BASE_CODES). N name, O office, I institution word, J adjective of
# a state, C state, m modifier, T determiner, H honorific, o of, f for, t to, n on, i in, & and, p particle, Z suffix.
# A given name may be that of a town, behind a title or an office: "Mr. Stanley Okoro", "Foreign Minister Israel Adler".
NAME = r"(?:(?:H ?T?){0,2}(?:N|pN)|(?:H ?T?){1,2}L(?= ?N))(?: ?p{0,2}[NL]|HN){0,6}(?: ?,?Z ?)?"
NAME_AFTER_OFFICE = rf"(?:{NAME}|L N?|LN{{1,2}}(?!,)|CN{{1,2}}(?!'))"
STATE = r"(?:[JC]'?|B|G'?)"
TAIL = r"(?:oT?x{0,2}[xe](?=oT?[IJC])|[oft]T?(?:m{0,2}[OI]|[JCYLB]'?m?[IJCBOm']{0,6}Q?|Im?)[IJCOY']{0,8}|nT?[IJ][IJC]{0,6}|iT?J?I[IJC]{0,6}|iL(?=H?N))(?:(?:,?&|,)T?(?:I|JI)[IJC]{0,4}+(?!m{0,2}O)){0,4}"
OFFICE = rf"!?m{{0,3}}[IJ']{{0,7}}m{{0,2}}O(?:I{{1,3}}(?=H{{0,3}}N|oT?C))?(?:(?:,I{{1,3}}){{0,3}},?&I{{1,3}}(?=,?H{{0,3}}N|oT?C|oT?JI)|,I{{1,2}}(?=,H{{1,3}}N))?(?:{TAIL}){{0,5}}"
# "Crown Prince and Prime Minister of A" is one role; "President of A and Prime Minister of B" are two.
OWN_STATE = r"T?m{0,3}[IJ]{0,4}m?O[IJ]{0,3}oT?C(?!')"
OFFICES = rf"{OFFICE}(?:(?:(?<!C)(?:,?&|,)|(?:,?&|,)(?!{OWN_STATE}))T?{STATE}?{OFFICE}|O){{0,3}}"
PATTERNS = {
    # Chinese and Japanese foreign ministers; the foreign ministers of China and Japan
    "joint_roles": r"T?2?[JC]'?(?:,[JC]'?){0,6},?&J'?m{0,2}[Ix]{0,2}I{0,2}[O$]",
    "roles_of": r"T?2?m{0,2}[IJ]{0,3}[O$Q](?:oT?C(?:,T?C){0,6},?&T?C)(?!'|[IO])",
    # Chinese Foreign Minister Wang Yi; Ambassador of Malta to China Andre Haspels; Prime Minister X of Iraq
    "titled": rf"(?:T?[JC]m?O'm?{OFFICES}|T{STATE}[IJ]{{0,3}}{OFFICES}|T[IJ]{{0,3}}{OFFICE}&{OFFICE}(?=,H)|T[IJ]{{0,3}}{OFFICE}|(?:U?{STATE})?[IJ]{{0,3}}{OFFICES}|(?:J|C')x{{1,3}}m{{0,2}}O|[JC]'?I{{1,3}}oT?I{{1,4}}m?O(?:{TAIL}){{0,2}}|[JC]'?[IJm]{{0,2}}N[NIm]{{0,3}}O|[JC]'?I{{1,4}}(?:,I{{1,3}}){{0,2}},?&I{{0,4}}m?O),?{NAME_AFTER_OFFICE}(?:oT?C(?!'(?![xmIaT#D]{{0,3}}[{{visits}}]))|oT?[IJ]{{1,6}}(?:[on]T?[IJC]{{1,6}}){{0,3}})?",
    "counterpart": rf"(?:{STATE}|x|T)?{STATE}?m?[IJ]{{0,3}}O?j(?:oT?C)?,?(?:H?{NAME}(?:oT?C)?)?",
    # Takeshi Iwaya, Japanese minister for foreign affairs
    "apposed": rf"{NAME},T?{STATE}?[mIJ]{{0,3}}{OFFICES}(?!,?{NAME_AFTER_OFFICE})(?:[of]T?x{{1,3}}(?:&x{{1,2}})?(?=[,.;]|$))?",
    # Ivo Kos of Croatia; Ivo Kos (Croatia)
    "named_of": rf"{NAME}(?:oT?(?:C(?!')|JI{{2,5}})|\(C\))",
    "named": rf"{NAME}",
    # the two sides, both leaders, the delegations
    "joint": r"(?!T?2[xA])T?[23]m{0,2}[IJ]{0,4}(?:\$(?:oT?\$)?|O(?![N'])|Q|E)?(?:oT?2?(?:[$Q]|C&C))?|T[IJ]{0,2}\$(?:oT?2\$|oT?C&T?C)?|T?I{1,3}oT?2\$|T?2I{1,2}",
    "role": rf"T?(?:J|C')x{{1,2}}m{{0,2}}O(?!f)|T(?:U?{STATE})?{OFFICE}|(?:U?{STATE})?{OFFICES}",
    # China and Japan; the Chinese side; the governments of Israel and Lebanon
    "states": r"(?:T?Q[on]T?)?T?[CG](?:,T?[CG]){0,6},?&T?[CG](?!')(?:Q)?",
    # the Ministry of Foreign Affairs of the Republic of Tajikistan
    "ministry": r"T?[IJ]{1,5}(?:[of]T?[IJ]{1,5}(?:&[I]{1,3})?){0,2}oT?C(?!'(?!,)|,?H?N|[IOJm])",
    "state": r"T?[CJG]'?m?I?Q(?:oT?C)?|T?Qo(?:T?C|xxT?C)|T?C",
}
# Most words that may begin a title have no office behind them. In front of an office stand only these codes.
AHEAD = "(?=[TUJCBG'Im!N,&xo]{0,30}+O)"
WITH_OFFICE = ("titled", "role")
# The only patterns that can begin with a name or an honorific; none of the others can begin with one.
NAMES = ("apposed", "named_of", "named")
# What a mention can begin with: tried before the patterns, since most tokens are plain words.
MAY_BEGIN = r"(?=[UJCGBNHpIm!O2$Q3jL]|T[UJCGBNHpIm!O2$Q3jL']|x[JCGBmIOj])"
NAME_IN = re.compile(NAME)
CITY_NAME = re.compile("[LC](?: ?[NL]){0,3}")


@dataclass(slots=True)
class Mention:
    """One mention of a person, a role, states, or both sides at once. Offsets are token indexes, end exclusive.

    ``kind`` is person, role, states or joint. ``states`` are the ISO3 codes that the mention itself states, in its order
    (several readings of an ambiguous surface stay in ``readings``). ``name`` and ``office`` are token spans.
    """

    kind: str
    first: int
    last: int
    name: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    states: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    level: str | None = None
    is_plural: bool = False
    is_counterpart: bool = False
    is_former: bool = False
    is_multi: bool = False
    is_definite: bool = False
    post_state: tuple[str, ...] = field(default=())
    entity: int = -1


@cache
def _chunk() -> re.Pattern[str]:
    table = lexicon()
    visits = table.class_of("visit") + table.class_of("meeting_noun")
    named = {name: f"(?P<{name}>{pattern.replace('{visits}', visits)})" for name, pattern in PATTERNS.items()}
    named |= {name: AHEAD + named[name] for name in WITH_OFFICE}
    of_names = "|".join(named[name] for name in named if name in NAMES)
    others = "|".join(named[name] for name in named if name not in NAMES)
    return re.compile(f"{MAY_BEGIN}(?:(?=[NHp])(?:{of_names})|(?![NHp])(?:{others}))")


def find_mentions(tokens: Tokens) -> list[Mention]:
    """All mentions of a document, in its order."""
    found: list[Mention] = []
    for match in _chunk().finditer(_with_governments(tokens, lexicon().titles.sub("I", tokens.codes))):
        kind = match.lastgroup or ""
        if match.end() > match.start():
            mention = BUILDERS[kind](tokens, match.start(), match.end())
            if mention is not None:
                if found and mention.kind == "person" and _owned(tokens, found[-1], mention):
                    owner = found.pop()
                    mention.first, mention.states = owner.first, owner.states
                elif found and _apposes(tokens, found[-1], mention):
                    found[-1].states, found[-1].last = mention.states, mention.last
                    continue
                elif found and _announces(tokens, found[-1], mention):
                    mention.first = found.pop().first
                found.append(mention)
    return found


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


def _with_governments(tokens: Tokens, codes: str) -> str:
    """The codes with a capital that stands for its government ("Seoul and Tokyo agreed") made a government."""
    found = {}
    for at in CAPITAL.finditer(codes):
        i = at.start()
        if tokens.entries[i].countries and not tokens.dates.get(i):
            found[i] = "G"
    for at in SHORT_NAME.finditer(codes):  # "US climate envoy": the letters stand for the adjective
        if tokens.words[at.start()] in ABBREVIATED and tokens.words[at.start() + 1] not in FUNCTION_WORDS:
            found[at.start()] = "J"
    if not found:
        return codes
    changed = list(codes)
    for i, code in found.items():
        changed[i] = code
    return "".join(changed)


SHORT_NAME = re.compile("C(?=x{1,3}m{0,2}O)")
ABBREVIATED = frozenset(["US", "U.S.", "UK", "U.K.", "USA", "ROK", "DPRK", "UAE", "U.A.E."])
FUNCTION_WORDS = frozenset(
    ["as", "is", "was", "has", "that", "who", "than", "were", "are", "when", "where", "while", "after", "before", "but"]
)
# It opens the sentence or the list, with or without an article, and a verb or a further capital stands behind it.
CAPITAL = re.compile(
    r"L(?=&T?[LG]|[axvMkWKgqsdhFXuR\uE000-\uE0FF])"
    r"(?:(?<=[.;b\"]L)|(?<=[.;b\"]TL)|(?<=[GL]&L)|(?<=[GL]&TL)|(?<=^L)|(?<=^TL))"
)


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
    return any(
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
        if codes[i] in "LC" and i > start and codes[i - 1] in "toifT":
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
        is_former="!" in tokens.codes[first:last], is_definite=tokens.codes[first] == "T",
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
    ["Ministry", "Ministries", "Department", "Parliament", "Cabinet", "Foreign Office", "Secretariat"]
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
    level = next((tokens.entries[i].level for i in range(first, last) if tokens.codes[i] == "O"), None)
    states, _ = _states_in(tokens, first, last)
    multi = "3" in codes and tokens.words[first + codes.index("3")].lower() != "all"
    return Mention(
        "joint",
        first,
        last,
        level=level,
        states=states if len(states) > 1 else (),
        is_multi=multi,
        is_plural=True,
    )


BUILDERS = {
    "joint_roles": _joint_roles, "roles_of": _joint_roles, "titled": _titled, "counterpart": _counterpart, "apposed": _apposed,
    "named_of": _named_of, "named": _named, "joint": _joint, "role": _role, "states": _states, "ministry": _ministry, "state": _states,
}  # fmt: skip
