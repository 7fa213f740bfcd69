"""``bilaterals codebook``: what the tables and their columns are."""

from __future__ import annotations

import shutil
import textwrap

import click

from bilaterals.load import list_tables, unknown


def run(table: str | None) -> None:
    """Print the list of tables, or the columns of one."""
    from bilaterals.schema import TABLES

    width = max(40, shutil.get_terminal_size().columns)
    if table is None:
        longest = max(map(len, TABLES))
        for name, entry in TABLES.items():
            click.echo(_hanging(name.ljust(longest + 2), entry.description, width))
        return
    if table not in TABLES:
        raise ValueError(unknown("table", table, list_tables()))
    entry = TABLES[table]
    click.echo(textwrap.fill(f"{table}: {entry.description}", width))
    for field in entry.fields:
        kind = f"{field.type}{', key' * field.key}{', may be null' * field.nullable}"
        click.echo(f"\n{field.name} ({kind})")
        click.echo(_hanging("    ", field.description, width))
        if field.vocabulary:
            click.echo(_hanging("    one of: ", _values(field.vocabulary), width, separator=field.separator))
        if field.example:
            click.echo(_hanging("    example: ", field.example, width))


def _values(vocabulary: str) -> str:
    from bilaterals.schema import VOCABULARIES

    return ", ".join(VOCABULARIES[vocabulary].values)


def _hanging(lead: str, text: str, width: int, separator: str | None = None) -> str:
    if separator:
        text += f" (several are separated by {separator.strip()!r})"
    return textwrap.fill(text, width, initial_indent=lead, subsequent_indent=" " * len(lead))
