"""`permanence options`."""

import click

from ...plugin_manager import Plugins
from ..console import out, print_json
from ..screens.checks import options_summary, show_options
from ..typed import example, json_option


@click.command()
@json_option
@example("permanence options")
def options(as_json: bool) -> None:
    """List the priced options that plugins offer, with the keys of their tables in rule files."""
    summary = options_summary(Plugins.installed().registered)
    if as_json:
        print_json(summary)
    else:
        show_options(out(), summary)
