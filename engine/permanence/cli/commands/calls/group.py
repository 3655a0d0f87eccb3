"""`permanence calls`: its commands by name, each loaded from its module when it is asked for."""

import click

from ...loaded import Loaded

COMMANDS = {
    "exclude": "Exclude a call that was a wrong number.",
    "find": "Say whether a call was counted, and where.",
    "follow": "Take calls in as they are written, until Ctrl-C.",
    "formats": "List the mappings that come with Permanence.",
    "import": "Take call records into calls.db.",
    "new-format": "Draft a mapping for a file that none fits.",
    "try": "Show how a file of call records is understood.",
}
MODULES = {"import": "import_files", "try": "try_file"}


@click.group(cls=Loaded, package=__package__, commands_told=COMMANDS, modules=MODULES)
def calls() -> None:
    """Bring call records in."""
