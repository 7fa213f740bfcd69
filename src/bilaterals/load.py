"""The published data as DataFrames: `load_events` and its family."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilaterals import store

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

When = dt.date | dt.datetime | str
Several = str | Iterable[str] | None


def load_events(
    country_a: str | None = None,
    country_b: str | None = None,
    *,
    event_type: Several = None,
    domain: Several = None,
    since: When | None = None,
    until: When | None = None,
    version: str | None = None,
) -> pd.DataFrame:
    """Return the events between two countries, of one country with all others, or all of them.

    A country is an ISO 3166 code of three or two letters or a name in English ("JPN", "jp", "Japan"); the
    order of the two does not matter. ``event_type`` and ``domain`` are one value or several; an event is in
    when one of its domains is asked for, and a domain that has others under it (people_to_people) asks for
    all of them. ``since`` and ``until`` are both included and may be a date or an ISO string, also of a year
    or a month: "2018", "2018-05". An event is in when the interval in which it may lie (earliest_date to
    latest_date) overlaps the one asked for, so that one known only to have been in May 2018 is found by both
    since="2018-05-20" and until="2018-05-10"; **one without a date is left out as soon as since or until is
    given**.

    The rows keep the order of the published table. ``attrs["version"]`` of the result is the version of the
    data. Raises ValueError for a country, type, domain or date that does not exist, and VersionNotFound for a
    version.
    """
    folder = store.folder_of(version)
    table = _read_arrow(folder, "events")
    keep = [
        *_by_countries(table, country_a, country_b),
        *_by_type(table, event_type),
        *_by_domain(table, domain, folder),
        *_by_date(table, since, until),
    ]
    if keep:
        import pyarrow.compute as pc

        mask = keep[0]
        for more in keep[1:]:
            mask = pc.and_kleene(mask, more)
        table = table.filter(mask)
    return _to_pandas(table, folder.name)


def load_table(name: str, version: str | None = None) -> pd.DataFrame:
    """Return one table of the data, typed as the codebook says; `list_tables` names them all."""
    if name not in list_tables():
        raise ValueError(unknown("table", name, list_tables()))
    folder = store.folder_of(version)
    return _to_pandas(_read_arrow(folder, name), folder.name)


def list_tables() -> list[str]:
    """Return the names of all tables, in the order of publication."""
    from bilaterals.schema import TABLES

    return list(TABLES)


def list_versions() -> list[str]:
    """Return the versions of the data that are at hand, newest first."""
    return list(store.at_hand())


def describe(table: str | None = None) -> pd.DataFrame:
    """Return the codebook of one table, or of all: a row a column, with its type, vocabulary and meaning."""
    from bilaterals.schema import codebook

    if table is not None and table not in list_tables():
        raise ValueError(unknown("table", table, list_tables()))
    return codebook(table)


def cite(version: str | None = None, style: str = "text") -> str:
    """Return how to cite a version of the data, as a line of text or, with style="bibtex", as an entry."""
    if style not in ("text", "bibtex"):
        raise ValueError(unknown("style", style, ["text", "bibtex"]))
    folder = store.folder_of(version)
    what = _described(folder)
    title, authors, year = what["title"], what["authors"], what["year"]
    if style == "text":
        return f"{authors} ({year}). {title} (version {folder.name}) [Data set]. Licence: {what['licence']}."
    fields = {
        "author": f"{{{authors}}}",
        "title": f"{{{title}}}",
        "year": year,
        "version": folder.name,
        "note": f"Data set, version {folder.name}, licence {what['licence']}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{bilaterals_{folder.name.replace('.', '_')},\n" + ",\n".join(lines) + "\n}"


def _described(folder: Path) -> dict[str, str]:
    """Return title, authors, year and licence as the version's own data package gives them."""
    path = folder / "datapackage.json"
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    people = [str(one.get("title", "")) for one in package.get("contributors", [])]
    licences = [str(one.get("name") or one.get("title", "")) for one in package.get("licenses", [])]
    created = str(package.get("created", ""))
    return {
        "title": str(package.get("title") or folder.name),
        "authors": " and ".join(filter(None, people)) or "The bilaterals developers",
        "year": created[:4] or folder.name.split(".")[0],
        "licence": ", ".join(filter(None, licences)) or "not stated",
    }


# -- reading


def _read_arrow(folder: Path, name: str) -> pa.Table:
    """Read one table of a version, from Parquet when it is there and from CSV otherwise."""
    parquet = folder / f"{name}.parquet"
    if parquet.is_file():
        import pyarrow.parquet as pq

        # ParquetFile, for read_table would first load the machinery for data sets of many files.
        with pq.ParquetFile(parquet) as file:
            return file.read()
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise ValueError(f"version {folder.name} has no table {name!r}")
    from bilaterals.schema import arrow_table, read_csv

    return arrow_table(read_csv(path, name), name)


def _to_pandas(table: pa.Table, version: str) -> pd.DataFrame:
    """Convert to the types that `bilaterals.schema` gives a table, without the cost of loading the schema.

    They follow from the Arrow types of the file, so that an older version with other columns is read too.
    """
    import pandas as pd
    import pyarrow as pa

    types = {
        pa.string(): pd.StringDtype("pyarrow"),
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, date_as_object=False, ignore_metadata=True)
    frame.attrs["version"] = version
    return frame


# -- what is asked for, each as a list of at most two masks over the rows


def _by_countries(table: pa.Table, country_a: str | None, country_b: str | None) -> list[Any]:
    given = [country for country in (country_a, country_b) if country is not None]
    if not given:
        return []
    import pyarrow.compute as pc

    from bilaterals.reference.countries import resolve_country

    wanted = [resolve_country(country) for country in given]
    if len(wanted) == 2 and wanted[0] == wanted[1]:
        raise ValueError(f"both countries are {wanted[0]}: an event needs two different ones")
    return [pc.or_kleene(pc.equal(table["country_a"], iso3), pc.equal(table["country_b"], iso3)) for iso3 in wanted]


def _by_type(table: pa.Table, event_type: Several) -> list[Any]:
    if event_type is None:
        return []
    from bilaterals.schema import VOCABULARIES

    return [_is_in(table["event_type"], _checked("event_type", event_type, VOCABULARIES["event_type"].values))]


def _by_domain(table: pa.Table, domain: Several, folder: Path) -> list[Any]:
    if domain is None:
        return []
    import pyarrow.compute as pc

    rows = _read_arrow(folder, "domains").select(["domain", "parent"]).to_pylist()
    asked = set(_checked("domain", domain, [row["domain"] for row in rows]))
    asked |= {row["domain"] for row in rows if row["parent"] in asked}
    one_of = "|".join(map(re.escape, sorted(asked)))
    return [pc.match_substring_regex(table["domains"], rf"(^|; )({one_of})(; |$)")]


def _by_date(table: pa.Table, since: When | None, until: When | None) -> list[Any]:
    if since is None and until is None:
        return []
    import pyarrow.compute as pc

    first = dt.date.min if since is None else bounds("since", since)[0]
    last = dt.date.max if until is None else bounds("until", until)[1]
    if first > last:
        raise ValueError(f"since ({since}) lies after until ({until})")
    # Both ends must be known: "first reported in 2024" alone would overlap every year before.
    return [pc.less_equal(table["earliest_date"], last), pc.greater_equal(table["latest_date"], first)]


def _is_in(column: Any, values: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.is_in(column, value_set=pa.array(values, pa.string()))


def bounds(name: str, when: When) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a date, a month ("2018-05") or a year ("2018").

    Raises ValueError that names the argument when it is none of these.
    """
    if isinstance(when, dt.datetime):  # a pandas.Timestamp is one, and so is NaT, whose year is not a number
        if when != when:
            raise ValueError(f"{name} is NaT, not a date")
        return when.date(), when.date()
    if isinstance(when, dt.date):
        return when, when
    try:
        if re.fullmatch(r"\d{4}", when):
            return dt.date(int(when), 1, 1), dt.date(int(when), 12, 31)
        if re.fullmatch(r"\d{4}-\d\d", when):
            year, month = map(int, when.split("-"))
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        day = dt.datetime.fromisoformat(when).date()
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{name}={when!r} is not a date: write a day, a month or a year as 2018-05-09, 2018-05 or 2018"
        ) from error
    return day, day


def _checked(kind: str, asked: str | Iterable[str], known: Iterable[str]) -> list[str]:
    """Return what was asked for as a list, or raise when one of them does not exist."""
    values = [asked] if isinstance(asked, str) else list(asked)
    names = list(known)
    for value in values:
        if value not in names:
            raise ValueError(unknown(kind, value, names))
    return values


def unknown(kind: str, value: object, known: Iterable[str]) -> str:
    """Return the message for a value that does not exist: the nearest one, and all there are."""
    import difflib

    names = list(known)
    near = difflib.get_close_matches(str(value), names, n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"there is no {kind} {value!r}{hint}; there are: {', '.join(names)}"
