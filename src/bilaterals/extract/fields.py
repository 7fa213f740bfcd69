"""Fields of an instrument in the words of the text: before its head, in the list behind it, in the clause on what it does.

The phrases around them are in `rules/fields.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import DomainWords, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.domains import domains_in
from bilaterals.extract.instruments import Instrument, words
from bilaterals.extract.phrases import cues
from bilaterals.extract.rounds import ordinal

CUES = cues("fields")
TREATY, TRADE, TRADE_DEAL, TRUCE = (CUES[name] for name in ("treaty", "trade", "trade-deal", "truce"))
DOES, OF_THE, OF_THE_TWO = (CUES[name] for name in ("does", "of-the", "of-the-two"))
ABOUT, ABOUT_STOPS, ABOUT_MEMBER = (CUES[name] for name in ("about", "about-stops", "about-member"))
LEADS, RELATIVE, NO_FIELD, STOPS = (CUES[name] for name in ("leads", "relative", "no-field", "stops"))
MEMBER, JOINER, FILLER = (CUES[name] for name in ("member", "joiner", "filler"))
FIELD_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+\+\d+")
BLANKS = re.compile(r"\s+")


def find_fields(reading: Reading, clause: Clause, instrument: Instrument, end: int) -> Iterator[DomainWords]:
    """The instrument's fields: the words before its head and the enumeration behind it."""
    tokens = reading.tokens
    first, head = clause.items[instrument.first], clause.items[instrument.head]
    tail_end = (
        tokens.span(head.first, clause.items[end - 1].last)[1]
        if end > instrument.head + 1
        else tokens.ends[head.last - 1]
    )
    tail = tokens.text[tokens.ends[head.last - 1] : tail_end]
    found = list(_tail_fields(reading, tail, tokens.ends[head.last - 1]))
    if not found:
        before = tokens.text[tokens.starts[first.first] : tokens.starts[head.first]]
        found = list(_clean_fields(reading, before, tokens.starts[first.first], leading=True))
    modifiers = tokens.text[tokens.starts[first.first] : tokens.starts[head.first]].lower()
    if not found or TREATY.search(instrument.word) or TRADE.search(modifiers):
        sentence_end = tokens.ends[clause.last - 1]
        found += _listed_words(
            reading, tokens.ends[head.last - 1], min(sentence_end, tokens.ends[head.last - 1] + 240), found
        )
    yield from found
    yield from _fields_of_kind(reading, clause, instrument, found)


def _fields_of_kind(
    reading: Reading, clause: Clause, instrument: Instrument, known: list[DomainWords]
) -> Iterator[DomainWords]:
    """The field that the head itself tells: of a free trade agreement, of a truce."""
    head = clause.items[instrument.head]
    start, end = reading.tokens.span(head.first, head.last)
    lead = instrument.word.rsplit(" ", 1)[0] if " " in instrument.word else ""
    of_trade = TRADE_DEAL.fullmatch(lead)
    if of_trade is not None and not any(TRADE.search(words.words) for words in known):
        rule = TRADE_DEAL.phrase(of_trade)
        yield DomainWords(rule.makes, lead, Evidence("words_in_text", start, start + len(lead), rule.id))
    truce = TRUCE.search(instrument.word)
    if truce is not None:
        rule = TRUCE.phrase(truce)
        yield DomainWords(rule.makes, instrument.word, Evidence("words_in_text", start, end, rule.id))


def _listed_words(reading: Reading, start: int, end: int, known: list[DomainWords]) -> Iterator[DomainWords]:
    """Words of the reference list in the clause that says what the instrument does."""
    text = reading.tokens.text[start:end]
    lead = DOES.match(text)
    if lead is None:
        return
    seen = {words.words for words in known}
    low = text.lower()
    at = lead.end() if not OF_THE.search(lead.group()) else 0
    for domain, phrase in domains_in(text[at:]):
        place = low.find(phrase, at)
        if phrase not in seen and place >= 0 and not OF_THE_TWO.search(low, 0, place):
            seen.add(phrase)
            yield DomainWords(
                domain,
                phrase,
                Evidence("words_in_text", start + place, start + place + len(phrase), "domain.listed"),
            )


def subject_matter(reading: Reading, clause: Clause) -> tuple[DomainWords, ...]:
    """ "The agreement is about trade, shipping and sport": the fields that the next sentence gives an instrument."""
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    lead = ABOUT.match(reading.tokens.text, begin, end)
    if lead is None:
        return ()
    content = reading.tokens.text[lead.end() : end]
    stop = ABOUT_STOPS.search(content)
    content = content[: stop.start()] if stop else content
    found: list[DomainWords] = []
    for piece in ABOUT_MEMBER.finditer(content):
        found += _clean_fields(reading, piece.group(), lead.end() + piece.start(), leading=False)
    return tuple(words for words in found if words.domain != "other")


def _tail_fields(reading: Reading, tail: str, offset: int) -> Iterator[DomainWords]:
    lead = LEADS.search(tail)
    if lead is None or lead.start() > 160 or RELATIVE.search(tail, 0, lead.start()):
        return
    content = tail[lead.end() :]
    if NO_FIELD.match(content):
        return
    stop = STOPS.search(content)
    content = content[: stop.start()] if stop else content
    at = offset + lead.end()
    for piece in MEMBER.finditer(content):
        words_of = piece.group()
        joined = JOINER.match(words_of)
        if joined is not None:
            words_of = " " * joined.end() + words_of[joined.end() :]
        yield from _clean_fields(reading, words_of, at + piece.start(), leading=False)


def _clean_fields(reading: Reading, text: str, offset: int, *, leading: bool) -> Iterator[DomainWords]:
    parts = list(FIELD_WORD.finditer(text))
    while parts and _is_filler(reading, parts[0].group(), leading=leading):
        parts = parts[1:]
    while parts and _is_filler(reading, parts[-1].group(), leading=leading):
        parts = parts[:-1]
    if not parts:
        return
    start, end = offset + parts[0].start(), offset + parts[-1].end()
    phrase = BLANKS.sub(" ", reading.tokens.text[start:end]).lower()
    if leading and len(parts) > 4:
        parts = parts[-3:]
        start = offset + parts[0].start()
        phrase = BLANKS.sub(" ", reading.tokens.text[start:end]).lower()
    if len(phrase) < 3 or len(parts) > 9:
        return
    named = domains_in(phrase)
    yield DomainWords(named[0][0] if named else "other", phrase, Evidence("words_in_text", start, end, "domain.words"))


def _is_filler(reading: Reading, word: str, *, leading: bool) -> bool:
    """Whether a word is no field; before the head a capital word that is known for nothing is a name."""
    low = word.lower()
    if (
        low in words().not_fields
        or low in words().numbers
        or ordinal(low) is not None
        or FILLER.fullmatch(low) is not None
    ):
        return True
    if word[0].isupper():
        from bilaterals.extract.lexicon import lexicon

        entry = lexicon().exact.get(word)
        if leading and entry is None and word not in reading.tokens.text.lower() and not domains_in(low):
            return True  # a name, as in "the Nakamal Agreement"
        return (entry is not None and entry.code in "CJGLY") or (
            any(dash in word for dash in "-–")
            and all(
                (e := lexicon().exact.get(half)) is not None and bool(e.countries) for half in re.split("[-–]", word)
            )
        )
    return False
