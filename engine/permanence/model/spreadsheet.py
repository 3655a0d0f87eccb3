"""What a spreadsheet writes around the text of a cell, and takes for an order: tables are read, and written, for it."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any

from .signs import STRANGE_IN_LINES, cleaned

FORMULA = re.compile(r'="(.*)"')
"""A text that must stay one, such as a number with a zero before it."""
COMMAND = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a text begins with that a spreadsheet works out, and does not show."""
FIGURES = re.compile(r"[+-]?[0-9][0-9 .,\u00a0\u202f]*")
"""Numbers, of amounts and of telephones: nothing in them can be worked out."""
UNSAFE = re.compile(rf"\A{COMMAND.pattern}|{STRANGE_IN_LINES.pattern}")
"""What has something in it that is looked at more closely: few cells have."""
TEXT = "'"
"""What makes a text of whatever follows it."""


def cell_text(cell: str) -> str:
    """Return what a cell says: without the blanks around it, or the formula that keeps it a text."""
    bare = cell.strip()
    found = FORMULA.fullmatch(bare)
    return found[1].strip() if found else bare


def safe_cell(value: Any) -> Any:
    """Return a value as a cell that no spreadsheet works out: a text that begins like a formula stays a text.

    Numbers are as they were, and so are texts of figures. Signs that no text has show their number.
    """
    if not isinstance(value, str) or not UNSAFE.search(value):
        return value
    text = cleaned(value, lines=True)
    return TEXT + text if COMMAND.match(text) and not FIGURES.fullmatch(text) else text


class _Lines(list[str]):
    """What Python's writer writes, in memory."""

    def write(self, line: str) -> None:
        """Keep a line."""
        self.append(line)


def csv_text(rows: Iterable[Sequence[Any]], *, end: str = "\n", quoted: bool = False) -> str:
    """Return rows as the text of a CSV file that is safe to open: each cell as `safe_cell` has it."""
    lines = _Lines()
    table = csv.writer(lines, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator=end)
    table.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "".join(lines)
