"""A Parquet file of calls as columns of text, for the same checks that a CSV file goes through."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from .lines import TextTable
from .mapping import CallFormat
from .parquet_schema import open_parquet, refused


def read_parquet_text(path: Path, content: bytes, form: CallFormat) -> TextTable:
    """Return the columns of a Parquet file as text, instants as Unix seconds; rows count as lines, from 1.

    Raises Refused when it is no Parquet file of our columns.
    """
    file = open_parquet(path, pa.BufferReader(content))
    used = [name for name in form.columns_read() if name in file.schema_arrow.names]
    try:
        table = file.read(columns=used)
    except (pa.ArrowInvalid, OSError) as error:
        raise refused(path, f"is damaged: {error}", "copy or fetch it again") from error
    if not len(table):
        raise refused(path, "the file has no records")
    return TextTable(
        columns={name: _as_text(table[name].combine_chunks()) for name in used},
        lines=np.arange(1, len(table) + 1, dtype=np.int64),
        damaged={},
        texts=[],
    )


def _as_text(values: "pa.Array") -> "pa.Array":
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s", values.type.tz), safe=False).cast(pa.int64())
    return values.cast(pa.string())
