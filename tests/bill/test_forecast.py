"""What a month is expected to come to follows each day of the week, and says when the next price is reached."""

from datetime import date, timedelta

from permanence.bill.forecast import Forecast, forecast

MONDAY = date(2026, 2, 2)


def days(*counts: int) -> dict[date, int]:
    return {MONDAY + timedelta(days=number): calls for number, calls in enumerate(counts)}


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
