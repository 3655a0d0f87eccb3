"""Where commands print: results, and apart from them problems and progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from ..model.signs import STRANGE_IN_LINES, cleaned
from .screens.output import as_json
from .streams import is_showable

if TYPE_CHECKING:
    from rich.progress import Progress


class CleanConsole(Console):
    """A console that gives a terminal no orders but its own: what a file name or a call record has shows its number."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield the segments of what is printed, each text of them as it can be shown."""
        for one in super().render(renderable, options):
            strange = not one.control and STRANGE_IN_LINES.search(one.text)
            yield Segment(cleaned(one.text, lines=True), one.style) if strange else one


def out() -> Console:
    """Return the console for results."""
    return CleanConsole(highlight=False)


def err() -> Console:
    """Return the console for problems and progress, apart from results."""
    return CleanConsole(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    r"""Print a value for scripts; where the output cannot have every sign, escaped as JSON does it: ``\u20ac``.

    So are signs that a terminal would follow.
    """
    text = as_json(value)
    showable = is_showable(text, sys.stdout.encoding) and not STRANGE_IN_LINES.search(text)
    click.echo(text if showable else as_json(value, ascii_only=True))


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while the block works, on a terminal only; yield what advances it by a count.

    Where the total is not known, the bar only moves.
    """
    with _bar(counts=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda more: bar.advance(task, more)


@contextmanager
def over_files(total: int) -> Iterator[Callable[[str], None]]:
    """Show how far a work over many files is, on a terminal only; yield what is told the name of each as it begins."""
    with _bar(counts=True) as bar:
        task = bar.add_task("", total=total)
        begun = count()
        yield lambda name: bar.update(task, description=name, completed=next(begun))


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that something goes on whose parts are not counted, while the block works, on a terminal only."""
    with _bar() as bar:
        bar.add_task(title, total=None)
        yield


def _bar(*, counts: bool = False) -> "Progress":
    # Loaded only here: what shows no progress is told in less time than this takes to load.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console, counted = err(), [MofNCompleteColumn()] if counts else []
    columns = (TextColumn("{task.description} "), BarColumn(), *counted, TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
