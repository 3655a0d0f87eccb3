"""`permanence calls formats`."""

import click

from ....read.formats.ready import format_text, ready_formats
from ...console import out, print_json
from ...screens.call_formats import formats_summary, show_formats
from ...typed import example, json_option


@click.command("formats")
@click.argument("name", metavar="[NAME]", required=False)
@json_option
@example("permanence calls formats freeswitch > mine.toml")
def formats(name: str | None, as_json: bool) -> None:
    """List the mappings that come with Permanence, and what each needs to be told; or print one, to copy and change."""
    if name is not None:
        click.echo(format_text(name), nl=False)
    elif as_json:
        print_json(formats_summary(ready_formats().values()))
    else:
        show_formats(out(), ready_formats().values())
