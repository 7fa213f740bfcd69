"""Reports into groups, one group an event.

Reports whose days are stated (or whose parent is known, or that carry the number of a round) are grouped
first. The others, which know only a month or nothing, then look for the one group that fits; where several
do, they stay apart. The order of work follows from the reports themselves, so the order of the documents does
not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bilaterals.link.facts import Facts, Span, facts_of
from bilaterals.link.identity import AFFINITY, CONTRADICTS, SURE
from bilaterals.link.index import DATED, Index, days, firm_keys, months
from bilaterals.link.names import same_person
from bilaterals.link.reports import Report
from bilaterals.setaside import SetAside

NEWS = timedelta(days=7)  # news without a date tells of the last days
PLANS = timedelta(days=14)  # a plan without a date is for the coming days
MENTIONS = 366  # undated mentions of one event are published within this many days of each other
SAME_NEWS = 7  # undated news of one event is published within this many days


@dataclass(eq=False, slots=True)
class Group:
    """The reports of one event, and the distinct facts that they state."""

    number: int
    event_type: str
    reports: list[Report] = field(default_factory=list)
    facts: dict[Facts, None] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    span: Span | None = None
    """The narrowest span of days that a report states; None when none states any."""

    def add(self, report: Report, facts: Facts) -> None:
        """Take a report in."""
        self.reports.append(report)
        self.facts[facts] = None
        self.documents.add(report.origin.doc_id)
        spans = [span for span in (self.span, facts.when) if span]
        self.span = min(spans, key=lambda s: (not s.by_day, s.last - s.first, s.first), default=None)


class Grouping:
    """The groups of one type of event of one pair of states."""

    def __init__(self, event_type: str) -> None:
        self.event_type = event_type
        self.groups: list[Group] = []
        self.set_aside: list[SetAside] = []
        self.index: Index[Group] = Index()

    def open(self, report: Report, facts: Facts) -> Group:
        """Begin a new group with a report."""
        group = Group(len(self.groups), self.event_type)
        self.groups.append(group)
        self.put(group, report, facts)
        return group

    def put(self, group: Group, report: Report, facts: Facts) -> None:
        """Take a report into a group."""
        if facts not in group.facts:
            self.index.put(group.number, group, facts, report.origin.published)
        group.add(report, facts)

    def fit(self, group: Group, report: Report, facts: Facts) -> int:
        """How well a report fits a group: 0 when anything contradicts or nothing ties them together."""
        contradicts, affinity = CONTRADICTS[self.event_type], AFFINITY[self.event_type]
        if any(contradicts(facts, other) for other in group.facts):
            return 0
        if report.origin.doc_id in group.documents and not _repeats(facts, group):
            return 0
        if _told_apart(report, group):
            return 0
        return max(affinity(facts, other) for other in group.facts)


def _told_apart(report: Report, group: Group) -> bool:
    """Whether another entry of the same chronicle and date tells the group's event as its own news."""
    origin = report.origin
    if origin.entry is None or not report.candidate.is_main:
        return False
    return any(
        other.origin.entry == origin.entry and other.origin.doc_id != origin.doc_id and other.candidate.is_main
        for other in group.reports
    )


def _repeats(facts: Facts, group: Group) -> bool:
    """Whether a second record of one document says again what the first said, by day and by name.

    An extractor that keeps two records of one document apart has its reasons; only a record that differs in
    nothing is the same event.
    """
    span = group.span
    if not facts.when or not facts.when.by_day or span is None or not span.by_day or facts.text:
        return False
    for other in group.facts:
        named = all(
            any(same_person(p, q) for p in mine for q in theirs)
            for mine, theirs in zip(facts.sides, other.sides, strict=True)
        )
        same = facts.mechanism_round == other.mechanism_round and bool(facts.mechanism) == bool(other.mechanism)
        if named and same and facts.title == other.title and facts.when.overlaps(span):
            return True
    return False


def is_firm(facts: Facts) -> bool:
    """Whether the report itself says which event it speaks of: by the day, the parent or the number of the
    round."""
    numbered = facts.mechanism_round is not None and bool(facts.mechanism)
    return bool(facts.when and facts.when.by_day) or facts.parent is not None or numbered


def dates_allow(group: Group, report: Report, facts: Facts) -> bool:
    """Whether the days that are stated, or the day of publication, let the report speak of the group's
    event."""
    span = group.span
    if facts.when and span:
        return facts.when.overlaps(span) or _travel_days(group, facts, span)
    if facts.when is None and span is None:
        return _near_in_print(group, report)
    known = facts.when or span
    assert known is not None
    day = report.origin.published
    if facts.when:  # the group is undated: its documents bound it
        published = [r.origin.published for r in group.reports if r.origin.published]
        return any(_fits_publication(known, r, group.reports[0]) for r in published) if published else True
    return day is None or _fits_publication(known, day, report)


def _travel_days(group: Group, facts: Facts, span: Span) -> bool:
    """A visit lasts; accounts of its first and its second day are of one visit."""
    if group.event_type != "visit" or facts.when is None or not (facts.when.by_day and span.by_day):
        return False
    gap = max(facts.when.first - span.last, span.first - facts.when.last)
    return gap <= timedelta(days=1)


def _fits_publication(span: Span, day: date, report: Report) -> bool:
    """Whether an event on these days can be what a document of that day tells of without a date."""
    if report.candidate.status in ("planned", "postponed", "cancelled"):
        return day - timedelta(days=1) <= span.last and span.first <= day + PLANS
    if report.candidate.is_main and report.candidate.event_type != "reference":
        return day - NEWS <= span.last and span.first <= day
    return span.first <= day


def _near_in_print(group: Group, report: Report) -> bool:
    day = report.origin.published
    if day is None or not any(other.origin.published for other in group.reports):
        return False
    for other in group.reports:
        both_news = report.candidate.is_main and other.candidate.is_main
        if other.origin.published and abs((day - other.origin.published).days) > (SAME_NEWS if both_news else MENTIONS):
            return False
    return True


def likely_groups(grouping: Grouping, report: Report, facts: Facts) -> Iterator[Group]:
    """The groups that may hold the event a report tells of; `dates_allow` and `Grouping.fit` decide."""
    index, day = grouping.index, report.origin.published
    if is_firm(facts):
        margin = 1 if grouping.event_type == "visit" else 0
        yield from index.found([*firm_keys(facts), *days(facts, margin)])
        return
    if facts.when:
        yield from index.by_period(facts)
        return
    if day is None:
        yield from index.by_name(facts, [DATED])
        return
    status, is_news = (
        report.candidate.status,
        report.candidate.is_main and report.candidate.event_type != "reference",
    )
    if status in ("planned", "postponed", "cancelled"):
        yield from index.found(months(day - timedelta(days=1), day + PLANS))
    elif is_news:
        yield from index.found(months(day - NEWS, day))
    else:
        yield from index.by_name(facts, [DATED])
    near = months(day - timedelta(days=MENTIONS), day + timedelta(days=MENTIONS))
    yield from index.by_name(facts, [key[1:] for key in near])


def _place(grouping: Grouping, report: Report, facts: Facts) -> bool:
    """Give a report to the one group that fits best; True when several fit equally well and none was
    chosen."""
    single = (facts.when is None or not facts.when.by_day) and not is_firm(facts)
    fits: list[tuple[int, Group]] = []
    for group in likely_groups(grouping, report, facts):
        score = grouping.fit(group, report, facts) if dates_allow(group, report, facts) else 0
        if score:
            fits.append((score, group))
        if single and len(fits) > 1:
            break  # without a day only the single fit counts
    best = max((score for score, _ in fits), default=0)
    chosen = [group for score, group in fits if single or score == best]
    weak = best < SURE and (facts.when is None or len(fits) > 1)  # a weak tie holds with a date, and alone
    if len(chosen) == 1 and not weak:
        grouping.put(chosen[0], report, facts)
        return False
    grouping.open(report, facts)
    return len(chosen) > 1


def _order(report: Report, facts: Facts, siblings: int) -> tuple[object, ...]:
    """The best informed reports come first; those of a document that tells of several events before the
    others."""
    precise = 0 if facts.when and facts.when.by_day else 1
    first = facts.when.first if facts.when else date.max
    return (precise, first, -siblings, not report.candidate.is_main, -facts.weight, *report.key)


def group_reports(event_type: str, reports: list[Report], parents: dict[tuple[str, int], int]) -> Grouping:
    """All reports of one type of event and one pair of states, grouped by event."""
    grouping = Grouping(event_type)
    pairs = [(report, facts_of(report.candidate, parents.get(report.key))) for report in reports]
    siblings = Counter(report.origin.doc_id for report in reports)
    pairs.sort(key=lambda pair: _order(pair[0], pair[1], siblings[pair[0].origin.doc_id]))
    loose = []
    for report, facts in pairs:
        if not is_firm(facts):
            loose.append((report, facts))
        elif _place(grouping, report, facts):
            grouping.set_aside.append(_ambiguous(report, "ambiguous-merge"))
    loose.sort(key=lambda pair: (pair[1].when is None, not pair[0].candidate.is_main, -pair[1].weight, pair[0].key))
    for report, facts in loose:
        if _place(grouping, report, facts):
            code = "ambiguous-merge" if report.candidate.is_main else "background-unresolved"
            grouping.set_aside.append(_ambiguous(report, code))
    return grouping


def _ambiguous(report: Report, code: str) -> SetAside:
    candidate = report.candidate
    pair = " and ".join(candidate.countries)
    reason = (
        f"this {candidate.event_type} of {pair} fits several events; it is kept as an event of its own. "
        "Add a document that dates it, or check the events of the pair"
    )
    return SetAside(report.origin.path, report.where(), "link", code, reason, report.origin.doc_id)
