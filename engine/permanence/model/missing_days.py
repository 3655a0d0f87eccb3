"""Days on which calls are usual and none came in."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from .period import ONE_DAY, Period

BETWEEN, NEXT = "..", ", "


@frozen
class MissingDays:
    """Days in a row without a call, and how many calls are usual on such days."""

    first: date
    last: date
    usual: int

    @property
    def period(self) -> Period:
        """Return the days as a half-open period."""
        return Period(self.first, self.last + ONE_DAY)

    def __str__(self) -> str:
        return f"{self.first}{BETWEEN}{self.last}"


def written(missing: Iterable[MissingDays]) -> str:
    """Return stretches of days as one text: ``2026-10-05..2026-10-09, 2026-10-30..2026-10-31``; empty for none."""
    return NEXT.join(map(str, missing))


def read_days(text: str) -> tuple[tuple[date, date], ...]:
    """Return the first and the last day of each stretch that a text names; raise ValueError for another text."""
    ends = (stretch.split(BETWEEN) for stretch in text.split(NEXT) if stretch)
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in ends)
