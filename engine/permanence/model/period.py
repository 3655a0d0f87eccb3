"""Months, spans such as "3 months", and half-open periods of days."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Literal

from attrs import frozen

ONE_DAY = timedelta(days=1)
MonthEnd = Literal["last_day", "next_first"]
"""Where a month is too short for a day: its last day, or the first of the month after it."""
SpanUnit = Literal["days", "weeks", "months", "years"]
SPAN = re.compile(r"([0-9]{1,5}) (day|week|month|year)s?")
SHORTEST_MONTH = 28
LONGEST: dict[str, int] = {"day": 36_525, "week": 5_217, "month": 1_200, "year": 100}
"""A hundred years: with longer spans, dates would leave the calendar that Python has."""

CALENDAR = range(1900, 2200)
"""The years of the days that rule files may name: calendars are worked out for them, and for a century or two more."""


@frozen(order=True)
class Month:
    """A civil month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Return the month that ``2026-10`` names, of the years 1000 to 2999; raise ValueError for anything else."""
        if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text):
            raise ValueError(f'"{text}" is not a month such as "2026-10"')
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @cached_property
    def first(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.month, 1)

    @cached_property
    def next(self) -> "Month":
        """Return the month after this one."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @classmethod
    def numbered(cls, number: int) -> "Month":
        """Return the month of a number, as ``number`` counts them."""
        return cls(number // 12, number % 12 + 1)

    @property
    def number(self) -> int:
        """Return how many months lie between the year 0 and this one."""
        return self.year * 12 + self.month - 1

    @cached_property
    def before(self) -> "Month":
        """Return the month before this one."""
        return Month.of(self.first - ONE_DAY)

    @cached_property
    def last(self) -> date:
        """Return the last day of the month."""
        return self.next.first - ONE_DAY

    @cached_property
    def period(self) -> "Period":
        """Return the month as a half-open period of days."""
        return Period(self.first, self.next.first)

    @cached_property
    def service(self) -> "ServiceDays":
        """Return every day of the month as days in service."""
        return ServiceDays((self.period,))

    @cached_property
    def days(self) -> int:
        """Return how many days the month has."""
        return self.period.days

    def until(self, day: date) -> Iterator["Month"]:
        """Yield the months from this one on that begin before a day; none when this one does not."""
        month = self
        while month.first < day:
            yield month
            month = month.next

    @cached_property
    def _written(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return self._written


@frozen
class Span:
    """A length of time as contracts name it: a number of days, weeks, months or years."""

    count: int
    unit: SpanUnit

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Return the span that ``3 months`` names; raise ValueError for anything else, or above a hundred years."""
        found = SPAN.fullmatch(text)
        if not found:
            raise ValueError(f'"{text}" is not a span such as "3 months" or "14 days"')
        if int(found[1]) > LONGEST[found[2]]:
            raise ValueError(f'"{text}" is longer than 100 years')
        return cls(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]

    def after(self, origin: date, times: int = 1, month_end: MonthEnd = "last_day") -> date:
        """Return the day that lies ``times`` spans after the origin (before it when negative).

        Months are counted from the origin and never chained: 31 January + 1 month is 28 February, or 1 March by the
        other convention for a month that is too short; + 2 months is 31 March (reading A18).
        """
        count = self.count * times
        if self.unit in ("days", "weeks"):
            return origin + timedelta(days=count * (7 if self.unit == "weeks" else 1))
        months = origin.year * 12 + origin.month - 1 + count * (12 if self.unit == "years" else 1)
        year, month = divmod(months, 12)
        if origin.day <= SHORTEST_MONTH:
            return origin.replace(year, month + 1)
        last = calendar.monthrange(year, month + 1)[1]
        short = timedelta(days=1 if month_end == "next_first" and origin.day > last else 0)
        return date(year, month + 1, min(origin.day, last)) + short

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


ONE_MONTH = Span(1, "months")


@frozen
class Period:
    """Days from ``start`` up to, but not including, ``end``; without an end when that is None."""

    start: date
    end: date | None = None

    def __and__(self, other: "Period") -> "Period":
        ends = [period.end for period in (self, other) if period.end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)

    def __or__(self, other: "Period") -> "Period":
        """Return the days of two periods that touch, from the first of them to the last."""
        ends = [period.end for period in (self, other) if period.end is not None]
        return Period(min(self.start, other.start), max(ends) if len(ends) == 2 else None)

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def within(self, other: "Period", since: date) -> bool:
        """Tell whether the days from one on to the end of this period all lie in another."""
        ends = other.end is None or (self.end is not None and self.end <= other.end)
        return ends and other.start <= since

    @property
    def days(self) -> int:
        """Return how many days the period has, 0 when it ends before it starts.

        Raises ValueError for a period without an end.
        """
        if self.end is None:
            raise ValueError("a period without an end has no number of days")
        return max(0, (self.end - self.start).days)

    @property
    def days_of_thirty(self) -> int:
        """Return how many days the period has when every month has thirty (30/360), 0 when it ends before it starts.

        Parts of a month add up to thirty: a 31st counts for nothing, the last of February for what is missing.
        Raises ValueError for a period without an end.
        """
        if self.end is None:
            raise ValueError("a period without an end has no number of days")
        first, end = self.start, self.end
        return max(0, 360 * (end.year - first.year) + 30 * (end.month - first.month) + end.day - first.day)


def in_order(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return periods by their first days, without empty ones; those that touch or overlap are one."""
    if len(periods) == 1 and (periods[0].end is None or periods[0].days):
        return tuple(periods)
    found: list[Period] = []
    for period in sorted(periods, key=attrgetter("start")):
        if period.end is not None and not period.days:
            continue
        touches = found and (found[-1].end is None or period.start <= found[-1].end)
        found.append(found.pop() | period if touches else period)
    return tuple(found)


@frozen
class ServiceDays:
    """Days in service within a month: half-open periods in order, with a gap where the service is suspended."""

    periods: tuple[Period, ...]

    @classmethod
    def of(cls, *periods: Period) -> "ServiceDays":
        """Return the days of these periods, each once: in order, without empty periods, neighbours as one."""
        return cls(in_order(periods))

    def __and__(self, other: "Period | ServiceDays") -> "ServiceDays":
        others = (other,) if isinstance(other, Period) else other.periods
        if len(others) == 1 and self.periods and self.periods[-1].within(others[0], since=self.start):
            return self
        return ServiceDays.of(*(one & another for one in self.periods for another in others))

    def without(self, gap: Period) -> "ServiceDays":
        """Return the days that do not lie in a gap."""
        before = self & Period(date.min, gap.start)
        return ServiceDays.of(*before.periods, *(self & Period(gap.end)).periods) if gap.end else before

    def __contains__(self, day: date) -> bool:
        return any(day in period for period in self.periods)

    @property
    def days(self) -> int:
        """Return how many days there are; raise ValueError for a period without an end."""
        return sum(period.days for period in self.periods)

    @property
    def span(self) -> Period:
        """Return the days from the first to the last, gaps included; raise IndexError when there is none."""
        return Period(self.start, self.end)

    @property
    def start(self) -> date:
        """Return the first day; raise IndexError when there is none."""
        return self.periods[0].start

    @property
    def end(self) -> date | None:
        """Return the first day after the last; raise IndexError when there is none."""
        return self.periods[-1].end


NO_DAYS = ServiceDays(())


def service_days(days: ServiceDays | Period) -> ServiceDays:
    """Return days of service without a gap as such."""
    return ServiceDays.of(days) if isinstance(days, Period) else days
