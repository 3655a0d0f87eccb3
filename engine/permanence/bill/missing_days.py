"""Whether a month's calls are all there: days on which calls are usual, and none came in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from statistics import median_low

import numpy as np

from ..contracts.book import Book
from ..contracts.holidays import public_holidays
from ..contracts.standing import standing_in
from ..model.clock import midnight
from ..model.missing_days import MissingDays
from ..model.period import ONE_DAY, Month
from ..model.usage import Numbers

WEEKS_BEFORE = 4
"""So many weeks before a month tell, with the month itself, what is usual on a day of the week."""
MISSED = 10
"""Days without a call are missing when so many calls are usual on them, all together."""
DAYS_SEEN = 5
"""While fewer days than that have a record, nothing is known to be usual."""

Records = Mapping[date, int]
"""How many records came in on each day that has any."""


def missing_days(book: Book, month: Month, records: Records, today: date, *, covered: bool) -> tuple[MissingDays, ...]:
    """Return the days of a month before today on which the usual calls are missing, in order.

    ``records`` are those of the month and of the four weeks before it; ``covered`` tells that some record of the month
    came in, be it a duplicate or refused. What is usual on a day is the middle one of the counts of the same weekday,
    between the first and the last day with records, without public holidays; none is while less than `DAYS_SEEN` days
    have records. A stretch of days without records is
    missing when `MISSED` records or more are usual on it, days aside on which no contract is in service, and public
    holidays of every region that is served; its ends on which none is usual are not told. A month that has ended and
    is not covered is missing as a whole.
    """
    silent = [day for day in _days(month) if day < today and not records.get(day)]
    uncovered = not covered and today >= month.next.first
    if not uncovered and not any(_at_most(stretch, records) >= MISSED for stretch in _stretches(silent)):
        return ()
    served = standing_in(book, month).served
    if not served:
        return ()
    regions = {part.contract.customer.region for part in served}

    def is_holiday(day: date) -> bool:
        return all(day in public_holidays(region, day.year) for region in regions)

    def is_open(day: date) -> bool:
        return not is_holiday(day) and any(day in part.served for part in served)

    found = (_missing(stretch, records, is_holiday, is_open) for stretch in _stretches(silent))
    if uncovered:
        return (MissingDays(month.first, month.last, sum(one.usual for one in found)),)
    return tuple(one for one in found if one.usual >= MISSED)


def records_by_day(start: Numbers, month: Month, zone: str) -> Records:
    """Return how many records of a month there are by local day, from their instants in UTC seconds."""
    days = list(_days(month))
    bounds = [midnight(day, zone) for day in (*days, month.next.first)]
    counts = np.bincount(np.searchsorted(bounds, start, side="right"), minlength=len(bounds) + 1)
    return {day: count for day, count in zip(days, counts[1:].tolist(), strict=False) if count}


def _days(month: Month) -> Iterator[date]:
    return (month.first + timedelta(days=day) for day in range(month.days))


def _stretches(days: Sequence[date]) -> Iterator[list[date]]:
    """Yield days in a row, each row by itself."""
    for _, row in groupby(enumerate(days), lambda numbered: numbered[1].toordinal() - numbered[0]):
        yield [day for _, day in row]


def _at_most(stretch: Sequence[date], records: Records) -> int:
    """Return more than can be usual on some days: the highest count of each weekday, whatever day it was."""
    if len(records) < DAYS_SEEN:
        return 0
    highest = [max((count for day, count in records.items() if day.weekday() == one), default=0) for one in range(7)]
    return sum(highest[day.weekday()] for day in stretch)


def _missing(
    stretch: Sequence[date],
    records: Records,
    is_holiday: Callable[[date], bool],
    is_open: Callable[[date], bool],
) -> MissingDays:
    usual = [_usual(day, set(stretch), records, is_holiday) if is_open(day) else 0 for day in stretch]
    missing = [day for day, count in zip(stretch, usual, strict=True) if count] or stretch
    return MissingDays(missing[0], missing[-1], sum(usual))


def _usual(day: date, stretch: set[date], records: Records, is_holiday: Callable[[date], bool]) -> int:
    if len(records) < DAYS_SEEN:
        return 0
    first, last = min(records), max(records)
    first += timedelta(days=(day - first).days % 7)
    alike = (first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1))
    counts = [records.get(other, 0) for other in alike if other not in stretch and not is_holiday(other)]
    return median_low(counts) if counts else 0


def first_day_looked_at(month: Month) -> date:
    """Return the first day whose records tell what is usual in a month."""
    return month.first - WEEKS_BEFORE * 7 * ONE_DAY
