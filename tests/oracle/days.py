"""Days as the oracle knows them: public holidays by the law's own list, wall clocks by zoneinfo."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
HOLIDAY, SUNDAY = 7, 6
ABOLITION = {"FR-971": (5, 27), "FR-972": (5, 22), "FR-973": (6, 10), "FR-974": (12, 20), "FR-976": (4, 27)}


def easter(year: int) -> date:
    """Return Easter Sunday, after the "anonymous" Gregorian rule (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def legal_holidays(region: str, year: int) -> frozenset[date]:
    """Return the days that the Code du travail lists: L3133-1, L3134-13 (Alsace-Moselle), L3422-2 (overseas)."""
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [1, 39, 50]
    if region in ("FR-57", "FR-67", "FR-68", "FR-6AE"):
        fixed, moving = [*fixed, (12, 26)], [*moving, -2]
    if region in ABOLITION:
        fixed = [*fixed, ABOLITION[region]]
    days = {date(year, month, day) for month, day in fixed}
    return frozenset(days | {easter(year) + timedelta(days=after) for after in moving})


def wall_clock(instant: int, zone: str) -> datetime:
    """Return what a clock on the wall shows at an instant in UTC seconds."""
    return datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(zone))


def instant_of(text: str, zone: str = "Europe/Paris", fold: int = 0) -> int:
    """Return the UTC seconds of a wall-clock time such as ``2026-10-05 08:00:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


@cache
def day_numbers(text: str) -> frozenset[int]:
    """Return the days of ``mon-fri,sun,holiday``: Monday 0 … Sunday 6, a public holiday 7."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        found.update(range(WEEK.index(first), WEEK.index(last or first) + 1))
    return frozenset(found)
