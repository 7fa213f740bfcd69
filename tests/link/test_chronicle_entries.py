"""Chronicle entries as they are read, extracted and linked: text in, events out."""

from __future__ import annotations

from bilaterals.corpus import Document, read_chronicle
from bilaterals.extract import extract
from bilaterals.link import Event, link

MET = "Chinese Foreign Minister Wang Yi met Japanese Foreign Minister Taro Kono in Beijing."


def events_of(text: str) -> list[Event]:
    found = read_chronicle(text, path="CHN-JPN/chronicle/2018.txt", doc_id="CHN-JPN/chronicle/2018")
    documents = [item for item in found if isinstance(item, Document)]
    return list(link((document, extract(document)) for document in documents).events)


def test_two_entries_of_one_date_are_two_events() -> None:
    meetings = events_of(f"2018-01-28 | Beijing, China | a\n{MET}\n\n2018-01-28 | Beijing, China | b\n{MET}\n")
    assert [event.row["date_start"] for event in meetings] == ["2018-01-28", "2018-01-28"]


def test_the_entry_of_a_visit_and_that_of_its_day_are_one_event() -> None:
    text = (
        f"2018-01-27/2018-01-28 | Beijing, China | a\nOn 28 January {MET}\n\n2018-01-28 | Beijing, China | b\n{MET}\n"
    )
    assert len(events_of(text)) == 1


def test_a_side_of_which_nobody_is_named_takes_part_without_a_name() -> None:
    text = (
        "2017-01-10 | Beijing, China | a\nThe ninth meeting of the China-Japan parliamentary exchange committee was held in "
        "Beijing. Wang Chen, Vice Chairman of the Standing Committee of the National People's Congress of China, took part.\n"
    )
    (meeting,) = events_of(text)
    sides = [(row["ordinal"], row["side"], row["name"], row["office"] is None) for row in meeting.participants]
    assert sides == [(1, "CHN", "Wang Chen", False), (2, "JPN", None, True)]
    assert meeting.row["participants_b"] is None
