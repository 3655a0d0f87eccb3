"""On which days contracts were in service, and how many of their calls were counted on each."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from ..contracts.book import Book
from ..model.clock import midnight
from ..model.period import Month
from .forecast import DaysSeen
from .month import JudgedMonth

EARLIER = 2
"""Days before the months: a call is one of the month in which it is answered, where its offer goes by the answer."""


def days_seen(book: Book, month: Month, judged: Sequence[JudgedMonth], names: Sequence[str]) -> DaysSeen:
    """Return the days of a month and of the one before it, as they were judged, of the contracts of some names."""
    first = month.before.first - timedelta(days=EARLIER)
    size = (month.next.first - first).days
    midnights = np.array([midnight(first + timedelta(days=day), book.zone) for day in range(size + 1)], np.int64)
    row = {name: number for number, name in enumerate(names)}
    served, calls = np.zeros((len(names), size), np.bool_), np.zeros(len(names) * size, np.int64)
    for one in judged:
        for part in one.standing.served:
            place = row.get(part.contract.id)
            for period in part.served.periods if place is not None else ():
                start = (period.start - first).days
                served[place, start : start + period.days] = True
        rows = np.array([*(row.get(part.contract.id, -1) for part in one.roster.served), -1], np.int64)
        classified = one.judged.classified
        counted = np.flatnonzero(classified.counted & (rows[classified.contract] >= 0))
        day = np.searchsorted(midnights, one.calls.start[counted], side="right") - 1
        within = (day >= 0) & (day < size)
        cells = rows[classified.contract[counted]] * size + day
        calls += np.bincount(cells[within], minlength=calls.size)
    return DaysSeen(first, served, calls.reshape(len(names), size))
