"""How a command ends that cannot do what it was asked: every problem told, what was done before, and exit code 1."""

import errno
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import click

from ..model.option_failed import OptionFailed
from ..model.problem import Place, Problem, Refused
from ..model.waiting import waits_told_to
from ..read.deeds import noting, so_far
from .collector import collector_at_rest
from .files_noted import files_noted
from .lock_holders import Holders
from .option_watch import option_watch, watching_options
from .rights_of_files import rights_of_files
from .streams import OutputLost, streams

ROOM = "make room for it, and try again"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

UNUSABLE = (Refused, OptionFailed, sqlite3.DatabaseError, OSError, ZoneInfoNotFoundError)
"""What is raised where a file, an option, a database or the machine's time zones cannot be used."""


class Commands(click.Group):
    """A group whose commands end in every problem told and exit code 1, never in a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command as it is typed: its exit code tells lost output too, where all else was done."""
        with collector_at_rest(), noting() as deeds, watching_options(), streams() as (output, errors):
            try:
                try:
                    typed = args[0] if args and args[0] is not None else extra.pop("args", None) or sys.argv[1:]
                    words = _legible(typed)
                    return super().main(words, *args[1:], **{"obj": tuple(words), **extra})
                finally:
                    output.flush()
            except OutputLost as lost:
                output.give_up()
                problem = Problem(Place("output"), f"not all of it could be printed: {lost}")
                _show([problem], _outcome(deeds, "nothing was changed"))
                raise SystemExit(1) from None
            except SystemExit as ended:
                if errors.lost and not ended.code:
                    raise SystemExit(1) from None
                raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for, and end in every problem where that cannot be done."""
        problems: Sequence[Problem]
        watch = option_watch()
        try:
            with waits_told_to(Holders()), rights_of_files(ctx), files_noted(ctx):
                result = super().invoke(ctx)
            if not (watch and watch.overdue.module):
                return result
            problems = (watch.problem,)
        except UNUSABLE as error:
            problems = problems_of(error)
        except KeyboardInterrupt:
            if watch and watch.overdue.module:
                problems = (watch.problem,)
            elif so_far():
                problems = (Problem(Place("command"), "it was interrupted"),)
            else:
                raise
        except RuntimeError as error:
            if "lost sys.stdin" not in str(error):
                raise
            problems = (Problem(Place("input"), "nobody can answer: it is closed", "see --help for a way without it"),)
        _show(problems, _outcome(so_far()))
        raise click.exceptions.Exit(1)


def _legible(typed: Sequence[str]) -> list[str]:
    """Return words as they were typed, in UTF-8 whatever the terminal says; end where one is not.

    Python keeps bytes that its locale cannot read as halves of signs, which no file and no terminal takes.
    """
    words = []
    for word in typed:
        try:
            words.append(os.fsencode(word).decode() if any("\ud800" <= sign <= "\udfff" for sign in word) else word)
        except UnicodeDecodeError:
            shown = word.encode("utf-8", "replace").decode()
            _show([Problem(Place("command"), f'"{shown}" is not UTF-8', "type it anew")], "nothing was done")
            raise SystemExit(1) from None
    return words


def problems_of(error: Exception) -> Sequence[Problem]:
    """Return what is wrong, with what to do, of a file or a database that cannot be used."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, OptionFailed):
        from ..plugin_manager import Plugins

        return error.refused(Plugins.installed().blame(error.option)).problems
    if isinstance(error, ZoneInfoNotFoundError):
        what = f"this machine lacks a time zone: {error.args[0]}"
        return (Problem(Place("machine"), what, "install the time zones: `pip install tzdata`"),)
    if isinstance(error, OSError):
        hint = ROOM if error.errno in NO_ROOM else "check the path and its rights"
        return (Problem(Place(str(error.filename or "file")), error.strerror or str(error), hint),)
    name = str(getattr(error, "sqlite_errorname", ""))
    hint = ROOM if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")) else "is the file a database of ours, and free?"
    return (Problem(Place("database"), f"SQLite says: {error}", hint),)


def _show(problems: Sequence[Problem], outcome: str) -> None:
    """Print problems. What draws on a terminal takes 0.1 CPU seconds to load, and `--help` has none: it is here."""
    from .console import err
    from .screens.problems import show_problems

    show_problems(err(), problems, outcome)


def _outcome(deeds: Mapping[str, str], nothing: str = "nothing was done") -> str:
    """Return what a command has done before it failed: ``contracts/C0121.toml was written``."""
    *first, last = [f"{thing} {became}" for thing, became in deeds.items()] or [nothing]
    return f"{', '.join(first)} and {last}" if first else last
