"""Words → 64-bit numbers, vectorised: equal words give equal numbers, and a coincidence is one in 2⁶⁴."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

ODD = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
WIDTH = 8
BLOCK = 1 << 14
"""Words that are worked on at once: few enough to stay in the processor's cache."""
MARKED_BITS = 22
KEPT = np.array([(1 << 8 * width) - 1 for width in range(WIDTH)] + [2**64 - 1], dtype=np.uint64)
"""Which bits to keep of eight bytes of which only the first few belong to the word."""


def hashes(words: "pa.Array", seeds: Hashes) -> Hashes:
    """Return the number of each word of a string column, with a seed of its own each; any number for a null."""
    words = words.cast(pa.string())
    offsets = np.frombuffer(words.buffers()[1], np.int32)[words.offset : words.offset + len(words) + 1]
    text = np.frombuffer(words.buffers()[2] or b"", np.uint8)
    found = np.empty(len(words), dtype=np.uint64)
    for first in range(0, len(words), BLOCK):
        ends = offsets[first : first + BLOCK + 1]
        block = slice(first, first + BLOCK)
        found[block] = _mixed(_eights(text, int(ends[0]), int(ends[-1])), ends - ends[0], seeds[block])
    return found


def _eights(text: NDArray[np.uint8], begin: int, end: int) -> Hashes:
    """Return the eight bytes from each byte of a stretch of text on, with zeros after the end of all text."""
    if end + WIDTH > len(text):
        text = np.concatenate([text[begin:end], np.zeros(WIDTH, dtype=np.uint8)])
        begin, end = 0, len(text) - WIDTH
    return np.ndarray((end - begin + 1,), "<u8", text, offset=begin, strides=(1,))


def _mixed(eights: Hashes, ends: NDArray[np.int32], seeds: Hashes) -> Hashes:
    """Mix each word's whole eights, then its last eight bytes, which may overlap them; a short word's few bytes.

    What a word gives depends on nothing but the word, whichever way its neighbours are worked on.
    """
    starts, lengths = ends[:-1], np.diff(ends)
    mixed = lengths.astype(np.uint64) ^ seeds
    shortest, longest = int(lengths.min()), int(lengths.max())
    parts = -(-longest // WIDTH)
    if shortest >= WIDTH and -(-shortest // WIDTH) == parts:
        for offset in (*range(0, (parts - 1) * WIDTH, WIDTH), lengths - WIDTH):
            mixed = _further(mixed, eights[starts + offset])
        return mixed
    short = lengths < WIDTH
    for at in range(0, longest, WIDTH):
        offset = np.where((lengths <= at + WIDTH) & ~short, lengths - WIDTH, at)
        inside = lengths > at
        part = eights[np.where(inside, starts + offset, 0)] & KEPT[np.where(short, lengths, WIDTH)]
        mixed = np.where(inside, _further(mixed, part), mixed)
    return mixed


def _further(mixed: Hashes, part: Hashes) -> Hashes:
    mixed = (mixed ^ part) * ODD
    mixed ^= mixed >> HALF
    return mixed


def repeated(numbers: Hashes) -> NDArray[np.intp]:
    """Return the positions of all numbers that occur more than once, in rising order.

    The upper halves are sorted first: few of them repeat by chance, and only those are looked at in full.
    """
    ordered = numbers.astype("<u8", copy=False).view("<u4")[1::2].copy()
    ordered.sort()
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(twice):
        return np.zeros(0, dtype=np.intp)
    marked = np.zeros(1 << MARKED_BITS, dtype=np.bool_)
    marked[twice >> np.uint32(32 - MARKED_BITS)] = True
    near = np.concatenate(
        [
            first + np.flatnonzero(marked[numbers[first : first + BLOCK] >> np.uint64(64 - MARKED_BITS)])
            for first in range(0, len(numbers), BLOCK)
        ]
    )
    _, inverse, counts = np.unique(numbers[near], return_inverse=True, return_counts=True)
    return np.asarray(near[counts[inverse] > 1])
