"""Valid rows to begin with: the example of each column, as Python values."""

import datetime as dt

import pandas as pd

from bilaterals.schema import TABLES, conform


def row(table, /, **values):
    parsers = {
        "string": str,
        "integer": int,
        "boolean": lambda text: text == "true",
        "date": dt.date.fromisoformat,
    }
    example = {field.name: parsers[field.type](field.example) for field in TABLES[table].fields}
    if table == "events":
        example |= {"parent_event_id": None}
    if table == "domains":
        example |= {"parent": None}
    return example | values


def frame(table, *rows):
    return conform(pd.DataFrame(list(rows), columns=TABLES[table].columns), table)
