"""Words of many batches as codes into one list of distinct words."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from ...model.usage import Codes, Flags

NONE = -1


@define(eq=False)
class WordCodes:
    """The distinct words seen so far, each with its number; -1 stands for no word."""

    number_of: dict[str, int] = field(factory=dict)
    _known: "pa.Array" = field(factory=lambda: pa.array([], pa.string()))
    _last: "tuple[pa.Array, Codes] | None" = None

    def code(self, values: "pa.DictionaryArray") -> Codes:
        """Return the codes of a batch's words."""
        table = self._numbers(values.dictionary)
        if len(table) == 1 and not values.null_count:
            return np.broadcast_to(table, len(values))
        indices = np.asarray(pc.fill_null(values.indices, NONE) if values.null_count else values.indices)
        if indices.dtype == np.int32 and np.array_equal(table, np.arange(len(table))):
            return indices
        return np.asarray(np.append(table, np.int32(NONE))[indices])

    def number(self, word: str | None) -> int:
        """Return the number of a word."""
        return self.number_of.setdefault(word, len(self.number_of)) if word else NONE

    def _numbers(self, words: "pa.Array") -> Codes:
        """Return the numbers of distinct words; only new ones are looked at one by one.

        Batch after batch mostly has the same words.
        """
        words = words.cast(pa.string())
        if self._last and words.equals(self._last[0]):
            return self._last[1]
        numbers = np.array(pc.fill_null(pc.index_in(words, self._known), NONE), dtype=np.int32)
        new = np.flatnonzero(numbers == NONE)
        if len(new):
            numbers[new] = [self.number(word) for word in words.take(pa.array(new)).to_pylist()]
            self._known = pa.array(self.number_of, pa.string())
        self._last = words, numbers
        return numbers

    def unknown(self, codes: Codes, known: Collection[str]) -> Flags | None:
        """Return which codes stand for none of the known words; None where none does."""
        table = np.array([*(word not in known for word in self.number_of), True], dtype=np.bool_)
        if not table[:-1].any() and (not len(codes) or codes.min() >= 0):
            return None
        flags = table[codes]
        return np.asarray(flags) if flags.any() else None
