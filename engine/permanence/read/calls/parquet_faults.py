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


def number_faults(call_id: "pa.Array", start: Numbers, wait: Numbers, talk: Numbers) -> Mapping[str, Flags]:
    """Return, by the sentence that says so, which records have no id, or numbers that no call has."""
    return {
        "no call id": lengths(call_id) == 0,
        "no start": start == UNKNOWN,
        "start is in no year from 2000 to 2100: seconds since 1970?": ~is_time_of_a_call(start) & (start != UNKNOWN),
        "wait_seconds is negative": wait < 0,
        "wait_seconds is longer than a day: milliseconds?": wait > LONGEST,
        "talk_seconds is missing or negative": talk < 0,
        "talk_seconds is longer than a day: milliseconds?": talk > LONGEST,
    }


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

    def of(self, codes: Codes) -> Flags:
        """Return which records have such a word."""
        self._wrong += [self.is_wrong(word) for word in islice(self.words.number_of, len(self._wrong), None)]
        if not any(self._wrong):
            return np.zeros(len(codes), dtype=np.bool_)
        return np.asarray(np.array([*self._wrong, False], dtype=np.bool_)[codes])


def wrong_words(words: Mapping[str, WordCodes]) -> Mapping[str, WrongWords]:
    """Return, by column, the words that keep a record from being used."""
    return {
        "number": WrongWords(words["number"], lambda word: bool(spoilt(word))),
        "details": WrongWords(words["details"], lambda word: details_object(word) is None),
    }
