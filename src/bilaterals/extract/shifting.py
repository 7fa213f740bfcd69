"""The evidence of a part of a long text, counted from the beginning of the whole."""

from __future__ import annotations

from dataclasses import replace

from bilaterals.extract.candidates import Candidate, Evidence


def shifted(candidate: Candidate, by: int) -> Candidate:
    """The candidate with every offset moved by ``by`` characters."""

    def move(piece: Evidence) -> Evidence:
        return replace(piece, start=piece.start + by, end=piece.end + by)

    return replace(
        candidate,
        evidence=[move(piece) for piece in candidate.evidence],
        participants=tuple(replace(p, evidence=tuple(map(move, p.evidence))) for p in candidate.participants),
        points=tuple(replace(point, evidence=move(point.evidence)) for point in candidate.points),
        domains=tuple(replace(words, evidence=move(words.evidence)) for words in candidate.domains),
    )
