"""Relations between the records of one document: a consensus is part of its meeting, an agreement results from it."""

from __future__ import annotations

from bilaterals.extract.candidates import Candidate, Date, Evidence, Relation


def relate(found: list[Candidate]) -> None:
    """Link each consensus and agreement to the meeting it came from, and give it that meeting's day and people."""
    meetings = [(i, c) for i, c in enumerate(found) if c.event_type == "meeting" and c.status == "held"]
    for i, candidate in enumerate(found):
        if candidate.event_type not in ("consensus", "agreement"):
            continue
        parent = _parent(candidate, meetings)
        if parent is None:
            continue
        at, meeting = parent
        if candidate.event_type == "consensus" or candidate.status in ("reached", "signed"):
            candidate.relations.append(
                Relation("part_of" if candidate.event_type == "consensus" else "resulted_in", at)
            )
        if candidate.event_type == "consensus" or (
            candidate.date.start is None
            and candidate.status in ("reached", "signed")
            and candidate.is_main
            and meeting.is_main
        ):
            _inherit(candidate, meeting)
        del i


def _parent(candidate: Candidate, meetings: list[tuple[int, Candidate]]) -> tuple[int, Candidate] | None:
    fits = [(at, meeting) for at, meeting in meetings if meeting.countries == candidate.countries]
    if not candidate.is_main:
        inside = [(at, m) for at, m in fits if m.span[0] < candidate.span[1] and candidate.span[0] < m.span[1]]
        return inside[0] if len(inside) == 1 else None
    fits = [(at, meeting) for at, meeting in fits if meeting.is_main]
    before = [(at, meeting) for at, meeting in fits if meeting.span[0] <= candidate.span[1]]
    if candidate.event_type == "agreement" and before:
        return before[-1]
    return before[0] if before else (fits[0] if len(fits) == 1 else None)


def _inherit(candidate: Candidate, meeting: Candidate) -> None:
    if candidate.date.start is None and meeting.date != Date():
        candidate.date = meeting.date
        candidate.evidence += [
            Evidence("date_start", piece.start, piece.end, "date.of-meeting")
            for piece in meeting.evidence
            if piece.field == "date_start"
        ]
    if not candidate.participants:
        candidate.participants = meeting.participants
    if candidate.venue_country is None and meeting.venue_country is not None:
        candidate.city, candidate.venue_country = meeting.city, meeting.venue_country
        candidate.evidence += [
            Evidence(piece.field, piece.start, piece.end, "place.of-meeting")
            for piece in meeting.evidence
            if piece.field in ("city", "venue_country")
        ]
    candidate.level = candidate.level or meeting.level
