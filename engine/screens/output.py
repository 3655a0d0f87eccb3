"""Tables and JSON: the two forms in which commands print results."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from ..model.money import Cents, euros

Record = dict[str, Any]


def as_json(value: Any) -> str:
    """Return a value as JSON that a script can read: UTF-8, indented, dates as ISO texts."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()
) -> Table:
    """Return a table; the columns whose positions are in ``numbers`` are set to the right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for position, name in enumerate(columns):
        is_number = position in numbers
        justify: JustifyMethod = "right" if is_number else "left"
        drawn.add_column(name, justify=justify, no_wrap=is_number or not position, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(str(cell)) for cell in row))
    return drawn


def in_thousands(number: int) -> str:
    """Return a count as a French reader writes it: ``1 234``, with a narrow no-break space."""
    return f"{number:,}".replace(",", "\u202f")


def cell(name: str, value: int) -> str:
    """Return a value as its column's name asks: euros for cents, else a count."""
    return euros(Cents(value)) if name.endswith("_cents") else in_thousands(value)
