"""Fields of an instrument in the words of the text: before its head, in the list behind it, in the clause on what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilaterals.extract.candidates import DomainWords, Evidence
from bilaterals.extract.clauses import Clause, Reading
from bilaterals.extract.domains import domains_in
from bilaterals.extract.instruments import Instrument, words
from bilaterals.extract.rounds import ordinal


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
    if (
        not found
        or "treat" in instrument.word
        or "trade" in tokens.text[tokens.starts[first.first] : tokens.starts[head.first]].lower()
    ):
        sentence_end = tokens.ends[clause.last - 1]
        found += _listed_words(
            reading, tokens.ends[head.last - 1], min(sentence_end, tokens.ends[head.last - 1] + 240), found
        )
    lead = instrument.word.rsplit(" ", 1)[0] if " " in instrument.word else ""
    if lead in ("free trade", "free-trade", "trade") and not any("trade" in words.words for words in found):
        span = tokens.span(head.first, head.last)
        found.append(
            DomainWords(
                "trade_investment",
                lead,
                Evidence("words_in_text", span[0], span[0] + len(lead), "domain.instrument"),
            )
        )
    if any(word in instrument.word for word in ("ceasefire", "truce", "armistice", "cease-fire")):
        found.append(
            DomainWords(
                "security",
                instrument.word,
                Evidence("words_in_text", *tokens.span(head.first, head.last), "domain.instrument"),
            )
        )
    yield from found


OF_THE_TWO = re.compile(r"\b(?:two|both|our|their)\s$")


def _listed_words(reading: Reading, start: int, end: int, known: list[DomainWords]) -> Iterator[DomainWords]:
    """Words of the reference list in the clause that says what the instrument does."""
    text = reading.tokens.text[start:end]
    lead = re.match(r"[^.;]{0,60}?(?:\b(?:that|which|to|of the|allowing|expanding|reducing)\s|,\s)", text)
    if lead is None:
        return
    seen = {words.words for words in known}
    low = text.lower()
    at = lead.end() if not lead.group().endswith("of the ") else 0
    for domain, phrase in domains_in(text[at:]):
        place = low.find(phrase, at)
        if phrase not in seen and place >= 0 and not OF_THE_TWO.search(low, 0, place):
            seen.add(phrase)
            yield DomainWords(
                domain,
                phrase,
                Evidence("words_in_text", start + place, start + place + len(phrase), "domain.listed"),
            )


ABOUT = re.compile(
    r"(?:The|This|These|They|It)"
    r"(?: (?:\w+ ){0,3}?(?:agreements?|memorand(?:um|ums|a)|treaty|treaties|statements?|protocols?|notes|arrangements?|documents?|accords?|pacts?|loans?|conventions?))?"
    r" (?:(?:is|are|was|were) (?:about|on)|deals? with|covers?|concerns?) (?=\S)"
)
ABOUT_STOPS = re.compile(
    r"[.;:]| (?:and (?:entered|enter|came|comes?|provides?|runs?|was|were|will|is|are)|that|which|between|in (?=[A-Z]))\b"
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
    for piece in re.finditer(r"[^,;]+?(?=,\s|;|\sand\s|$)", content):
        found += _clean_fields(
            reading,
            re.sub(r"^\s*and\s", lambda m: " " * len(m.group()), piece.group()),
            lead.end() + piece.start(),
            leading=False,
        )
    return tuple(words for words in found if words.domain != "other")


TAIL_LEADS = re.compile(
    r"\b(?=[icrofetICROFET])(?:in (?:such |the |various )?(?:areas?|fields?|domains?|sectors?) (?:such as|of|including|like|as|ranging from)|on (?:matters|issues|subjects|topics) such as|on exchanges and cooperation (?:over|in|on)|on cooperation (?:over|in|on|for)|covering|covers|regarding|concerning|relating to|related to|on|over|in the field of|for the|of (?=peace|friendship|amity|commerce)|expanding cooperation (?:on|in)|to (?:strengthen|enhance|expand|promote|improve|deepen|boost)(?:\s\w+['’]s)?)\s",
    re.IGNORECASE,
)


TAIL_STOPS = re.compile(
    r"\s(?:between|with|in (?=[A-Z])|during|at the|after|following|when|while|that|which|who|aimed|signed|reached|witnessed|to (?=[a-z])|as part|at a|from|under|by|for|through|transiting|that|was|were|is|are|has|have|comes|worth|before|should|would|will|until|totall?ing|amending|across|of up to)\b|[;(]|, (?:which|who|including|and (?:said|agreed|also))\b|\.\s|(?:,|,?\s(?:and|as well as))\s(?:an?|the|\w+)\s(?:\w+\s){0,3}?(?:memorand|agreement|treat|protocol|convention|declaration|statement|deal|pact|plan of|action plan|programme of|minutes|letter of)|,\s(?:\w+\s){1,3}said\b"
)


# "signed on the occasion of", "signed on Monday": when, not about what.
NO_FIELD = re.compile(
    r"(?:the |that |this )?(?:occasion|period|which\b|whose\b|it\b|them\b|sidelines?|margins?|fringes?|same|basis|eve|day)\b|\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


RELATIVE = re.compile(r"\b(?:that|which)\s")
# One member of an enumeration, with the word that joins it to the one before.
MEMBER = re.compile(r"[^,;]+?(?=,\s|;|\sand\s|\sas well as\s|$)")
JOINER = re.compile(r"\s*and\s|\s*as well as\s")
FIELD_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+\+\d+")
BLANKS = re.compile(r"\s+")


def _tail_fields(reading: Reading, tail: str, offset: int) -> Iterator[DomainWords]:
    lead = TAIL_LEADS.search(tail)
    if lead is None or lead.start() > 160 or RELATIVE.search(tail, 0, lead.start()):
        return
    content = tail[lead.end() :]
    if NO_FIELD.match(content):
        return
    stop = TAIL_STOPS.search(content)
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
    while parts and _is_filler(reading, parts[0].group()):
        parts = parts[1:]
    while parts and (_is_filler(reading, parts[-1].group())):
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


def _is_filler(reading: Reading, word: str) -> bool:
    low = word.lower()
    if (
        low in words().not_fields
        or low in words().numbers
        or ordinal(low) is not None
        or low
        in (
            "signed",
            "sign",
            "several",
            "number",
            "series",
            "draft",
            "final",
            "strategic",
            "framework",
            "memorandum",
            "trilateral",
            "peoples",
            "government",
            "governments",
            "republic",
            "kingdom",
            "people",
            "us",
            "usd",
            "billion",
            "million",
        )
    ):
        return True
    if word[0].isupper():
        from bilaterals.extract.lexicon import lexicon

        entry = lexicon().exact.get(word)
        if entry is None and word not in reading.tokens.text.lower() and not domains_in(low):
            return True  # a name, as in "the Nakamal Agreement"
        return (entry is not None and entry.code in "CJGLY") or (
            any(dash in word for dash in "-–")
            and all(
                (e := lexicon().exact.get(half)) is not None and bool(e.countries) for half in re.split("[-–]", word)
            )
        )
    return False
