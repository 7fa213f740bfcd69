"""The frames of meetings as data: `rules/meetings.toml` read, compiled and sorted by the codes that begin them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilaterals.extract.clauses import code_class, compile_shape

GROUP_NAME = re.compile(r"\(\?P<\w+>")
LEADS = {"pair": frozenset("Y"), "joint": frozenset("SV")}


NOMINAL = ("none", "pair", "pair-inside", "named-pair", "heading", "leaders", "inside")


# "... with A, and later with B": what makes a second meeting of a frame that ends with A.
# A place or a day may stand behind the first: "met A at the castle, and later with B".
BETWEEN = "(?:iT?[LBGNIx]{1,3}|n?D|nT?x{1,2}(?:ox{1,2})?){0,2}"
FURTHER = (
    rf"{BETWEEN}(?:,?&|,)[{''.join(sorted(code_class('adverb')))}x]{{0,2}}"
    + compile_shape("with visiting b=actors").pattern
)


FURTHER_BY = (
    rf"{BETWEEN}(?:,?&|,)[{''.join(sorted(code_class('adverb')))}x]{{0,2}}" + compile_shape("by b=persons").pattern
)


FURTHER_ON = (
    rf"{BETWEEN}(?:,?&|,)[{''.join(sorted(code_class('adverb')))}x]{{0,2}}n" + compile_shape("b=persons").pattern
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One frame of `rules/meetings.toml`, with its shape compiled.

    ``further`` is the same frame with the other side that a second, or a third, "with" adds: "met A, and later with B".
    """

    id: str
    pattern: re.Pattern[str]
    subject: str
    mode: str
    joint: bool
    needs: str | None
    lead: frozenset[str]
    further: tuple[re.Pattern[str], ...]


@cache
def rules() -> tuple[Rule, ...]:
    """All frames, in the order in which they are tried at one word."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "meetings.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            row["id"], compile_shape(row["shape"]), row["subject"], row["mode"], bool(row.get("joint")), row.get("needs"),
            LEADS.get(row["shape"].split()[0]) or code_class(*row["shape"].split()[0].split("|")),
            _further(row["shape"]) if row["subject"] == "before" and not row.get("joint") else (),
        )
        for row in table["rule"]
    )  # fmt: skip


def _further(shape: str) -> tuple[re.Pattern[str], ...]:
    more = FURTHER_BY if "by" in shape.split() else FURTHER_ON if "call_on" in shape.split() else FURTHER
    second = compile_shape(shape).pattern.replace("(?P<b>", "(?:") + more
    return re.compile(second), re.compile(second.replace("(?P<b>", "(?:") + more)


@cache
def rules_by_code() -> dict[str, tuple[Rule, ...]]:
    """The frames that a code can begin."""
    codes = {code for rule in rules() for code in rule.lead}
    return {code: tuple(rule for rule in rules() if code in rule.lead) for code in codes}


@cache
def any_rule_by_code() -> dict[str, re.Pattern[str]]:
    """For each code one pattern of all the frames that it can begin: most places begin none of them."""
    shapes = {code: "|".join(rule.pattern.pattern for rule in rules) for code, rules in rules_by_code().items()}
    return {code: re.compile(GROUP_NAME.sub("(?:", shape)) for code, shape in shapes.items()}


@cache
def leading() -> frozenset[str]:
    """Every code that can begin a frame."""
    return frozenset(rules_by_code())
