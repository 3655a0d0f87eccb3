"""What was typed, as a deed: by whom, which command, in which words, and when."""

import os
import pwd
import time
from collections.abc import Sequence

import click

from ..model.deed import Deed, words_typed
from ..model.signs import cleaned
from .product import product_version

USER = "PERMANENCE_USER"
"""Names who types, where several people share a user of the machine."""


def deed_typed(*hidden: str) -> Deed:
    """Return the deed of the command that runs, at this instant; words that are ``hidden`` are left out of it."""
    context = click.get_current_context().find_root()
    words = tuple(context.obj or ())
    count = _command_words(context, words)
    typed = cleaned(words_typed(words[count:], *hidden))
    return Deed(_who(), " ".join(words[:count]), typed, int(time.time()), product_version())


def _command_words(context: click.Context, words: Sequence[str]) -> int:
    """Return how many of the words name the command, with the groups that it is in."""
    here: click.Command | None = context.command
    for count, word in enumerate(words):
        if not isinstance(here, click.Group) or (here := here.get_command(context, word)) is None:
            return count
    return len(words)


def _who() -> str:
    """Return who types: the name in PERMANENCE_USER with the machine's user, or that user alone."""
    try:
        account = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        account = f"user {os.getuid()}"
    named = cleaned(os.environ.get(USER, "").strip())
    return f"{named} ({account})" if named and named != account else account
