"""The command line, `permanence`: every command is a module of `commands`, loaded when it is asked for."""

from collections.abc import Mapping
from importlib import import_module

import click

from .commands.shared import Commands, example

MODULES: Mapping[str, str] = {
    "bill": "bill",
    "browse": "look",
    "calendar": "calendar",
    "calls": "intake",
    "check": "check",
    "contracts": "intake",
    "deadlines": "calendar",
    "describe": "compare",
    "diff": "compare",
    "explain": "look",
    "impact": "impact",
    "new-offer": "new_offer",
    "options": "check",
    "quote": "quote",
    "sample": "intake",
    "sign": "quote",
    "simulate-life": "life",
}
"""Where each command is. A check that runs at every save does not wait for what reads Parquet or writes diaries."""


class Loaded(Commands):
    """The commands by name, each from its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the alphabet."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f".commands.{MODULES[cmd_name]}", __package__)
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(cls=Loaded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="permanence", prog_name="permanence")
@example("permanence check && permanence bill 2026-10 && permanence browse")
def main() -> None:
    """Contracts and billing for telephone answering services, from declarative rule files."""
