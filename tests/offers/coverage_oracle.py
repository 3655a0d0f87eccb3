"""Coverage by brute force: every minute of a year on the wall clock, under the windows as they are written.

Shares no code with the engine's coverage, clock or holidays.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from holidays import country_holidays
from numpy.typing import NDArray
from permanence.model.offer import Offer

Minutes = NDArray[np.int64]
REGIONS: Mapping[str, str | None] = {
    "FR": None,
    "FR-75C": None,
    "FR-57": "57",
    "FR-67": "6AE",
    "FR-971": "971",
    "FR-972": "972",
    "FR-973": "973",
    "FR-974": "974",
    "FR-976": "976",
}
"""Regions, and what the holidays package calls those that have days of their own."""
BY_CUSTOM = {
    "971": ("Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"),
    "972": ("Fête de Victor Schoelcher",),
}


@lru_cache
def wall_clock(year: int, zone: str) -> Mapping[date, Minutes]:
    """Return the minutes that each day of a year has, as the clock shows them: some not at all, some twice."""
    here, minute = ZoneInfo(zone), timedelta(minutes=1)
    instant, end = datetime(year, 1, 1, tzinfo=here), datetime(year + 1, 1, 1, tzinfo=here)
    shown: dict[date, list[int]] = defaultdict(list)
    now, last = instant.astimezone(UTC), end.astimezone(UTC)
    while now < last:
        local = now.astimezone(here)
        shown[local.date()].append(local.hour * 60 + local.minute)
        now += minute
    return {day: np.array(minutes) for day, minutes in shown.items()}


@lru_cache
def holidays_in(year: int, region: str) -> frozenset[date]:
    """Return the legal public holidays of a region: without those that are kept by custom only."""
    place = REGIONS[region]
    found = country_holidays("FR", subdiv=place, years=year, language="fr")
    custom = set(BY_CUSTOM.get(place or "", ()))
    return frozenset(day for day in found if not set(found.get_list(day)) <= custom)


def open_windows(offer: Offer, day: date, region: str) -> list[tuple[str, int, int]]:
    """Return the windows that are open on a day: name, first minute, first minute after."""
    coverage = offer.coverage
    if day in coverage.extra_closed:
        return []
    holiday = day in holidays_in(day.year, region) and day not in coverage.extra_open
    found = []
    for window in coverage.windows:
        counts_as = {"closed": None, "as_weekday": day.weekday(), "as_sunday": 6}[coverage.holidays]
        days = window.days.numbers
        opens = (7 in days or counts_as in days) if holiday else day.weekday() in days
        if opens:
            found.append((window.id, int(window.hours.start), int(window.hours.end)))
    return found


@cache
def covering(windows: tuple[tuple[str, int, int], ...]) -> tuple[frozenset[str], ...]:
    """Return, for each minute of a day, the windows that cover it."""
    return tuple(frozenset(name for name, start, end in windows if start <= minute < end) for minute in range(24 * 60))
