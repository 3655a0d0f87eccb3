"""`permanence options`."""

import click

from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.checks import options_summary, show_options
from ..typed import example, json_option


@click.command()
@without_option
@json_option
@example("permanence options")
def options(as_json: bool) -> None:
    """List the priced options that plugins offer, with the keys of their tables in rule files."""
    summary = options_summary(plugins_in_use().registered)
    if as_json:
        print_json(summary)
    else:
        show_options(out(), summary)
