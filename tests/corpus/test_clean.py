"""The clean text, and the way back from each of its characters to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilaterals.corpus import read_text
from bilaterals.corpus.clean import clean_text

INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u202a\u2066"
SPACES = " \t\u00a0\u2002\u2003\u2009\u202f\u3000\x01\x7f"
LINE_ENDS = ["\n", "\r\n", "\r", "\x0c", "\u2028", "\u2029", "\x85"]
BLANK = set(INVISIBLE + SPACES + "\n\r\x0c\u2028\u2029\x85")
WORDS = ["Wang", "Yi", "met", "Iwaya’s", "'s", "café", "cafe\u0301", "中国", "–", "“we”", "10", "😀", "a"]

raw_texts = st.lists(st.sampled_from([*WORDS, *INVISIBLE, *SPACES, *LINE_ENDS, " ", " "]), max_size=60).map("".join)


def visible(text: str) -> str:
    return "".join(character for character in text if character not in BLANK)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Wang Yi met Iwaya.\n\nThey agreed.", "Wang Yi met Iwaya.\n\nThey agreed."),
        ("\ufeffWang Yi", "Wang Yi"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Wang\u00a0Yi\tmet\u2002 Iwaya", "Wang Yi met Iwaya"),
        ("co\u00adop\u200berate", "cooperate"),
        ("one  \n  two \n \n three", "one\ntwo\n\nthree"),
        ("Wang\u200b \u200bYi", "Wang Yi"),
        ("China’s and Japan's “ties” – cafe\u0301", "China’s and Japan's “ties” – cafe\u0301"),
        (" \t\r\n text \u00a0\n", "text"),
        ("\u200b", ""),
    ],
)
def test_only_blanks_and_invisible_characters_change(raw: str, clean: str) -> None:
    assert clean_text(raw)[0] == clean


def test_a_text_without_changes_is_not_copied_and_needs_no_map() -> None:
    raw = "The two sides agreed.\n\n" * 1000 + "End."
    clean, source_map = clean_text(raw)
    assert clean is raw
    assert len(source_map) == 1


@given(raw_texts)
def test_every_clean_character_leads_to_the_characters_it_came_from(raw: str) -> None:
    clean, source_map = clean_text(raw)
    for position, character in enumerate(clean):
        start, end = source_map.to_source(position, position + 1)
        assert 0 <= start < end <= len(raw)
        if character in " \n":
            assert set(raw[start:end]) <= BLANK
        else:
            assert raw[start:end] == character


@given(raw_texts, st.data())
def test_words_found_in_the_clean_text_stand_in_the_source(raw: str, data: st.DataObject) -> None:
    document = read_text(raw)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    assert clean_text(document.quote(start, end))[0] == document.text[start:end].strip(" \n")


@given(raw_texts)
def test_no_visible_character_is_lost_moved_or_invented(raw: str) -> None:
    clean, _ = clean_text(raw)
    assert visible(clean) == visible(raw)
    assert set(clean) & BLANK <= {" ", "\n"}
    assert "  " not in clean
    assert " \n" not in clean
    assert "\n " not in clean


@given(raw_texts)
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    clean, _ = clean_text(raw)
    again, source_map = clean_text(clean)
    assert again == clean
    assert all(source_map.to_source(n, n + 1) == (n, n + 1) for n in range(len(clean)))


@given(st.text())
def test_any_text_at_all_can_be_cleaned(raw: str) -> None:
    clean, source_map = clean_text(raw)
    assert all(raw[slice(*source_map.to_source(n, n + 1))] for n in range(len(clean)))


@given(raw_texts.filter(visible), raw_texts.filter(visible))
def test_a_title_is_the_beginning_of_the_text_and_of_the_map(title: str, body: str) -> None:
    document = read_text(body, title=title)
    assert document.raw == f"{title}\n\n{body}"
    assert document.text == f"{document.title}\n\n{clean_text(body)[0]}"
    assert document.text[document.body_start :] == clean_text(body)[0]
    for position, character in enumerate(document.text):
        if character not in " \n":
            assert document.quote(position, position + 1) == character
    source_start, source_end = document.to_source(document.body_start, len(document.text))
    assert len(title) + 2 <= source_start <= source_end <= len(document.raw)


def test_spans_outside_of_the_text_are_refused() -> None:
    document = read_text("Wang Yi")
    with pytest.raises(ValueError, match="beyond the text"):
        document.to_source(0, 8)
    with pytest.raises(ValueError, match="no span"):
        document.to_source(3, 2)
    assert document.to_source(7, 7) == (7, 7)
