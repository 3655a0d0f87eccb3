"""Groups whose commands are modules of one folder, each loaded when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from .ended import Commands


class Loaded(Commands):
    """A group of commands by name, each from the module of its name: `--help` loads none of them (1.1 CPU seconds).

    ``commands_told`` has the sentence of each command, ``package`` is where their modules are, ``modules`` names
    those of another name: ``import`` is a word of Python's.
    """

    def __init__(
        self,
        *args: Any,
        package: str,
        commands_told: Mapping[str, str],
        modules: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(*args, **extra)
        self.package, self.commands_told, self.modules = package, commands_told, modules or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the alphabet."""
        return sorted(self.commands_told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none."""
        if cmd_name not in self.commands_told:
            return None
        name = self.modules.get(cmd_name, cmd_name.replace("-", "_"))
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands_told[name]) for name in self.list_commands(ctx)])
