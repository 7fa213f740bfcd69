"""Whose words a sentence gives: a paragraph that opens with one side saying something goes on in that side's speech."""

from __future__ import annotations

from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before

# Verbs of shared position that, with one side as their subject, open a speech.
SPEAKING = frozenset(
    {
        "said", "said that", "stated that", "pointed out", "stressed", "emphasized", "noted", "reiterated", "expressed", "believe",
        "reaffirmed", "underscored", "highlighted",
    }
)  # fmt: skip


def mark_speech(reading: Reading, clause: Clause) -> None:
    """Note on a sentence whether it lies in the speech of one side."""
    number = clause.number
    opens_paragraph = number == 0 or number == reading.tokens.paragraph_of(number)
    goes_on = not opens_paragraph and reading.clauses[number - 1].in_speech
    clause.in_speech = goes_on or _opens_speech(clause, reading)


def _opens_speech(clause: Clause, reading: Reading) -> bool:
    codes = clause.codes
    verbs = code_class("say", "consensus", "discuss")
    if verbs.isdisjoint(clause.kinds):
        return False
    for i in positions(codes, verbs):
        subject = subject_before(clause, i)
        if subject is None or subject[0] > 6:
            return False
        if codes[subject[0]] == "U":
            return True
        mentions = actors_at(clause, *subject)
        if len(mentions) != 1 or mentions[0].kind == "joint" or len(mentions[0].states) > 1 or mentions[0].is_plural:
            return False
        word = reading.words(clause.items[i].first, clause.items[i].last)
        return codes[i] in code_class("say") or word in SPEAKING
    return False
