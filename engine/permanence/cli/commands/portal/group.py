"""`permanence portal`: its commands by name, each loaded from its module when it is asked for."""

import click

from ...loaded import Loaded

COMMANDS = {
    "link": "Make links to the pages of contracts.",
    "links": "List the links, and what each still opens.",
    "revoke": "Revoke links: they open nothing any more.",
    "serve": "Serve customers' pages on this machine, until Ctrl-C.",
}


@click.group(cls=Loaded, package=__package__, commands_told=COMMANDS, invoke_without_command=True)
@click.pass_context
def portal(context: click.Context) -> None:
    """Show customers their pages by link, and make the links; without a command, serve the pages as `serve` does."""
    if context.invoked_subcommand is None:
        serve = portal.get_command(context, "serve")
        assert serve
        context.invoke(serve)
