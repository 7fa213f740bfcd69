"""What holds for every text, whatever stands in it."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bilaterals.corpus import Document, read_text
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate, Evidence, Extraction
from bilaterals.reference.countries import countries
from bilaterals.schema import VOCABULARIES
from tests.extract.cases import load_cases

SENTENCES = sorted(
    {
        sentence
        for case in load_cases()
        if "text" in case.cells
        for sentence in re.split(r"(?<=[.;:]) |\n+", case.cells["text"].strip())
        if sentence
    }
)
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
DAYS = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2040, 12, 31))
SIDES = st.none() | st.sampled_from(["CHN", "JPN", "USA", "NAM"])
GAPS = st.sampled_from([" ", "\n\n", "\n", "  ", " - ", " (", ") ", "\u2002", "\u200b", " \u201c", "\u201d "])

noise = st.text(max_size=200)
shuffles = st.lists(st.tuples(st.sampled_from(SENTENCES), GAPS), min_size=1, max_size=8).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts)
)
word_salad = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
torn = st.tuples(st.sampled_from(SENTENCES), st.integers(0, 300), st.integers(0, 300), noise).map(
    lambda parts: parts[0][: parts[1]] + parts[3] + parts[0][parts[2] :]
)
texts = st.one_of(noise, shuffles, word_salad, torn)
documents = st.builds(
    lambda text, day, side, title: read_text(text, published=day, side=side, title=title),
    texts,
    DAYS,
    SIDES,
    st.just("") | st.sampled_from(SENTENCES) | st.text(st.characters(exclude_characters="\r\n"), max_size=40),
)
bounded = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def all_evidence(candidate: Candidate) -> list[Evidence]:
    people = [evidence for person in candidate.participants for evidence in person.evidence]
    fields = [words.evidence for words in candidate.domains]
    return [*candidate.evidence, *people, *fields, *(point.evidence for point in candidate.points)]


@bounded
@example(read_text("\u00b9 AGREEMENT<Uruguay-Luxembourg"))  # a digit that is no number
@given(documents)
def test_every_record_rests_on_words_of_the_text(document: Document) -> None:
    extraction = extract(document)
    for candidate in extraction.candidates:
        assert candidate.evidence and candidate.evidence[0].field == ""
        for evidence in all_evidence(candidate):
            assert 0 <= evidence.start < evidence.end <= len(document.text)
            assert evidence.rule_id
        for part in candidate.points:
            assert document.text[part.evidence.start : part.evidence.end] == part.text


@bounded
@given(documents)
def test_no_date_and_no_place_without_evidence(document: Document) -> None:
    for candidate in extract(document).candidates:
        if candidate.event_type == "reference":
            continue  # it is no record of its own; it repeats the fields of one
        fields = {evidence.field for evidence in candidate.evidence}
        assert candidate.date.start is None or "date_start" in fields
        assert candidate.date.end is None or candidate.date.start is not None
        assert (candidate.date.precision == "unknown") == (candidate.date.start is None)
        assert (candidate.city or candidate.venue_country) is None or fields & {"city", "venue_country"}


@bounded
@given(texts)
def test_an_undated_text_gives_only_years_that_it_names(text: str) -> None:
    document = read_text(text)
    for candidate in extract(document).candidates:
        for written in (candidate.date.start, candidate.date.end):
            assert written is None or written[:4] in document.text


@bounded
@given(documents)
def test_states_are_known_sorted_and_different(document: Document) -> None:
    for candidate in extract(document).candidates:
        assert list(candidate.countries) == sorted(set(candidate.countries))
        assert set(candidate.countries) <= set(countries())
        assert {person.country for person in candidate.participants} <= set(candidate.countries)


@bounded
@given(documents)
def test_values_are_those_of_the_vocabularies(document: Document) -> None:
    for candidate in extract(document).candidates:
        assert candidate.status in VOCABULARIES["status"].values
        for name in ("level", "mode", "instrument"):
            value = getattr(candidate, name)
            assert value is None or value in VOCABULARIES[name].values, (name, value)
        for relation in candidate.relations:
            assert relation.relation in VOCABULARIES["relation"].values


@settings(bounded, max_examples=100)
@given(documents)
def test_the_same_text_gives_the_same_records(document: Document) -> None:
    first, second = extract(document), extract(document)
    assert isinstance(first, Extraction)
    assert first == second


@settings(bounded, max_examples=100)
@given(st.sampled_from(SENTENCES), st.text("\u2002\u200b\u00a0 \n", max_size=6))
def test_blanks_in_front_only_move_the_offsets(sentence: str, blanks: str) -> None:
    day = dt.date(2024, 12, 26)
    plain, moved = read_text(sentence, published=day), read_text(blanks + sentence, published=day)
    spans = [plain.text[slice(*candidate.span)] for candidate in extract(plain).candidates]
    assert [moved.text[slice(*candidate.span)] for candidate in extract(moved).candidates] == spans
