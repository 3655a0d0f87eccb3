"""What every command shares: where files are, how problems end it, and how it prints."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn

from ..model.period import Month
from ..model.problem import Place, Problem, Refused
from ..screens.problems import show_problems

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

rules_option = click.option(
    "--rules", type=FOLDER, default=Path("rules"), show_default=True, help="Folder of rule files."
)
contracts_option = click.option(
    "--contracts", type=FOLDER, default=Path("contracts"), show_default=True, help="Folder of contract files."
)
billing_option = click.option(
    "--billing", type=FILE, default=Path("billing.db"), show_default=True, help="Database of results."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts instead of tables.")


class MonthType(click.ParamType[Month]):
    """A month as people write it: 2026-10."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return Month.parse(str(value))
        except ValueError as error:
            raise Refused([Problem(Place("MONTH"), str(error))]) from error


MONTH = MonthType()


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


def out() -> Console:
    """Return the console for results."""
    return Console(highlight=False)


def err() -> Console:
    """Return the console for problems and progress, apart from results."""
    return Console(stderr=True, highlight=False)


def example(text: str) -> Callable[[Any], Any]:
    """Return a decorator that ends a command's help with an example to copy."""

    def add(function: Any) -> Any:
        function.__doc__ = f"{inspect.cleandoc(function.__doc__)}\n\n\b\nExample:\n  {text}\n"
        return function

    return add


@contextmanager
def progress(title: str) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while the block works, on a terminal only; yield what advances it by a count."""
    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda count: bar.advance(task, count)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that something goes on whose parts are not counted, while the block works, on a terminal only."""
    with _bar() as bar:
        bar.add_task(title, total=None)
        yield


def _bar(*counts: ProgressColumn) -> Progress:
    console = err()
    columns = (TextColumn("{task.description} "), BarColumn(), *counts, TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
