"""Are two reports one event? Nothing may contradict, and something must agree.

For each type of event there is one function `contradicts(a, b)` and one `affinity(a, b)`. An affinity of 0
means that nothing ties the two together; from `SURE` on they are one event if the dates allow it; between
them lie weak ties, which hold only when no other event fits.
"""

from __future__ import annotations

from bilaterals.link.facts import Facts
from bilaterals.link.names import Person, loosely_same, same_person, same_role

SURE = 3

# Pairs of states of an event that cannot both be true of one event. A plan may be held, called off or put
# off.
APART = {
    frozenset(("held", "cancelled")),
    frozenset(("held", "postponed")),
}


def differ(a: object, b: object) -> bool:
    """Whether both are known and not the same."""
    return a is not None and b is not None and a != b


def similarity(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of common words, or of the shorter text within the longer when it is long enough to tell."""
    if not a or not b:
        return 0.0
    common = len(a & b)
    shorter = min(len(a), len(b))
    jaccard = common / len(a | b)
    return max(jaccard, 0.75 * common / shorter) if shorter >= 6 else jaccard


def side_tie(a: tuple[Person, ...], b: tuple[Person, ...]) -> int | None:
    """How the principals of one side agree: 3 by name, 1 by office, 0 unknown, None when they are other
    people."""
    if not a or not b:
        return 0
    named_a = [person for person in a if person.is_named]
    named_b = [person for person in b if person.is_named]
    if named_a and named_b:
        return 3 if any(same_person(p, q) for p in named_a for q in named_b) else None
    levels_known = all(p.level or p.office for p in (*a, *b))
    if any(same_role(p, q) for p in a for q in b):
        return 1
    return None if levels_known else 0


def _people_tie(a: Facts, b: Facts) -> tuple[int, int] | None:
    ties = [side_tie(mine, other) for mine, other in zip(a.sides, b.sides, strict=True)]
    if None in ties and (3 in ties or _same_round(a, b)) and _same_day(a, b):
        ties = [_loose_tie(a.sides[i], b.sides[i]) if tie is None else tie for i, tie in enumerate(ties)]
    if ties[0] is None or ties[1] is None:
        return None
    return ties[0], ties[1]


def _loose_tie(a: tuple[Person, ...], b: tuple[Person, ...]) -> int | None:
    """2 where a name of each may be two spellings of one, else None: they are other people."""
    return 2 if any(loosely_same(p, q) for p in a for q in b) else None


def _same_round(a: Facts, b: Facts) -> bool:
    numbered = a.mechanism_round is not None and a.mechanism_round == b.mechanism_round
    return numbered and _same_mechanism(a, b)


def _same_day(a: Facts, b: Facts) -> bool:
    """Whether both are told of one day, or of one round where a day is only told by its month."""
    if a.when is None or b.when is None:
        return False
    return (a.when.by_day and b.when.by_day and a.when == b.when) or _same_round(a, b)


def _same_mechanism(a: Facts, b: Facts) -> bool:
    return similarity(a.mechanism, b.mechanism) >= 0.5


def _only_one_is_numbered(a: Facts, b: Facts) -> bool:
    """One is a numbered round of a mechanism, the other not: ministers who meet in it often hold talks of their own that day."""
    dated = bool(a.when and a.when.by_day and b.when and b.when.by_day)
    return dated and (a.mechanism_round is None) != (b.mechanism_round is None)


def meetings_contradict(a: Facts, b: Facts) -> bool:
    """Other people, place, mode, mechanism or round, or one held and the other called off."""
    return (
        frozenset((a.status, b.status)) in APART
        or differ(a.city, b.city)
        or differ(a.venue_country, b.venue_country)
        or differ(a.mode, b.mode)
        or differ(a.mechanism_round, b.mechanism_round)
        or _only_one_is_numbered(a, b)
        or bool(a.mechanism and b.mechanism and not _same_mechanism(a, b))
        or _people_tie(a, b) is None
    )


def meetings_affinity(a: Facts, b: Facts) -> int:
    """Ties of two meetings that do not contradict each other."""
    ties = _people_tie(a, b)
    if ties is None:
        return 0
    numbered = _same_round(a, b)
    people = sum(ties)
    if min(ties) == 1 and max(ties) == 1:
        people = SURE  # both sides by office
    if not people and not numbered:
        return int(bool(a.city and a.city == b.city) or bool(a.level and a.level == b.level))
    same = (
        2 * numbered,
        a.mechanism == b.mechanism or _same_mechanism(a, b),
        a.city is not None and a.city == b.city,
        a.mode is not None and a.mode == b.mode,
    )
    return people + (SURE if numbered else 0) + sum(int(value) for value in same if people >= SURE or numbered)


def visits_contradict(a: Facts, b: Facts) -> bool:
    """Another traveller, another direction, or one made and the other called off."""
    return (
        frozenset((a.status, b.status)) in APART
        or differ(a.direction[0], b.direction[0])
        or differ(a.direction[1], b.direction[1])
        or _people_tie(a, b) is None
    )


def visits_affinity(a: Facts, b: Facts) -> int:
    """Ties of two visits: the traveller by name, or by office."""
    ties = _people_tie(a, b)
    return 0 if ties is None else 2 * max(ties) + (a.city is not None and a.city == b.city)


def agreements_contradict(a: Facts, b: Facts) -> bool:
    """Another kind of instrument, another title, another number of instruments, or another parent."""
    kinds = {a.instrument, b.instrument} - {None, "other"}
    return (
        len(kinds) > 1
        or differ(a.n_stated, b.n_stated)
        or differ(a.parent, b.parent)
        or bool(a.title and b.title and similarity(a.title, b.title) < 0.6)
        or ("terminated" in {a.status, b.status} and a.status != b.status)
    )


def agreements_affinity(a: Facts, b: Facts) -> int:
    """Ties of two agreements: their titles, else the domains they are about, else their number and
    occasion."""
    title = 4 if similarity(a.title, b.title) >= 0.6 else 0
    domains = 2 + round(similarity(a.domains, b.domains)) if a.domains & b.domains else 0
    if a.domains and b.domains and similarity(a.domains, b.domains) < 0.3 and not title:
        return 0
    counted = 2 * (a.n_stated is not None and a.n_stated == b.n_stated)
    occasion = int(a.parent is not None and a.parent == b.parent)
    kind = int(a.instrument not in (None, "other") and a.instrument == b.instrument)
    return title + domains + counted + occasion + kind


def consensus_contradict(a: Facts, b: Facts) -> bool:
    """Other words, other people, or reached at another meeting."""
    return (
        differ(a.parent, b.parent)
        or bool(a.text and b.text and similarity(a.text, b.text) < 0.5)
        or _people_tie(a, b) is None
    )


def consensus_affinity(a: Facts, b: Facts) -> int:
    """Ties of two consensus: near-equal words, or the same meeting with no words given."""
    occasion = a.parent is not None and a.parent == b.parent
    if a.text and b.text:
        return SURE + occasion
    if not a.text and not b.text:
        people = _people_tie(a, b)
        return SURE if occasion else int(people is not None and sum(people) >= SURE)
    return int(occasion)


CONTRADICTS = {
    "meeting": meetings_contradict,
    "visit": visits_contradict,
    "agreement": agreements_contradict,
    "consensus": consensus_contradict,
}
AFFINITY = {
    "meeting": meetings_affinity,
    "visit": visits_affinity,
    "agreement": agreements_affinity,
    "consensus": consensus_affinity,
}
