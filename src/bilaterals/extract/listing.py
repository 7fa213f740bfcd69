"""Lists of instruments: "The following documents were signed:" and the titles behind it, in the line or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import Candidate, Date, Evidence
from bilaterals.extract.clauses import Clause, Reading, code_class, positions
from bilaterals.extract.fields import find_fields
from bilaterals.extract.instruments import read_instrument, title_end
from bilaterals.extract.memory import Listing, Memory
from bilaterals.extract.parties import group_of, joint_parties

HEADER = re.compile(
    r"\b(?:following|list of(?: the)?)\b[^.:;]{0,60}?\b(?:agreements?|documents?|acts?|instruments?|memorand\w+|mous?|outcomes?|treaties|accords?)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r"\b(?:signed|concluded|exchanged|adopted|inked)\b", re.IGNORECASE)
ITEM = re.compile(r"\s*(?:\(?[0-9ivxa-h]{1,4}[.)]|[-–•*·])?\s*(?:the\s|an?\s)?$", re.IGNORECASE)
NEW_LINE = re.compile(r"\n\s*(?:\(?[0-9ivxa-h]{1,4}[.)]\s*)?$")
LEAD_REACH = 120


def find_listed(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """The instruments of a list that this sentence opens or goes on with; one record each, of the parties of its head."""
    tokens = reading.tokens
    begin, end = tokens.starts[clause.first], tokens.ends[clause.last - 1]
    header = HEADER.search(tokens.text, begin, min(end, begin + LEAD_REACH))
    if header is not None:
        colon = tokens.text.find(":", header.end(), end + 2)
        opened = _open(reading, clause, memory, tokens.text[begin : colon if colon >= 0 else end])
        if opened is not None and (colon >= 0 or clause.codes.count(";") == 0):
            memory.listing = opened
            begin = colon + 1 if colon >= 0 else end
    listing = memory.listing
    if listing is None or clause.number - listing.number > 2:  # a number with a full stop is a sentence of its own
        memory.listing = None
        return
    if header is None and NEW_LINE.search(tokens.text, max(0, begin - 12), begin) is None:
        return
    done = begin - 1
    for head in positions(clause.codes, code_class("instrument")):
        start = tokens.starts[clause.items[head].first]
        if start <= done:
            continue
        instrument = read_instrument(reading, clause, head)
        first = tokens.starts[clause.items[instrument.first].first]
        before = max(tokens.text.rfind(mark, begin, first) for mark in (";", ":", "\n"))
        opens = tokens.text[first : first + 1].isupper()  # "Intergovernmental agreement on ...", a line of its own
        if not (instrument.is_named or opens) or not ITEM.match(tokens.text[max(before + 1, begin) : first]):
            continue
        last = title_end(reading, clause, head)
        start, done = reading.chars(clause, instrument.first, last + 1)
        start += len(tokens.text[start:done]) - len(tokens.text[start:done].lstrip("-–•*· "))
        listing.number = clause.number
        yield Candidate(
            event_type="agreement", status=listing.status, countries=tuple(sorted(listing.states)),
            evidence=[Evidence("", start, done, "agreement.listed"), *listing.evidence], date=listing.date, instrument=instrument.kind,
            title=re.sub(r"\s+", " ", tokens.text[start:done]), n_stated=None,
            domains=tuple(find_fields(reading, clause, instrument, last + 1)), reported_by=reading.account,
        )  # fmt: skip


def _open(reading: Reading, clause: Clause, memory: Memory, words: str) -> Listing | None:
    """The list that a sentence opens, where its parties are two."""
    named = group_of(reading, memory, list(clause.mentions)).states
    states = named if len(named) == 2 else joint_parties(reading, memory)
    if len(states) != 2:
        states = tuple(dict.fromkeys(entity.state for entity in reading.cast.entities if entity.state))
    if len(states) != 2:
        return None
    last = memory.meetings[-1] if memory.meetings else None
    told = last is not None and set(last.countries) == set(states) and last.is_main
    date = last.date if last is not None and told else Date()
    read_from = [piece for piece in last.evidence if piece.field == "date_start"] if last is not None and told else []
    return Listing(states, "signed" if SIGNED.search(words) else "reached", date, read_from, clause.number)
