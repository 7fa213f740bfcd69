"""One value out of those that several documents give, and the word when they do not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from datetime import date

from bilaterals.extract.candidates import Candidate, Date
from bilaterals.link.facts import span_of
from bilaterals.link.reports import Report
from bilaterals.setaside import SetAside

# From what is furthest along to what is least.
STATUS_ORDER = ("held", "terminated", "in_force", "signed", "cancelled", "postponed", "reached", "planned")
SINGLE = (
    "level",
    "mode",
    "city",
    "venue_country",
    "occasion",
    "mechanism",
    "mechanism_round",
    "instrument",
    "n_stated",
)
WORDED = frozenset(("occasion", "mechanism", "title"))  # differences of wording are no conflict


def in_order(reports: list[Report]) -> list[Report]:
    """The reports by weight: news before background, the earlier publication first."""
    return sorted(reports, key=lambda r: (not r.candidate.is_main, r.origin.published or date.max, *r.key))


def preferred(reports: list[Report], read: Callable[[Candidate], Hashable]) -> tuple[Hashable, list[Hashable]]:
    """The value most documents give (at a tie the first in weight), and all distinct values in order of
    weight."""
    values = [value for value in (read(r.candidate) for r in in_order(reports)) if value not in (None, "", ())]
    if not values:
        return None, []
    counts = Counter(values)
    distinct = list(dict.fromkeys(values))
    return max(distinct, key=lambda value: (counts[value], -distinct.index(value))), distinct


def worded(values: list[Hashable]) -> Hashable:
    """The fullest wording: most words, then the first in weight."""
    return max(values, key=lambda v: (len(str(v).split()), -values.index(v))) if values else None


def chosen_date(reports: list[Report]) -> tuple[Date, list[str]]:
    """The most precise date, and the different ones of the same precision when documents do not agree."""
    dated = [(span_of(r.candidate.date), r.candidate.date) for r in in_order(reports)]
    known = [(span, when) for span, when in dated if span is not None]
    if not known:
        return Date(), []
    narrowest = min((not span.by_day, span.last - span.first) for span, _ in known)
    finest = [when for span, when in known if (not span.by_day, span.last - span.first) == narrowest]
    counts = Counter(finest)
    distinct = list(dict.fromkeys(finest))
    best = max(distinct, key=lambda when: (counts[when], -distinct.index(when)))
    return best, [when.start or "" for when in distinct] if len(distinct) > 1 else []


def chosen_status(reports: list[Report]) -> str:
    """How far the event has come: a report that it was held outdoes the plan."""
    found = {report.candidate.status for report in reports}
    return next((status for status in STATUS_ORDER if status in found), min(found))


def conflict(reports: list[Report], name: str, values: list[Hashable], kept: object) -> SetAside:
    """The note that documents do not agree."""
    first = in_order(reports)[0]
    documents = ", ".join(sorted({report.origin.doc_id for report in reports}))
    told = " and ".join(repr(str(value)) for value in values)
    reason = f"documents differ on {name}: {told}; {str(kept)!r} is published. The documents are {documents}"
    return SetAside(first.origin.path, first.where(), "link", "conflict", reason, first.origin.doc_id)
