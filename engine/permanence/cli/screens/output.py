"""Tables and JSON: the two forms in which commands print results."""

import json
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from rich.console import Console, JustifyMethod
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from ...model.money import Cents
from ...model.signs import cleaned
from ...model.words.amounts import in_money
from ...model.words.numbers import in_thousands

Record = dict[str, Any]
WIDEST = 10_000


def as_json(value: Any, *, ascii_only: bool = False) -> str:
    """Return a value as JSON that a script can read: indented, dates as ISO texts; signs beyond ASCII as they are."""
    return json.dumps(value, ensure_ascii=ascii_only, indent=2, default=str)


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()
) -> Table:
    """Return a table; the columns whose positions are in ``numbers`` are set to the right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    cells = [tuple(cleaned(str(cell), lines=True) for cell in row) for row in rows]
    for position, name in enumerate(columns):
        is_number = position in numbers
        justify: JustifyMethod = "right" if is_number else "left"
        # A figure has spaces that no line may end at, and a first column names its row: both stay in one piece.
        whole = is_number or not position
        width = max(*map(len, name.split("\n")), *(len(row[position]) for row in cells)) if whole and cells else None
        drawn.add_column(name, justify=justify, no_wrap=whole, min_width=width, overflow="fold")
    for row in cells:
        drawn.add_row(*map(Text, row))
    return drawn


def show_table(console: Console, drawn: Table) -> None:
    """Print a table; where its words and figures are too long for the console, its lines are longer: none is cut."""
    least = Measurement.get(console, console.options.update(max_width=WIDEST), drawn).minimum
    drawn.width = least if least > console.width else None
    console.print(drawn, crop=False)


def show_sentence(console: Console, sentence: str, indent: str = "") -> None:
    """Print a sentence; its lines end between words, never at a space within an amount."""
    lines = wrap(
        sentence,
        console.width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(Text("\n".join(lines)), soft_wrap=True)


def cell(name: str, value: int, currency: str) -> str:
    """Return a value as its column's name asks: an amount for cents, else a count."""
    return in_money(Cents(value), currency) if name.endswith("_cents") else in_thousands(value)
