"""Months, spans counted from their origin, and half-open periods."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.period import Month, Period, Span

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("origin", "span", "times", "day"),
    [
        (date(2026, 1, 31), "1 month", 1, date(2026, 2, 28)),
        (date(2026, 1, 31), "1 month", 2, date(2026, 3, 31)),
        (date(2024, 2, 29), "12 months", 1, date(2025, 2, 28)),
        (date(2024, 2, 29), "12 months", 4, date(2028, 2, 29)),
        (date(2024, 2, 29), "1 year", 1, date(2025, 2, 28)),
        (date(2026, 9, 30), "3 months", -1, date(2026, 6, 30)),
        (date(2026, 5, 31), "3 months", -1, date(2026, 2, 28)),
        (date(2026, 12, 20), "2 weeks", 1, date(2027, 1, 3)),
        (date(2026, 12, 20), "0 days", 5, date(2026, 12, 20)),
    ],
)
def test_dates_are_counted_from_their_origin_and_clamped_to_the_months_end(
    origin: date, span: str, times: int, day: date
) -> None:
    assert Span.parse(span).after(origin, times) == day


@pytest.mark.parametrize("text", ["3", "three months", "1.5 months", "-1 days", "3 months ", ""])
def test_what_is_not_a_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        Span.parse(text)


@pytest.mark.parametrize("text", ["101 years", "1201 months", "5218 weeks", "36526 days", "9999 years"])
def test_a_span_of_more_than_a_hundred_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" is longer than 100 years'):
        Span.parse(text)


@pytest.mark.parametrize("text", ["1 month", "12 months", "0 days", "2 weeks", "100 years", "1200 months"])
def test_a_span_is_written_as_it_is_read(text: str) -> None:
    assert str(Span.parse(text)) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-10", "2026-10-01", "octobre", "0000-01", "9999-12"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(text)


@given(DAYS)
def test_every_day_lies_in_its_month_and_in_no_other(day: date) -> None:
    month = Month.of(day)
    assert day in month.period
    assert day not in month.next.period
    assert Month.parse(str(month)) == month


@given(DAYS, DAYS)
def test_the_months_from_a_day_until_another_are_those_that_lie_between(start: date, end: date) -> None:
    months = list(Month.of(start).until(end))
    count = 12 * (end.year - start.year) + end.month - start.month + (end.day > 1)
    assert len(months) == max(0, count)
    assert all(month == Month.of(Span(number, "months").after(start)) for number, month in enumerate(months))


@given(DAYS, DAYS, DAYS)
def test_months_and_periods_are_half_open(start: date, end: date, day: date) -> None:
    assert (day in Period(start, end)) == (start <= day < end)
    assert (day in (Period(start) & Period(date.min, end))) == (start <= day < end)


def test_a_period_that_ends_before_it_starts_has_no_day() -> None:
    assert (Period(date(2026, 10, 5)) & Period(date(2026, 9, 1), date(2026, 10, 1))).days == 0


def test_a_period_without_an_end_has_no_number_of_days() -> None:
    with pytest.raises(ValueError, match="without an end"):
        _ = Period(date(2026, 1, 1)).days
    with pytest.raises(ValueError, match="without an end"):
        _ = Period(date(2026, 1, 1)).days_of_thirty


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), 30),
        (date(2026, 2, 1), date(2026, 3, 1), 30),
        (date(2026, 12, 16), date(2027, 1, 1), 15),
        (date(2026, 10, 31), date(2026, 11, 1), 0),
        (date(2026, 2, 28), date(2026, 3, 1), 3),
        (date(2024, 2, 29), date(2024, 3, 1), 2),
        (date(2026, 1, 1), date(2027, 1, 1), 360),
        (date(2026, 10, 5), date(2026, 10, 1), 0),
    ],
)
def test_with_thirty_days_to_every_month_a_period_has_so_many(start: date, end: date, days: int) -> None:
    assert Period(start, end).days_of_thirty == days


@given(DAYS, st.integers(0, 31), st.integers(0, 31))
def test_parts_of_a_month_add_up_to_thirty_days(day: date, one: int, other: int) -> None:
    month = Month.of(day)
    days = [date.fromordinal(month.first.toordinal() + min(number, month.days)) for number in sorted((one, other))]
    cuts = [month.first, *days, month.next.first]
    assert sum(Period(start, end).days_of_thirty for start, end in pairwise(cuts)) == 30
