"""How a command ends that cannot do what it was asked: every problem told, and exit code 1."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import click

from ..model.problem import Place, Problem, Refused
from .console import err
from .screens.problems import show_problems

UNUSABLE = (Refused, sqlite3.DatabaseError, OSError)
"""What is raised where a file or a database cannot be used."""
CHANGED = "permanence.changed"
"""Under which a command's context tells that something was changed before the command failed."""


class Commands(click.Group):
    """A group whose commands end in every problem told and exit code 1, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UNUSABLE as error:
            problems = problems_of(error)
        show_problems(err(), problems, "nothing else was done" if ctx.meta.get(CHANGED) else "nothing was done")
        raise click.exceptions.Exit(1)


def problems_of(error: Exception) -> Sequence[Problem]:
    """Return what is wrong, with what to do, of a file or a database that cannot be used."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, OSError):
        where = Place(str(error.filename or "file"))
        return (Problem(where, error.strerror or str(error), "check the path and its rights"),)
    return (Problem(Place("database"), f"SQLite says: {error}", "is the file a database of ours, and free?"),)
