"""What a month is expected to come to follows each day of the week, and says when the next price is reached."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.forecast import DaysSeen, Forecast, forecasts

from tests.cases_drawn import drawn

MONDAY = date(2026, 2, 2)
HALF = Fraction(1, 2)


def days(*counts: int) -> dict[date, int]:
    return {MONDAY + timedelta(days=number): calls for number, calls in enumerate(counts)}


def forecast(
    seen: Mapping[date, int], today: tuple[date, int], ahead: Sequence[date], so_far: int, left: int | None
) -> Forecast | None:
    every = [*seen, today[0], *ahead]
    first, size = min(every), (max(every) - min(every)).days + 1
    served, calls = np.zeros((1, size), np.bool_), np.zeros((1, size), np.int64)
    for day in (*seen, *ahead):
        served[0, (day - first).days] = True
    for day, count in (*seen.items(), today):
        calls[0, (day - first).days] = count
    (told,) = forecasts(DaysSeen(first, served, calls), today[0], [so_far], [left])
    return told


def test_a_day_to_come_is_as_the_mean_of_the_same_day_of_the_week() -> None:
    seen = days(10, 1, 1, 1, 1, 0, 0, 20)
    monday = MONDAY + timedelta(days=14)
    told = forecast(seen, (monday, 0), [monday, monday + timedelta(days=1)], 34, 15)
    assert told == Forecast(expected=50, passes_on=monday + timedelta(days=1), since=MONDAY, days=8)


def test_of_today_what_is_left_of_its_mean_is_expected() -> None:
    monday = MONDAY + timedelta(days=7)
    found = [forecast(days(10), (monday, calls), [monday], 10 + calls, None) for calls in (0, 4, 12)]
    assert [one.expected for one in found if one] == [20, 20, 22]


def test_a_day_of_the_week_that_was_not_there_yet_is_as_the_mean_of_all() -> None:
    wednesday = MONDAY + timedelta(days=2)
    told = forecast(days(4, 8), (wednesday, 0), [wednesday], 12, 6)
    assert told == Forecast(expected=18, passes_on=None, since=MONDAY, days=2)


@settings(max_examples=drawn(60), deadline=None)
@given(
    counts=st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=1, max_size=61),
    now=st.integers(0, 60),
    left=st.one_of(st.none(), st.integers(0, 300)),
)
def test_means_are_those_that_fractions_make(counts: list[int | None], now: int, left: int | None) -> None:
    now = min(now, len(counts) - 1)
    each = {MONDAY + timedelta(days=number): count for number, count in enumerate(counts) if count is not None}
    today = MONDAY + timedelta(days=now)
    seen = {day: count for day, count in each.items() if day < today}
    ahead = [day for day in each if day >= today]
    told = forecast(seen, (today, each.get(today, 0)), ahead, 7, left)
    if not seen:
        assert told is None
        return
    more, passes_on = Fraction(0), None
    for day in ahead:
        alike = [count for other, count in seen.items() if other.weekday() == day.weekday()] or list(seen.values())
        of_day = Fraction(sum(alike), len(alike))
        more += max(Fraction(0), of_day - each[day]) if day == today else of_day
        if passes_on is None and left is not None and floor(more + HALF) > left:
            passes_on = day
    assert told == Forecast(7 + floor(more + HALF), passes_on, min(seen), len(seen))
