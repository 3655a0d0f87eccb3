"""Calls as columns, what became of each, and what was counted."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from attrs import Factory, field, fields, frozen
from numpy.typing import NDArray

from .carried import details_of
from .outcome import Outcome
from .period import Month

Numbers = NDArray[np.int64]
Codes = NDArray[np.int32]
SmallCodes = NDArray[np.int8] | NDArray[np.int16] | NDArray[np.int32]
"""Codes as narrow as their words are few: a month may have many millions."""
Places = NDArray[np.signedinteger[Any]]
"""Places among many rows, as wide as there are rows."""
Flags = NDArray[np.bool_]
Whole = TypeVar("Whole", Numbers, Codes)
Measured = Flags | NDArray[np.integer[Any]]
"""What an option measures in each of some calls: a yes or no, or a number."""
Rows = NDArray[np.intp] | Flags | slice
"""Some of many calls: by position, by a yes or no for each, or those that follow each other."""
PastCalls = Mapping[str, Mapping[Month, int]]
"""By contract, the calls that were counted in each of its months."""
PastUse = Mapping[str, Mapping[Month, tuple[int, int]]]
"""By contract, the calls that were counted in each of its months, and the seconds of their conversations."""

Scalar = TypeVar("Scalar", bound=np.generic)
TOGETHER = 1 << 15
"""Calls looked up together: what is worked out on the way stays in the processor's cache."""
NOT_JUDGED = "no offer has judged these calls: those that measure() gets have windows and local times"
THURSDAY = 3
"""The day of the week on which 1970 began."""


@frozen(eq=False)
class WordColumn:
    """A column of words: one code per call into the distinct words; -1 where there is none."""

    codes: SmallCodes
    words: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str]) -> "WordColumn":
        """Return the column that holds these words; an empty word is none."""
        words = tuple(dict.fromkeys(value for value in values if value))
        number = {word: code for code, word in enumerate(words)}
        return cls(np.fromiter((number.get(value, -1) for value in values), np.int32, len(values)), words)

    @classmethod
    def joined(cls, columns: Sequence["WordColumn"]) -> "WordColumn":
        """Return the columns of several lots of calls as one."""
        words = tuple(dict.fromkeys(word for column in columns for word in column.words))
        number = {word: code for code, word in enumerate(words)}
        tables = (np.array([*(number[word] for word in column.words), -1], np.int32) for column in columns)
        return cls(np.concatenate([table[column.codes] for table, column in zip(tables, columns, strict=True)]), words)

    def is_in(self, wanted: Sequence[str]) -> Flags:
        """Return, per call, whether its word is one of these."""
        table = np.array([*(word in set(wanted) for word in self.words), False], dtype=np.bool_)
        return looked_up(table, self.codes)

    def take(self, rows: Rows) -> "WordColumn":
        """Return the column of some of the calls; of a slice nothing is copied."""
        return WordColumn(self.codes[rows], self.words)

    def trimmed(self) -> "WordColumn":
        """Return the column with those words alone that are in it, in their order."""
        occurs = np.zeros(len(self.words) + 1, np.bool_)  # the last entry is for the code -1
        occurs[self.codes] = True
        there = np.flatnonzero(occurs[:-1])
        place = np.full(len(occurs), -1, np.int32)
        place[there] = np.arange(there.size)
        return WordColumn(place.take(self.codes), tuple([self.words[code] for code in there.tolist()]))

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""


def looked_up(table: NDArray[Scalar], codes: SmallCodes) -> NDArray[Scalar]:
    """Return, per call, what a table has for its code; the last entry is for the code -1.

    It is made for some calls at a time: places in a table are eight times as wide as most codes.
    """
    found = np.empty(len(codes), table.dtype)
    for first in range(0, len(codes), TOGETHER):
        some = slice(first, first + TOGETHER)
        found[some] = table.take(codes[some])
    return found


def distinct(values: Whole) -> Whole:
    """Return the distinct values of a column, rising: what loads nothing of numpy that is not loaded."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def numbered_anew(codes: Whole) -> tuple[list[int], Codes]:
    """Return the codes that are in a column, rising, and the column with the place of each among them; -1 stays."""
    there = distinct(codes[codes >= 0])
    return there.tolist(), np.where(codes >= 0, np.searchsorted(there, codes), -1).astype(np.int32)


def wide_enough(codes: SmallCodes, words: int) -> SmallCodes:
    """Return codes as wide as so many words need: those that are wide enough themselves."""
    if words <= np.iinfo(codes.dtype).max:
        return codes
    return codes.astype(np.int16) if words <= np.iinfo(np.int16).max else codes.astype(np.int32)


def no_words(size: int) -> WordColumn:
    """Return a column in which no call has a word; it takes no room."""
    return WordColumn(np.broadcast_to(np.int8(-1), size), ())


@frozen(eq=False, kw_only=True, slots=False)
class Calls:
    """Calls as columns, one entry per call, all of one length.

    ``start`` is in seconds since 1970 UTC; ``wait`` and ``talk`` are in seconds (``wait`` is the time from
    start to answer, or to the end of a call that was not answered). ``tags`` holds space-separated words, ``details``
    a JSON object of further words and numbers. ``row`` is the place of the call's first record in what it was read
    from, ``records`` how many records it has. ``excluded`` is why somebody excluded the call after it came in.
    """

    row: Places
    start: Numbers
    wait: Codes
    talk: Codes
    account: WordColumn
    number: WordColumn
    status: WordColumn
    direction: WordColumn
    language: WordColumn
    tags: WordColumn
    details: WordColumn
    records: Codes = Factory(lambda self: np.broadcast_to(np.int32(1), len(self.start)), takes_self=True)
    excluded: WordColumn = Factory(lambda self: no_words(len(self.start)), takes_self=True)

    @classmethod
    def at(cls, start: Numbers, **columns: Any) -> "Calls":
        """Return calls that arrived at some instants; of a column that is not given, zeros or no words."""
        zeros, no_words = np.zeros(len(start), np.int32), WordColumn(np.full(len(start), -1, np.int32), ())
        words = dict.fromkeys(("account", "number", "status", "direction", "language", "tags", "details"), no_words)
        row = np.arange(len(start), dtype=np.int64)
        return cls(**{"row": row, "start": start, "wait": zeros, "talk": zeros, **words, **columns})

    @classmethod
    def joined(cls, lots: Sequence["Calls"]) -> "Calls":
        """Return several lots of calls as one."""
        columns: dict[str, Any] = {}
        for name in (one.name for one in fields(cls)):
            each = [getattr(lot, name) for lot in lots]
            columns[name] = WordColumn.joined(each) if isinstance(each[0], WordColumn) else np.concatenate(each)
        return cls(**columns)

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: Rows) -> "Calls":
        """Return some of the calls; of a slice nothing is copied."""
        return Calls(
            row=self.row[rows],
            start=self.start[rows],
            wait=self.wait[rows],
            talk=self.talk[rows],
            account=self.account.take(rows),
            number=self.number.take(rows),
            status=self.status.take(rows),
            direction=self.direction.take(rows),
            language=self.language.take(rows),
            tags=self.tags.take(rows),
            details=self.details.take(rows),
            records=self.records[rows],
            excluded=self.excluded.take(rows),
        )

    def chosen(self, rows: "NDArray[np.intp]") -> "Calls":
        """Return some of the calls, by position; a column is taken when it is first looked at."""
        return ChosenCalls(self, rows)

    def amounts(self, name: str) -> Numbers:
        """Return, per call, the number of a name that it carries, such as the pages of a fax; 0 where it has none."""
        found = (details_of(text).get(name, 0) for text in self.details.words)
        table = np.array([*(one if type(one) is int else 0 for one in found), 0], np.int64)
        amounts: Numbers = table[self.details.codes]
        return amounts

    def words_of(self, name: str) -> WordColumn:
        """Return, per call, the word of a name that it carries, such as its agent."""
        found = (details_of(text).get(name, "") for text in self.details.words)
        column = WordColumn.of([*(one if type(one) is str else "" for one in found), ""])
        return WordColumn(column.codes[self.details.codes], column.words)

    def tagged(self, tag: str) -> Flags:
        """Return, per call, whether it bears a tag."""
        return self.tags.is_in([words for words in self.tags.words if tag in words.split()])

    @property
    def window(self) -> WordColumn:
        """Return, per call, the window in which it falls; raise LookupError of calls that no offer has judged."""
        raise LookupError(NOT_JUDGED)

    @property
    def local_seconds(self) -> Numbers:
        """Return, per call, the seconds since 1970 on its offer's wall clock; raise LookupError as `window` does."""
        raise LookupError(NOT_JUDGED)

    @property
    def local_minute(self) -> Numbers:
        """Return, per call, the minute of its day on the wall clock, from 0 to 1439: 1200 is 20:00."""
        return self.local_seconds // 60 % 1440

    @property
    def local_date(self) -> "NDArray[np.datetime64]":
        """Return, per call, its day on the wall clock."""
        return (self.local_seconds // 86400).astype("datetime64[D]")

    @property
    def weekday(self) -> Numbers:
        """Return, per call, its day of the week on the wall clock: Monday 0 … Sunday 6."""
        return (self.local_seconds // 86400 + THURSDAY) % 7


class ChosenCalls(Calls):
    """Some of many calls; most readers look at one column or two, so no other is copied."""

    def __init__(self, calls: Calls, rows: "NDArray[np.intp]") -> None:
        self.__dict__.update(_calls=calls, _rows=rows)

    def __len__(self) -> int:
        return len(self.__dict__["_rows"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        column, rows = getattr(self.__dict__["_calls"], name), self.__dict__["_rows"]
        taken = column.take(rows) if isinstance(column, WordColumn) else column[rows]
        self.__dict__[name] = taken
        return taken


@frozen(kw_only=True)
class OutcomeCounts:
    """The two closing equations of a month: what became of the records that came in, and of the calls that they are.

    ``came_in`` records are ``duplicates``, ``refused``, or ``records`` of a call; each of the ``calls`` has one of
    the five outcomes.
    """

    came_in: int
    duplicates: int
    refused: int
    records: int
    calls: int
    by_outcome: tuple[int, int, int, int, int] = field()

    @by_outcome.validator
    def _balance(self, _attribute: object, value: tuple[int, ...]) -> None:
        parts = (self.duplicates, self.refused, self.records)
        if sum(parts) != self.came_in:
            raise ValueError(f"{self.came_in} records came in, but duplicates, refused and calls' are {parts}")
        if sum(value) != self.calls:
            raise ValueError(f"there are {self.calls} calls, but the outcomes sum to {sum(value)}: {value}")


class UsageRow(NamedTuple):
    """How many calls of one kind a contract had in a month: the calls behind an amount.

    A tuple, since a month has more of them than of anything else that is an object.
    """

    contract: str
    outcome: Outcome
    reason: str
    window: str
    marks: str
    calls: int
    talk_seconds: int
