"""Days on which banks settle in euros: TARGET has holidays of its own, which are not those of France."""

from datetime import date, timedelta

from ..model.period import ONE_DAY

FIXED = ((1, 1), (5, 1), (12, 25), (12, 26))
"""Month and day of the holidays that have one; besides these Good Friday and Easter Monday (ECB, since 2002)."""


def is_target_day(day: date) -> bool:
    """Tell whether banks settle on a day."""
    easter = easter_sunday(day.year)
    movable = (easter - timedelta(days=2), easter + ONE_DAY)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in movable


def target_day_from(day: date) -> date:
    """Return the first day from a day on, itself included, on which banks settle."""
    while not is_target_day(day):
        day += ONE_DAY
    return day


def target_days_after(day: date, count: int) -> date:
    """Return the day that comes as so many days of settlement after a day, which itself does not count."""
    for _ in range(count):
        day = target_day_from(day + ONE_DAY)
    return day


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (anonymous algorithm, Meeus)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, common = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, odd = divmod(rest, 4)
    week = (32 + 2 * common + 2 * quarter - epact - odd) % 7
    late = (golden + 11 * epact + 22 * week) // 451
    month, day = divmod(epact + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
