"""Which of many records share a link, by its words and the source that they belong to."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.records import ALONE
from ...model.usage import Codes, Numbers
from .word_hash import Hashes, hashes


def shared_links(links: "pa.Array", sources: Codes) -> Numbers:
    """Return a number for each link that two records or more of a source share, -1 for a record alone.

    ``links`` has the link of each record, ``sources`` its source by number.
    """
    numbers = np.full(len(links), ALONE, dtype=np.int64)
    found = hashes(links, (sources + 1).astype(np.uint64) << np.uint64(40))
    order = np.argsort(found)
    alike = found[order][1:] == found[order][:-1]
    rows = order[np.append(alike, False) | np.append(False, alike)] if alike.any() else order[:0]
    if rows.size:
        of_rows = _numbers(links.take(pa.array(rows)), sources[rows], found[rows])
        numbers[rows] = np.where(np.bincount(of_rows)[of_rows] > 1, of_rows, ALONE)
    return numbers


def _numbers(links: "pa.Array", sources: Codes, found: Hashes) -> Numbers:
    """Return a number for each pair of a link and a source, of records whose equal hashes stand together."""
    begins = found[1:] != found[:-1]
    same = np.asarray(pc.equal(links[1:], links[:-1])) & (sources[1:] == sources[:-1])
    if (same | begins).all():
        return np.append(0, np.cumsum(begins))
    # Two links of one hash, as good as never: their very words are numbered.
    words = np.asarray(links.dictionary_encode().indices, dtype=np.int64)
    _, told = np.unique(words * (int(sources.max()) + 1) + sources, return_inverse=True)
    return np.asarray(told, dtype=np.int64)
