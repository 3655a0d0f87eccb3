"""A month's calls thrice, as Parquet: without links, 1 % of them with two records, and all with three."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.month_data import CALLS_PER_ROW_GROUP, LINKED, SEED

NONE, FEW, ALL = "none", "few", "all"


def write_legs(folder: Path, month: Path) -> None:
    """Write the first file of a month's calls with each kind of links into a folder that is there and empty."""
    calls = pq.read_table(month / "calls" / "part-000.parquet")
    ids, place = calls["call_id"].combine_chunks(), calls.column_names.index("linked_id")
    for kind, first in _firsts(len(calls)).items():
        linked = pc.take(ids, pa.array(first, mask=first < 0))
        path = folder / f"{kind}.parquet"
        pq.write_table(calls.set_column(place, "linked_id", linked), path, row_group_size=CALLS_PER_ROW_GROUP)


def _firsts(count: int) -> dict[str, NDArray[np.int64]]:
    """Return, by kind, the row of the first record of each record's call, -1 for a record without a link."""
    few, heads = np.full(count, -1), np.flatnonzero(np.random.default_rng(SEED).random(count // 2) < LINKED) * 2
    few[heads] = few[heads + 1] = heads
    return {NONE: np.full(count, -1), FEW: few, ALL: np.arange(count) // 3 * 3}
