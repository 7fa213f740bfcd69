"""Tokens to mentions: people with their offices and states, states, joint subjects.

A mention is found by the shape of its tokens ("J O N N": adjective of a state, office, two words of a name), so the same
few patterns read "Chinese Foreign Minister Wang Yi" and "Ambassador of Malta to China". A pattern's repeats are bounded:
no shape can make the matching slow.
"""

from __future__ import annotations

import re
from functools import cache

from bilaterals.extract.builders import BUILDERS, NAME
from bilaterals.extract.joining import join
from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.mention import Mention
from bilaterals.extract.tokens import Tokens

# Parts of a noun phrase over token codes (see lexicon.BASE_CODES). N name, O office, I institution word, J adjective of
# a state, C state, m modifier, T determiner, H honorific, o of, f for, t to, n on, i in, & and, p particle, Z suffix.
# A given name may be that of a town, behind a title or an office: "Mr. Stanley Okoro", "Foreign Minister Israel Adler".
NAME_AFTER_OFFICE = rf"(?:{NAME}|L N?|LN{{1,2}}(?!,)|CN{{1,2}}(?!'))"
STATE = r"(?:[JC]'?|B|G'?)"
TAIL = r"(?:oT?x{0,2}[xe](?=oT?[IJC])|[oft]T?(?:m{0,2}[OI]|[JCYLB]'?m?[IJCBOm']{0,6}Q?|Im?)[IJCOY']{0,8}|nT?[IJ][IJC]{0,6}|iT?J?I[IJC]{0,6}|iL(?=H?N)|[of]T?x{1,2}(?=,H?N)|wT?[CJ]I{0,2}(?=,?H{0,2}N))(?:(?:,?&|,)T?(?:I|JI)[IJC]{0,4}+(?!m{0,2}O)){0,4}"
OFFICE = rf"!?m{{0,3}}[IJ']{{0,7}}m{{0,2}}O(?:I{{1,3}}(?=(?:H ?){{0,3}}N|oT?C))?(?:(?:,I{{1,3}}){{0,3}},?&I{{1,3}}(?=,?(?:H ?){{0,3}}N|oT?C|oT?JI)|,I{{1,2}}(?=,(?:H ?){{1,3}}N))?(?:{TAIL}){{0,5}}"
# "Crown Prince and Prime Minister of A" is one role; "President of A and Prime Minister of B" are two.
OWN_STATE = r"T?m{0,3}[IJ]{0,4}m?O[IJ]{0,3}oT?C(?!')"
OFFICES = rf"{OFFICE}(?:(?:(?<!C)(?:,?&|,)|-|(?:,?&|,)(?!{OWN_STATE}))(?:T(?!J)|{STATE})?{OFFICE}|O){{0,3}}"
PATTERNS = {
    # Chinese and Japanese foreign ministers; the foreign ministers of China and Japan
    "joint_roles": r"J,Jm{0,2}I{0,2}[O$]|T?2?[JC]'?(?:,[JC]'?){0,6},?&J'?m{0,2}[Ix]{0,2}I{0,2}[O$]",
    "roles_of": r"T?2?m{0,2}[IJ]{0,3}[O$Q](?:oT?C(?:,T?C){0,6},?&T?C)(?!'|[IO])",
    # Chinese Foreign Minister Wang Yi; Ambassador of Malta to China Andre Haspels; Prime Minister X of Iraq
    "titled": rf"(?:T?[JC]m?O'm?{OFFICES}|T{STATE}[IJ]{{0,3}}{OFFICES}|T[IJ]{{0,3}}{OFFICE}&{OFFICE}(?=,H)|T[IJ]{{0,3}}{OFFICE}|TH{{1,2}}[IJ]{{0,3}}{OFFICE}|(?:U?{STATE})?[IJ]{{0,3}}{OFFICES}|(?:J|C')x{{1,3}}m{{0,2}}O|[JC]'?I{{1,3}}oT?I{{1,4}}m?O(?:{TAIL}){{0,2}}|[JC]'?[IJm]{{0,2}}N[NIm]{{0,3}}O|[JC]'?I{{1,4}}(?:,I{{1,3}}){{0,2}},?&I{{0,4}}m?O),?{NAME_AFTER_OFFICE}(?:oT?C(?!'(?![xmIaT#D]{{0,3}}[{{visits}}]))|oT?[IJ]{{1,6}}(?:[on]T?[IJC]{{1,6}}){{0,3}})?",
    "counterpart": rf"(?:{STATE}|x|T)?{STATE}?m?[IJ]{{0,3}}O?j(?:oT?C)?,?(?:H?{NAME}(?:oT?C)?)?",
    # Takeshi Iwaya, Japanese minister for foreign affairs
    "apposed": rf"{NAME},T?{STATE}?[mIJ]{{0,3}}{OFFICES}(?!,?{NAME_AFTER_OFFICE})(?:[of]T?x{{1,3}}(?:&x{{1,2}})?(?=[,.;]|$))?",
    # Ivo Kos of Croatia; Ivo Kos (Croatia)
    "named_of": rf"{NAME}(?:oT?(?:C(?!')|JI{{2,5}})|\(C\))",
    "named": rf"{NAME}",
    # the two sides, both leaders, the delegations
    "joint": r"T?m{0,2}[IJ]{0,3}O(?:oI{1,3})?oT?2m?\$|(?!T?2[xA])T?[23]m{0,2}[IJ]{0,4}(?:\$(?:oT?\$)?|O(?![N'])|Q|E)?(?:oT?2?(?:[$Q]|C&C))?|T[IJ]{0,2}\$(?:oT?2\$|oT?C&T?C)?|T?I{1,3}oT?2\$|T?2I{1,2}",
    # the Kazakh guest
    "guest": rf"T(?:U?{STATE})?m?9",
    "role": rf"T?(?:J|C')x{{1,2}}m{{0,2}}O(?!f)|T(?:U?{STATE})?{OFFICE}|(?:U?{STATE})?{OFFICES}",
    # China and Japan; the Chinese side; the governments of Israel and Lebanon
    "states": r"(?:T?Q[on]T?)?T?[CG](?:,T?[CG]){0,6},?&T?[CG](?!')(?:Q)?",
    # the Ministry of Foreign Affairs of the Republic of Tajikistan
    "ministry": r"T?[IJ]{1,5}(?:[of]T?[IJ]{1,5}(?:&[I]{1,3})?){0,2}oT?C(?!'(?!,)|,?H?N|[IOJm])",
    "state": r"T?[CJG]'?m?I?Q(?:oT?C)?|T?Qo(?:T?C|xxT?C)|T?C",
}
# What a pattern needs ahead, asked before it is tried: most words that may begin a title have no office behind them, most
# names no comma. Each lists the codes that the pattern lets stand in front of the one it needs, so it rules out no match.
OFFICE_AHEAD = "(?=[TUJCBG'Im!NH,&xo]{0,30}+O)"
AHEAD = {
    "joint_roles": "(?=T?2?[JC]'?[,&])",
    "roles_of": "(?=[T2mIJO$Q]++o)",
    "titled": OFFICE_AHEAD,
    "counterpart": "(?=[JCBG'xTmIO]{0,12}j)",
    "apposed": "(?=[NHTpLZ ]++,)",
    "named_of": "(?=[NHTpLZ, ]++[o(])",
    "joint": "(?=T?[m23IJO$])",
    "role": OFFICE_AHEAD,
    "states": "(?=[TQonCG]++[,&])",
    "ministry": "(?=T?[IJ])",
}
# The only patterns that can begin with a name or an honorific; none of the others can begin with one.
NAMES = ("apposed", "named_of", "named")
# What a mention can begin with: tried before the patterns, since most tokens are plain words.
MAY_BEGIN = r"(?=[UJCGBNHpIm!O2$Q3jL]|T[UJCGBNHpIm!O2$Q3jL'9]|x[JCGBmIOj])"


@cache
def _chunk() -> re.Pattern[str]:
    table = lexicon()
    visits = table.class_of("visit") + table.class_of("meeting_noun")
    named = {name: f"(?P<{name}>{pattern.replace('{visits}', visits)})" for name, pattern in PATTERNS.items()}
    named |= {name: ahead + named[name] for name, ahead in AHEAD.items()}
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
            if mention is not None and not join(tokens, found, mention):
                found.append(mention)
    return found


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
