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

from bilaterals.extract.dates import DateMention, read_date
from bilaterals.extract.lexicon import TOKEN, Entry, lexicon
from bilaterals.extract.vocabulary import NAME, STOP, Known, Vocabulary

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "eng",
        "engr",
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
        "smt",
        "mme",
        "amb",
        "adm",
        "cmdr",
        "messrs",
        "brig",
    ]
)
LONGEST_SENTENCE = 250
DATE = Entry("D")
SIGMA = "Σ"  # its small letter is another one at the end of a word
DASHES = "-–"
FULL_STOP = re.compile(r"\.")


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
    low: str | None = None
    """The text in lower case, or None where a piece of it is not in the same place as the piece itself in lower case."""

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

    def join_pair(self, entry: Entry, end: int) -> None:
        """Make one token of the state and the dash entered last and another state: "U.S.-Iraq"."""
        pair = Entry("Y", countries=self.entries[-2].countries[:1] + entry.countries[:1])
        begin = self.starts[-2]
        del self.words[-2:], self.starts[-2:], self.ends[-2:], self.entries[-2:]
        self.add(self.text[begin:end], begin, end, pair)

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
    r"\((?<=\s\()(?:(?P<short>[A-Z]{2,8})|[LRC]|(?i:retd?\.?|rtd\.?)|(?:on |at )?(?:the )?(?:left|right|cent(?:er|re)|pictured))\)"
)
CURRENCY = re.compile(r"\b(?:US|A|C|NZ|HK|S)(?=\$)")


def _without_asides(text: str) -> str:
    """The text with asides blanked out, every other character where it was."""

    if "$" in text:
        text = CURRENCY.sub(lambda found: " " * len(found.group()), text)
    return ASIDE.sub(_blank_aside, text) if "(" in text else text


def _blank_aside(found: re.Match[str]) -> str:
    """Blanks for an abbreviation in brackets; a state's is kept where another state's name, or none, stands before it."""
    exact = lexicon().exact
    known = exact.get(found["short"])
    if known is not None and known.countries:
        lead = found.string[max(0, found.start() - 80) : found.start()].split()
        names = (exact.get(" ".join(lead[-n:])) for n in range(1, min(len(lead), 8) + 1))
        if not any(name is not None and set(name.countries) & set(known.countries) for name in names):
            return found.group()
    return " " * len(found.group())


def _lower(text: str) -> str | None:
    """The text in lower case, where it may be cut as the text is: each letter gives one, whatever stands beside it."""
    low = text.lower()
    return low if len(low) == len(text) and SIGMA not in text else None


def tokenize(text: str, base: dt.date | None, body_start: int = 0) -> Tokens:
    """Cut a text into tokens, phrases and sentences. ``base`` is the day that relative dates count from."""
    parts = TOKEN.split(_without_asides(text))
    raw = parts[1::2]
    offsets = list(accumulate(map(len, parts)))
    starts = offsets[0::2][: len(raw)]
    ends = offsets[1::2]
    if "-" in text:
        _split_pairs(raw, starts, ends)
    tokens = Tokens(text, base, low=_lower(text))
    _classify(tokens, raw, starts, ends, body_start)
    _cut_sentences(tokens, body_start)
    return tokens


def _split_pairs(raw: list[str], starts: list[int], ends: list[int]) -> None:
    """Take "Bangladesh-Sri" before "Lanka" apart: a pair of states, the second of which has a name of several words."""
    table = lexicon()
    for i in [i for i, word in enumerate(raw[:-1]) if "-" in word][::-1]:
        first, _, second = raw[i].partition("-")
        if not second or not second[0].isupper():
            continue
        known = table.exact.get(first)
        if known is None or not known.countries or second in table.exact:
            continue
        for width, rest, exact, entry in table.phrases.get(second.lower(), ()):
            if exact and entry.countries and tuple(raw[i + 1 : i + width]) == rest:
                raw[i : i + 1] = [first, "-", second]
                ends[i : i + 1] = [starts[i] + len(first), starts[i] + len(first) + 1, ends[i]]
                starts[i : i + 1] = [starts[i], starts[i] + len(first), starts[i] + len(first) + 1]
                break


_vocabulary = Vocabulary()


def _classify(tokens: Tokens, raw: list[str], starts: list[int], ends: list[int], body_start: int) -> None:
    """Fill the lists of ``tokens``: stretches of plain words at once, words that hang on their neighbours one by one."""
    looked = list(map(_vocabulary.__getitem__, raw))
    plain = [known.entry for known in looked]
    done = 0
    for i in _hanging(raw, looked):
        if i < done:
            continue
        before = plain[i - 1] if i > done else tokens.entries[-1] if tokens.entries else STOP
        entry, width, date = _read_special(tokens, raw, looked, starts, i, before, in_body=starts[i] >= body_start)
        if entry is plain[i] and width == 1 and not (entry.countries and i and raw[i - 1] in DASHES):
            continue
        tokens.extend(raw, starts, ends, plain, done, i)
        done = i + width
        if date is not None:
            tokens.dates[len(tokens.words)] = date
        if entry.countries and _follows_dash(tokens, starts[i]):
            tokens.join_pair(entry, ends[done - 1])
        else:
            surface = raw[i] if width == 1 else tokens.text[starts[i] : ends[done - 1]]
            tokens.add(surface, starts[i], ends[done - 1], entry)
    tokens.extend(raw, starts, ends, plain, done, len(raw))


def _hanging(raw: list[str], looked: list[Known]) -> list[int]:
    """The words that hang on their neighbours: on the one behind them, or, names of states, on a dash before them."""
    last = len(looked) - 1
    found = [
        i
        for i, known in enumerate(looked)
        if known.hangs and (known.is_special or (i < last and looked[i + 1].low in known.seconds))
    ]
    if any(dash in raw for dash in DASHES):
        found += [i for i, known in enumerate(looked) if known.names_state and i and raw[i - 1] in DASHES]
        found = sorted(set(found))
    return found


def _read_special(
    tokens: Tokens, raw: list[str], looked: list[Known], starts: list[int], i: int, before: Entry, *, in_body: bool
) -> tuple[Entry, int, DateMention | None]:
    """What a date, a phrase, or a word whose meaning hangs on its place is, and how many words it has."""
    known = looked[i]
    if known.date_readers:
        date = read_date(tokens.text, starts[i], tokens.base, known.date_readers)
        if date is not None:
            width = 1
            while i + width < len(raw) and starts[i + width] < date.end:
                width += 1
            return DATE, width, date
    if known.phrases:
        phrase, width = _phrase(known, raw, looked, i)
        if phrase is not None:
            return phrase, width, None
    may_be_name = known.is_special and raw[i][0].isupper()
    if may_be_name and _is_name(raw, looked, known.entry, i, before, in_body=in_body):
        return NAME, 1, None
    return known.entry, 1, None


def _is_name(raw: list[str], looked: list[Known], entry: Entry, i: int, before: Entry, *, in_body: bool) -> bool:
    """Whether a word with a capital is a name after all: "Hope" inside a sentence, "He" before a given name."""
    if entry.code == "p":
        return True
    if raw[i] in ("Gen", "Sen"):  # "Hun Sen", not "Sen. Okoro"
        return i + 1 < len(raw) and raw[i + 1] != "."
    if raw[i] == "He":
        return i + 1 < len(raw) and looked[i + 1].entry is NAME
    if raw[i].isupper() and i and raw[i - 1].isupper():
        return False  # a heading in capitals
    return in_body and before.code not in '."' and entry.is_verbal


# A dash between two states has no blanks around it, or, if it is a long one, a blank on each side.
_DASHES = (((True, True),), ((True, True), (False, False)))


def _follows_dash(tokens: Tokens, start: int) -> bool:
    """Whether a state and a dash stand directly before: "U.S.-Iraq", "Canada–United States"."""
    return (
        len(tokens.words) > 1
        and tokens.words[-1] in "-–"
        and bool(tokens.entries[-2].countries)
        and (tokens.ends[-1] == start, tokens.ends[-2] == tokens.starts[-1]) in _DASHES[tokens.words[-1] == "–"]
    )


def _phrase(known: Known, raw: list[str], looked: list[Known], at: int) -> tuple[Entry | None, int]:
    """The longest phrase that begins at a word, and how many tokens it has."""
    if at + 1 >= len(raw):
        return None, 1
    following = raw[at + 1]
    for width, rest, exact, entry in known.phrases.get(looked[at + 1].low, ()):
        if exact and rest[0] != following:
            continue
        if width > 2:
            words = raw[at + 1 : at + width] if exact else [known.low for known in looked[at + 1 : at + width]]
            if tuple(words) != rest:
                continue
        if not exact or raw[at][0].isupper() or raw[at] == "the":
            return entry, width
    return None, 1


def _cut_sentences(tokens: Tokens, body_start: int) -> None:
    """Cut at the stops that end a sentence; the stops of abbreviations are blanked out of the codes."""
    codes = "".join([entry.code for entry in tokens.entries])
    first, behind, paragraph = 0, 0, True  # where the sentence begins, the token behind the last stop of any kind
    abbreviated = []
    for i in [*(found.start() for found in FULL_STOP.finditer(codes)), len(codes)]:
        # A text without full stops is cut, so that its length costs no more than itself.
        for cut in range(max(first + LONGEST_SENTENCE, behind), i, LONGEST_SENTENCE):
            _enter_sentence(tokens, first, cut, body_start, opens_paragraph=paragraph)
            first, paragraph = cut, False
        behind = i + 1
        if i == len(codes):
            break
        word = tokens.words[i]
        if word == "." and not _ends_sentence(tokens.words, tokens.starts, tokens.ends, i):
            abbreviated.append(i)
            continue
        if i > first:
            _enter_sentence(tokens, first, i + 1, body_start, opens_paragraph=paragraph)
            paragraph = False
        if word[0] in "\n•":
            paragraph = True
        first = i + 1
    if len(codes) > first:
        _enter_sentence(tokens, first, len(codes), 0, opens_paragraph=paragraph)
    tokens.codes = _blanked(codes, abbreviated)


def _enter_sentence(tokens: Tokens, first: int, last: int, body_start: int, *, opens_paragraph: bool) -> None:
    if tokens.starts[first] < body_start:
        tokens.body = len(tokens.sentences) + 1
    if opens_paragraph:
        tokens.paragraphs.append(len(tokens.sentences))
    tokens.sentences.append((first, last))


def _blanked(codes: str, places: list[int]) -> str:
    """The codes with a blank in some places."""
    if not places:
        return codes
    changed = list(codes)
    for i in places:
        changed[i] = " "
    return "".join(changed)


def _ends_sentence(words: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    if i + 1 >= len(words):
        return True
    before = words[i - 1].lower() if i else ""
    following = words[i + 1]
    if ends[i] == starts[i + 1]:  # no space: "1.5", "example.org", or two sentences run together
        return following[0] in "\"”'’)\n" or (following[0].isupper() and len(before) > 2)
    if before in ABBREVIATIONS and ends[i - 1] == starts[i]:
        return False
    return following[0].isupper() or not following[0].isalnum() or following[0].isdigit()
