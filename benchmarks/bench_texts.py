"""Texts to measure with: readouts of about 1.7 kB in our own words, and texts that are hard on a reader."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator

STATES = {
    "China": ("Chinese", "Beijing", ("Wang Yi", "Li Hua", "Chen Min", "Zhao Wei")),
    "Japan": ("Japanese", "Tokyo", ("Takeshi Iwaya", "Haruko Mori", "Kenji Sato", "Aiko Tanaka")),
    "Germany": ("German", "Berlin", ("Anna Weber", "Jonas Keller", "Petra Lang", "Max Vogel")),
    "France": ("French", "Paris", ("Claire Morel", "Luc Girard", "Marie Blanc", "Paul Faure")),
    "Kenya": ("Kenyan", "Nairobi", ("Grace Otieno", "Peter Kamau", "Jane Wanjiru", "David Mwangi")),
    "Brazil": ("Brazilian", "Brasilia", ("Paulo Souza", "Marina Costa", "Rui Alves", "Ana Lima")),
    "Viet Nam": ("Vietnamese", "Hanoi", ("Nguyen Van Minh", "Tran Thi Lan", "Le Quoc Huy", "Pham Duc")),
    "Canada": ("Canadian", "Ottawa", ("Emily Clarke", "John Fraser", "Sophie Roy", "Liam Scott")),
}
OFFICES = (
    "Foreign Minister",
    "Prime Minister",
    "Defence Minister",
    "Vice Foreign Minister",
    "Trade Minister",
)
FIELDS = (
    "trade",
    "education",
    "tourism",
    "sports",
    "health",
    "fisheries",
    "clean energy",
    "science",
    "media",
)
VERBS = ("met with", "held talks with", "received", "had a telephone conversation with", "hosted")
ENDS = (
    "expand exchanges at all levels", "handle differences with care", "resume the dialogue on defence",
    "deepen practical cooperation", "keep supply chains open", "support regional peace",
)  # fmt: skip

PARAGRAPHS = (
    "On {month} {day}, {office_a} {name_a} of {a} {verb} {office_b} {name_b} of {b} in {city}.",
    "{last_a} said that relations between {a} and {b} have grown steadily in recent years, and that {a}"
    " stands ready to work with {b} on {f1}, {f2} and {f3}. It is hoped that the visit will open a new "
    "chapter, and that people on both sides will feel its results in their daily lives.",
    "{last_b} thanked the {adj_a} side for its hospitality and recalled the meeting of the two leaders "
    "in {third} last {earlier}. He noted that companies from {b} look for a fair and open market, and "
    "said that the {adj_b} government attaches great importance to its ties with {a}.",
    "The two sides agreed to {e1}, {e2}, and {e3}. They also exchanged views on regional and "
    "international affairs of shared concern, including the situation in {third} and reform of the "
    "United Nations.",
    "After the talks, the two ministers signed {n} agreements on {f1}, {f2}, {f3} and other areas, and "
    "witnessed the exchange of a memorandum of understanding on {f2} between the {adj_a} Ministry of "
    "Commerce and its {adj_b} counterpart. A joint statement was released.",
    "The same day, {last_b} visited a university in {city} and spoke with students about {f1}. He is to"
    " travel to {third} on {weekday} for a meeting with his {adj_third} counterpart, {name_third}, "
    "before returning home. Officials said that the next round of the {a}-{b} dialogue on {f2} is "
    "planned for {month} {later} in {home}.",
    "Asked about the talks, a spokesperson of the {adj_a} Foreign Ministry said they had been friendly "
    "and productive, and that details will be made public in due course.",
)


def article(seed: int) -> tuple[str, dt.date]:
    """Return one readout of about 1.7 kB and the day it was published; another seed, another event."""
    chance = random.Random(seed)
    a, b, third = chance.sample(sorted(STATES), 3)
    (adj_a, city, names_a), (adj_b, home, names_b), (adj_third, _, names_third) = (STATES[s] for s in (a, b, third))
    day = dt.date(2012, 1, 1) + dt.timedelta(days=seed % 4500)
    f1, f2, f3 = chance.sample(FIELDS, 3)
    e1, e2, e3 = chance.sample(ENDS, 3)
    name_a, name_b = chance.choice(names_a), chance.choice(names_b)
    words = {
        "a": a, "b": b, "third": third, "adj_a": adj_a, "adj_b": adj_b, "adj_third": adj_third, "city": city,
        "home": home, "name_a": name_a, "name_b": name_b, "name_third": chance.choice(names_third),
        "last_a": name_a.split()[0], "last_b": name_b.split()[-1], "office_a": chance.choice(OFFICES),
        "office_b": chance.choice(OFFICES), "verb": chance.choice(VERBS), "month": day.strftime("%B"),
        "day": day.day, "later": 1 + seed % 28, "weekday": chance.choice(("Thursday", "Friday", "Sunday")),
        "earlier": chance.choice(("month", "year", "October")), "n": 2 + seed % 9,
        "f1": f1, "f2": f2, "f3": f3, "e1": e1, "e2": e2, "e3": e3,
    }  # fmt: skip
    return "\n\n".join(paragraph.format(**words) for paragraph in PARAGRAPHS), day


def long_text(size: int) -> str:
    """Return readouts one after the other, ``size`` characters of them."""
    return _cut((article(seed)[0] for seed in itertools.count()), size)


def hostile(kind: str, size: int) -> str:
    """Return a text of one of the kinds of `HOSTILE`, ``size`` characters long."""
    return _cut(HOSTILE[kind](), size)


def _cut(parts: Iterator[str], size: int) -> str:
    """Join parts up to a length."""
    taken, length = [], 0
    while length < size:
        taken.append(next(parts))
        length += len(taken[-1]) + 1
    return " ".join(taken)[:size]


def _without_full_stop() -> Iterator[str]:
    return (article(seed)[0].replace(".", ",").replace("\n", " ") for seed in itertools.count())


def _names() -> Iterator[str]:
    firsts, lasts = (
        ("Anna", "Wang", "Kenji", "Grace", "Paulo", "Li"),
        ("Weber", "Sato", "Otieno", "Souza", "Hua"),
    )
    offices = ("President", "Foreign Minister", "")
    for number in itertools.count():
        office = offices[number % 3]
        ending = "abcdefghij"[number % 10] + "klmnopqrst"[number // 10 % 10]
        yield f"{office} {firsts[number % 6]} {lasts[number % 5]}{ending},".lstrip()


def _nested_quotes() -> Iterator[str]:
    for number in itertools.count():
        yield ("\"He said: “she said: 'they agreed to meet" if number % 50 else "and then ( [ {")


def _of_blanks() -> Iterator[str]:
    return (f"The two sides agreed{' ' * 997}to meet{chr(10) * 400}" for _ in itertools.count())


def _of_capitals() -> Iterator[str]:
    return ("THE PRESIDENT OF CHINA AND THE PRIME MINISTER OF JAPAN" for _ in itertools.count())


def _of_title_case() -> Iterator[str]:
    return ("The Second Meeting Of The High Level Consultation Mechanism On Of The" for _ in itertools.count())


def _of_dates() -> Iterator[str]:
    return (f"on {number % 28 + 1} May, from May {number % 28 + 1} to" for number in itertools.count())


def _of_states() -> Iterator[str]:
    return (f"{state} and" for state in itertools.cycle(STATES))


def _one_word() -> Iterator[str]:
    return ("a" * 999 + "-" for _ in itertools.count())


HOSTILE = {
    "no full stop": _without_full_stop,
    "names": _names,
    "nested quotes": _nested_quotes,
    "blanks": _of_blanks,
    "capitals": _of_capitals,
    "title case": _of_title_case,
    "dates": _of_dates,
    "states": _of_states,
    "one word": _one_word,
}
