"""Fields of cooperation, in two levels, and the words of diplomatic English that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bilaterals.reference.countries import read_rows


@dataclass(frozen=True, slots=True)
class Domain:
    """One field of cooperation; ``parent`` is None for the upper level.

    ``wti_topic`` is the topic code of the World Treaty Index, ``plover_context`` the context of the PLOVER
    ontology, each None where no code fits.
    """

    domain: str
    parent: str | None
    label: str
    wti_topic: str | None
    plover_context: str | None


@cache
def domains() -> Mapping[str, Domain]:
    """Every domain by its key, upper ones before their lower ones."""
    columns = ("domain", "parent", "label", "wti_topic", "plover_context")
    return MappingProxyType(
        {
            key: Domain(key, parent or None, label, wti_topic or None, plover_context or None)
            for key, parent, label, wti_topic, plover_context in read_rows("domains.csv", *columns)
        }
    )


@cache
def words() -> Mapping[str, str]:
    """Word or phrase in lower case -> domain. Where several fit, the longest is meant."""
    return MappingProxyType({row[0]: row[1] for row in read_rows("domain_words.csv", "words", "domain")})
