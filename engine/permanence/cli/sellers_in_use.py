"""Who sells, as a command is told: the folder of their files, which says too who charges no VAT."""

from pathlib import Path
from typing import Any

import click

from .typed import FOLDER

FOLDER_TYPED = f"{__name__}.folder"
DEFAULT = Path("sellers")


def _keep(context: click.Context, _: click.Parameter, folder: Path) -> Any:
    context.meta[FOLDER_TYPED] = folder
    return folder


sellers_read_option = click.option(
    "--sellers",
    type=FOLDER,
    default=DEFAULT,
    show_default=True,
    expose_value=False,
    callback=_keep,
    help="Folder of sellers, a file for each.",
)


def sellers_in_use() -> Path:
    """Return the folder of sellers that was typed, or the one that is read where none was."""
    context = click.get_current_context(silent=True)
    folder: Path = context.meta.get(FOLDER_TYPED, DEFAULT) if context else DEFAULT
    return folder
