"""Plain, uniform titles: "Meeting of Wang Yi and Takeshi Iwaya, Beijing"."""

from __future__ import annotations

from bilaterals.link.events import Event
from bilaterals.reference.countries import countries

NOUNS = {
    "treaty": "Treaty",
    "agreement": "Agreement",
    "mou": "Memorandum of understanding",
    "exchange_of_notes": "Exchange of notes",
    "joint_statement": "Joint statement",
    "joint_communique": "Joint communiqué",
    "joint_declaration": "Joint declaration",
    "action_plan": "Action plan",
    "minutes": "Minutes",
    "other": "Agreement",
}
CALLS = {"phone": "Phone call", "video": "Video meeting", "letter": "Exchange of letters"}
REGULAR = ("held", "reached", "signed", "in_force")


def country_name(iso3: object) -> str:
    """The common name of a state, or its code where the list has none."""
    known = countries().get(str(iso3))
    return known.name if known else str(iso3)


def _side(event: Event, side: str) -> str | None:
    """The head of a side by name, else by office with the state, else None."""
    country = event.row[f"country_{side}"]
    heads = [p for p in event.participants if p["side"] == country]
    if not heads:
        return None
    head = heads[0]
    if head["name"]:
        return str(head["name"])
    return f"{head['office']} of {country_name(country)}" if head["office"] else None


def _both(event: Event) -> str:
    sides = [_side(event, side) or country_name(event.row[f"country_{side}"]) for side in ("a", "b")]
    return " and ".join(sides)


def _visit(event: Event) -> str:
    for side, other in (("a", "b"), ("b", "a")):
        who = _side(event, side)
        if who:
            return f"Visit of {who} to {country_name(event.row[f'country_{other}'])}"
    return f"Visit between {_both(event)}"


def _agreement(event: Event) -> str:
    noun = NOUNS.get(str(event.row["instrument"]), "Agreement")
    count = event.row["n_stated"]
    if isinstance(count, int) and count > 1:
        noun = "Memorandums of understanding" if noun.startswith("Memo") else noun + "s"
        noun = f"{count} {noun[0].lower()}{noun[1:]}"
    states = " and ".join(country_name(event.row[f"country_{side}"]) for side in ("a", "b"))
    return f"{noun} of {states}"


def title_of(event: Event, given: str | None) -> str:
    """The title of an event: the name of the instrument where there is one, else made of its fields."""
    row = event.row
    kind = str(row["event_type"])
    if given:
        title = given
    elif kind == "agreement":
        title = _agreement(event)
    elif kind == "visit":
        title = _visit(event)
    elif kind == "consensus":
        title = f"Consensus of {_both(event)}"
    else:
        title = f"{CALLS.get(str(row['mode']), 'Meeting')} of {_both(event)}"
        place = row["city"] or (country_name(row["venue_country"]) if row["venue_country"] else None)
        title += f", {place}" if place else ""
        if row["mechanism"]:
            number = f", round {row['mechanism_round']}" if row["mechanism_round"] else ""
            title += f" ({row['mechanism']}{number})"
    status = str(row["status"])
    return title if status in REGULAR else f"{title} ({status.replace('_', ' ')})"
