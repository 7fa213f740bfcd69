"""The level of an office by its words: of a state, a government, a ministry, a house of parliament, a party."""

from __future__ import annotations

from functools import lru_cache

from bilaterals.extract.lexicon import lexicon
from bilaterals.extract.tokens import Tokens


def office_level(tokens: Tokens, first: int, last: int) -> str | None:
    """The level of the highest office in the span, a vice or deputy one step down (see the codebook on levels)."""
    best: str | None = None
    for i, code in enumerate(tokens.codes[first:last], first):
        if code != "O":
            continue
        if i > first and tokens.codes[i - 1] in "tof" and best:
            break  # "Advisor to the President": the office ends where the one it serves begins
        if i > first + 1 and tokens.codes[i - 1] == "T" and tokens.codes[i - 2] in "tof" and best:
            break
        level = tokens.entries[i].level or "official"
        before = tokens.words[i - 1].lower() if i > first else ""
        if before in ("vice", "deputy", "state", "first deputy", "parliamentary", "junior"):
            level = {"head_of_state": "deputy_head", "head_of_government": "deputy_head"}.get(level, level)
            level = {"minister": "vice_minister", "foreign_minister": "vice_minister"}.get(level, level)
        elif before in ("assistant", "special", "associate"):
            level = "official"
        elif level == "foreign_minister" and _is_of_another_field(tokens, i):
            level = "minister" if "GBR" in tokens.entries[max(first, i - 1)].countries else "vice_minister"
        if tokens.words[i].lower() in ("member", "members"):
            level = _membership(tokens, i, last)
        if level == "party" and _heads_legislature(tokens, first, i, last):
            level = "legislature"
        if RANK[level] <= RANK["minister"] or level == "party":
            level = _body_headed(tokens, first, i, last) or level
        if best is None or RANK[level] < RANK[best]:
            best = level
    return best


def _is_of_another_field(tokens: Tokens, head: int) -> bool:
    """ "Secretary of State for the Economy": a junior minister, but in Britain, where the title is a cabinet member's."""
    if not tokens.words[head].lower().startswith("secretar") or head + 2 >= len(tokens.words):
        return False
    behind = [word.lower() for word in tokens.words[head + 1 : head + 4]]
    return behind[0] == "for" and not any("foreign" in word or "external" in word for word in behind)


def _heads_legislature(tokens: Tokens, first: int, head: int, last: int) -> bool:
    """ "NPC chairman", "Chairman of the National Assembly"."""
    end = next((i for i in range(head + 1, last) if tokens.codes[i] in "O,"), last)
    words = set(tokens.words[first:end])
    return not words.isdisjoint(LEGISLATURES) or (
        bool(words & {"Committee", "Committees"}) and words.isdisjoint(OTHER_COMMITTEES)
    )


def _body_headed(tokens: Tokens, first: int, head: int, last: int) -> str | None:
    """The level of whoever heads a party, a house of parliament or an association; None for a state's own office.

    The body stands before the office ("Komeito leader") or behind it ("president of the House of Councillors"), up to
    the next office.
    """
    begin = first - 1 if first and tokens.words[first - 1][:1].isupper() and tokens.codes[first - 1] in "NIx" else first
    for i in range(head - 1, begin - 1, -1):
        if tokens.codes[i] == "O" or tokens.words[i] in ",&" or tokens.words[i].lower() == "and":
            break
        if (level := _of_body(tokens.words[i])) is not None:
            return level
    for i in range(head + 1, last):
        if tokens.codes[i] == "O" or tokens.words[i] == ",":
            break
        if (level := _of_body(tokens.words[i])) is not None:
            return level
    return None


@lru_cache(maxsize=16384)
def _of_body(words: str) -> str | None:
    bodies = lexicon().bodies
    return next((bodies[word] for word in words.lower().replace("-", " ").split() if word in bodies), None)


def _membership(tokens: Tokens, i: int, last: int) -> str:
    """The level of "member of ...": of a parliament, of a party's bodies, or else of an official."""
    words = set(tokens.words[i + 1 : last])
    if words & LEGISLATURES:
        return "legislature"
    return "party" if words & {"Party", "Politburo", "Bureau"} else "official"


LEVELS = (
    "head_of_state", "head_of_government", "deputy_head", "foreign_minister", "minister", "vice_minister", "official", "legislature", "party", "delegation",
)  # fmt: skip
# "Chairman of the Foreign Affairs Committee" heads one of a parliament, but for these.
OTHER_COMMITTEES = frozenset(
    ["Central", "Party", "Executive", "Organizing", "Organising", "Olympic", "Standing", "Political", "Military", "People", "Joint", "State", "Security", "Statistics", "Customs", "Border", "Chiefs", "National", "Intergovernmental"]
)  # fmt: skip
LEGISLATURES = frozenset(
    {
        "Congress",
        "Parliament",
        "Diet",
        "House",
        "Senate",
        "Assembly",
        "CPPCC",
        "NPC",
        "Duma",
        "Bundestag",
        "Knesset",
        "Majlis",
    }
)
RANK = {level: rank for rank, level in enumerate(LEVELS)}
