"""The command line, `permanence`: every command is a module of `commands`, loaded when it is asked for."""

from importlib import import_module

import click

from .ended import Commands
from .typed import example

COMMANDS = """
bill browse calendar calls check contracts deadlines describe diff explain impact new-offer options quote sample sign
simulate-life upgrade
""".split()
"""Each is a module of its name: a check that runs at every save does not wait for what writes diaries."""


class Loaded(Commands):
    """The commands by name, each from its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f".commands.{name}", __package__), name)
        return command


@click.group(cls=Loaded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="permanence", prog_name="permanence")
@example("permanence check && permanence bill 2026-10 && permanence browse")
def main() -> None:
    """Contracts and billing for telephone answering services, from declarative rule files."""
