"""Text to tokens: words and phrases with their codes and offsets, cut into sentences and paragraphs.

The codes of a document, one character a token, are the string that all later patterns run over: matching happens in
the regular-expression engine over a string some six times shorter than the text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import accumulate

from bilaterals.extract.dates import DATE_WORDS, DateMention, read_date
from bilaterals.extract.lexicon import PUNCTUATION, TOKEN, Entry, lexicon

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof jr sr st no gen lt col hon rev jan feb mar apr jun jul aug sep sept oct nov dec vs gov sen rep u.s u.k maj capt vol art inc ltd co corp approx est dept".split()
)
NUMBER = Entry("#")
NAME = Entry("N")
OTHER = Entry("x")
STOP = Entry(".")
DATE = Entry("D")


@dataclass(slots=True)
class Tokens:
    """The tokens of one document: parallel lists. ``codes`` is the shape of the document."""

    text: str
    base: dt.date | None
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    codes: str = ""
    dates: dict[int, DateMention] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    """The index of the first sentence of each paragraph."""
    body: int = 0
    """The index of the first sentence of the body."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens first:last, without punctuation at the end."""
        while last - 1 > first and self.codes[last - 1] in ".,;":
            last -= 1
        return self.starts[first], self.ends[last - 1]

    def surface(self, first: int, last: int) -> str:
        """The text of the tokens first:last."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokenize(text: str, base: dt.date | None, body_start: int = 0) -> Tokens:
    """Cut a text into tokens, phrases and sentences. ``base`` is the day that relative dates count from."""
    parts = TOKEN.split(text)
    raw = parts[1::2]
    offsets = list(accumulate(map(len, parts)))
    starts = offsets[0::2][: len(raw)]
    ends = offsets[1::2]
    tokens = Tokens(text, base)
    _classify(tokens, raw, starts, ends, body_start)
    _cut_sentences(tokens, body_start)
    return tokens


def _classify(tokens: Tokens, raw: list[str], starts: list[int], ends: list[int], body_start: int) -> None:
    table = lexicon()
    exact, lower, phrases = table.exact, table.lower, table.phrases
    words, begin, finish, entries = tokens.words, tokens.starts, tokens.ends, tokens.entries
    lowered = [word.lower() for word in raw]
    plain = [exact.get(word) or lower.get(low) for word, low in zip(raw, lowered, strict=True)]
    count, i, initial = len(raw), 0, True
    special = DATE_WORDS | phrases.keys()
    while i < count:
        word, low, width = raw[i], lowered[i], 1
        entry = plain[i]
        if (
            low not in special
            and not word[0].isupper()
            and word[0] not in "0123456789"
            and not (entry and entry.countries)
        ):
            if entry is None:
                entry = OTHER if word[0].islower() and "-" not in word else _other(word, low, exact)
            words.append(word)
            begin.append(starts[i])
            finish.append(ends[i])
            entries.append(entry)
            initial = entry.code in '."'
            i += 1
            continue
        entry = None
        if low in DATE_WORDS or word[0].isdigit():
            mention = read_date(tokens.text, starts[i], tokens.base)
            if mention is not None:
                while i + width < count and starts[i + width] < mention.end:
                    width += 1
                tokens.dates[len(words)] = mention
                entry = DATE
        if entry is None:
            if low in phrases:
                entry, width = _phrase(phrases[low], raw, lowered, i)
            if entry is None:
                entry = plain[i] or _other(word, low, exact)
                if word == "He" and i + 1 < count and raw[i + 1][0].isupper() and raw[i + 1] not in exact and lowered[i + 1] not in lower:
                    entry = NAME  # "He Lifeng": a family name, not a pronoun
                if word[0].isupper() and (
                    entry.is_verbal and not initial and starts[i] >= body_start or entry.code == "p"
                ):
                    entry = NAME
        if (
            entry.countries
            and words
            and words[-1] in "-–"
            and len(words) > 1
            and entries[-2].countries
            and finish[-1] == starts[i]
            and finish[-2] == begin[-1]
        ):
            entry = Entry("Y", countries=entries[-2].countries[:1] + entry.countries[:1])
            width_start = begin[-2]
            del words[-2:], begin[-2:], finish[-2:], entries[-2:]
            words.append(tokens.text[width_start : ends[i + width - 1]])
            begin.append(width_start)
            finish.append(ends[i + width - 1])
            entries.append(entry)
            i += width
            continue
        words.append(word if width == 1 else tokens.text[starts[i] : ends[i + width - 1]])
        begin.append(starts[i])
        finish.append(ends[i + width - 1])
        entries.append(entry)
        initial = entry.code in '."'
        i += width


def _phrase(
    listed: list[tuple[int, tuple[str, ...], bool, Entry]], raw: list[str], lowered: list[str], at: int
) -> tuple[Entry | None, int]:
    for width, rest, exact, entry in listed:
        source = raw if exact else lowered
        if source[at + 1] == rest[0] if at + 1 < len(source) else False:
            if tuple(source[at + 1 : at + width]) == rest and (
                not exact or raw[at][0].isupper() or raw[at] == "the"
            ):
                return entry, width
    return None, 1


def _other(word: str, low: str, exact: dict[str, Entry]) -> Entry:
    first = word[0]
    if first == "\n":
        return STOP
    if not (first.isalnum()):
        return Entry(PUNCTUATION.get(word, "x"))
    if first.isdigit():
        return NUMBER
    if not first.isupper():
        if word[:2] in ("d'", "d’", "l'", "l’", "o'") and word[2:3].isupper():
            return NAME
        if "-" in word and word.partition("-")[2][:1].isupper():  # al-Sisi, el-Sisi, pro-Russian
            return (
                NAME
                if word.partition("-")[0] in ("al", "el", "ash", "as", "an", "ad", "ar", "bin", "ben")
                else OTHER
            )
        return OTHER
    for dash in "-–":
        if dash in word:
            return _dyad(word, dash, exact)
    return NAME


def _dyad(word: str, dash: str, exact: dict[str, Entry]) -> Entry:
    """ "China-Japan", "Sino-Japanese", "US-led": a pair of states, or a word of one, or a name with a hyphen."""
    halves = [exact.get(half) for half in word.split(dash)]
    first, last = halves[0], halves[-1]
    if word.startswith("Sino"):
        first = exact.get("Chinese")
    if len(halves) == 2 and first and last and first.countries and last.countries:
        return Entry("Y", countries=first.countries[:1] + last.countries[:1])
    if len(halves) == 2 and first and first.code in "CJI" and not word.split(dash)[1][:1].isupper():
        return OTHER  # US-led, China-proposed
    if all(half and half.code in "IC" for half in halves):
        return Entry("I")
    return NAME


def _cut_sentences(tokens: Tokens, body_start: int) -> None:
    codes = [entry.code for entry in tokens.entries]
    words, starts, ends, text = tokens.words, tokens.starts, tokens.ends, tokens.text
    first, paragraph = 0, True
    for i, code in enumerate(codes):
        if code != ".":
            continue
        word = words[i]
        if word == "." and not _ends_sentence(words, starts, ends, text, i):
            codes[i] = " "
            continue
        if i > first:
            if starts[first] < body_start:
                tokens.body = len(tokens.sentences) + 1
            if paragraph:
                tokens.paragraphs.append(len(tokens.sentences))
            tokens.sentences.append((first, i + 1))
            paragraph = False
        if word[0] in "\n•":
            paragraph = True
        first = i + 1
    if len(codes) > first:
        if paragraph:
            tokens.paragraphs.append(len(tokens.sentences))
        tokens.sentences.append((first, len(codes)))
    tokens.codes = "".join(codes)


def _ends_sentence(words: list[str], starts: list[int], ends: list[int], text: str, i: int) -> bool:
    if i + 1 >= len(words):
        return True
    before = words[i - 1].lower() if i else ""
    following = words[i + 1]
    if ends[i] == starts[i + 1]:  # no space: "1.5", "example.org", or two sentences run together
        return following[0] in "\"”'’)\n" or (following[0].isupper() and len(before) > 2)
    if before in ABBREVIATIONS and ends[i - 1] == starts[i]:
        return False
    return following[0].isupper() or not following[0].isalnum() or following[0].isdigit()
