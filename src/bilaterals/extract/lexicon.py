"""What single words and phrases are: the table that turns a token into a code of one character.

The classes come from `rules/lexicon.toml` and `rules/offices.toml`, the names of states and cities from
`bilaterals.reference`. A word of several classes ("welcomed" is a way to host and a way to agree) gets a code of its
own, and the name of a class in a rule stands for all codes that hold it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bilaterals.reference import countries, places

RULES = Path(__file__).parent / "rules"

# One token: an abbreviation with stops, an initial, a possessive, a number, a word with inner hyphens or apostrophes, a
# run of line breaks, or one other character. No alternative can match an empty text or backtrack over another. Most
# tokens are plain words before a blank or a mark: they come first, since every further alternative tried costs time.
TOKEN = re.compile(
    r"([A-Za-z][a-z]++(?=[ ,.\n])|\n+|(?!\s)(?:(?:[A-Za-z]\.){2,}|Md\.(?=[ \u2002][A-Z])|[A-Z]\.(?=[ \u2002][A-Z])|[A-Z][huseayz]?\.(?=[A-Z][a-z])|[A-Z](?: [A-Z])+(?= [A-Z][a-z])|['’]s(?![^\W_])"
    r"|\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+(?:[-‑·+'’](?![sS](?![^\W_]))[^\W_]+)*(?:['’](?=\s[Aa]l[- ]))?|[^\w\s]|_))"
)

BASE_CODES = {
    "name": "N", "office": "O", "counterpart": "j", "modifier": "m", "title_word": "I", "adjective": "J", "country": "C",
    "government": "G", "city": "L", "building": "B", "dyad": "Y", "date": "D", "other": "x", "number": "#", "stop": ".",
    "comma": ",", "semicolon": ";", "quote": '"', "open": "(", "close": ")", "two": "2", "three": "3", "sides": "$",
    "gov_noun": "Q", "former": "!", "org": "~", "dash": "-", "round": "%",
}  # fmt: skip

PUNCTUATION = {
    ".": ".", "!": ".", "?": ".", ",": ",", ";": ";", ":": ";", '"': '"', "“": '"', "”": '"', "(": "(", ")": ")", "，": ",",
    "-": "-", "–": "-", "—": ";", "•": ".", "/": ",", "«": '"', "»": '"', "‘": '"', "’": '"', "'": '"', "…": ".", "。": ".", "&": "&",
}  # fmt: skip

TWO = ("two", "both", "the two", "respective")
THREE = ("three", "four", "five", "six", "seven", "all")
SIDES = (
    "sides", "parties", "pair", "duo", "countries", "nations", "governments", "delegations", "states", "leaders", "ministries", "neighbours", "neighbors", "principals",
    "counterparts", "interlocutors", "participants", "co-chairs", "chief delegates", "teams", "peoples", "capitals", "heads", "foreign ministries", "defense ministries", "defence ministries", "two-sides", "men",
)  # fmt: skip
GOV_NOUNS = (
    "government", "governments", "side", "administration", "delegation", "delegations", "authorities", "cabinet", "regime",
)  # fmt: skip
VERBAL = frozenset(
    [
        "meet",
        "speak",
        "call",
        "host",
        "light",
        "consensus",
        "discuss",
        "say",
        "sign",
        "conclude",
        "planned",
        "called_off",
        "irrealis",
        "negation",
        "adverb",
    ]
)


# Nouns that stand in names of offices too: "Treaty" in "Department of Treaty and Law".
NOUNS = frozenset({"instrument", "meeting_noun", "mechanism_noun"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a surface is: its code, and what it refers to where it refers to something."""

    code: str
    classes: frozenset[str] = frozenset()
    level: str | None = None
    countries: tuple[str, ...] = ()
    cities: tuple[places.City, ...] = ()
    building: places.Place | None = None

    @property
    def is_verbal(self) -> bool:
        """Whether the word is a verb of some class: with a capital inside a sentence it is a name instead."""
        return bool(self.classes) and self.classes <= VERBAL


SHORTEST_IN_CAPITALS = 5


# A phrase behind its first word: how many tokens it has, the further ones, whether capitals count, and what it is.
Phrase = tuple[int, tuple[str, ...], bool, Entry]


def split_tokens(text: str) -> list[str]:
    """The tokens of a surface, as the same surface is cut in running text."""
    return TOKEN.findall(text)


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"))


def _words(name: str) -> list[str]:
    lines = (RULES / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


class Lexicon:
    """All surfaces. ``word`` looks up one token; ``phrases`` lists the longer surfaces by their first token."""

    def __init__(self) -> None:
        self.exact: dict[str, Entry] = {}
        self.lower: dict[str, Entry] = {}
        self.phrases: dict[str, list[Phrase]] = {}
        self.codes_of: dict[str, set[str]] = {name: {code} for name, code in BASE_CODES.items()}
        self._combined: dict[frozenset[str], str] = {}
        self.bodies: dict[str, str] = {}
        self.only: dict[str, str] = {}
        self.private: tuple[str, ...] = ()
        self.unofficial: frozenset[str] = frozenset()
        self._load_classes()
        self._load_offices()
        self._load_names()
        for listed in self.phrases.values():
            listed.sort(key=lambda row: -row[0])
        self.phrases_by_second: dict[str, dict[str, list[Phrase]]] = {}
        for first, listed in self.phrases.items():
            by_second = self.phrases_by_second.setdefault(first, {})
            for row in listed:
                by_second.setdefault(row[1][0].lower(), []).append(row)

    def _code(self, classes: frozenset[str], single: dict[str, str]) -> str:
        if len(classes) == 1:
            return single[next(iter(classes))]
        if classes not in self._combined:
            self._combined[classes] = chr(0xE000 + len(self._combined))
        code = self._combined[classes]
        for name in classes:
            self.codes_of[name].add(code)
        return code

    def _load_classes(self) -> None:
        table = _toml("lexicon.toml")
        single: dict[str, str] = {}
        classes_of: dict[str, set[str]] = {}
        for name, row in table.items():
            single[name] = str(row["code"])
            self.codes_of[name] = {single[name]}
            for word in _strings(row.get("exact", [])):
                self.exact[word] = Entry(single[name])
            for word in _strings(row["words"]):
                classes_of.setdefault(word, set()).add(name)
        for word, classes in classes_of.items():
            held = frozenset(classes)
            self._add(word, Entry(self._code(held, single), held), exact=False)
        for words, code in ((TWO, "2"), (THREE, "3"), (SIDES, "$"), (GOV_NOUNS, "Q")):
            for word in words:
                self._add(word, Entry(code), exact=False)

    def _load_offices(self) -> None:
        for word in _words("title_words.txt"):
            known = self.lower.get(word)
            if known is not None and known.classes & NOUNS and " " not in word:
                held = known.classes | {"title_word"}
                both = Entry(self._code(held, BASE_CODES), held)
                self.exact[word.capitalize()] = both
                continue
            self.exact.setdefault(word.capitalize(), Entry("I"))
            self.exact.setdefault(word.upper(), Entry("I"))
            if "-" in word:
                self.exact.setdefault(word.title(), Entry("I"))
        for word in _words("plain_words.txt"):
            self.lower.setdefault(word, Entry("x"))
        table = _toml("offices.toml")
        for office in _tables(table["office"]):
            for word in _strings(office["words"]):
                self._add(word, Entry("O", level=str(office["level"])), exact=False)
        self.private = tuple(_strings(table["private"]["words"]))
        self.unofficial = frozenset(_strings(table["private"]["before"]))
        self.only.update((word, state) for state, words in table["only"].items() for word in _strings(words))
        self.bodies.update((word, level) for level, words in table["bodies"].items() for word in _strings(words))
        for name, code in (("counterpart", "j"), ("modifier", "m"), ("former", "!")):
            for word in _strings(table[name]["words"]):
                self._add(word, Entry(code), exact=False, keep=True)

    def _load_names(self) -> None:
        for surface, city in places.cities().items():
            if city[0].ambiguous == "word":
                continue
            self._add(surface, Entry("L", cities=city), exact=True, keep=True)
        for surface, place in places.buildings().items():
            self._add(surface, Entry("B", building=place), exact=True)
        for surface, readings in countries.names().items():
            kinds = {entry.kind for entry in readings}
            iso3 = tuple(dict.fromkeys(entry.iso3 for entry in readings))
            if "government" in kinds:
                held = self._find_exact(surface)
                cities, building = (held.cities, held.building) if held else ((), None)
                code = "L" if cities else "G"
                self._add(surface, Entry(code, countries=iso3, cities=cities, building=building), exact=True)
            else:
                named = Entry("C" if kinds & countries.NAMING_KINDS else "J", countries=iso3)
                self._add(surface, named, exact=True)
                if len(surface) >= SHORTEST_IN_CAPITALS and surface.isalpha():  # the headings of a digest
                    self.exact.setdefault(surface.upper(), named)
        for surface in (*countries.not_states(), *places.not_places()):
            self._add(surface, Entry("I"), exact=True)

    def _find_exact(self, surface: str) -> Entry | None:
        words = split_tokens(surface)
        if len(words) == 1:
            return self.exact.get(words[0])
        for _, rest, exact, entry in self.phrases.get(words[0].lower(), ()):
            if exact and rest == tuple(words[1:]):
                return entry
        return None

    def _add(self, surface: str, entry: Entry, *, exact: bool, keep: bool = False) -> None:
        words = split_tokens(surface if exact else surface.lower())
        if len(words) == 1:
            table = self.exact if exact else self.lower
            if not (keep and words[0] in table):
                table[words[0]] = entry
            if not exact and words[0].capitalize() in self.exact and entry.code in "OQ":
                del self.exact[words[0].capitalize()]
            return
        listed = self.phrases.setdefault(words[0].lower(), [])
        row = (len(words), tuple(words[1:]), exact, entry)
        listed[:] = [old for old in listed if old[1:3] != row[1:3]]
        listed.append(row)

    @cached_property
    def titles(self) -> re.Pattern[str]:
        """The codes of the nouns that may stand in an office's name: there they are read as title words."""
        return re.compile(f"[{''.join(re.escape(code) for code in self.codes_of['title_word'] if code != 'I')}]")

    def class_of(self, name: str) -> str:
        """The inside of a regular expression's character class that matches every code of the class of words."""
        return "".join(re.escape(code) for code in sorted(self.codes_of[name]))


def _strings(value: object) -> Iterator[str]:
    if not isinstance(value, Iterable):
        raise TypeError(f"a list of words is wanted, not {value!r}")
    for item in value:
        yield str(item)


def _tables(value: object) -> Iterator[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError(f"an array of tables is wanted, not {value!r}")
    yield from value


@cache
def lexicon() -> Lexicon:
    """The one lexicon, made when it is first wanted."""
    return Lexicon()
