"""Days of settlement are those of the European Central Bank; collections wait for them, for notice, and for banks."""

from datetime import date, timedelta

import pytest
from holidays import financial_holidays
from permanence.model.payment_terms import DebitTerms
from permanence.model.period import Month
from permanence.money.collection import collection_day, next_collection_day
from permanence.money.target_days import is_target_day


def test_target_is_closed_when_the_central_bank_says_so() -> None:
    closed = financial_holidays("XECB", years=range(2002, 2100))
    days = (date(2002, 1, 1) + timedelta(days=count) for count in range(36_000))
    assert [day for day in days if is_target_day(day) != (day.weekday() < 5 and day not in closed)] == []


@pytest.mark.parametrize(
    ("day", "notice", "issued", "on", "wanted"),
    [
        (5, 2, date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 5)),
        (11, 2, date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 11)),  # Armistice: a holiday of France alone
        (1, 0, date(2027, 4, 1), date(2027, 4, 1), date(2027, 5, 3)),  # asked late; 1 May is a Saturday
        (5, 14, date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 16)),
        (5, 2, date(2026, 11, 2), date(2026, 12, 24), date(2026, 12, 28)),  # Christmas, its day after, a weekend
        (31, 2, date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 30)),
    ],
)
def test_a_debit_is_collected_on_its_day_once_notice_and_bank_allow(
    day: int, notice: int, issued: date, on: date, wanted: date
) -> None:
    month = Month(2027, 4) if day == 1 else Month(2026, 10)
    assert collection_day(DebitTerms(day=day, prenotification=notice), month, issued, on) == wanted


def test_what_came_back_is_collected_on_the_contracts_next_day() -> None:
    assert next_collection_day(DebitTerms(day=5), date(2026, 11, 20)) == date(2026, 12, 7)
    assert next_collection_day(DebitTerms(day=25), date(2026, 11, 20)) == date(2026, 11, 25)
