"""Where a journey goes: the state, city, building or capital behind the word of travel, or the dateline's city."""

from __future__ import annotations

import re

from bilaterals.extract.candidates import Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.phrases import cues
from bilaterals.extract.venues import capital_at

REGION_OF = re.compile(
    ",[TxNIma]{1,6}o(?:[TxNIma]{1,6}o)?(?P<state>z)"
)  # "Samara, the capital of the Afar region of Ethiopia"


HERE = cues("visits")["here"]


def to_the_dateline(reading: Reading, clause: Clause, at: int) -> tuple[str, str | None, int, Evidence] | None:
    """ "Came here on Sunday", "arrived on Tuesday on a four-day visit": to the city of the dateline."""
    line = reading.dateline_of(clause)
    found = HERE.match(reading.words(clause.items[at].first, clause.last)) if line is not None else None
    if line is None or found is None:
        return None
    return line.city.country, line.city.name, at + 1, Evidence("city", line.start, line.stop, HERE.id_of(found))


def skip_agent(clause: Clause, start: int) -> int:
    """Past "by Foreign Minister X and a delegation next week" to the "to" behind it."""
    codes = clause.codes
    if codes[start : start + 1] not in ("y", "o"):
        return start
    return next(
        (
            i
            for i in range(start, min(start + 14, len(codes)))
            if codes[i] == "t" and codes[i + 1 : i + 2] in tuple("zLGB")
        ),
        start,
    )


def find_destination(reading: Reading, clause: Clause, start: int) -> tuple[str, str | None, int, Evidence] | None:
    """The first state or city behind the word of travel, through "to" or directly."""
    codes = clause.codes
    for i in range(start, min(start + 7, len(codes))):
        entry = reading.tokens.entries[clause.items[i].first]
        span = reading.tokens.span(clause.items[i].first, clause.items[i].last)
        mention = clause.items[i].mention
        capital = capital_at(reading, clause, i) if codes[i] in "Jz" else None
        if capital is not None:  # "flew to the Latvian capital"
            where, end = capital
            words = Evidence("city", where.evidence.start, where.evidence.end, "visit.destination")
            return str(where.country), where.city, end, words
        if codes[i] == "z" and mention is not None and mention.states:
            return mention.states[0], None, i + 1, Evidence("venue_country", *span, "visit.destination")
        if entry.building is not None and codes[i] in "BG":
            return entry.building.country, None, i + 1, Evidence("venue_country", *span, "visit.destination")
        if codes[i] == "L" and entry.cities:
            country = entry.cities[0].country
            end = i + 1
            region = REGION_OF.match(codes, i + 1)
            if region is not None:
                after = clause.items[region.start("state")].mention
                if after is not None and len(after.states) == 1:
                    return (
                        after.states[0],
                        entry.cities[0].name,
                        region.end(),
                        Evidence("city", *span, "visit.destination"),
                    )
            if codes[i + 1 : i + 3] == ",z":
                after = clause.items[i + 2].mention
                country, end = (after.states[0], i + 3) if after and after.states else (country, end)
            return country, entry.cities[0].name, end, Evidence("city", *span, "visit.destination")
        if codes[i] not in "tTiaxmD,nI" or codes[i] in "P":
            return None
    return None
