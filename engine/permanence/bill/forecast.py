"""How many calls a month is expected to have at its end, from what is usual on each day of the week."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import lcm

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..model.usage import Flags, Numbers

WEEK = 7


@frozen
class Forecast:
    """The calls expected by the end of a month, and the day on which the next price is reached, None for none in it.

    It rests on the contract's own ``days`` of service from ``since`` on: the mean of each day of the week.
    """

    expected: int
    passes_on: date | None
    since: date
    days: int


@frozen(eq=False)
class DaysSeen:
    """Days one after the other from ``first`` on: a row for each contract, a column for each day.

    ``served`` tells whether the contract is in service on it, ``calls`` how many of its calls are counted on it.
    """

    first: date
    served: Flags
    calls: Numbers


def forecasts(days: DaysSeen, today: date, so_far: Sequence[int], left: Sequence[int | None]) -> list[Forecast | None]:
    """Return what each contract's month is expected to come to; None where no whole day of service is known.

    The days before ``today`` tell what is usual, those without a call among them; of today there are the calls so far,
    and what is left of its mean is still to come. A day of the week that was not seen is as the mean of all days.
    ``so_far`` is the calls of each month, ``left`` how many calls are left at the present price. Public holidays are
    days like others.
    """
    now, number = (today - days.first).days, np.arange(days.served.shape[1])
    seen, ahead = days.served & (number < now), days.served & (number >= now)
    # Means of a few whole numbers, exactly: as shares of one that all of them divide.
    whole = lcm(*range(1, len(number) // WEEK + 2))
    each = seen.sum(axis=1)
    unit = whole * np.maximum(each, 1)
    usual = _usual(days, seen, whole, unit)
    to_come = np.where(ahead, usual[:, (days.first.weekday() + number) % WEEK], 0)
    if now < len(number):
        to_come[:, now] = np.maximum(to_come[:, now] - ahead[:, now] * days.calls[:, now] * unit, 0)
    by_day = (2 * np.cumsum(to_come, axis=1) + unit[:, None]) // (2 * unit[:, None])  # rounded half up
    most = np.array([np.iinfo(np.int64).max if one is None else one for one in left], np.int64)
    passing = ahead & (by_day > most[:, None])
    firsts, since = passing.argmax(axis=1).tolist(), seen.argmax(axis=1).tolist()
    return [
        Forecast(calls + more, _day(days, first) if passes else None, _day(days, start), count) if count else None
        for calls, more, passes, first, start, count in zip(
            so_far, by_day[:, -1].tolist(), passing.any(axis=1).tolist(), firsts, since, each.tolist(), strict=True
        )
    ]


def _usual(days: DaysSeen, seen: Flags, whole: int, unit: Numbers) -> NDArray[np.int64]:
    """Return the mean of each day of the week, from Monday on, in shares of a ``unit``."""
    calls = np.where(seen, days.calls, 0)
    usual = np.empty((len(seen), WEEK), np.int64)
    every = calls.sum(axis=1) * whole
    for weekday in range(WEEK):
        first = (weekday - days.first.weekday()) % WEEK
        count, found = seen[:, first::WEEK].sum(axis=1), calls[:, first::WEEK].sum(axis=1)
        usual[:, weekday] = np.where(count, found * (unit // np.maximum(count, 1)), every)
    return usual


def _day(days: DaysSeen, number: int) -> date:
    return days.first + timedelta(days=number)
