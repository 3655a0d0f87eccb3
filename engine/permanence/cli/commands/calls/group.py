"""`permanence calls`: its commands by name, each loaded from its module when it is asked for."""

import click

from ...loaded import Loaded

COMMANDS = {
    "find": "Say whether a call was counted, and where.",
    "import": "Take call records into calls.db.",
}


@click.group(cls=Loaded, package=__package__, commands_told=COMMANDS, modules={"import": "import_files"})
def calls() -> None:
    """Bring call records in."""
