"""How an unknown file is cut into columns: guessed from its first lines."""

import csv
import re
from collections import Counter
from collections.abc import Sequence

from attrs import field, frozen

from .head import Head

DELIMITERS = (";", ",", "\t", "|")
ENOUGH = 0.6
"""The share of lines that must have the same number of columns."""
MOST_BEFORE = 20
FIGURE = re.compile(r"[\d\s.,:/+()'-]*\d[\d\s.,:/+()'-]*")
TYPES = re.compile(r"(?i)(integer|bigint|int|varchar|char|text|timestamp|datetime|uniqueidentifier)(\(\d+\))?")
TOTAL = re.compile(r"(?i)(sous[- ]?|sub[- ]?|grand )?(total|totaux|gesamt|summe)\b(?!.*\d{3})")
TITLE = 3
"""A row with less than this part of the usual cells is a title above the table."""
GAP = 2
"""So many blanks in every line stand between the columns of a file of fixed widths."""


@frozen(kw_only=True)
class FileLayout:
    """How a file is cut: the names of its columns (its own, or c1, c2 …) and its first records.

    ``before`` counts the lines that stand before the header or the records, ``skipped`` are patterns of others that
    are no record.
    """

    form: str = "delimited"
    delimiter: str = ","
    widths: tuple[int, ...] = ()
    header: bool = True
    names: tuple[str, ...]
    records: Sequence[Sequence[str]]
    before: int = 0
    skipped: tuple[str, ...] = ()
    doubts: tuple[str, ...] = field(default=())

    def cells(self, name: str) -> list[str]:
        """Return the cells of a column, without blanks around them."""
        place = self.names.index(name)
        return [record[place].strip() for record in self.records]


def guessed_layout(head: Head) -> FileLayout | None:
    """Return how a file is most likely cut into columns; None where no way shows."""
    if objects := head.objects():
        names = tuple(dict.fromkeys(name for record in objects for name in record))
        return FileLayout(form="json", names=names, records=[[one.get(name, "") for name in names] for one in objects])
    best: tuple[float, str] = (0.0, "")
    for delimiter in DELIMITERS:
        rows = head.rows(delimiter)
        width = _usual_width(rows)
        share = sum(len(row) == width for row in rows) / len(rows) if rows else 0
        if width > 1 and share >= ENOUGH and share * width > best[0]:
            best = (share * width, delimiter)
    return _delimited(head, best[1]) if best[1] else _fixed(head)


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of columns that most lines have, 0 where there is none."""
    widths = Counter(len(row) for row in rows)
    return widths.most_common(1)[0][0] if widths else 0


def _delimited(head: Head, delimiter: str) -> FileLayout:
    rows = head.rows(delimiter)
    width = _usual_width(rows)
    before = _first_of_table(rows, width)
    totals = _totals(rows[before:])
    table = [row for row in rows[before:] if _first_cell(row) not in totals]
    fitting = [row for row in table if len(row) == width]
    header = is_header(fitting)
    names = tuple(_named(fitting[0])) if header else tuple(f"c{number}" for number in range(1, width + 1))
    records = fitting[1:] if header else fitting
    skipped = [rf'^["\s{re.escape(delimiter)}]*{re.escape(total)}' for total in totals]
    if records and all(TYPES.fullmatch(cell.strip()) for cell in records[0]):
        skipped.append(f'^"?{re.escape(records[0][0].strip())}"?{re.escape(delimiter)}')
        records = records[1:]
    return FileLayout(
        delimiter=delimiter,
        header=header,
        names=names,
        records=records,
        before=_line_of(head, delimiter, rows[before]),
        skipped=tuple(skipped),
        doubts=tuple(_odd_lines(table, width)),
    )


def _first_of_table(rows: Sequence[Sequence[str]], width: int) -> int:
    """Return the first row that has the usual columns, and not next to nothing in them, as a title has."""
    filled = sorted(sum(map(bool, row)) for row in rows if len(row) == width)
    least = filled[len(filled) // 2] / TITLE
    fitting = [number for number, row in enumerate(rows) if len(row) == width]
    return next((number for number in fitting[:MOST_BEFORE] if sum(map(bool, rows[number])) > least), fitting[0])


def _line_of(head: Head, delimiter: str, row: Sequence[str]) -> int:
    """Return how many lines stand before a row, blank ones too; one whose cells have line breaks is not looked for."""
    cut = (next(csv.reader([line], delimiter=delimiter), []) for line in head.lines)
    return next((number for number, cells in enumerate(cut) if cells == list(row)), 0)


def _first_cell(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _totals(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return how rows begin that are sums of others."""
    return list(dict.fromkeys(first for row in rows if TOTAL.match(first := _first_cell(row))))


def _odd_lines(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return a sentence on the lines that have another number of columns."""
    odd = [row for row in rows if len(row) != width]
    if not odd:
        return []
    return [f"{len(odd)} of the first lines have not {width} columns, such as one that begins {odd[0][0][:20]!r}"]


def _named(cells: Sequence[str]) -> list[str]:
    """Return names of columns as their cells have them."""
    return [cell.strip() for cell in cells]


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of some lines names the columns of the others: words only, each once."""
    first = [cell.strip() for cell in rows[0]]
    named = [cell for cell in first if cell]
    if not named or len(set(named)) < len(named) or any(FIGURE.fullmatch(cell) for cell in named):
        return False
    if len(rows) == 1:
        return True
    return any(FIGURE.fullmatch(cell.strip()) for row in rows[1:] for cell in row)


def _fixed(head: Head) -> FileLayout | None:
    """Return the columns of fixed widths that lines have which mostly begin alike; None where none show."""
    lines = [line for line in head.lines if line.strip()]
    shapes = Counter(_shape(line) for line in lines)
    if not shapes:
        return None
    usual = shapes.most_common(1)[0][0]
    records = [line for line in lines if _shape(line) == usual]
    width = max(map(len, records))
    padded = [line.ljust(width) for line in records]
    blank = [all(line[place] == " " for line in padded) for place in range(width)]
    starts = [place for place in range(width) if not blank[place] and (place == 0 or blank[place - 1])]
    if len(starts) < GAP or len(records) < GAP:
        return None
    ends = [*starts[1:], width]
    widths = tuple(end - start for start, end in zip([0, *starts[1:]], ends, strict=True))
    cut = [
        [line[start : start + size] for start, size in zip([0, *starts[1:]], widths, strict=True)] for line in padded
    ]
    return FileLayout(
        form="fixed",
        header=False,
        widths=widths,
        names=tuple(f"c{number}" for number in range(1, len(widths) + 1)),
        records=cut,
        skipped=tuple(_unlike_lines(lines, usual)),
        doubts=("the widths are those that the first lines show: a longer cell further down would be cut",),
    )


def _shape(line: str) -> str:
    """Return how a line begins, each digit as 9 and each letter as A."""
    return re.sub(r"[^\W\d]+", "A", re.sub(r"\d+", "9", line.strip()))[:8]


def _unlike_lines(lines: Sequence[str], usual: str) -> list[str]:
    """Return patterns of the lines that begin otherwise than records do."""
    begin = {re.match(r"\s*(\S{1,12})", line) for line in lines if _shape(line) != usual}
    return sorted({rf"^\s*{re.escape(found[1])}" for found in begin if found})
