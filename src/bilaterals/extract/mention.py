"""A mention: what a run of tokens names, before it is known whom or what the document means by it."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    is_guest: bool = False
    post_state: tuple[str, ...] = field(default=())
    entity: int = -1
