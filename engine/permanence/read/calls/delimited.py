"""Lines with a delimiter → columns of text: a record a line, or several where a quoted cell has breaks."""

import csv
import io
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pa_csv
from attrs import frozen

from .blocks import BLOCK, MOST_LINES
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
    joined, swallowed, unclosed = _joined(texts, numbers, len(names), form)
    gone = unclosed | swallowed
    table, damaged = _parse(joined, [number for number in numbers if number not in gone], names, used, form)
    return Parsed(table, frozenset(swallowed)), damaged | dict.fromkeys(unclosed, UNCLOSED)


def _joined(
    texts: list[bytes], numbers: list[int], columns: int, form: CallFormat
) -> tuple[list[bytes], set[int], set[int]]:
    """Return the lines with those of one record in its first, the others of these, and those that are never closed."""
    joined, swallowed, unclosed = list(texts), set[int](), set[int]()
    for position, number in enumerate(numbers):
        if number in swallowed or b'"' not in texts[number - 1] or not _is_unclosed(texts[number - 1], form):
            continue
        last = min(number + MOST_LINES - 1, numbers[-1])
        for end in range(number + 1, last + 1):
            record = b" ".join(texts[number - 1 : end])
            if b'"' in texts[end - 1] and not _is_unclosed(record, form):
                if _is_whole(record.decode(), columns, form):
                    joined[number - 1] = record
                    swallowed |= set(islice(numbers, position + 1, None)) & set(range(number + 1, end + 1))
                break
        if joined[number - 1] is texts[number - 1]:
            unclosed.add(number)
    return joined, swallowed, unclosed


def _is_whole(record: str, columns: int, form: CallFormat) -> bool:
    """Tell whether lines together are one record: each quotation mark ends its cell, and there are enough of these."""
    try:
        return len(next(csv.reader([record], delimiter=form.delimiter, strict=True))) == columns
    except csv.Error:
        return False


def cells(text: str, form: CallFormat) -> list[str]:
    """Return the cells of a line."""
    return next(csv.reader([text], delimiter=form.delimiter))


def _is_unclosed(text: bytes, form: CallFormat) -> bool:
    rows = csv.reader([text.decode() + "\n", ""], delimiter=form.delimiter)
    next(rows)
    return rows.line_num > 1


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
