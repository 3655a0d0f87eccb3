"""On which days contracts were in service, and how many of their calls were counted on each."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from attrs import frozen

from ..contracts.book import Book
from ..model.clock import midnight
from ..model.period import Month
from .forecast import DaysSeen
from .month import JudgedMonth

EARLIER = 2
"""Days before the months: a call is one of the month in which it is answered, where its offer goes by the answer."""


@frozen(eq=False)
class DaysOf:
    """The days of a month and of the one before it, of contracts by name, as far as these months were judged.

    The last row of ``days`` is of nobody.
    """

    names: tuple[str, ...]
    days: DaysSeen

    def of(self, names: Sequence[str]) -> DaysSeen:
        """Return those of some contracts, in their order; of one that is not among them, days out of service."""
        place = {name: number for number, name in enumerate(self.names)}
        rows = np.array([place.get(name, -1) for name in names], np.int64)
        return DaysSeen(self.days.first, self.days.served[rows], self.days.calls[rows])


def days_of(book: Book, month: Month, judged: JudgedMonth) -> DaysOf:
    """Return the days of a month and of the one before it, of which one was judged: those of all contracts in it."""
    first = month.before.first - timedelta(days=EARLIER)
    size = (month.next.first - first).days
    names = tuple(dict.fromkeys(one.contract.id for one in judged.standing.served))
    row = {name: number for number, name in enumerate(names)}
    served = np.zeros((len(names) + 1, size), np.bool_)
    for part in judged.standing.served:
        for period in part.served.periods:
            start = (period.start - first).days
            served[row[part.contract.id], start : start + period.days] = True
    midnights = np.array([midnight(first + timedelta(days=day), book.zone) for day in range(size + 1)], np.int64)
    rows = np.array([*(row[part.contract.id] for part in judged.roster.served), -1], np.int64)
    classified = judged.judged.classified
    counted = np.flatnonzero(classified.counted & (classified.contract >= 0))
    day = np.searchsorted(midnights, judged.calls.start[counted], side="right") - 1
    within = (day >= 0) & (day < size)
    cells = (rows[classified.contract[counted]] * size + day)[within]
    calls = np.bincount(cells, minlength=served.size).astype(np.int64)
    return DaysOf(names, DaysSeen(first, served, calls.reshape(served.shape)))


def together(one: DaysSeen, other: DaysSeen) -> DaysSeen:
    """Return the days of two months as one, of the same contracts in the same order."""
    return DaysSeen(one.first, one.served | other.served, one.calls + other.calls)
