"""Who may read what a command makes: its owner alone, unless `permanence.toml` says otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..model.settings import SETTINGS_FILE

OWNER_ALONE = 0o077
"""The rights that no new file has, nor a folder."""


@contextmanager
def rights_of_files(context: click.Context) -> Iterator[None]:
    """Let what is made while the block works be its owner's alone, whoever writes it: we, SQLite, or a library.

    Bills, calls and quotes are personal data and business secrets. With ``files = "shared"``, the system's own umask
    holds. Raises Refused with everything that is wrong in the settings; a question for help, among the words that were
    typed, needs none.
    """
    if context.parent is not None or _is_shared(context):
        yield
        return
    before = os.umask(OWNER_ALONE)
    try:
        yield
    finally:
        os.umask(before)


def _is_shared(context: click.Context) -> bool:
    if not Path(SETTINGS_FILE).exists() or {*(context.obj or ())} & {*context.help_option_names}:
        return False
    # What reads TOML takes long to load, and most installations have no settings.
    from ..read.settings import settings_in

    return settings_in(Path()).files == "shared"
