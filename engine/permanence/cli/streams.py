"""What a command prints, whatever reads it: signs that it cannot show have others in their place, no loss is silent."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, cast
from unicodedata import combining, normalize

OTHER_SIGNS = {
    "€": "EUR",
    "→": "->",
    "…": "...",
    "’": "'",
    "‘": "'",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "━": "-",
    "╸": "-",
    "╺": "-",
    "·": "-",
    "•": "-",
    "−": "-",
    "×": "x",
    "÷": "/",
    "█": "#",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
}
"""What stands for signs that are no letter with an accent."""


class OutputLost(Exception):  # noqa: N818 - named after what happened, as a user would say it
    """What a command prints does not arrive: a full disk, a reader that has gone, no output at all."""


class Stream:
    """The output or the errors of a command, over the one that Python gives it.

    It has no ``buffer``, past which signs could be written that the stream cannot show.
    """

    def __init__(self, beneath: TextIO | None) -> None:
        self._beneath = beneath
        self.encoding = getattr(beneath, "encoding", None) or "utf-8"
        self.errors = "strict"

    def write(self, text: str) -> int:
        """Write a text as far as it can be shown; raise OutputLost where it cannot be written."""
        if self._beneath is None:
            raise OutputLost("it is closed")
        with _told():
            self._beneath.write(legible(text, self.encoding))
        return len(text)

    def flush(self) -> None:
        """Hand on what was written; raise OutputLost where that fails."""
        if self._beneath is not None:
            with _told():
                self._beneath.flush()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._beneath is not None and self._beneath.isatty()

    def fileno(self) -> int:
        """Return the number that the system gives it."""
        if self._beneath is None:
            raise OSError("it is closed")
        return self._beneath.fileno()

    def give_up(self) -> None:
        """Let what is still to be written go nowhere: Python would fail of it once more when it ends."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


class ErrorStream(Stream):
    """The errors of a command: where they are lost there is nobody to tell, but for the exit code."""

    lost = False

    def write(self, text: str) -> int:
        """Write a text as far as it can be shown, and remember when it is lost."""
        with self._remembering():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, and remember when it is lost."""
        with self._remembering():
            super().flush()

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        try:
            yield
        except OutputLost:
            self.lost = True
            self.give_up()


@contextmanager
def streams() -> Iterator[tuple[Stream, ErrorStream]]:
    """Put our streams in place of Python's while the block works, and yield them."""
    before = sys.stdout, sys.stderr
    ours = Stream(sys.stdout), ErrorStream(sys.stderr)
    sys.stdout, sys.stderr = (cast("TextIO", one) for one in ours)
    try:
        yield ours
    finally:
        sys.stdout, sys.stderr = before


def legible(text: str, encoding: str) -> str:
    """Return a text of signs that an encoding has: EUR for €, e for é, ? for what has nothing alike."""
    return text if is_showable(text, encoding) else "".join(_sign(sign, encoding) for sign in text)


def is_showable(text: str, encoding: str) -> bool:
    """Tell whether an encoding has every sign of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _sign(sign: str, encoding: str) -> str:
    if is_showable(sign, encoding):
        return sign
    if combining(sign):
        return ""
    other = OTHER_SIGNS.get(sign) or normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return other or "?"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputLost(error.strerror or str(error)) from error
    except ValueError as error:
        raise OutputLost("it is closed") from error
