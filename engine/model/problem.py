"""Mistakes as values: where, what and what to do, all told at once."""

import difflib
from collections.abc import Iterable

from attrs import frozen


@frozen
class Place:
    """A position in a text: file, line and column from 1 (0: unknown), and the line itself."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


@frozen
class Problem:
    """Something that is wrong with what came in: where it stands, what it is, and what to do."""

    where: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column: what; hint``, then the line with a caret under the column."""
        message = f"{self.where}: {self.what}" + (f"; {self.hint}" if self.hint else "")
        if not self.where.text.strip():
            return message
        caret = " " * (max(self.where.column, 1) - 1) + "^"
        return f"{message}\n    {self.where.text.rstrip()}\n    {caret}"


class Refused(Exception):  # noqa: N818 - named after what happened, as a user would say it
    """Input that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a word is nearest to; nothing when none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or lists them all when none is near."""
    names = sorted(known)
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    return f"known: {', '.join(names)}" if names else ""
