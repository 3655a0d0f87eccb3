"""UTC seconds and local days: midnights, months, and stretches without a clock change."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .period import Month

MINUTE, DAY_MINUTES = 60, 1440
EPOCH_DAY = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=4096)
def midnight(day: date, zone: str) -> int:
    """Return the first instant of a local day, in UTC seconds.

    Raises zoneinfo.ZoneInfoNotFoundError for an unknown zone.
    """
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


def month_bounds(month: Month, zone: str) -> tuple[int, int]:
    """Return a civil month on a zone's wall clock as half-open UTC seconds (A6)."""
    return midnight(month.first, zone), midnight(month.next.first, zone)


@lru_cache(maxsize=64)
def month_beginnings(zone: str) -> tuple[int, ...]:
    """Return the first instant of each month of the years that are billed, 2000 to 2100, in UTC seconds."""
    return tuple(midnight(month.first, zone) for month in Month(2000, 1).until(date(2101, 1, 1)))


def offset_at(minute: int, zone: str) -> int:
    """Return how many minutes a zone's wall clock is ahead of UTC, at a UTC minute since 1970."""
    offset = datetime.fromtimestamp(minute * MINUTE, ZoneInfo(zone)).utcoffset() or timedelta()
    return offset // timedelta(minutes=1)


def local_time(instant: int, zone: str) -> tuple[date, int]:
    """Return the local day, and the minute of that day, of an instant in UTC seconds."""
    minute = instant // MINUTE + offset_at(instant // MINUTE, zone)
    return date.fromordinal(EPOCH_DAY + minute // DAY_MINUTES), minute % DAY_MINUTES


def stretches(first: int, last: int, zone: str) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces of [first, last), in UTC minutes, that have one offset each: start, end, offset.

    No zone changes its clock twice within one day.
    """
    start, offset = first, offset_at(first, zone)
    for seen in range(first, last, DAY_MINUTES):
        ahead = min(seen + DAY_MINUTES, last)
        changed = offset_at(ahead, zone)
        if changed != offset:
            change = _change(seen, ahead, zone)
            yield start, change, offset
            start, offset = change, changed
    if start < last:
        yield start, last, offset


def _change(before: int, after: int, zone: str) -> int:
    old = offset_at(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after
