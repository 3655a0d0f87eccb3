"""What every command shares: where files are, how problems end it, and how it prints."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn

from ..model.period import Month, Span, SpanUnit
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
calls_option = click.option(
    "--calls",
    default="calls.db",
    show_default=True,
    help="Database of calls, or a pattern of Parquet files such as 'calls/*.parquet'.",
)
on_option = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if today were this day.")
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
FIRST_YEAR, LAST_YEAR = 2000, 2200
MOST_DAYS = 3720
LONGEST: Mapping[SpanUnit, int] = {"days": 1, "weeks": 7, "months": 31, "years": 366}


class SpanType(click.ParamType[Span]):
    """A length of time as people write it: 30 days."""

    name = "span"

    def __init__(self, option: str) -> None:
        self._where = Place(option)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        try:
            span = Span.parse(str(value))
        except ValueError as error:
            raise Refused([Problem(self._where, str(error))]) from error
        if span.count * LONGEST[span.unit] > MOST_DAYS:
            raise Refused([Problem(self._where, f'"{value}" is too long', "look at most 10 years ahead")])
        return span


def day_asked(on: datetime | None, zone: str) -> date:
    """Return the day asked for, today on the wall clock of a zone when none is."""
    day = (on or datetime.now(UTC).astimezone(ZoneInfo(zone))).date()
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        what = f"{day} is not between {FIRST_YEAR} and {LAST_YEAR - 1}"
        raise Refused([Problem(Place("--on"), what, "calendars are worked out for these years")])
    return day


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
def progress(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while the block works, on a terminal only; yield what advances it by a count.

    Where the total is not known, the bar only moves.
    """
    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task(title, total=total)
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
