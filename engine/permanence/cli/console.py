"""Where commands print: results, and apart from them problems and progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn


def out() -> Console:
    """Return the console for results."""
    return Console(highlight=False)


def err() -> Console:
    """Return the console for problems and progress, apart from results."""
    return Console(stderr=True, highlight=False)


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
