"""`permanence check` and `permanence options`."""

from pathlib import Path

import click

from ..checking import check_files
from ..model.problem import Refused
from ..plugin_manager import Plugins
from ..read.json_schema import contract_schema, offer_schema
from ..screens.checks import options_summary, show_checked, show_options
from ..screens.output import as_json as to_json
from .shared import FILE, contracts_option, example, json_option, out, rules_option


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@rules_option
@contracts_option
@click.option(
    "--schema",
    is_flag=False,
    flag_value="offer",
    type=click.Choice(["offer", "contract"]),
    help="Print the JSON Schema of rule files (or of contract files) for an editor, and check nothing.",
)
@json_option
@example("permanence check rules/essentielle-2023-01-01.toml")
def check(files: tuple[Path, ...], rules: Path, contracts: Path, schema: str | None, as_json: bool) -> None:
    """Check rule files and contract files; all of rules/ and contracts/ when no FILES are named.

    An offer is checked for its form, for its rules in every case that can occur, and by its own examples.
    """
    plugins = Plugins.installed()
    if schema:
        click.echo(to_json(offer_schema(plugins.options) if schema == "offer" else contract_schema()))
        return
    checked = check_files(files, rules, contracts, plugins)
    if as_json:
        click.echo(to_json(checked.summary))
        if checked.problems:
            raise click.exceptions.Exit(1)
        return
    if checked.problems:
        raise Refused(checked.problems)
    show_checked(out(), checked.summary)


@click.command()
@json_option
@example("permanence options")
def options(as_json: bool) -> None:
    """List the priced options that plugins offer, with the keys of their tables in rule files."""
    summary = options_summary(Plugins.installed().registered)
    if as_json:
        click.echo(to_json(summary))
    else:
        show_options(out(), summary)
