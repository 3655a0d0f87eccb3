"""Tables and JSON: the two forms in which commands print results."""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.text import Text

from ...model.money import Cents
from ...model.signs import cleaned
from ...model.words.amounts import in_money
from ...model.words.numbers import in_thousands

if TYPE_CHECKING:
    from rich.table import Table

Record = dict[str, Any]
EMPTY: Mapping[int, int] = {}
GAP, CLOSER = 2, 1
"""Spaces between columns: usually, and where that makes a table fit."""


def as_json(value: Any, *, ascii_only: bool = False) -> str:
    """Return a value as JSON that a script can read: indented, dates as ISO texts; signs beyond ASCII as they are."""
    return json.dumps(value, ensure_ascii=ascii_only, indent=2, default=str)


@frozen(kw_only=True)
class PrintedTable:
    """A table to be printed: its cells as texts, which columns are set to the right, and ``least`` widths of some."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    least: Mapping[int, int]

    def narrowest(self, position: int) -> int:
        """Return how narrow a column can be: no word is cut, and a figure, or the name of a row, has one line."""
        cells = [*self.columns[position].split("\n"), *(row[position] for row in self.rows)]
        if not position or position in self.numbers:
            return _longest(cells)
        return max(_longest(part for cell in cells for part in cell.split(" ")), self.least.get(position, 0))

    def widest(self, position: int) -> int:
        """Return how wide a column is where there is room for all of it."""
        cells = (self.columns[position], *(row[position] for row in self.rows))
        return max(_longest(line for cell in cells for line in cell.split("\n")), self.narrowest(position))

    def widths(self, positions: Sequence[int], room: int, gap: int) -> list[int]:
        """Return the widths of some columns in a room, the widest ones made narrower first, none below its least."""
        found, least = ([width(one) for one in positions] for width in (self.widest, self.narrowest))
        over = sum(found) + gap * (len(found) - 1) - room
        while over > 0 and (loose := [one for one, width in enumerate(found) if width > least[one]]):
            found[max(loose, key=found.__getitem__)] -= 1
            over -= 1
        return found

    def fits(self, positions: Sequence[int], room: int, gap: int) -> bool:
        """Return whether some columns find room beside each other."""
        return sum(self.widths(positions, room, gap)) + gap * (len(positions) - 1) <= room


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[int] = (),
    least: Mapping[int, int] = EMPTY,
) -> PrintedTable:
    """Return a table; the columns whose positions are in ``numbers`` are set to the right."""
    cells = tuple(tuple(cleaned(str(cell), lines=True) for cell in row) for row in rows)
    return PrintedTable(title=title, columns=tuple(columns), rows=cells, numbers=frozenset(numbers), least=least)


def show_table(console: Console, asked: PrintedTable) -> None:
    """Print a table; no word and no figure is cut.

    On a terminal that is too narrow for it, columns stand closer, and those that still find no room stand in a table
    below, each row by its name again. Elsewhere lines are longer.
    """
    everything, room = range(len(asked.columns)), console.width
    parts: list[Sequence[int]] = [everything]
    gap = GAP
    if console.is_terminal and not asked.fits(everything, room, GAP):
        gap = CLOSER if asked.fits(everything, room, CLOSER) else GAP
        parts = [everything] if gap == CLOSER else _parts(asked, room)
    for number, positions in enumerate(parts):
        if number:
            console.print()
        console.print(_drawn(asked, positions, room, gap, "" if number else asked.title), crop=False)


def _parts(asked: PrintedTable, room: int) -> list[Sequence[int]]:
    """Return columns in parts that find room, each with the first column."""
    found = [[0]]
    for position in range(1, len(asked.columns)):
        if len(found[-1]) > 1 and not asked.fits([*found[-1], position], room, GAP):
            found.append([0])
        found[-1].append(position)
    return list(found)


def _drawn(asked: PrintedTable, positions: Sequence[int], room: int, gap: int, title: str) -> "Table":
    widths = asked.widths(positions, room, gap)
    # Loaded only here: sentences are printed without it.
    from rich.table import Table

    drawn = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=None,
        pad_edge=False,
        padding=(0, gap, 0, 0),
        width=sum(widths) + gap * (len(widths) - 1),
    )
    for position, width in zip(positions, widths, strict=True):
        justify: JustifyMethod = "right" if position in asked.numbers else "left"
        drawn.add_column(_lines(asked.columns[position], width), justify=justify, no_wrap=True, width=width)
    for row in asked.rows:
        drawn.add_row(*(_lines(row[position], width) for position, width in zip(positions, widths, strict=True)))
    return drawn


def _lines(cell: str, width: int) -> Text:
    """Return a cell in lines that end between words, never at a space within an amount."""
    return Text("\n".join(_broken(line, width) if cell_len(line) > width else line for line in cell.split("\n")))


def _broken(line: str, width: int) -> str:
    return "\n".join(wrap(line, max(width, 1), break_long_words=False, break_on_hyphens=False))


def _longest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts), default=0)


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
