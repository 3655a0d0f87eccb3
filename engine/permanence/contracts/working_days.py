"""Days on which offices work: Monday to Friday, but for the public holidays of a region."""

from datetime import date

from ..model.period import ONE_DAY
from .holidays import public_holidays


def is_working_day(day: date, region: str) -> bool:
    """Tell whether a day is a working day; raise ValueError for an unknown region."""
    return day.weekday() < 5 and day not in public_holidays(region, day.year)


def working_days_after(day: date, count: int, region: str) -> date:
    """Return the working day that comes as so many after a day, which itself does not count.

    Raises ValueError for an unknown region.
    """
    for _ in range(count):
        day += ONE_DAY
        while not is_working_day(day, region):
            day += ONE_DAY
    return day
