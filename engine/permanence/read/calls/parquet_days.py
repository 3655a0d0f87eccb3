"""How many records Parquet files have on each day, from their column of instants alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from ...model.usage import Numbers
from .parquet_files import files_of

DAY_SECONDS = 86_400


def records_in_parquet(paths: Sequence[Path], first: int, end: int) -> Mapping[int, int]:
    """Return how many records arrived on each day in UTC (days since 1970), from one day up to another.

    Records that came in twice count twice. Raises Refused for a file that is no Parquet file of our columns.
    """
    found = Counter[int]()
    for file in files_of(paths, ("start",)):
        for _, batch in file.batches(file.columns):
            days = _seconds(batch["start"]) // DAY_SECONDS
            days, counts = np.unique(days[(days >= first) & (days < end)], return_counts=True)
            found.update(dict(zip(days.tolist(), counts.tolist(), strict=True)))
    return found


def _seconds(values: "pa.Array") -> Numbers:
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s", values.type.tz), safe=False)
    return np.asarray(values.drop_null().cast(pa.int64()))
