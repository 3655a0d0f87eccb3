"""Lines that no delimiter cuts: columns of fixed width, and JSON objects, one in each line."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import accumulate

import pyarrow as pa
from attrs import frozen

from .mapping import CallFormat

Cells = Mapping[str, str | None]
NO_OBJECT = "is no JSON object"


@frozen(eq=False)
class CutLines:
    """Columns of text by their names, the places of the lines that they come from, and why other lines are none.

    ``names`` are all that the lines name, those too that nobody reads.
    """

    columns: Mapping[str, "pa.Array"]
    sound: Sequence[int]
    damaged: Mapping[int, str]
    names: Set[str]


def cut_lines(lines: Sequence[str], form: CallFormat) -> CutLines:
    """Return the columns that a format reads of lines in its layout, ``fixed`` or ``json``, by position.

    A column that no line has is not there.
    """
    cells_of = _fixed(form) if form.layout == "fixed" else _json
    cut: list[Cells] = []
    sound: list[int] = []
    damaged: dict[int, str] = {}
    for position, line in enumerate(lines):
        try:
            cut.append(cells_of(line))
            sound.append(position)
        except ValueError as error:
            damaged[position] = str(error)
    there = {name for cells in cut for name in cells}
    nothing = {"", *form.empty}
    columns = {
        name: pa.array([None if (cell := cells.get(name)) in nothing else cell for cells in cut], pa.string())
        for name in form.columns_read()
        if name in there
    }
    return CutLines(columns, sound, damaged, there)


def _fixed(form: CallFormat) -> Callable[[str], Cells]:
    """Return what cuts a line by widths; a line that ends early has nothing in its last columns."""
    names = form.columns[0].split(",")
    ends = list(accumulate(form.widths))
    places = [slice(end - width, end) for end, width in zip(ends, form.widths, strict=True)]

    def cells(line: str) -> Cells:
        return {name: line[place].strip() for name, place in zip(names, places, strict=True) if name}

    return cells


def _json(line: str) -> Cells:
    """Return the values of an object as text; those of an object in it are named ``outer.inner``.

    Raises ValueError for a line that is no object.
    """
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        cut = " (the record is cut short)" if line.startswith("{") and not line.rstrip().endswith("}") else ""
        raise ValueError(f"{NO_OBJECT}{cut}") from None
    if not isinstance(found, dict):
        raise ValueError(NO_OBJECT)
    return dict(_flat(found, ""))


def _flat(found: Mapping[str, object], before: str) -> list[tuple[str, str | None]]:
    cells: list[tuple[str, str | None]] = []
    for name, value in found.items():
        if isinstance(value, dict):
            cells += _flat(value, f"{before}{name}.")
        else:
            said = value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            cells.append((f"{before}{name}", said))
    return cells
