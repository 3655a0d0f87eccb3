"""`permanence options`."""

import click

from ..conformance import conformance
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.checks import options_summary, show_options
from ..screens.plugins import plugins_summary, show_plugins
from ..typed import example, json_option


@click.command()
@without_option
@json_option
@click.option("--verbose", "in_full", is_flag=True, help="List the plugins too, and why others are not used.")
@click.option("--conform", "tried", is_flag=True, help="Try whether each keeps what an option must: seconds for each.")
@example("permanence options")
def options(as_json: bool, in_full: bool, tried: bool) -> None:
    """List the priced options that plugins offer, with the keys of their tables in rule files."""
    plugins = plugins_in_use()
    summary = options_summary(plugins.registered)
    if in_full or tried:
        for row in summary["options"]:
            row["conformance"] = conformance(plugins.registered[row["option"]].option, wanted=tried)
    if in_full:
        summary |= plugins_summary(plugins)
    if as_json:
        print_json(summary)
        return
    show_options(out(), summary)
    if in_full:
        show_plugins(out(), summary)
