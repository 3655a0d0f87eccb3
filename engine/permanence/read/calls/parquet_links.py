"""Which records of Parquet files share a link: found by hash, confirmed by their very words."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...model.records import ALONE
from ...model.usage import Numbers, Places
from .parquet_kept import KeptRows
from .parquet_repeats import identity
from .word_hash import Hashes, among, repeated

START_BITS = np.int64(33)
"""Room for more than two hundred years of seconds."""


def may_share(own: Hashes, places: Numbers, found: Hashes) -> NDArray[np.intp]:
    """Return the records that may share a link, in order, by hash: of every id, and of the links at some places.

    The places stand in rising order.
    """
    some = among(own, found)
    some[places] = True
    candidates = np.flatnonzero(some)
    link = own[candidates]
    link[np.searchsorted(candidates, places)] = found
    return candidates[repeated(link)]


def links(kept: KeptRows, rows: Places) -> Numbers:
    """Return, for some rows in rising order, a number for each link that two or more of them share; -1 for none.

    A record without a link has its own id for one.
    """
    table = kept.read(rows, ("source", "linked_id", "call_id"))
    has_one = pc.greater(pc.binary_length(pc.fill_null(table["linked_id"], "")), 0)
    found = identity(table["source"], pc.if_else(has_one, table["linked_id"], table["call_id"]))
    return np.where(np.bincount(found)[found] > 1, found, ALONE)


def by_id(kept: KeptRows, rows: Places, linked: Places, start: Numbers) -> Numbers | None:
    """Return the order in which records of one link that start in one second stand by their ids; None where they do.

    The shorter id is first, the lesser of two as long; every other record stays in its place.
    """
    some = np.flatnonzero(linked != ALONE)
    second = (linked[some] << START_BITS) | (start[some] - start[some].min(initial=0))
    tied = repeated(second.view(np.uint64))
    if not tied.size:
        return None
    second, some = second[tied], some[tied]
    ids = kept.read(rows[some], ("call_id",))["call_id"]
    table = pa.table({"second": second, "length": pc.binary_length(ids), "id": ids})
    keys = [(name, "ascending") for name in table.column_names]
    places = some[np.argsort(second, kind="stable")]
    wanted = some[np.asarray(pc.sort_indices(table, sort_keys=keys))]
    if np.array_equal(places, wanted):
        return None
    order = np.arange(len(rows))
    order[places] = wanted
    return order
