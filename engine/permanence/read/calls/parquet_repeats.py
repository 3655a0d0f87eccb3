"""Calls that stand in Parquet files more than once: found by hash, confirmed by their very ids and contents."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from ...model.problem import Place, Problem
from ...model.usage import Numbers
from .parquet_files import ParquetCalls, file_of, read_rows

CONTENT = (
    "linked_id",
    "account",
    "number",
    "start",
    "wait_seconds",
    "talk_seconds",
    "status",
    "direction",
    "language",
    "tags",
    "details",
)
HIDDEN = ("number",)
"""Columns whose values a message does not show."""


@frozen(eq=False)
class Repeats:
    """Rows whose id stands in an earlier row: with the same content, or with other content and what differs."""

    duplicates: Numbers
    duplicate_starts: Numbers
    conflicts: Numbers
    conflict_starts: Numbers
    problems: tuple[Problem, ...]


NO_ROWS = np.zeros(0, dtype=np.int64)
NONE = Repeats(NO_ROWS, NO_ROWS, NO_ROWS, NO_ROWS, ())


def settle(files: Sequence[ParquetCalls], rows: Numbers) -> Repeats:
    """Return which of some rows, in rising order, repeat an earlier one of them."""
    table = read_rows(files, rows, ("source", "call_id", *CONTENT))
    earliest = _earliest(identity(table["source"], table["call_id"]))
    later = earliest < np.arange(len(rows))
    columns = {name: _codes(table[name]) for name in CONTENT}
    differs = np.zeros(len(rows), dtype=np.bool_)
    for codes in columns.values():
        differs |= codes != codes[earliest]
    same, other = later & ~differs, later & differs
    starts = np.asarray(table["start"].fill_null(0))

    def problem(at: int) -> Problem:
        first = int(earliest[at])
        parts = [_difference(table, name, at, first) for name in CONTENT if columns[name][at] != columns[name][first]]
        place = file_of(files, int(rows[at])).place(int(rows[at]))
        return Problem(place, f"known with other content: {'; '.join(parts)}: {_line(files, int(rows[first]))}")

    problems = tuple(problem(at) for at in np.flatnonzero(other).tolist())
    return Repeats(rows[same], starts[same], rows[other], starts[other], problems)


def identity(sources: "pa.ChunkedArray", ids: "pa.ChunkedArray") -> Numbers:
    """Return a number for each pair of a source and an id, the same only for the same pair."""
    codes = _codes(sources.fill_null(""))
    return _codes(ids) * (int(codes.max()) + 1) + codes


def _earliest(identity: Numbers) -> Numbers:
    _, first, inverse = np.unique(identity, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)


def _codes(values: "pa.ChunkedArray") -> Numbers:
    """Return numbers that are equal where the values are; null is a value, too, and so is no word."""
    if pa.types.is_integer(values.type):
        return np.asarray(values.fill_null(-1), dtype=np.int64)
    coded = pc.fill_null(values, "").combine_chunks().dictionary_encode()
    return np.asarray(coded.indices, dtype=np.int64)


def _difference(table: "pa.Table", name: str, at: int, first: int) -> str:
    if name in HIDDEN:
        return name
    new, old = (table[name][row].as_py() for row in (at, first))
    return f"{name} {'none' if new is None else new}, known as {'none' if old is None else old}"


def _line(files: Sequence[ParquetCalls], row: int) -> str:
    place: Place = file_of(files, row).place(row)
    return f"line {place.line} of {place.file}"
