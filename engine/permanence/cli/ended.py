"""How a command ends that cannot do what it was asked: every problem told, and exit code 1."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import click

from ..model.problem import Place, Problem, Refused
from .console import err
from .screens.problems import show_problems


class Commands(click.Group):
    """A group whose commands end in every problem told and exit code 1, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        problems: Sequence[Problem]
        try:
            return super().invoke(ctx)
        except Refused as refused:
            problems = refused.problems
        except sqlite3.DatabaseError as error:
            problems = (
                Problem(Place("database"), f"SQLite says: {error}", "is the file a database of ours, and free?"),
            )
        except OSError as error:
            where = Place(str(error.filename or "file"))
            problems = (Problem(where, error.strerror or str(error), "check the path and its rights"),)
        show_problems(err(), problems)
        raise click.exceptions.Exit(1)
