"""Mistakes as values: where, what and what to do, all told at once."""

import difflib
from collections.abc import Iterable
from typing import Literal, Protocol

from attrs import frozen

Severity = Literal["error", "warning"]
MOST_TOLD = 500
"""The most signs that are told of what a plugin raised."""
NAME_OF = type.__dict__["__name__"]
"""Gives the name of a class, whatever its metaclass says."""


@frozen
class Place:
    """A stretch of a text: file, line and column from 1 (0: unknown), the line itself, and how many signs are meant."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)

    @property
    def excerpt(self) -> tuple[str, ...]:
        """Return the line, and below it carets under the signs that are meant; nothing when the line is not known."""
        line = self.text.rstrip()
        if not line.strip():
            return ()
        before = self.text[: max(self.column, 1) - 1]
        indent = "".join("\t" if sign == "\t" else " " for sign in before)
        return line, indent + "^" * max(1, min(self.width, len(line) - len(before)))


KeyPath = tuple[str | int, ...]
"""The way to a key of a file: names of tables and keys, and numbers in lists, from 0."""


class Places(Protocol):
    """Where the keys and values of a file stand."""

    def place(self, path: KeyPath, /) -> Place:
        """Return where the value of a key stands; of a table its header."""
        ...

    def key_place(self, path: KeyPath, /) -> Place:
        """Return where a key stands, or the nearest table around it that is there."""
        ...


@frozen
class NoPlaces:
    """The places of what was read from no text: its file alone."""

    file: str

    def place(self, path: KeyPath, /) -> Place:
        """Return the file."""
        return Place(self.file)

    key_place = place


@frozen
class Problem:
    """Something that is wrong with what came in: where it stands, what it is, and what to do.

    A warning keeps nothing from being used.
    """

    where: Place
    what: str
    hint: str = ""
    warning: bool = False

    @property
    def severity(self) -> Severity:
        """Return what the problem is called: an error, or a warning."""
        return "warning" if self.warning else "error"

    def __str__(self) -> str:
        """Return ``file:line:column: what; hint``, then the line with carets under what is meant."""
        what = f"warning: {self.what}" if self.warning else self.what
        message = f"{self.where}: {what}" + (f"; {self.hint}" if self.hint else "")
        return "\n    ".join([message, *self.where.excerpt])


@frozen
class OptionProblem(Problem):
    """What is wrong with ``options`` of an offer, or with the plugin behind them: who has one waits, nobody else."""

    options: tuple[str, ...] = ()


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that keep an input from being used: all but the warnings."""
    return tuple(problem for problem in problems if not problem.warning)


def stopping(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the errors that stop everybody: all but those of options, for which alone their contracts wait."""
    return tuple(problem for problem in errors(problems) if not isinstance(problem, OptionProblem))


class Refused(Exception):  # noqa: N818 - named after what happened, as a user would say it
    """Input that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def raised(error: BaseException | None) -> str:
    """Return what a plugin raised, with its kind: ``ValueError: no such day``."""
    return ": ".join(filter(None, (in_one_line(NAME_OF.__get__(type(error))), said_by(error))))


def said_by(error: BaseException | None) -> str:
    """Return what an exception of a plugin's says, as it can be shown and kept: in one line, and not endless."""
    try:
        text = str.__str__(str(error))  # what it says may be of a class of its own, which does as it likes
    except BaseException:
        text = "it cannot be told"
    return in_one_line(text)


def in_one_line(text: str) -> str:
    """Return a text that a plugin has given as it can be shown and kept: in one line, and not endless."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 10 * MOST_TOLD]).split())
    return shown if len(shown) <= MOST_TOLD else f"{shown[:MOST_TOLD]}…"


FEW, MANY = 10, 30
"""How many known words a hint lists, where there are more than many."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a word is nearest to; nothing when none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or lists those that there are when none is near."""
    names = sorted(known)
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    more = f" and {len(names) - FEW} more" if len(names) > MANY else ""
    return f"known: {', '.join(names[:FEW] if more else names)}{more}" if names else ""
