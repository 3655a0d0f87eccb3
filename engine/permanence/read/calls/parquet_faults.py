"""What keeps a record of a Parquet file from being used, as an import of the same file would refuse it."""

from collections.abc import Callable, Mapping
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from ...model.line import spoilt
from ...model.usage import Codes, Flags, Numbers
from .columns import LONGEST
from .further import details_object
from .times import EARLIEST, NO_CALL_IS_LATER
from .word_codes import WordCodes

UNKNOWN = np.iinfo(np.int64).min
"""The start of a record that has none."""


def is_time_of_a_call(start: Numbers) -> Flags:
    """Return which starts, in UTC seconds, are in a year that a call can be of."""
    return (start >= EARLIEST) & (start <= NO_CALL_IS_LATER)


def number_faults(call_id: "pa.Array", start: Numbers, wait: Numbers, talk: Numbers) -> dict[str, Flags]:
    """Return, by the sentence that says so, which records have no id, or numbers that no call has: what occurs alone.

    The least and the most of a column say whether there is anything to look for.
    """
    found: dict[str, Flags] = {}
    if not len(start):
        return found
    if (size := lengths(call_id)).min() == 0:
        found["no call id"] = size == 0
    if start.min() < EARLIEST or start.max() > NO_CALL_IS_LATER:
        found["no start"] = start == UNKNOWN
        in_no_year = ~is_time_of_a_call(start) & (start != UNKNOWN)
        found["start is in no year from 2000 to 2100: seconds since 1970?"] = in_no_year
    for name, seconds, below in (
        ("wait_seconds", wait, "is negative"),
        ("talk_seconds", talk, "is missing or negative"),
    ):
        if seconds.min() < 0:
            found[f"{name} {below}"] = seconds < 0
        if seconds.max() > LONGEST:
            found[f"{name} is longer than a day: milliseconds?"] = seconds > LONGEST
    return {reason: flags for reason, flags in found.items() if flags.any()}


def lengths(words: "pa.Array") -> Codes:
    """Return how many bytes each word has, 0 for a null."""
    plain = words.cast(pa.string()) if pa.types.is_dictionary(words.type) else words
    found = pc.binary_length(plain)
    return np.asarray(pc.fill_null(found, 0) if found.null_count else found)


@define(eq=False)
class WrongWords:
    """Which of a column's distinct words are wrong; each is looked at once."""

    words: WordCodes
    is_wrong: Callable[[str], bool]
    _wrong: list[bool] = field(factory=list)

    def of(self, codes: Codes) -> Flags | None:
        """Return which records have such a word; None where none does."""
        self._wrong += [self.is_wrong(word) for word in islice(self.words.number_of, len(self._wrong), None)]
        if not any(self._wrong):
            return None
        flags = np.array([*self._wrong, False], dtype=np.bool_)[codes]
        return np.asarray(flags) if flags.any() else None


def wrong_words(words: Mapping[str, WordCodes]) -> Mapping[str, WrongWords]:
    """Return, by column, the words that keep a record from being used."""
    return {
        "number": WrongWords(words["number"], lambda word: bool(spoilt(word))),
        "details": WrongWords(words["details"], lambda word: details_object(word) is None),
    }
