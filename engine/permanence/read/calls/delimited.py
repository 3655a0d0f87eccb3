"""Lines with a delimiter → columns of text: a record a line, or several where a quoted cell has breaks."""

import io

import pyarrow as pa
import pyarrow.csv as pa_csv
from attrs import frozen

from .blocks import BLOCK
from .broken_cells import cells_of, records_over_lines
from .mapping import CallFormat

UNCLOSED = "a quotation mark is opened and not closed (the record may be cut short)"


@frozen(eq=False)
class Parsed:
    """Records as columns, and the lines that belong to the record of a line before them."""

    columns: "pa.Table"
    swallowed: frozenset[int]


def parsed(
    texts: list[bytes], numbers: list[int], names: list[str], used: list[str], form: CallFormat
) -> tuple[Parsed, dict[int, str]]:
    """Return the records, and a sentence for each line that is none.

    A quotation mark that is never closed would swallow the lines after it. A line that leaves one open belongs
    together with those after it where they close it and have the right number of columns then; else it is taken out.
    """
    unclosed = {numbers[-1]} if _is_unclosed(texts[numbers[-1] - 1], form) else set()
    try:
        table, damaged = _parse(texts, numbers, names, used, form)
        torn = len(table) + len(damaged) < len(numbers)
    except pa.ArrowInvalid:
        torn = True
    if not torn and not unclosed:
        return Parsed(table, frozenset()), damaged
    unclosed = {number for number in numbers if b'"' in texts[number - 1] and _is_unclosed(texts[number - 1], form)}
    over_lines = records_over_lines(texts, numbers, unclosed, form.delimiter, len(names))
    joined = list(texts)
    for number, (text, _) in over_lines.items():
        joined[number - 1] = text
    further = {number for _, lines in over_lines.values() for number in lines}
    unclosed -= over_lines.keys() | further
    gone = unclosed | further
    table, damaged = _parse(joined, [number for number in numbers if number not in gone], names, used, form)
    return Parsed(table, frozenset(further)), damaged | dict.fromkeys(unclosed, UNCLOSED)


def cells(text: str, form: CallFormat) -> list[str]:
    """Return the cells of a line."""
    return cells_of(text, form.delimiter)[0]


def _is_unclosed(text: bytes, form: CallFormat) -> bool:
    return not cells_of(text.decode(), form.delimiter)[1]


def _parse(
    texts: list[bytes], numbers: list[int], names: list[str], used: list[str], form: CallFormat
) -> tuple["pa.Table", dict[int, str]]:
    damaged: dict[int, str] = {}

    def set_aside(row: "pa_csv.InvalidRow") -> str:
        cut = " (the record is cut short)" if row.actual_columns < row.expected_columns else ""
        damaged[numbers[row.number - 1]] = f"{row.actual_columns} columns, not {row.expected_columns}{cut}"
        return "skip"

    if not numbers:
        return pa.table({theirs: pa.array([], pa.string()) for theirs in used}), {}
    unique = [name if name in used else f"{position}: {name}" for position, name in enumerate(names)]
    table = pa_csv.read_csv(
        io.BytesIO(b"\n".join([texts[number - 1] for number in numbers])),
        read_options=pa_csv.ReadOptions(use_threads=False, column_names=unique, block_size=BLOCK),
        parse_options=pa_csv.ParseOptions(delimiter=form.delimiter, invalid_row_handler=set_aside),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.string() for name in used},
            include_columns=used,
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=["", *form.empty],
        ),
    )
    return table, damaged
