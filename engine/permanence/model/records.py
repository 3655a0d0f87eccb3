"""What telephone systems wrote, record by record, and which records are one call."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from .problem import Problem
from .usage import Calls, Flags, Numbers, Places, Rows, WordColumn
from .work import Work

NEW_CALL_AFTER = 86_400
"""Seconds between the starts of two successive records of a link after which the link is another call's."""
MARGIN = 2 * NEW_CALL_AFTER
"""Seconds before and after a month in which records of its calls are looked for first."""
ALONE = -1
PLACE_BITS = np.int64(32)
NO_ROWS = np.zeros(0, np.int64)
Span = tuple[int, int]
"""Instants from one up to, but not including, another, in UTC seconds."""


@frozen(eq=False)
class Legs:
    """The records that are not alone in their call: ``rows``, call by call, those of a call in order of start.

    ``first`` is the place in ``rows`` at which each call begins.
    """

    rows: Numbers
    first: Numbers

    @cached_property
    def sizes(self) -> Numbers:
        """Return how many records each call has."""
        ends: Numbers = np.append(self.first[1:], len(self.rows))
        return ends - self.first

    @property
    def heads(self) -> Numbers:
        """Return the earliest record of each call."""
        heads: Numbers = self.rows[self.first]
        return heads

    @property
    def tails(self) -> Numbers:
        """Return the last record of each call."""
        tails: Numbers = self.rows[self.first + self.sizes - 1]
        return tails

    @cached_property
    def call(self) -> Numbers:
        """Return the call of each record, by number."""
        return np.repeat(np.arange(len(self.first)), self.sizes)

    def first_of(self, flags: Flags) -> Numbers:
        """Return, per call, the first of its records that is flagged, the earliest where none is; a flag a row."""
        if not self.first.size:
            return NO_ROWS
        place = np.minimum.reduceat(np.where(flags, np.arange(self.rows.size), self.rows.size), self.first)
        found: Numbers = self.rows[np.where(place < self.rows.size, place, self.first)]
        return found

    def of(self, calls: Rows) -> "Legs":
        """Return the records of some of the calls."""
        wanted = np.zeros(len(self.first), np.bool_)
        wanted[calls] = True
        sizes = self.sizes[wanted]
        return Legs(self.rows[wanted[self.call]], np.cumsum(sizes) - sizes)


NO_LEGS = Legs(NO_ROWS, NO_ROWS)


@frozen(eq=False, slots=False)
class Records:
    """Records as columns: ``each`` has every one as if it were a call of its own.

    ``linked`` is a number that records share which share a link, -1 for a record that shares none. A record's link is
    its source with its ``linked_id``, or with its own id where it has none. Of records of one link that start in one
    second, the one with the shorter id, or the lesser of two as long, stands first.
    """

    each: Calls
    linked: Places

    @classmethod
    def alone(cls, calls: Calls) -> "Records":
        """Return the records of calls that have one each."""
        return cls(calls, np.broadcast_to(np.int64(ALONE), len(calls)))

    @classmethod
    def joined(cls, lots: Sequence["Records"]) -> "Records":
        """Return several lots of records as one, in order of arrival; no link is in two of them."""
        each, start = Calls.joined([lot.each for lot in lots]), 0
        linked = []
        for lot in lots:
            linked.append(np.where(lot.linked == ALONE, ALONE, lot.linked + start))
            start += int(lot.linked.max(initial=ALONE)) + 1
        order = np.argsort(each.start, kind="stable")
        return cls(each.take(order), np.concatenate(linked)[order])

    def __len__(self) -> int:
        return len(self.each)

    def excluding(self, reasons: Mapping[int, str]) -> "Records":
        """Return the records with why somebody excluded some of them afterwards, by the number of the record."""
        words = tuple(dict.fromkeys(reasons.values()))
        rows, codes = np.array(sorted(reasons)), np.full(len(self), -1, np.int32)
        found = np.flatnonzero(np.isin(self.each.row, rows))
        codes[found] = [words.index(reasons[row]) for row in self.each.row[found].tolist()]
        return Records(evolve(self.each, excluded=WordColumn(codes, words)), self.linked)

    def first_row_of(self, row: int) -> int:
        """Return the number of the first record of the call that has the record of a number; that one where none."""
        places = np.flatnonzero(self.each.row[self.legs.rows] == row)
        return int(self.each.row[self.legs.heads[self.legs.call[places[0]]]]) if places.size else row

    @cached_property
    def legs(self) -> Legs:
        """Return the records that are one call with others.

        Where more than a day lies between the starts of two successive records of a link, a new call begins: some
        systems use their links again.
        """
        rows = np.flatnonzero(self.linked != ALONE)
        if not rows.size:
            return NO_LEGS
        start = self.each.start[rows]
        if (start[1:] < start[:-1]).any():
            rows = rows[np.argsort(start, kind="stable")]
        # Link and place in one number: whole numbers are sorted several times faster than two columns.
        ordered = np.sort((self.linked[rows].astype(np.int64) << PLACE_BITS) | np.arange(rows.size))
        rows = rows[ordered & ((1 << PLACE_BITS) - 1)]
        link, start = ordered >> PLACE_BITS, self.each.start[rows]
        begins = np.ones(rows.size, np.bool_)
        begins[1:] = (link[1:] != link[:-1]) | (start[1:] - start[:-1] > NEW_CALL_AFTER)
        legs = Legs(rows, np.flatnonzero(begins))
        return legs if legs.sizes.min() > 1 else legs.of(legs.sizes > 1)


@frozen(kw_only=True)
class CallBatch:
    """The records that a month's calls are made of, and what came in with them but is no call to rate.

    There are records of the days around the month among them. ``duplicates`` counts the month's records that came in
    again unchanged; ``refused`` holds a problem for each of its records that cannot be used. ``rows`` is how many
    records there are in all, of any month, None where nobody counted them. ``work`` is what was done in the month that
    is no call.
    """

    records: Records
    duplicates: int = 0
    refused: tuple[Problem, ...] = ()
    rows: int | None = None
    source: str = field(default="")
    work: tuple[Work, ...] = ()


def span_around(month: Span) -> Span:
    """Return the time in which records of a month's calls are looked for first."""
    return month[0] - MARGIN, month[1] + MARGIN


def span_needed(records: Records, span: Span, month: Span) -> Span:
    """Return the time in which all records of a month's calls lie, as far as those of a time tell.

    It is the same time where none of them can go on beyond it, else one that is twice as long on that side.
    """
    legs, start = records.legs, records.each.start
    first, last = start[legs.heads], start[legs.tails]
    before = bool(((last >= month[0]) & (first < span[0] + NEW_CALL_AFTER)).any())
    after = bool(((first < month[1]) & (last >= span[1] - NEW_CALL_AFTER)).any())
    return span[0] - before * (month[0] - span[0]), span[1] + after * (span[1] - month[1])
