"""The command line. Each command imports what it needs, so that --help and --version answer at once.

Exit codes: 0 good, 1 findings, 2 wrong use (a file that cannot be read, a country that does not exist).
"""

from __future__ import annotations

import errno
from typing import Any

import click

HELP = {"help_option_names": ["-h", "--help"]}


class WrongUse(click.ClickException):
    """An error of the user's, told in one line; exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the message on stderr."""
        click.echo(f"bilaterals: {self.format_message()}", err=True)


class Commands(click.Group):
    """A group of commands whose expected errors are one line, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        from bilaterals.store import VersionNotFound

        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # `bilaterals show | head`: nobody reads on, and click ends quietly
                raise
            name = f"{error.filename}: " if error.filename else ""
            raise WrongUse(f"{name}{error.strerror or error}") from error
        except (ValueError, VersionNotFound) as error:
            raise WrongUse(" ".join(str(error).split())) from error


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"bilaterals {version('bilaterals')}")
    ctx.exit()


@click.group(cls=Commands, context_settings=HELP)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
def main() -> None:
    """The open timeline of what states do together, from the shell."""


@main.command(short_help="Build a version of the data out of raw texts.")
@click.argument("raw", type=click.Path(), default="data/raw")
@click.argument("out", type=click.Path(), default="data/processed")
@click.option("--quote-all", is_flag=True, help="Keep the words of every text, whatever its licence.")
def build(raw: str, out: str, quote_all: bool) -> None:
    """Build a version of the data: the raw texts in RAW become OUT/<version>.

    Nothing is written when the rows are those of the last version. --quote-all is for data that stay at home.
    """
    from bilaterals.cli.build import run

    run(raw, out, quote_all)


@main.command(short_help="Say what a text tells of.")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--date", help="The day the text was published, if it does not say so itself.")
@click.option("--publisher", help="Who published it.")
@click.option("--side", help="The state whose account it is: ISO code or name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document.")
def extract(file: str, date: str | None, publisher: str | None, side: str | None, as_json: bool) -> None:
    """Say what FILE tells of: who met whom, what they agreed (- reads from stdin)."""
    from bilaterals.cli.extract import run

    raise SystemExit(run(file, date, publisher, side, as_json))


@main.command(short_help="Check a file or a folder of tables.")
@click.argument("path", type=click.Path())
@click.option("--table", help="The table that the file holds, if its name does not say so.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def validate(path: str, table: str | None, as_json: bool) -> None:
    """Check a file, or a folder of tables, against the codebook: exit code 1 when there are findings."""
    from bilaterals.cli.validate import run

    raise SystemExit(run(path, table, as_json))


@main.command(short_help="Show the events between two countries.")
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--type", "event_type", multiple=True, help="visit, meeting, consensus, agreement (repeatable).")
@click.option("--domain", multiple=True, help="A domain (repeatable).")
@click.option("--since", help="From this day, month or year on: 2018-05-09, 2018-05, 2018.")
@click.option("--until", help="Up to this day, month or year, included.")
@click.option("--version", help="A version of the data; the newest without it.")
@click.option("--csv", "form", flag_value="csv", help="All columns as CSV.")
@click.option("--json", "form", flag_value="json", help="All columns as JSON.")
def show(a: str | None, b: str | None, form: str | None, **filters: Any) -> None:
    """Show the events between A and B (of A with all others; of all, without either)."""
    from bilaterals.cli.show import run

    run(a, b, form, filters)


@main.command()
@click.argument("table", required=False)
def codebook(table: str | None) -> None:
    """Say what the tables are, or what the columns of TABLE mean."""
    from bilaterals.cli.codebook import run

    run(table)


@main.command()
def versions() -> None:
    """List the versions of the data that are at hand."""
    from bilaterals.store import at_hand, registry

    found = at_hand()
    for number, (name, folder) in enumerate(found.items()):
        click.echo(f"{name}  {'newest' if number == 0 else '      '}  {folder}")
    for name in registry():
        if name not in found:
            click.echo(f"{name}          published, not at hand")
    if not found:
        click.echo("no version is at hand; `bilaterals build` makes one", err=True)
