"""One record an event: a later mention of a meeting that the document has told already adds to it, or nothing."""

from __future__ import annotations

from bilaterals.extract.candidates import Candidate, Participant
from bilaterals.extract.cast import name_tokens
from bilaterals.extract.memory import Memory


def add_meeting(memory: Memory, meeting: Candidate) -> Candidate | None:
    """Enter a meeting: the candidate itself if it is a new event, None if it is one that was told before."""
    for known in memory.meetings:
        if same_meeting(known, meeting):
            _merge(known, meeting)
            return None
    memory.meetings.append(meeting)
    if meeting.is_main or not memory.last_parties:
        memory.last_parties = meeting.countries
    return meeting


def same_meeting(known: Candidate, new: Candidate) -> bool:
    """Whether two tellings of one document are one meeting: same states, principals, day, mode and status group."""
    if known.countries != new.countries or (known.status == "held") != (new.status == "held"):
        return False
    if not _compatible(known.date.start, new.date.start):
        return False
    if known.mode != new.mode and "phone" in (known.mode, new.mode) and known.mode and new.mode:
        return False
    if known.city and new.city and known.city != new.city:
        return False
    if new.mechanism_round and known.mechanism_round != new.mechanism_round and known.span != new.span:
        return bool(known.mechanism_round is None and not new.participants and not known.participants)
    if not new.participants and not new.date.start and not new.city:
        return True
    if not new.participants or not known.participants:
        return known.date.start is None or new.date.start is None or known.date.start == new.date.start
    return all(_share(known, new, country) for country in known.countries)


def _compatible(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _share(known: Candidate, new: Candidate, country: str) -> bool:
    """Whether one side has a person in common, or one telling names nobody of it, or only an office of the same level."""
    first = [person for person in known.participants if person.country == country]
    second = [person for person in new.participants if person.country == country]
    if not first or not second:
        return True
    return any(same_person(one, other) for one in first for other in second)


def same_person(one: Participant, other: Participant) -> bool:
    """Whether two participants are one: one name holds the other, or a role without a name at the same level.

    Two full names with one word in common are two people ("Li Keqiang", "Li Zhanshu"), unless family name and first
    letter agree ("Joe Biden", "Joseph Biden").
    """
    if not one.name or not other.name:
        if (one.office is None and one.level is None) or (other.office is None and other.level is None):
            return True  # "the prime ministers of A and B met": later on the names alone
        shared_head = set((one.office or "").lower().split()) & set((other.office or "").lower().split()) - {
            "of",
            "the",
            "for",
        }
        return one.level == other.level or bool(shared_head)
    first, second = name_tokens(one.name), name_tokens(other.name)
    shared = first & second
    if shared in (first, second) or len(shared) >= 2:
        return bool(shared)
    return one.name.split()[-1] == other.name.split()[-1] and one.name[0] == other.name[0]


def _names_them(meeting: Candidate) -> bool:
    """Whether the words of the record name somebody who met, and not only his office."""
    start, end = meeting.span
    return any(
        piece.field == "name" and start <= piece.start < end
        for person in meeting.participants
        for piece in person.evidence
    )


def _merge(known: Candidate, new: Candidate) -> None:
    """Fill what the first telling left open with what a later one says."""
    named = [person for person in new.participants if person.name]
    if named and not any(person.name for person in known.participants):
        known.participants = new.participants
        known.evidence[0] = new.evidence[0]
        known.level = new.level
    elif _names_them(new) and not _names_them(known):
        known.evidence[0] = new.evidence[0]
    for country in known.countries:
        if not any(person.country == country for person in known.participants):
            known.participants += tuple(person for person in new.participants if person.country == country)
    if known.date.start is None and new.date.start is not None:
        known.date = new.date
        known.evidence += [piece for piece in new.evidence if piece.field == "date_start"]
    if known.venue_country is None and known.mode != "phone" and new.venue_country is not None:
        known.city, known.venue_country = new.city, new.venue_country
        known.evidence += [piece for piece in new.evidence if piece.field in ("city", "venue_country")]
    known.mode = known.mode or new.mode
    known.is_main = known.is_main or new.is_main
    if known.mechanism_round is None and new.mechanism_round is not None:
        known.mechanism, known.mechanism_round = new.mechanism, new.mechanism_round
