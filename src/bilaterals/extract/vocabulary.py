"""What is known of a word wherever it stands, looked up once and kept: most words of a text have been met before."""

from __future__ import annotations

from bilaterals.extract.dates import RELATIVE_LEADS, RELATIVE_SECONDS, Reader, readers_of
from bilaterals.extract.lexicon import PUNCTUATION, Entry, Phrase, lexicon

NUMBER = Entry("#")
NAME = Entry("N")
OTHER = Entry("x")
STOP = Entry(".")
LONGEST_KEPT = 80
NO_PHRASES: dict[str, list[Phrase]] = {}


class Known:
    """A word's entry and lower form, and when it must be looked at together with its neighbours.

    ``phrases`` are the phrases that begin with it, by their second word; ``date_readers`` the readers of the dates that
    may begin with it. ``seconds`` are the words that make a phrase or a date with it ("last" begins one before "week").
    ``is_special`` says that its meaning hangs on its place whatever follows, ``hangs`` that it may hang on something.
    """

    __slots__ = ("date_readers", "entry", "hangs", "is_special", "low", "names_state", "phrases", "seconds")

    def __init__(self, word: str) -> None:
        table = lexicon()
        self.low = word.lower()
        known = table.exact.get(word) or table.lower.get(self.low)
        self.entry = known or _other(word, self.low, table.exact)
        self.phrases = table.phrases_by_second.get(self.low, NO_PHRASES)
        self.date_readers: tuple[Reader, ...] = readers_of(self.low)
        leads_date = self.low in RELATIVE_LEADS
        self.seconds = RELATIVE_SECONDS.union(self.phrases) if leads_date else frozenset(self.phrases)
        self.names_state = bool(self.entry.countries)
        may_be_name = word[0].isupper() and (self.entry.is_verbal or self.entry.code == "p" or word in ("He", "Gen"))
        self.is_special = word[0].isdigit() or may_be_name or (bool(self.date_readers) and not leads_date)
        self.hangs = self.is_special or bool(self.seconds)


class Vocabulary(dict[str, Known]):
    """Words met before. It is emptied when it has grown large, so that no text can make it eat the memory."""

    LIMIT = 200_000

    def __missing__(self, word: str) -> Known:
        if len(self) >= self.LIMIT:
            self.clear()
        found = Known(word)
        if len(word) <= LONGEST_KEPT:
            self[word] = found
        return found


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
