"""Text to tokens: words and phrases with their codes and offsets, cut into sentences and paragraphs.

The codes of a document, one character a token, are the string that all later patterns run over: matching happens in
the regular-expression engine over a string some six times shorter than the text.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from bilaterals.extract.dates import DATE_WORDS, RELATIVE_LEADS, RELATIVE_SECONDS, DateMention, read_date
from bilaterals.extract.lexicon import PUNCTUATION, TOKEN, Entry, lexicon

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "jr",
        "sr",
        "st",
        "no",
        "gen",
        "lt",
        "col",
        "hon",
        "rev",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "vs",
        "gov",
        "sen",
        "rep",
        "u.s",
        "u.k",
        "maj",
        "capt",
        "vol",
        "art",
        "inc",
        "ltd",
        "co",
        "corp",
        "approx",
        "est",
        "dept",
    ]
)
LONGEST_SENTENCE = 250
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

    def add(self, word: str, start: int, end: int, entry: Entry) -> None:
        """Enter one token."""
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.entries.append(entry)

    def extend(
        self, words: list[str], starts: list[int], ends: list[int], entries: list[Entry], first: int, last: int
    ) -> None:
        """Enter the tokens first:last of some lists as they are."""
        if last > first:
            self.words += words[first:last]
            self.starts += starts[first:last]
            self.ends += ends[first:last]
            self.entries += entries[first:last]

    def paragraph_of(self, sentence: int) -> int:
        """The first sentence of the paragraph that a sentence lies in."""
        at = bisect_right(self.paragraphs, sentence)
        return self.paragraphs[at - 1] if at else 0

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens first:last, without punctuation at the end."""
        while last - 1 > first and self.codes[last - 1] in ".,;":
            last -= 1
        return self.starts[first], self.ends[last - 1]

    def surface(self, first: int, last: int) -> str:
        """The text of the tokens first:last."""
        return self.text[self.starts[first] : self.ends[last - 1]]


# An abbreviation in brackets behind the name it stands for, a caption's "(left)", and the letters of a currency: blanks.
ASIDE = re.compile(
    r"(?<=\s)\((?:(?P<short>[A-Z]{2,8})|[LRC]|(?i:[Rr]etd?\.?|[Rr]td\.?|MP)|(?:on |at )?(?:the )?(?:left|right|cent(?:er|re)|pictured))\)|\b(?:US|A|C|NZ|HK|S)(?=\$)"
)


def _without_asides(text: str) -> str:
    """The text with asides blanked out, every other character where it was."""

    def blank(found: re.Match[str]) -> str:
        exact = lexicon().exact
        known = exact.get(found["short"] or "")
        if known is not None and known.countries:  # a state: an aside only behind its own name
            lead = text[max(0, found.start() - 80) : found.start()].split()
            names = (exact.get(" ".join(lead[-n:])) for n in range(1, min(len(lead), 8) + 1))
            if not any(name is not None and set(name.countries) & set(known.countries) for name in names):
                return found.group()
        return " " * len(found.group())

    return ASIDE.sub(blank, text)


def tokenize(text: str, base: dt.date | None, body_start: int = 0) -> Tokens:
    """Cut a text into tokens, phrases and sentences. ``base`` is the day that relative dates count from."""
    parts = TOKEN.split(_without_asides(text))
    raw = parts[1::2]
    offsets = list(accumulate(map(len, parts)))
    starts = offsets[0::2][: len(raw)]
    ends = offsets[1::2]
    _split_pairs(raw, starts, ends)
    tokens = Tokens(text, base)
    _classify(tokens, raw, starts, ends, body_start)
    _cut_sentences(tokens, body_start)
    return tokens


def _split_pairs(raw: list[str], starts: list[int], ends: list[int]) -> None:
    """Take "Bangladesh-Sri" before "Lanka" apart: a pair of states, the second of which has a name of several words."""
    for i in range(len(raw) - 2, -1, -1):
        first, dash, second = raw[i].partition("-")
        if not dash or not second or not second[0].isupper():
            continue
        table = lexicon()
        known = table.exact.get(first)
        if known is None or not known.countries or second in table.exact:
            continue
        for width, rest, exact, entry in table.phrases.get(second.lower(), ()):
            if exact and entry.countries and tuple(raw[i + 1 : i + width]) == rest:
                raw[i : i + 1] = [first, dash, second]
                ends[i : i + 1] = [starts[i] + len(first), starts[i] + len(first) + 1, ends[i]]
                starts[i : i + 1] = [starts[i], starts[i] + len(first), starts[i] + len(first) + 1]
                break


class _Looked:
    """What is known of a word wherever it stands: its entry, its lower form, and whether its neighbours matter."""

    __slots__ = ("begins_date", "begins_phrase", "entry", "is_special", "low")

    def __init__(self, word: str) -> None:
        table = lexicon()
        self.low = word.lower()
        known = table.exact.get(word) or table.lower.get(self.low)
        self.entry = known or _other(word, self.low, table.exact)
        self.begins_date = self.low in DATE_WORDS
        self.begins_phrase = self.low in table.phrases
        self.is_special = (
            word[0].isdigit()
            or (word[0].isupper() and (self.entry.is_verbal or self.entry.code == "p" or word in ("He", "Gen")))
            or bool(self.entry.countries)
        )

    def hangs_on(self, following: _Looked | None) -> bool:
        """Whether the word must be looked at together with the one behind it."""
        if self.is_special:
            return True
        low = following.low if following is not None else ""
        if self.begins_phrase and (self.low, low) in lexicon().pairs:
            return True
        return self.begins_date and (self.low not in RELATIVE_LEADS or low in RELATIVE_SECONDS)


class _Cache(dict[str, _Looked]):
    """Words met before. It is emptied when it has grown large, so that no text can make it eat the memory."""

    LIMIT = 200_000

    def __missing__(self, word: str) -> _Looked:
        if len(self) >= self.LIMIT:
            self.clear()
        found = self[word] = _Looked(word)
        return found


_cache = _Cache()


def _classify(tokens: Tokens, raw: list[str], starts: list[int], ends: list[int], body_start: int) -> None:
    """Fill the lists of ``tokens``: stretches of plain words at once, words that hang on their neighbours one by one."""
    looked = list(map(_cache.__getitem__, raw))
    plain = [known.entry for known in looked]
    done = 0
    near = [i for i, known in enumerate(looked) if known.is_special or known.begins_phrase or known.begins_date]
    last = len(looked) - 1
    for i in near:
        if i < done or not looked[i].hangs_on(looked[i + 1] if i < last else None):
            continue
        tokens.extend(raw, starts, ends, plain, done, i)
        done = _special(tokens, raw, looked, starts, ends, i, body_start)
    tokens.extend(raw, starts, ends, plain, done, len(raw))


def _special(
    tokens: Tokens, raw: list[str], looked: list[_Looked], starts: list[int], ends: list[int], i: int, body_start: int
) -> int:
    """Enter a date, a phrase, a pair of states or a word whose meaning hangs on its place; where the next token begins."""
    word, known = raw[i], looked[i]
    width, entry = 1, None
    if known.low in DATE_WORDS or word[0].isdigit():
        mention = read_date(tokens.text, starts[i], tokens.base)
        if mention is not None:
            while i + width < len(raw) and starts[i + width] < mention.end:
                width += 1
            tokens.dates[len(tokens.words)] = mention
            entry = DATE
    if entry is None:
        listed = lexicon().phrases.get(known.low)
        if listed is not None:
            entry, width = _phrase(listed, raw, looked, i)
    if entry is None:
        entry = known.entry
        if word[0].isupper() and _is_name(tokens, raw, looked, entry, i, starts[i] >= body_start):
            entry = NAME
    if entry.countries and _follows_dash(tokens, starts[i]):
        entry = Entry("Y", countries=tokens.entries[-2].countries[:1] + entry.countries[:1])
        begin = tokens.starts[-2]
        del tokens.words[-2:], tokens.starts[-2:], tokens.ends[-2:], tokens.entries[-2:]
        tokens.add(tokens.text[begin : ends[i + width - 1]], begin, ends[i + width - 1], entry)
        return i + width
    surface = word if width == 1 else tokens.text[starts[i] : ends[i + width - 1]]
    tokens.add(surface, starts[i], ends[i + width - 1], entry)
    return i + width


def _is_name(tokens: Tokens, raw: list[str], looked: list[_Looked], entry: Entry, i: int, in_body: bool) -> bool:
    """Whether a word with a capital is a name after all: "Hope" inside a sentence, "He" before a given name."""
    if entry.code == "p":
        return True
    if raw[i] == "Gen":
        return i + 1 < len(raw) and raw[i + 1] != "."
    if raw[i] == "He":
        return i + 1 < len(raw) and looked[i + 1].entry is NAME
    initial = not tokens.entries or tokens.entries[-1].code in '."'
    return entry.is_verbal and not initial and in_body


def _follows_dash(tokens: Tokens, start: int) -> bool:
    """Whether a state and a dash stand directly before: "U.S.-Iraq", "Canada–United States"."""
    return (
        len(tokens.words) > 1
        and tokens.words[-1] in "-–"
        and bool(tokens.entries[-2].countries)
        and tokens.ends[-1] == start
        and tokens.ends[-2] == tokens.starts[-1]
    )


def _phrase(
    listed: list[tuple[int, tuple[str, ...], bool, Entry]], raw: list[str], looked: list[_Looked], at: int
) -> tuple[Entry | None, int]:
    """The longest phrase that begins at a word, and how many tokens it has."""
    if at + 1 >= len(raw):
        return None, 1
    following, low = raw[at + 1], looked[at + 1].low
    for width, rest, exact, entry in listed:
        if rest[0] != (following if exact else low):
            continue
        if width > 2:
            words = raw[at + 1 : at + width] if exact else [known.low for known in looked[at + 1 : at + width]]
            if tuple(words) != rest:
                continue
        if not exact or raw[at][0].isupper() or raw[at] == "the":
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
                NAME if word.partition("-")[0] in ("al", "el", "ash", "as", "an", "ad", "ar", "bin", "ben") else OTHER
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
            if (
                i - first >= LONGEST_SENTENCE
            ):  # a text without full stops is cut, so that its length costs no more than itself
                if starts[first] < body_start:
                    tokens.body = len(tokens.sentences) + 1
                if paragraph:
                    tokens.paragraphs.append(len(tokens.sentences))
                tokens.sentences.append((first, i))
                first, paragraph = i, False
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
