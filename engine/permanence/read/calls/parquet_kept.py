"""What of Parquet files is kept as it is read: the words of records that have a link, so that few are read twice."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from attrs import define, field

from ...model.usage import Places
from .parquet_files import ParquetCalls, read_rows, table_of

COLUMNS = ("source", "linked_id", "call_id")
MOST = 1 << 18
"""Records kept at most; where more have a link, they are read again, as are those that others name as theirs."""


@define(eq=False)
class KeptRows:
    """Some columns of some rows of files, in rising order, and the files for all others."""

    files: Sequence[ParquetCalls]
    _rows: list[Places] = field(factory=list)
    _tables: "list[pa.Table]" = field(factory=list)
    _room: int = field(factory=lambda: MOST)

    def keep(self, rows: Places, batch: "pa.RecordBatch", places: Places) -> None:
        """Keep the rows at some places of a batch; once they are too many, none is kept any more."""
        self._room -= len(rows)
        if self._room < 0:
            self._rows, self._tables = [], []
        elif len(rows):
            self._rows.append(rows)
            held = batch.select([name for name in COLUMNS if name in batch.schema.names])
            self._tables.append(table_of(held.take(pa.array(places)), COLUMNS))

    def read(self, rows: Places, columns: Sequence[str]) -> "pa.Table":
        """Return some of the columns of some rows, given in rising order."""
        if self._tables:
            kept = np.concatenate(self._rows)
            places = np.minimum(np.searchsorted(kept, rows), len(kept) - 1)
            if np.array_equal(kept[places], rows):
                return pa.concat_tables(self._tables).select(list(columns)).take(pa.array(places))
        return read_rows(self.files, rows, columns)
