"""Where commands print: results, and apart from them problems and progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn

from .screens.output import as_json
from .streams import is_showable


def out() -> Console:
    """Return the console for results."""
    return Console(highlight=False)


def err() -> Console:
    """Return the console for problems and progress, apart from results."""
    return Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    r"""Print a value for scripts; where the output cannot have every sign, escaped as JSON does it: ``\u20ac``."""
    text = as_json(value)
    click.echo(text if is_showable(text, sys.stdout.encoding) else as_json(value, ascii_only=True))


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while the block works, on a terminal only; yield what advances it by a count.

    Where the total is not known, the bar only moves.
    """
    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task(title, total=total)
        yield lambda more: bar.advance(task, more)


@contextmanager
def over_files(total: int) -> Iterator[Callable[[str], None]]:
    """Show how far a work over many files is, on a terminal only; yield what is told the name of each as it begins."""
    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task("", total=total)
        begun = count()
        yield lambda name: bar.update(task, description=name, completed=next(begun))


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
