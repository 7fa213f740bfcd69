"""What becomes of merged records: values, ids, relations, and the promise that order does not matter."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilaterals.link import Event, link_pair
from bilaterals.schema import TABLES, VOCABULARIES
from tests.link.records import reports

TALKS = {
    "date": "2024-12-25",
    "CHN": "Wang Yi/foreign_minister",
    "JPN": "Takeshi Iwaya/foreign_minister",
    "city": "Beijing",
    "venue": "CHN",
    "mode": "in_person",
    "by": "CHN",
    "published": "2024-12-26",
}
LIMA = {
    "CHN": "Xi Jinping/head_of_state",
    "JPN": "Shigeru Ishiba/head_of_government",
    "city": "Lima",
    "venue": "PER",
}


def events_of(*documents: Any) -> list[Event]:
    return list(link_pair(reports(*documents)).events)


def only(*documents: Any) -> Event:
    (event,) = events_of(*documents)
    return event


def of_type(events: list[Event], kind: str) -> Event:
    (event,) = [event for event in events if event.row["event_type"] == kind]
    return event


def test_two_reports_of_one_meeting_make_one_event_with_two_documents() -> None:
    event = only(TALKS, TALKS | {"by": "JPN", "published": "2024-12-25"})
    assert event.row["n_documents"] == 2
    assert event.row["reported_by"] == "CHN; JPN"
    assert str(event.row["first_reported"]) == "2024-12-25"
    assert {row["doc_id"] for row in event.evidence} == {"d0", "d1"}


def test_the_most_precise_date_is_published() -> None:
    event = only(TALKS, TALKS | {"date": "2024-12", "published": "2025-02-01"})
    assert (event.row["date_start"], event.row["date_precision"]) == ("2024-12-25", "day")


def test_a_month_is_not_its_first_day() -> None:
    row = only(TALKS | {"date": "2024-12"}).row
    assert (row["date_start"], row["date_precision"]) == ("2024-12", "month")
    assert (str(row["earliest_date"]), str(row["latest_date"])) == ("2024-12-01", "2024-12-31")


def test_an_undated_event_of_the_past_is_bounded_by_its_first_report() -> None:
    row = only({k: v for k, v in TALKS.items() if k != "date"}).row
    assert (row["date_start"], row["date_precision"], row["earliest_date"]) == (None, "unknown", None)
    assert str(row["latest_date"]) == "2024-12-26"


def test_an_undated_plan_is_not_bounded_by_its_report() -> None:
    row = only({k: v for k, v in TALKS.items() if k != "date"} | {"status": "planned"}).row
    assert row["latest_date"] is None


def test_the_fullest_name_wins_over_the_family_name_and_capitals() -> None:
    event = only(TALKS | {"JPN": "Iwaya"}, TALKS | {"JPN": "IWAYA Takeshi"}, TALKS | {"JPN": "Takeshi Iwaya"})
    assert [p["name"] for p in event.participants] == ["Wang Yi", "Takeshi Iwaya"]
    assert event.row["participants_b"] == "Takeshi Iwaya"


def test_a_role_finds_its_holder_in_the_other_document() -> None:
    event = only(TALKS, TALKS | {"CHN": "/foreign_minister", "JPN": "/foreign_minister"})
    assert len(event.participants) == 2


def test_a_plan_that_was_held_is_held_and_keeps_both_documents() -> None:
    event = only(TALKS | {"status": "planned", "published": "2024-12-20", "city": None}, TALKS)
    assert (event.row["status"], event.row["n_documents"]) == ("held", 2)


def test_documents_that_differ_are_listed_with_both_values() -> None:
    linked = link_pair(reports(TALKS | {"level": "foreign_minister"}, TALKS | {"level": "minister"}))
    (note,) = linked.set_aside
    assert note.code == "conflict"
    assert "foreign_minister" in note.reason and "'minister'" in note.reason and "d0, d1" in note.reason


def test_a_background_mention_that_fits_two_events_stays_apart_and_is_listed() -> None:
    later = TALKS | {"date": "2025-03-22", "city": "Tokyo", "venue": "JPN", "published": "2025-03-22"}
    mention = {"CHN": "Wang Yi", "JPN": "Iwaya", "main": False, "published": "2025-06-01"}
    linked = link_pair(reports(TALKS, later, mention))
    assert len(linked.events) == 3
    assert [(note.code, note.doc_id) for note in linked.set_aside] == [("background-unresolved", "d2")]


def test_a_reference_gives_its_document_to_the_event_and_is_no_event() -> None:
    reference = {
        "type": "reference",
        "CHN": "Xi Jinping",
        "JPN": "Ishiba",
        "city": "Lima",
        "published": "2025-01-05",
    }
    event = only(LIMA | {"date": "2024-11-15", "mode": "in_person"}, reference)
    assert event.row["n_documents"] == 2


def test_a_reference_that_fits_nothing_is_listed() -> None:
    reference = {"type": "reference", "CHN": "Hu Jintao", "JPN": "Yasuo Fukuda", "published": "2025-01-05"}
    linked = link_pair(reports(LIMA | {"date": "2024-11-15"}, reference))
    assert [note.code for note in linked.set_aside] == ["background-unresolved"]


def test_a_reference_to_a_meeting_that_two_capitals_date_differently() -> None:
    ours = LIMA | {"date": "2024-11-15", "mode": "in_person", "by": "CHN"}
    theirs = LIMA | {"date": "2024-11-16", "mode": "in_person", "by": "JPN"}
    reference = {
        "type": "reference",
        "CHN": "Xi Jinping",
        "JPN": "Ishiba",
        "city": "Lima",
        "published": "2025-01-05",
    }
    linked = link_pair(reports(ours, theirs, reference))
    assert [event.row["n_documents"] for event in linked.events] == [3]
    assert [note.code for note in linked.set_aside] == ["conflict"]


CONSENSUS = {
    "type": "consensus",
    "CHN": "Wang Yi",
    "JPN": "Takeshi Iwaya",
    "points": ["continue exchanges at various levels", "handle differences properly"],
    "relations": [("resulted_in", 0)],
    "published": "2024-12-26",
}


def test_a_consensus_belongs_to_its_meeting_and_lies_between_it_and_the_report() -> None:
    events = events_of([TALKS, CONSENSUS])
    meeting, consensus = of_type(events, "meeting"), of_type(events, "consensus")
    assert consensus.row["parent_event_id"] == meeting.event_id
    assert consensus.links == [
        {"event_id": consensus.event_id, "other_event_id": meeting.event_id, "relation": "resulted_in"}
    ]
    assert (str(consensus.row["earliest_date"]), str(consensus.row["latest_date"])) == (
        "2024-12-25",
        "2024-12-26",
    )
    assert consensus.row["date_start"] is None


def test_a_relation_told_of_the_meeting_is_turned() -> None:
    told = [TALKS | {"relations": [("resulted_in", 1)]}, CONSENSUS | {"relations": []}]
    events = events_of(told)
    assert of_type(events, "consensus").row["parent_event_id"] == of_type(events, "meeting").event_id


def test_the_same_consensus_told_by_both_sides_is_one() -> None:
    other = CONSENSUS | {"points": ["to continue exchanges at various levels and handle differences properly"]}
    events = events_of([TALKS, CONSENSUS], [TALKS | {"by": "JPN"}, other])
    assert sorted(str(event.row["event_type"]) for event in events) == ["consensus", "meeting"]


def test_the_same_formula_at_two_meetings_is_two_consensus() -> None:
    later = TALKS | {"date": "2025-03-22", "city": "Tokyo", "venue": "JPN", "published": "2025-03-22"}
    events = events_of([TALKS, CONSENSUS], [later, CONSENSUS | {"published": "2025-03-22"}])
    assert sorted(str(event.row["event_type"]) for event in events) == ["consensus"] * 2 + ["meeting"] * 2


def test_titles_are_plain() -> None:
    events = events_of([TALKS, CONSENSUS, {"type": "agreement", "countries": ["CHN", "JPN"], "n_stated": 10}])
    assert of_type(events, "meeting").row["title"] == "Meeting of Wang Yi and Takeshi Iwaya, Beijing"
    assert of_type(events, "consensus").row["title"] == "Consensus of Wang Yi and Takeshi Iwaya"
    assert of_type(events, "agreement").row["title"] == "10 agreements of China and Japan"


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ("CONSULT", "visit", "042")),
        ({"city": "Lima", "venue": "PER"}, ("CONSULT", "third-party", "044")),
        ({"mode": "phone", "city": None, "venue": None}, ("CONSULT", "phone", "041")),
        ({"city": None, "venue": None}, ("CONSULT", None, "040")),
        ({"status": "planned"}, ("AGREE", None, "036")),
        ({"status": "cancelled"}, (None, None, None)),
    ],
)
def test_codes_of_plover_and_cameo(changed: dict[str, Any], codes: tuple[str | None, ...]) -> None:
    row = only(TALKS | changed).row
    assert (row["plover_event"], row["plover_mode"], row["cameo"]) == codes


def test_every_code_of_the_mapping_is_in_the_vocabularies() -> None:
    from bilaterals.link.codes import _codes

    for event, mode, cameo in _codes().values():
        assert event in VOCABULARIES["plover_event"].values
        assert mode is None or mode in VOCABULARIES["plover_mode"].values
        assert cameo in VOCABULARIES["cameo"].values


def test_rows_have_the_columns_of_their_tables() -> None:
    for event in events_of([TALKS, CONSENSUS | {"domains": ["youth"]}]):
        for table, row in event.rows():
            assert set(row) == set(TABLES[table].columns), table


# --- ids ---
def test_an_id_is_readable() -> None:
    assert only(TALKS).event_id.startswith("CHN-JPN-20241225-meeting-")
    assert only(TALKS | {"date": "2024-12"}).event_id.startswith("CHN-JPN-202412-meeting-")
    assert only({k: v for k, v in TALKS.items() if k != "date"}).event_id.startswith("CHN-JPN-undated-meeting-")


def test_a_further_report_does_not_change_an_id() -> None:
    more = TALKS | {"JPN": "IWAYA Takeshi", "mechanism": "strategic dialogue", "by": "JPN"}
    assert only(TALKS).event_id == only(TALKS, more).event_id == only(more).event_id


def test_two_events_with_the_same_identifying_fields_have_two_ids_and_the_first_keeps_its_own() -> None:
    session = TALKS | {"mechanism": "High-Level Consultation Mechanism", "round": 2}
    alone = only(TALKS).event_id
    ids = {event.event_id for event in events_of([TALKS, session])}
    assert len(ids) == 2
    assert alone in ids


def test_records_that_only_their_place_tells_apart_have_ids_of_their_own() -> None:
    undated = {"CHN": "", "JPN": "", "countries": ["CHN", "JPN"], "published": "2024-12-26"}
    ids = [event.event_id for event in events_of([undated, undated, undated])]
    assert len(set(ids)) == 3


# --- order ---
NAMES = {
    "CHN": ["Wang Yi", "Li Qiang", "Wang Wentao", "/foreign_minister", ""],
    "JPN": ["Iwaya", "Takeshi Iwaya", ""],
}
DATES = ["2024-12-24", "2024-12-25", "2024-12-25", "2024-12", "2024", "2024-12-24..2024-12-26", None]

record = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["meeting", "meeting", "visit", "consensus", "agreement", "reference"]),
        "date": st.sampled_from(DATES),
        "CHN": st.sampled_from(NAMES["CHN"]),
        "JPN": st.sampled_from(NAMES["JPN"]),
        "city": st.sampled_from(["Beijing", "Tokyo", None]),
        "mode": st.sampled_from(["in_person", "phone", None]),
        "status": st.sampled_from(["held", "planned"]),
        "main": st.booleans(),
        "published": st.sampled_from(["2024-12-25", "2024-12-26", "2025-03-01"]),
        "by": st.sampled_from(["CHN", "JPN", None]),
        "points": st.sampled_from([(), ("handle differences properly through dialogue",), ("expand youth exchanges",)]),
        "domains": st.sampled_from([(), ("youth",), ("youth", "health")]),
        "relations": st.sampled_from([(), (("resulted_in", 0),), (("part_of", 1),)]),
    }
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(record, min_size=1, max_size=3), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_documents_does_not_matter(documents: list[Any], chance: random.Random) -> None:
    found = reports(*documents)
    shuffled = list(found)
    chance.shuffle(shuffled)
    first, second = link_pair(found), link_pair(shuffled)
    assert first.events == second.events
    assert first.set_aside == second.set_aside


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(record, min_size=1, max_size=3), min_size=1, max_size=6))
def test_nothing_is_lost_and_every_id_is_its_own(documents: list[Any]) -> None:
    found = reports(*documents)
    events = link_pair(found).events
    assert len({event.event_id for event in events}) == len(events)
    told = {(row["doc_id"], row["start"]) for event in events for row in event.evidence}
    for report in found:
        if report.candidate.event_type != "reference":
            assert (report.origin.doc_id, 100 * report.index) in told
    ids = {event.event_id for event in events}
    for event in events:
        assert event.row["parent_event_id"] is None or event.row["parent_event_id"] in ids - {event.event_id}
        assert {row["other_event_id"] for row in event.links} <= ids - {event.event_id}
