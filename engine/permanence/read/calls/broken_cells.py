"""Records whose quoted cells have line breaks, told from lines that lost a quotation mark."""

import csv
from collections.abc import Collection, Mapping, Sequence

MOST_LINES = 200
"""No cell has more lines: what is still open then has lost its quotation mark."""


def cells_of(text: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of a line, and whether its last quotation mark is closed."""
    rows = csv.reader([text + "\n", ""], delimiter=delimiter)
    return next(rows), rows.line_num == 1


def records_over_lines(
    texts: Sequence[bytes], numbers: Sequence[int], opened: Collection[int], delimiter: str, columns: int
) -> Mapping[int, tuple[bytes, Sequence[int]]]:
    """Return the records that begin in a line which is left open: by its number, their text and their further lines.

    ``numbers`` are those, from 1, of the lines that may be records. A line continues an open one where it is no record
    by itself; the record is one where it is closed, and has as many ``columns`` as the file. Line breaks in cells
    become blanks.
    """
    found: dict[int, tuple[bytes, Sequence[int]]] = {}
    taken: set[int] = set()
    for place, number in enumerate(numbers):
        if number in opened and number not in taken:
            joined = _joined(texts, numbers[place : place + MOST_LINES], delimiter, columns)
            if joined:
                found[number] = joined
                taken.update(joined[1])
    return found


def _joined(
    texts: Sequence[bytes], numbers: Sequence[int], delimiter: str, columns: int
) -> tuple[bytes, Sequence[int]] | None:
    text = texts[numbers[0] - 1].decode()
    for last, number in enumerate(numbers[1:], 1):
        line = texts[number - 1].decode()
        cells, closed = cells_of(line, delimiter)
        if closed and len(cells) == columns:
            return None
        text = f"{text} {line}"
        cells, closed = cells_of(text, delimiter)
        if closed:
            return (text.encode(), numbers[1 : last + 1]) if len(cells) == columns else None
    return None
