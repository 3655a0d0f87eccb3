"""A deed: who asked for what, in which words, and when; whoever does it keeps that with what came of it."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

CameOf = Mapping[str, Any]
"""What came of a deed, as plain values: counts, numbers of documents, names of files, what was there before."""
BEYOND = "…"


@frozen
class Deed:
    """A command as somebody typed it: ``at`` is the instant in seconds since 1970 UTC, ``product`` our version.

    ``arguments`` are the words after the command's own, as a shell would have them.
    """

    who: str
    command: str
    arguments: str
    at: int
    product: str | None


@frozen
class NotedDeed:
    """A deed as a database keeps it, with its number there and what came of it."""

    number: int
    deed: Deed
    came_of: CameOf


def words_typed(words: Sequence[str], *hidden: str) -> str:
    """Return the words of a command as a shell would have them, without those that nobody is to read later.

    A word that is ``hidden``, or ends in one as ``--caller=+33…`` does, is left out.
    """
    kept = words
    for secret in filter(None, hidden):
        kept = [f"{word[: -len(secret)]}{BEYOND}" if word.endswith(secret) else word for word in kept]
    return shlex.join(kept)
