"""References: mentions of other identifiable events and instruments, which are not events of this document.

A phrase is a reference when something tells which event it means: a date in the past, a proper name, an ordinal or a
place behind words that put it in the past ("since the 24th round", "talks in Doha"), or the two people whose meeting
it was. The words are in `rules/references.toml`, the phrases in `rules/pointing.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilaterals.extract.background import already_in_being, ends_with, find_heads, words
from bilaterals.extract.candidates import Candidate, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.memory import Memory
from bilaterals.extract.phrases import Cue, cues

CUES = cues("pointing")
LETTERS, SIGNING_OF, OCCASION, DATE_BEHIND = (
    CUES[name] for name in ("letters", "signing-of", "occasion", "date-behind")
)
SIGNED, TALKS_IN, BETWEEN = (CUES[name] for name in ("signed", "talks-in", "between"))
TITLE, WHOSE, THAT_DID, AND_THE = (CUES[name] for name in ("title", "whose", "that-did", "and-the"))
KINDS = {phrase.id: phrase.makes for cue in CUES.values() for phrase in cue.phrases}
PRIORITY = ("meeting", "visit", "agreement", "dated", "instrument", "gathering", "letters", "consensus")
WORD = re.compile(r"[^\s,;:()\[\]\"“”]+|[,;:()\[\]\"“”]")
BOUNDS = frozenset(',;:()[]"“”.')
MODIFIERS_REACH, TAIL_REACH, LEAD_REACH = 9, 12, 60
TAIL_LENGTH, DATE_REACH, SIGNED_REACH = 140, 24, 60  # in characters
DATED, INSTRUMENT, GATHERING = "reference.dated", "reference.instrument", "reference.gathering"
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
YEAR = re.compile(r"(?:19|20)\d\d$")


class Phrase(NamedTuple):
    """A noun phrase of an event or an instrument: offsets of the whole, of its head, and where its tail begins."""

    start: int
    head: tuple[int, int]
    end: int
    is_proper: bool


def find_references(reading: Reading, clause: Clause, memory: Memory, taken: list[Candidate]) -> list[Candidate]:
    """What a sentence points to outside its own news, each thing once: of overlapping mentions the most telling stays."""
    if clause.is_title or clause.first >= clause.last:
        return []
    pointed_to = list(_all(reading, clause, taken))
    if not pointed_to:
        return []
    kept: list[Candidate] = []
    for candidate in sorted(pointed_to, key=_rank):
        start, end = candidate.span
        if not any(start < other.span[1] and other.span[0] < end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.span)


def _rank(candidate: Candidate) -> int:
    rule = candidate.evidence[0].rule_id
    name = candidate.title or KINDS.get(rule) or rule.partition(".")[2]
    return PRIORITY.index(name) if name in PRIORITY else len(PRIORITY)


def _all(reading: Reading, clause: Clause, taken: list[Candidate]) -> Iterator[Candidate]:
    """What the background records of a sentence point to, and its phrases that name another event."""
    tokens = reading.tokens
    begin, end = tokens.starts[clause.first], tokens.ends[clause.last - 1]
    for candidate in taken:
        if candidate.is_main or candidate.status == "planned":
            continue
        told = candidate.date.start or any(person.name for person in candidate.participants)
        if candidate.event_type in ("meeting", "agreement", "visit") or (candidate.event_type == "consensus" and told):
            yield _reference(_whole_words(tokens.text, begin, candidate), candidate)
    heads = find_heads(tokens, clause.first, clause.last)
    has_letters = any(tokens.text.find(word, begin, end) >= 0 for word in LETTERS.words or ("",))
    if not heads and not has_letters:
        return
    deals = [c.span for c in taken if c.is_main and c.event_type == "agreement"]
    news = deals + [c.span for c in taken if c.is_main and c.event_type in ("meeting", "visit")]
    titles = [tokens.span(m.first, m.last) for m in clause.mentions if m.kind == "person" and m.entity >= 0]
    for head in heads:
        start, stop = head.span()
        if stop > end:
            break
        is_gathering = head.group().lower() in words().gatherings
        claimed = news if is_gathering else deals
        if _meets(titles, start, start) or _meets(claimed, start, stop):
            continue  # "Director of the Protocol Department", or the news itself
        phrase = _phrase(reading, head, begin, end)
        if phrase is None or _meets(claimed, phrase.start, phrase.end):
            continue
        if is_gathering and _is_occasion(tokens.text[begin : phrase.start], phrase, taken):
            continue
        rule = _identified(reading, phrase, begin, end)
        if rule is not None:
            span = Evidence("", phrase.start, phrase.end, rule)
            yield Candidate("reference", "held", (), [span], is_main=False)
    for found in LETTERS.finditer(tokens.text, begin, end) if has_letters else ():
        if not _meets(news, *found.span()):
            yield Candidate("reference", "held", (), [Evidence("", *found.span(), LETTERS.id_of(found))], is_main=False)


def _meets(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some spans has a place in common with the span start:end."""
    for first, last in spans:  # noqa: SIM110 - this is asked of every head, and a generator takes twice the time
        if first < end and start < last:
            return True
    return False


def _whole_words(text: str, begin: int, candidate: Candidate) -> tuple[int, int]:
    """The words of a background record: of an instrument with "the signing of" before it, of a consensus with its date."""
    start, end = candidate.span
    if candidate.event_type == "consensus" and candidate.date.start is not None:
        return min([start, *(piece.start for piece in candidate.evidence if piece.field == "date_start")]), end
    found = SIGNING_OF.search(text, max(begin, start - 24), start) if candidate.event_type == "agreement" else None
    return (found.start() if found else start), end


def _is_occasion(lead: str, phrase: Phrase, taken: list[Candidate]) -> bool:
    """ "At the Beijing summit, X and Y agreed ...": the occasion of a background record told in the same sentence."""
    background = any(not c.is_main and c.span[0] >= phrase.end for c in taken)
    return background and OCCASION.fullmatch(lead) is not None


def _phrase(reading: Reading, head: re.Match[str], begin: int, end: int) -> Phrase | None:
    """The noun phrase of a head, from the article to the tail; None where nothing can tell which event it means."""
    if head["proper"]:
        return Phrase(head.start(), head.span(), head.end(), True)
    text = reading.tokens.text
    start = _start_of(text, begin, head.start())
    if _is_bare(reading, begin, start, head):
        return None
    return Phrase(start, head.span(), _end_of(text, head.end(), end), False)


def _is_bare(reading: Reading, begin: int, start: int, head: re.Match[str]) -> bool:
    """Whether nothing can tell which gathering is meant: no word before it puts it in the past, no date is near."""
    said = head.group()
    if said in words().deeds or said.lower() not in words().gatherings:
        return False
    if ends_with(reading.tokens.text[max(begin, start - LEAD_REACH) : start].split(), words().past):
        return False
    last = head.end() + TAIL_LENGTH + DATE_REACH
    return not any(start <= mention.start <= last for mention in reading.tokens.dates.values())


def _start_of(text: str, begin: int, head: int) -> int:
    """Where the phrase begins: behind the last word before the head that is no modifier, or at the article."""
    known = _by_word_before(text, max(begin, head - 120), head)
    if known is not None:
        return known
    lists = words()
    start = head
    for word in reversed(list(WORD.finditer(text, max(begin, head - 120), head))[-MODIFIERS_REACH:]):
        low = word.group().lower()
        if word.group() in BOUNDS or (word.group().endswith((".", "?")) and word.group()[-3:-2].islower()):
            break
        if low in lists.articles:
            return word.start()
        if not (word.group()[0].isupper() or word.group()[0].isdigit() or low in lists.modifiers):
            break
        start = word.start()
    while start < head and (first := WORD.match(text, start)) and first.group().lower() in lists.joining:
        start = min(head, first.end() + 1)
    return start


def _by_word_before(text: str, begin: int, head: int) -> int | None:
    """Where the phrase begins, if the word right before the head decides it: an article, or a plain word."""
    before = text[begin:head].rstrip()
    word = before[before.rfind(" ") + 1 :]
    if not word.isalpha():
        return None
    if word.lower() in words().articles:
        return begin + len(before) - len(word)
    return head if word.islower() and word not in words().modifiers else None


def _end_of(text: str, head: int, end: int) -> int:
    """Where the phrase ends: behind the names, years and short words that follow a preposition after the head."""
    if text[head : head + 1] in BOUNDS:
        return head
    lists = words()
    stop = head
    for number, word in enumerate(WORD.finditer(text, head, min(end, head + TAIL_LENGTH))):
        said = word.group()
        if number >= TAIL_REACH or said in BOUNDS:
            break
        plain = said.rstrip(".,;")
        low = plain.lower()
        named = plain[:1].isupper() or plain[:1].isdigit()
        if not named and low not in (lists.tail_words if number else lists.tail_starts):
            break
        if AND_THE.match(text, word.start()):
            break
        if named or low in lists.tail_ends:
            stop = word.start() + len(plain)
        if plain != said:
            break
    return stop


def _identified(reading: Reading, phrase: Phrase, begin: int, end: int) -> str | None:
    """The id of the rule by which a phrase is one certain event of the past, or None."""
    text = reading.tokens.text
    lead = text[max(begin, phrase.start - LEAD_REACH) : phrase.start]
    inside = text[phrase.start : phrase.head[0]].split()
    if phrase.is_proper:
        return None if words().ahead.search(lead) else INSTRUMENT
    dated = _past_date(reading, phrase)
    if dated is False or any(word.lower() in words().inner for word in inside):
        return None
    if text[slice(*phrase.head)].lower() in words().gatherings:
        rule = _gathering(phrase, text, lead, inside, dated=bool(dated))
    else:
        rule = _instrument(phrase, text[phrase.head[1] : end], text, lead, inside, dated=bool(dated))
    is_ahead = rule is not None and (words().ahead.search(lead) or words().ahead.search(" ".join(inside)))
    return None if is_ahead else rule


def _is_definite(inside: list[str]) -> bool:
    return bool(inside) and inside[0].lower() == "the"


def _names(inside: list[str]) -> list[str]:
    return [word for word in inside if word[:1].isupper() and word.lower() not in words().articles]


def _id(cue: Cue, text: str, start: int = 0, end: int | None = None) -> str | None:
    """The id of the phrase that stands at a place of a text."""
    found = cue.match(text, start, len(text) if end is None else end)
    return cue.id_of(found) if found is not None else None


def _gathering(phrase: Phrase, text: str, lead: str, inside: list[str], *, dated: bool) -> str | None:
    """ "The 24th round of talks in 2016", "the historic Camp David Summit", "peace talks in Doha"."""
    (begin, end), tail = phrase.head, text[phrase.head[1] : phrase.end]
    names, definite = _names(inside), _is_definite(inside)
    if text[begin:end] in words().deeds:
        return _id(SIGNED, text, end, end + SIGNED_REACH) if definite else None
    ordinal = any(word.lower() in words().ordinals or ORDINAL.match(word) for word in inside)
    if dated and (inside or tail.strip()):
        return DATED
    if not ends_with(lead.split(), words().past):
        return None
    titled = text[begin].isupper() and names and definite
    if titled or any(YEAR.match(word) for word in inside) or (ordinal and (names or tail.strip())):
        return GATHERING
    in_a_place = _id(TALKS_IN, text, begin, phrase.end) if inside else None
    return in_a_place or (_id(BETWEEN, tail) if definite else None)


def _instrument(phrase: Phrase, behind: str, text: str, lead: str, inside: list[str], *, dated: bool) -> str | None:
    """ "The Dayton Peace Agreement", "under a peace agreement with X", "the 1974 disengagement framework"."""
    head, names, definite = text[slice(*phrase.head)], _names(inside), _is_definite(inside)
    in_being = already_in_being(lead)
    if head[0].isupper():
        if not definite and not in_being:
            return None
        return INSTRUMENT if names else _id(TITLE, behind)
    if dated and (definite or names or in_being):
        return DATED
    if in_being and inside and (told := INSTRUMENT if names else _id(WHOSE, behind)):
        return told
    if not definite:
        return None
    return _id(THAT_DID, behind) or (INSTRUMENT if names and head.lower() in words().deals else None)


def _past_date(reading: Reading, phrase: Phrase) -> bool | None:
    """True where a date in or right behind the phrase lies before the day of publication, False where after, else None."""
    tokens = reading.tokens
    base = tokens.base
    first, last = phrase.start, phrase.end + DATE_REACH
    for mention in tokens.dates.values():
        if first <= mention.start <= last and mention.date is not None and mention.date.start:
            gap = tokens.text[phrase.end : mention.start] if mention.start > phrase.end else ""
            if gap and not DATE_BEHIND.fullmatch(gap):
                continue
            start, told = mention.date.start, base.isoformat() if base is not None else "9999"
            return start < told[: len(start)] or (mention.end <= phrase.head[0] and start == told)
    return None


def _reference(span: tuple[int, int], source: Candidate) -> Candidate:
    return Candidate(
        "reference", source.status, source.countries, [Evidence("", *span, "reference.background")], title=source.event_type, date=source.date,
        participants=source.participants, is_main=False, city=source.city, venue_country=source.venue_country,
    )  # fmt: skip
