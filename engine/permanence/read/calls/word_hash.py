"""Words → 64-bit numbers, a column at once: they say where equal words may be, which the words themselves confirm."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

ODD = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
WIDTH = 8
LONGEST = 256
"""Bytes of a word that count, its last ones: a word of a megabyte would make megabytes of all its neighbours."""
LAST_BITS = 20
LAST = np.uint64((1 << LAST_BITS) - 1)
TOGETHER = 1 << 15
NOWHERE = np.zeros(0, dtype=np.intp)


def hashes(words: "pa.Array", seeds: Hashes) -> Hashes:
    """Return the number of each word of a string column, with a seed of its own each; any number for a null.

    Equal words with equal seeds have equal numbers, whichever column they stand in; others hardly ever do.
    """
    if not len(words):
        return np.zeros(0, dtype=np.uint64)
    found = seeds
    plain = words.cast(pa.string())
    for part in _eights(pc.fill_null(plain, "") if plain.null_count else plain):
        further = (found ^ part) * ODD
        further ^= further >> HALF
        # Zeros are no part of a word: it has fewer eights than the longest of its neighbours.
        found = further if np.count_nonzero(part) == len(part) else np.where(part, further, found)
    return found


def _eights(words: "pa.Array") -> NDArray[np.uint64]:
    """Return the first eight bytes of each word, then the next eight, and so on, with zeros behind shorter words."""
    longest = pc.max(pc.binary_length(words)).as_py()
    if longest > LONGEST:
        words, longest = pc.binary_slice(words.view(pa.binary()), -LONGEST).view(pa.string()), LONGEST
    parts = max(-(-longest // WIDTH), 1)
    padded = pc.ascii_rpad(words, parts * WIDTH, "\0")
    return np.frombuffer(padded.buffers()[2], "<u8", len(words) * parts).reshape(-1, parts).T


def among(numbers: Hashes, wanted: Hashes) -> NDArray[np.bool_]:
    """Return which numbers are among the wanted ones; most are told apart by their last bits alone."""
    rows = _near(numbers, wanted)
    found = np.zeros(len(numbers), np.bool_)
    found[rows] = np.asarray(pc.is_in(pa.array(numbers[rows]), value_set=pa.array(wanted)))
    return found


def repeated(numbers: Hashes) -> NDArray[np.intp]:
    """Return the positions of all numbers that occur more than once, in rising order."""
    # Halves are sorted in half the time and room; of those that occur twice, few are so by chance.
    rows = _near(numbers, _twice(numbers.astype(np.uint32)))
    some = numbers[rows]
    twice = _twice(some.copy())
    return rows[twice[np.searchsorted(twice, some).clip(max=len(twice) - 1)] == some] if twice.size else NOWHERE


def _twice(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return what occurs more than once among numbers, which are sorted in their place."""
    numbers.sort()
    twice: NDArray[Any] = numbers[1:][numbers[1:] == numbers[:-1]]
    return twice


def _near(numbers: Hashes, wanted: NDArray[Any]) -> NDArray[np.intp]:
    """Return the positions of the numbers that have their last bits in common with a wanted one, in rising order."""
    last = np.zeros(1 << LAST_BITS, np.bool_)
    last[wanted & wanted.dtype.type(LAST)] = True
    pieces = ((first, numbers[first : first + TOGETHER]) for first in range(0, len(numbers), TOGETHER))
    near = [first + np.flatnonzero(last.take((some & LAST).view(np.int64))) for first, some in pieces]
    return np.concatenate([NOWHERE, *near])
