"""The regular expressions of mappings: RE2's, whose time grows with the text alone, whatever somebody writes."""

from typing import Protocol

import re2


class Match(Protocol):
    """What a pattern found; 0 is the whole of it, 1 the part in its first group, None where that has none."""

    def __getitem__(self, group: int) -> str | None: ...


class Pattern(Protocol):
    """A pattern that can be looked for."""

    groups: int

    def search(self, text: str) -> Match | None:
        """Return where it fits some of a text, None where it does not."""

    def fullmatch(self, text: str) -> Match | None:
        """Return where it fits the whole of a text, None where it does not."""


def compiled(pattern: str) -> Pattern:
    """Return a pattern; raise ValueError, with what is wrong, for one that RE2 does not know (lookaround included)."""
    options = re2.Options()
    options.log_errors = False
    try:
        found: Pattern = re2.compile(pattern, options)
    except re2.error as error:
        (told,) = error.args
        raise ValueError(told.decode() if isinstance(told, bytes) else str(told)) from error
    return found
