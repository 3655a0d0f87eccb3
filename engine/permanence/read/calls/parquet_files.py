"""Many Parquet files of calls as one long list of rows, streamed in batches."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from attrs import frozen

from ...model.problem import Place
from ...model.usage import Places
from .parquet_schema import is_empty_type, open_parquet, refused

BATCH = 1 << 17
WORDS = ("source", "account", "number", "status", "direction", "language", "tags", "details")
"""Columns of few distinct words: read as codes into them."""


@frozen
class ParquetCalls:
    """One file: its rows stand from ``first`` among the rows of all files; ``columns`` are those that hold anything."""

    path: Path
    first: int
    rows: int
    columns: tuple[str, ...]

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[int, "pa.RecordBatch"]]:
        """Yield the rows in batches of those of the columns that the file has, each with its first row's number."""
        held = [name for name in columns if name in self.columns]
        first = self.first
        words = tuple(name for name in WORDS if name in self.columns)
        with open_parquet(self.path, self.path, words) as file:
            try:
                for batch in file.iter_batches(BATCH, columns=held, use_threads=False):
                    yield first, batch
                    first += batch.num_rows
            except (pa.ArrowInvalid, OSError) as error:
                raise refused(self.path, f"is damaged: {error}", "copy or fetch it again") from error

    def place(self, row: int) -> Place:
        """Return the place of a row; the rows of a file count from 1."""
        return Place(str(self.path), row - self.first + 1)


def files_of(paths: Sequence[Path], columns: Sequence[str]) -> tuple[ParquetCalls, ...]:
    """Return the files in order; raise Refused for one that is no Parquet file of our columns."""
    found: list[ParquetCalls] = []
    first = 0
    for path in paths:
        with open_parquet(path, path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
        held = [name for name in columns if name in schema.names and not is_empty_type(schema.field(name).type)]
        found.append(ParquetCalls(path, first, rows, tuple(held)))
        first += rows
    return tuple(found)


def file_of(files: Sequence[ParquetCalls], row: int) -> ParquetCalls:
    """Return the file that a row stands in."""
    return next(file for file in files if file.first <= row < file.first + file.rows)


def read_rows(files: Sequence[ParquetCalls], rows: Places, columns: Sequence[str]) -> "pa.Table":
    """Return some columns of some rows, given in rising order; nulls where a file has no such column."""
    pieces: list[pa.Table] = []
    for file in files:
        begin, end = np.searchsorted(rows, (file.first, file.first + file.rows))
        if begin == end:
            continue
        for first, batch in file.batches(columns):
            wanted = rows[slice(*np.searchsorted(rows, (first, first + batch.num_rows)))] - first
            if len(wanted):
                pieces.append(table_of(batch.take(pa.array(wanted)), columns))
    return pa.concat_tables(pieces)


def table_of(batch: "pa.RecordBatch", columns: Sequence[str]) -> "pa.Table":
    """Return some columns of a batch in plain types, nulls for those that it has not."""
    names = batch.schema.names
    return pa.table(
        {name: _plain(batch[name]) if name in names else pa.nulls(len(batch), pa.string()) for name in columns}
    )


def _plain(values: "pa.Array") -> "pa.Array":
    """Return instants as seconds and everything but whole numbers as plain text, so that files agree."""
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s", values.type.tz), safe=False)
    return values.cast(
        pa.int64() if pa.types.is_integer(values.type) or pa.types.is_timestamp(values.type) else pa.string()
    )
