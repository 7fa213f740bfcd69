"""The whole reading of one document, step by step: tokens, mentions, people, sentences, frames, one record an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilaterals.corpus import Document
from bilaterals.extract import venues
from bilaterals.extract.agreements import find_agreements
from bilaterals.extract.appointments import find_appointments
from bilaterals.extract.attendance import attendees
from bilaterals.extract.candidates import Candidate, Extraction, Participant, Relation
from bilaterals.extract.cast import build_cast
from bilaterals.extract.chunks import find_mentions
from bilaterals.extract.clauses import Clause, Reading, build_clauses, code_class, positions
from bilaterals.extract.consensus import find_consensus
from bilaterals.extract.dateline import find_dateline, find_further
from bilaterals.extract.dedupe import add_meeting
from bilaterals.extract.fields import subject_matter
from bilaterals.extract.headline import meeting_of_title
from bilaterals.extract.heads import entry_date, entry_place, pair_of_folder, spokesperson_state
from bilaterals.extract.hosting import find_hosted
from bilaterals.extract.levels import RANK
from bilaterals.extract.meetings import find_meetings
from bilaterals.extract.memory import Memory
from bilaterals.extract.parties import group_of
from bilaterals.extract.publishers import side_of
from bilaterals.extract.references import find_references
from bilaterals.extract.relations import relate
from bilaterals.extract.shifting import shifted
from bilaterals.extract.speech import mark_speech
from bilaterals.extract.statements import find_statements
from bilaterals.extract.story import complete
from bilaterals.extract.tokens import tokenize
from bilaterals.extract.visits import find_visits
from bilaterals.setaside import SetAside

LONGEST_PART = 24_000


def extract(document: Document) -> Extraction:
    """Read one document.

    Returns its candidates in the order of the text (meetings, consensus, agreements, visits, and references to other
    events) and what was set aside. Offsets count characters of ``document.text``. A document in which nothing is told
    gives no candidates; that is no error. A text of more than 24,000 characters is read in parts, each with its own
    people and its own "the two sides", so that the time grows in step with the length.
    """
    found: list[Candidate] = []
    for start, end in parts(document.text):
        told = _extract_part(document, start, end)
        for candidate in told if found else ():
            candidate.relations = [Relation(r.relation, r.other + len(found)) for r in candidate.relations]
        found += told
    return Extraction(tuple(found), tuple(_unknown_words(document, found)))


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Where a long text is cut: at a paragraph where there is one, else at a sentence, a blank, or anywhere."""
    start = 0
    while len(text) - start > LONGEST_PART:
        limit = start + LONGEST_PART
        for mark in ("\n\n", "\n", ". ", " "):
            end = text.rfind(mark, start + LONGEST_PART // 2, limit)
            if end >= 0:
                end += len(mark)
                break
        else:
            end = limit
        yield start, end
        start = end
    yield start, len(text)


def _extract_part(document: Document, start: int, end: int) -> list[Candidate]:
    reading = read(document, start, end)
    memory = Memory(reading)
    found: list[Candidate] = []
    for clause in reading.clauses:
        mark_speech(reading, clause)
        if not clause.items:
            continue
        _turn_to_others(reading, clause, memory)
        _read_clause(reading, clause, memory, found)
        _remember_subject(reading, clause, memory)
    found += meeting_of_title(reading, memory)
    complete(reading, found)
    relate(found)
    return [shifted(candidate, start) for candidate in found] if start else found


def _turn_to_others(reading: Reading, clause: Clause, memory: Memory) -> None:
    """A digest's next item: at a paragraph that names other states only, "the two sides" are no longer those of before."""
    tokens = reading.tokens
    if reading.side is not None or not memory.last_parties or clause.number not in tokens.paragraphs:
        return
    named = {
        state
        for i in range(clause.first, clause.last)
        if tokens.codes[i] in "CJY"
        for state in tokens.entries[i].countries
    }
    if len(named) >= 2 and named.isdisjoint(memory.last_parties):
        memory.last_parties = tuple(sorted(named)) if len(named) == 2 else ()


def read(document: Document, start: int = 0, end: int | None = None) -> Reading:
    """Tokens, mentions and people of a document, or of a part of it, cut into sentences."""
    text = document.text if end is None or end - start == len(document.text) else document.text[start:end]
    tokens = tokenize(text, document.published, document.body_start if start == 0 else 0)
    mentions = find_mentions(tokens)
    side = document.side or side_of(document.publisher)
    dateline = find_dateline(document) if start == 0 else None
    home = side or (dateline.state if dateline is not None else None)
    cast = build_cast(tokens, mentions, side, document.body_start, pair_of_folder(document), home)
    reading = Reading(tokens, cast, build_clauses(tokens, mentions, cast), side, document.title)
    reading.dateline = dateline
    starts = {
        n: tokens.starts[tokens.sentences[n][0]] for n in tokens.paragraphs if tokens.body < n < len(tokens.sentences)
    }
    reading.further_datelines = find_further(tokens.text, starts)
    reading.account = side or spokesperson_state(reading)
    reading.entry_when, reading.entry_where = entry_date(document), entry_place(document, reading)
    return reading


def _read_clause(reading: Reading, clause: Clause, memory: Memory, found: list[Candidate]) -> None:
    if clause.is_title:
        return
    told: list[Candidate] = []
    for visit in find_visits(reading, clause, memory):
        memory.visits.append(visit)
        told.append(visit)
    is_met = False
    for meeting in find_meetings(reading, clause, memory):
        is_met = True
        added = add_meeting(memory, meeting)
        if added is not None:
            told.append(added)
    read = [event for event in told if event.event_type == "meeting"]
    for meeting in find_appointments(reading, clause, memory, read):
        memory.meetings.append(meeting)
        told.append(meeting)
    if not is_met and not told:
        for visit in find_hosted(reading, clause, memory):
            memory.visits.append(visit)
            told.append(visit)
    extra = attendees(reading, clause, memory)
    if extra is not None and memory.meetings:
        _join(memory.meetings[0], extra.people)
    consensus = list(find_consensus(reading, clause, memory))
    memory.last_was_consensus = bool(consensus)
    told += consensus
    agreements = list(find_agreements(reading, clause, memory))
    if not any((agreement.instrument or "").startswith("joint_") for agreement in agreements):
        agreements += find_statements(reading, clause, memory)
    told += agreements
    _remember_agreement(reading, clause, memory, agreements)
    if told and not memory.last_parties:  # "the two sides" behind a journey are host and guest
        memory.last_parties = next((e.countries for e in told if e.event_type == "visit" and e.is_main), ())
    _place_demonstrative(reading, clause, memory)
    references = list(find_references(reading, clause, memory, told))
    found += sorted(told, key=lambda candidate: candidate.span) if len(told) > 1 else told
    found += references


def _join(meeting: Candidate, people: Iterable[Participant]) -> None:
    known = {person.name for person in meeting.participants}
    added = tuple(person for person in people if person.country in meeting.countries and person.name not in known)
    if added and meeting.level == "delegation":
        levels = [person.level for person in (*meeting.participants, *added) if person.level]
        meeting.level = max(levels, key=lambda level: RANK[level]) if levels else meeting.level
    meeting.participants += added


def _remember_agreement(reading: Reading, clause: Clause, memory: Memory, told: list[Candidate]) -> None:
    """The agreement of this sentence, for the next one to say what it is about."""
    last = memory.last_agreement
    if not told and last is not None and clause.number - last[0] <= 2:
        known = {words.domain for words in last[1].domains}
        last[1].domains += tuple(words for words in subject_matter(reading, clause) if words.domain not in known)
    if told:
        memory.last_agreement = (clause.number, told[-1])


def _place_demonstrative(reading: Reading, clause: Clause, memory: Memory) -> None:
    """ "This meeting in Beijing": the place of the document's news, where it was not told before."""
    nouns = code_class("meeting_noun")
    if not memory.meetings or nouns.isdisjoint(clause.kinds):
        return
    for at in positions(clause.codes, nouns):
        if at and reading.words(clause.items[at - 1].first, clause.items[at - 1].last) in ("this", "the"):
            if clause.codes[at + 1 : at + 3] != "iL":
                continue
            main = [
                meeting
                for meeting in memory.meetings
                if meeting.is_main and meeting.mode == "in_person" and meeting.status == "held"
            ]
            if not main or main[0].city is not None or main[0].venue_country is not None:
                continue
            where = venues.find_place(reading, clause, at, at + 1, main[0].countries)
            if where is not None:
                main[0].city, main[0].venue_country = where.city, where.country
                main[0].evidence.append(where.evidence)


def _remember_subject(reading: Reading, clause: Clause, memory: Memory) -> None:
    if not memory.last_parties and clause.codes[:1] == "z" and len(clause.mentions[0].states) == 2:
        memory.last_parties = tuple(sorted(clause.mentions[0].states))  # "A and B failed to": "the two sides" behind it
    for i, mention in clause.items.mentions.items():
        if i > 16:
            return
        opens = i <= 6 or (
            clause.codes[i - 1] == ","
            and (clause.codes[0] in "xin" or clause.codes[i + 1 : i + 2] in code_class("say"))
        )
        if opens and clause.codes[i] in "Pr":
            if clause.codes[:i].rstrip("TH")[-1:] in ("y", "w"):
                continue  # "She was accompanied by X": X is no subject
            group = group_of(reading, memory, [mention])
            if group.people and group.people[0].name and "spokes" not in (group.people[0].office or "").lower():
                memory.last_subject = group.people[0]
                if i <= 1:
                    memory.speakers.append(group.people[0])
                return


def _unknown_words(document: Document, found: list[Candidate]) -> Iterable[SetAside]:
    for candidate in found:
        for words in candidate.domains:
            if words.domain == "other":
                yield SetAside(
                    document.path, f"characters {words.evidence.start}-{words.evidence.end}", "extract", "unknown-domain-words",
                    f"no domain is known for {words.words!r}; the words are kept with domain other", document.doc_id,
                )  # fmt: skip


__all__ = ["Relation", "extract", "read"]
