"""A Parquet file of calls as columns of text, for the same checks that a CSV file goes through."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from .blocks import opened
from .lines import TextTable
from .mapping import CallFormat
from .parquet_files import BATCH
from .parquet_schema import open_parquet, refused


def read_parquet_text(path: Path, form: CallFormat) -> Iterator[TextTable]:
    """Yield the columns of a Parquet file as text, part by part, instants as Unix seconds; rows count as lines, from 1.

    Raises Refused when it is no Parquet file of our columns.
    """
    opened(path).close()
    first = 1
    with open_parquet(path, path) as file:
        used = [name for name in form.columns_read() if name in file.schema_arrow.names]
        try:
            for batch in file.iter_batches(BATCH, columns=used, use_threads=False):
                lines = np.arange(first, first + len(batch), dtype=np.int64)
                yield TextTable(
                    columns={name: _as_text(batch[name]) for name in used}, lines=lines, damaged={}, texts=[]
                )
                first += len(batch)
        except (pa.ArrowInvalid, OSError) as error:
            raise refused(path, f"is damaged: {error}", "copy or fetch it again") from error
    if first == 1:
        raise refused(path, "the file has no records")


def _as_text(values: "pa.Array") -> "pa.Array":
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s", values.type.tz), safe=False).cast(pa.int64())
    return values.cast(pa.string())
