"""Candidates of many documents into events: group, merge, relate, name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from bilaterals.extract.candidates import Extraction
from bilaterals.link.events import Event, Linked
from bilaterals.link.facts import facts_of
from bilaterals.link.grouping import Group, Grouping, dates_allow, group_reports, likely_groups
from bilaterals.link.identity import SURE
from bilaterals.link.ids import Entry, first_words, give_ids, identity_of
from bilaterals.link.localdates import join_local_dates
from bilaterals.link.merging import Merged, merge
from bilaterals.link.relations import Key, most_common, parents_of, stated
from bilaterals.link.reports import Report, WordsOf, reports_of
from bilaterals.link.titles import title_of
from bilaterals.setaside import SetAside

if TYPE_CHECKING:
    from bilaterals.corpus import Document

WordsSource = Callable[[Key], WordsOf]
EVENT_TYPES = ("visit", "meeting", "consensus", "agreement")


def not_bilateral(report: Report) -> SetAside | None:
    """Why a candidate is of no pair of states; None when it is of two."""
    candidate = report.candidate
    if len(set(candidate.countries)) == 2:
        return None
    states = ", ".join(candidate.countries) or "no state"
    reason = f"{candidate.event_type} of {states}: only events of exactly two states are published"
    return SetAside(report.origin.path, report.where(), "link", "not-bilateral", reason, report.origin.doc_id)


class _Pair:
    """The events of one pair of states on their way: groups first, then events, then their ids and
    relations."""

    def __init__(self, reports: list[Report]) -> None:
        self.reports = sorted(reports, key=lambda report: report.key)
        self.types = {report.key: report.candidate.event_type for report in self.reports}
        self.relations = stated(self.reports)
        self.parents = parents_of(self.relations, self.types)
        self.set_aside: list[SetAside] = []
        self.groups: list[list[Report]] = []
        self.group_of: dict[Key, int] = {}
        self.mentions: dict[int, list[Report]] = defaultdict(list)

    def group(self) -> None:
        """All reports into groups, one type after the other, parents first."""
        groupings: dict[str, Grouping] = {}
        numbers: dict[int, int] = {}
        for kind in EVENT_TYPES:
            own = [report for report in self.reports if report.candidate.event_type == kind]
            known = {r.key: self._parent_number(r.key) for r in own} if kind in ("consensus", "agreement") else {}
            grouping = group_reports(kind, own, {key: n for key, n in known.items() if n is not None})
            joined = join_local_dates(grouping) if kind == "meeting" else []
            groupings[kind] = grouping
            self.set_aside += grouping.set_aside
            for group in grouping.groups:
                number = len(self.groups)
                self.groups.append(group.reports)
                numbers[id(group)] = number
                self.group_of |= {report.key: number for report in group.reports}
            numbers |= {id(gone): numbers[id(kept)] for kept, gone in joined}
        self._attach_references(groupings, numbers)

    def _parent_number(self, key: Key) -> int | None:
        parent = self.parents.get(key)
        return None if parent is None or self.types[parent] == "reference" else self.group_of.get(parent)

    def _attach_references(self, groupings: dict[str, Grouping], numbers: dict[int, int]) -> None:
        """A mention of another event gives evidence to it where exactly one fits; else it is listed."""
        covered = {(r.origin.doc_id, *r.candidate.span) for r in self.reports if r.candidate.event_type != "reference"}
        for report in self.reports:
            if report.candidate.event_type != "reference" or (report.origin.doc_id, *report.candidate.span) in covered:
                continue
            fits = {numbers[id(group)] for group in _fitting(report, groupings)}
            if len(fits) == 1:
                (number,) = fits
                self.group_of[report.key] = number
                if all(report.origin.doc_id != other.origin.doc_id for other in self.groups[number]):
                    self.mentions[number].append(report)
            else:
                self.set_aside.append(_unresolved(report, len(fits)))

    def events(self, words_of: WordsSource | None) -> Iterator[Event]:
        """The events of all groups, with their ids, titles, parents, links and evidence, in the order of the
        ids."""
        merged = [merge(reports, self.mentions.get(number, [])) for number, reports in enumerate(self.groups)]
        events = [one.event for one in merged]
        parents = [self._parent_event(number) for number in range(len(events))]
        entries = []
        for number, event in enumerate(events):
            self.set_aside += merged[number].notes
            reports, parent = self.groups[number], parents[number]
            titles = [r.candidate.title for r in reports if r.candidate.title]
            event.row["title"] = title_of(event, max(sorted(titles), key=len, default=None))
            above = events[parent] if parent is not None else None
            _bound_by_parent(event, above)
            entries.append(Entry(event, identity_of(event, reports, above), above, first_words(reports)))
        give_ids(entries)
        for number, event in enumerate(events):
            parent = parents[number]
            event.row["parent_event_id"] = events[parent].event_id if parent is not None else None
        self._add_links(events)
        for one in sorted(merged, key=lambda one: one.event.event_id):
            yield _written(one, words_of)

    def _parent_event(self, number: int) -> int | None:
        found = []
        for report in self.groups[number]:
            parent = self.parents.get(report.key)
            target = self.group_of.get(parent) if parent else None
            if target is not None and target != number:
                found.append(target)
        return most_common(found)

    def _add_links(self, events: list[Event]) -> None:
        rows = set()
        for mine, relation, other in self.relations:
            first, second = self.group_of.get(mine), self.group_of.get(other)
            if first is not None and second is not None and first != second:
                rows.add((first, second, relation))
        for first, second, relation in rows:
            events[first].links.append({"other_event_id": events[second].event_id, "relation": relation})
        for event in events:
            event.links.sort(key=lambda row: (str(row["other_event_id"]), str(row["relation"])))


def _fitting(report: Report, groupings: dict[str, Grouping]) -> list[Group]:
    facts = facts_of(report.candidate)
    if facts.when is None and not any(facts.sides) and not facts.title and facts.mechanism_round is None:
        return []
    fits: list[Group] = []
    for kind in ("meeting", "visit", "agreement"):
        grouping = groupings[kind]
        for group in likely_groups(grouping, report, facts):
            if dates_allow(group, report, facts) and grouping.fit(group, report, facts) >= SURE:
                fits.append(group)
            if len(fits) > 2:
                return fits  # two may be one told with two dates; three are never one
    return fits


def _unresolved(report: Report, n_fitting: int) -> SetAside:
    fitting = "several events fit" if n_fitting else "no event fits"
    pair = " and ".join(report.candidate.countries)
    reason = f"a mention of another event of {pair} was not attached: {fitting}"
    return SetAside(report.origin.path, report.where(), "link", "background-unresolved", reason, report.origin.doc_id)


def _bound_by_parent(event: Event, parent: Event | None) -> None:
    """What a meeting brought about lies between the meeting and the first report of it."""
    row = event.row
    if parent is None or row["date_start"] is not None or row["status"] == "planned":
        return
    earliest, latest = parent.row["earliest_date"], row["latest_date"]
    if isinstance(earliest, date) and isinstance(latest, date) and earliest <= latest:
        row["earliest_date"] = earliest


def _written(merged: Merged, words_of: WordsSource | None) -> Event:
    """The event with its evidence; words that are not at hand are fetched, and let go again."""
    if words_of is None:
        return merged.finish()
    reports = {source.report.key: source.report for source in merged.sources}
    for key, report in reports.items():
        report.words = words_of(key)
    event = merged.finish()
    for report in reports.values():
        report.words = {}
    merged.event, merged.sources = Event({"event_id": event.event_id}), []
    return event


def link_pair(reports: list[Report]) -> Linked:
    """The events of one pair of states out of all reports of it. The order of the reports does not matter."""
    events, set_aside = iter_pair(reports)
    return Linked(tuple(events), tuple(set_aside))


def iter_pair(reports: list[Report], words_of: WordsSource | None = None) -> tuple[Iterator[Event], Iterator[SetAside]]:
    """The same, one event at a time, with the words fetched when they are needed; take the events first."""
    pair = _Pair(reports)
    pair.group()

    def notes() -> Iterator[SetAside]:
        yield from sorted(pair.set_aside, key=_place_of)

    return pair.events(words_of), notes()


def _place_of(note: SetAside) -> tuple[str, ...]:
    return note.path, note.doc_id or "", note.place, note.code, note.reason


def pair_of(report: Report) -> tuple[str, str]:
    """The two states of a report, in alphabetical order."""
    first, second = sorted(set(report.candidate.countries))
    return first, second


def link(documents: Iterable[tuple[Document, Extraction]], *, may_quote: bool = True) -> Linked:
    """Events out of documents with what was extracted from them, all in memory.

    A release does the same pair by pair, with the reports on disk (`bilaterals.release`).
    """
    pairs: dict[tuple[str, str], list[Report]] = defaultdict(list)
    set_aside: list[SetAside] = []
    for document, extraction in documents:
        set_aside += extraction.set_aside
        for report in reports_of(document, extraction, may_quote=may_quote):
            note = not_bilateral(report)
            if note is None:
                pairs[pair_of(report)].append(report)
            elif report.candidate.event_type != "reference":
                set_aside.append(note)
    events: list[Event] = []
    for pair in sorted(pairs):
        linked = link_pair(pairs[pair])
        events += linked.events
        set_aside += linked.set_aside
    return Linked(tuple(events), tuple(sorted(set_aside, key=_place_of)))
