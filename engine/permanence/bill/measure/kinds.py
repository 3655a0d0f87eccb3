"""Few kinds of many calls: one number per call for all that tells it apart."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...model.usage import Numbers, SmallCodes, looked_up
from .outcomes import CHUNK, chunks

NarrowCodes = NDArray[np.unsignedinteger]


def numbered(parts: Sequence[SmallCodes], lowest: Sequence[int], shape: Sequence[int]) -> tuple[NarrowCodes, Numbers]:
    """Return the kind of each call, numbered from 0, and what each number stands for: a flat place in ``shape``.

    ``parts`` are codes of the calls, each from its ``lowest`` on and of as many values as ``shape`` says. The numbers
    are as narrow as the kinds that occur are few.
    """
    size, there = len(parts[0]), math.prod(shape)
    wide = np.empty(size, np.min_scalar_type(-there))
    occurs = np.zeros(there, np.bool_)
    least = wide.dtype.type(sum(low * math.prod(shape[place:]) for place, low in enumerate(lowest, 1)))
    for rows in chunks(size, CHUNK):
        kind = np.zeros(rows.stop - rows.start, wide.dtype)
        for part, length in zip(parts, shape, strict=True):
            kind *= wide.dtype.type(length)
            kind += part[rows]
        kind -= least
        occurs[kind] = True
        wide[rows] = kind
    seen = np.flatnonzero(occurs)
    place = np.zeros(there, np.min_scalar_type(max(0, seen.size - 1)))
    place[seen] = np.arange(seen.size)
    return looked_up(place, wide), seen
