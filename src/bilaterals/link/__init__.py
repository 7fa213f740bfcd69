"""Candidates to events: which records of several documents are the same event, and what is known of it."""

from bilaterals.link.events import Event, Linked
from bilaterals.link.linker import iter_pair, link, link_pair, not_bilateral, pair_of
from bilaterals.link.reports import Report, reports_of

__all__ = [
    "Event",
    "Linked",
    "Report",
    "iter_pair",
    "link",
    "link_pair",
    "not_bilateral",
    "pair_of",
    "reports_of",
]
