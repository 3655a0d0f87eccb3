"""Whether a month's calls are all there: what is usual on a weekday, and when silence is a gap."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.missing_days import first_day_looked_at, missing_days, records_by_day
from permanence.model.missing_days import MissingDays, read_days, written
from permanence.model.period import Month
from permanence.model.words.missing import missing_in_words

from tests.bill.months import OCTOBER, contract, offer, on_file
from tests.bill.months import calls as calls_at
from tests.bill.samples import columns

BOOK = on_file(offer(), contract())
NOVEMBER_1 = date(2026, 11, 1)
USUAL = (40, 50, 40, 50, 40, 12, 0)
"""Records of an ordinary office, from Monday to Sunday."""


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def came_in(
    first: str = "09-03", last: str = "10-31", usual: Iterable[int] = USUAL, without: Iterable[str] = ()
) -> Mapping[date, int]:
    """Return records as they usually come in, from one day to another, without some stretches of days."""
    days = (day(first) + timedelta(days=number) for number in range((day(last) - day(first)).days + 1))
    gaps = [tuple(map(day, gap.split(".."))) for gap in without]
    counts = {one: tuple(usual)[one.weekday()] for one in days}
    return {one: count for one, count in counts.items() if count and not any(a <= one <= b for a, b in gaps)}


def found(
    records: Mapping[date, int], today: date = NOVEMBER_1, month: Month = OCTOBER, book: object = BOOK
) -> list[str]:
    covered = any(one in month.period for one in records)
    return [str(one) for one in missing_days(book, month, records, today, covered=covered)]  # type: ignore[arg-type]


def test_a_month_with_its_usual_calls_has_no_gap_though_nobody_calls_on_sundays() -> None:
    assert found(came_in()) == []


@pytest.mark.parametrize(
    "gap",
    [
        "2026-10-14..2026-10-14",
        "2026-10-01..2026-10-03",
        "2026-10-29..2026-10-31",
        "2026-10-31..2026-10-31",
        "2026-10-05..2026-10-24",
        "2026-10-08..2026-10-31",
    ],
)
def test_days_without_a_call_on_which_calls_are_usual_are_missing(gap: str) -> None:
    assert found(came_in(without=[gap.replace("2026-", "")])) == [gap]


def test_two_gaps_are_told_and_a_gap_says_how_many_calls_are_usual() -> None:
    records = came_in(without=["10-06..10-07", "10-29..10-31"])
    assert missing_days(BOOK, OCTOBER, records, NOVEMBER_1, covered=True) == (
        MissingDays(day("10-06"), day("10-07"), 90),
        MissingDays(day("10-29"), day("10-31"), 50 + 40 + 12),
    )


def test_the_first_month_ever_is_held_against_itself() -> None:
    assert found(came_in("10-01")) == []
    assert found(came_in("10-12")) == ["2026-10-01..2026-10-10"]
    assert found(came_in("10-01", "10-08")) == ["2026-10-09..2026-10-31"]


def test_a_gap_before_the_month_is_no_gap_of_the_month() -> None:
    assert found(came_in(without=["09-14..09-30"])) == []


def test_days_that_have_not_ended_yet_are_no_gap() -> None:
    records = came_in(last="10-14")
    assert found(records, day("10-15")) == []
    assert found(records, day("10-16")) == ["2026-10-15..2026-10-15"]
    assert found(came_in(last="09-30"), day("10-01")) == []
    assert found(came_in(last="09-30"), day("10-03")) == ["2026-10-01..2026-10-02"]


def test_a_small_office_is_not_asked_where_silence_is_usual() -> None:
    assert found({day("10-05"): 1, day("10-20"): 2}) == []
    assert found(came_in(usual=(1, 0, 0, 1, 0, 0, 0), without=["10-05..10-22"])) == []
    assert found(came_in(usual=(2, 2, 2, 2, 2, 0, 0), without=["10-05..10-08"])) == []
    assert found(came_in(usual=(2, 2, 2, 2, 2, 0, 0), without=["10-05..10-09"])) == ["2026-10-05..2026-10-09"]


def test_many_calls_on_few_days_make_nothing_usual() -> None:
    assert found({day(f"10-{number:02}"): 300 for number in (5, 6, 7, 8)}) == []


def test_one_day_on_which_everybody_called_makes_nothing_usual() -> None:
    assert found({**came_in(), day("09-20"): 400}) == []


def test_a_public_holiday_is_no_gap_unless_some_customer_has_none() -> None:
    november, december = Month(2026, 11), date(2026, 12, 1)
    records = came_in("10-04", "11-30", without=["11-11..11-11"])
    assert found(records, december, november) == []
    both = on_file(offer(), contract() + contract("C2", region="FR-974"))
    assert found(records, december, november, both) == []
    reunion = came_in("11-03", "12-31", without=["12-20..12-20"], usual=(40,) * 7)
    month, after = Month(2026, 12), date(2027, 1, 1)
    assert found(reunion, after, month, on_file(offer(), contract(region="FR-974"))) == []
    assert found(reunion, after, month, both) == ["2026-12-20..2026-12-20"]


def test_before_any_contract_is_in_service_nothing_is_missing() -> None:
    records = came_in("10-12")
    assert found(records, book=on_file(offer(), contract(signed="2026-10-12"))) == []
    assert found(records, book=on_file(offer(), contract(signed="2026-10-09"))) == ["2026-10-09..2026-10-10"]
    assert found({}, book=on_file(offer(), contract(signed="2026-11-09"))) == []


def test_a_month_that_has_ended_and_of_which_nothing_came_in_is_missing_however_small_the_office() -> None:
    whole = ["2026-10-01..2026-10-31"]
    assert found({}) == whole
    assert found({day("09-07"): 1}) == whole
    assert found({}, day("10-31")) == []
    assert missing_days(BOOK, OCTOBER, {}, NOVEMBER_1, covered=True) == ()


def test_records_are_counted_by_the_local_day() -> None:
    start = columns(
        calls_at(2, "2026-10-01 00:00:00") + calls_at(3, "2026-10-31 23:59:59") + calls_at(1, "2026-11-01 00:00:00")
    ).start
    assert records_by_day(start, OCTOBER, "Europe/Paris") == {day("10-01"): 2, day("10-31"): 3}
    assert first_day_looked_at(OCTOBER) == day("09-03")


@given(st.lists(st.tuples(st.dates(), st.dates()), max_size=4))
def test_what_is_kept_of_missing_days_is_read_back(stretches: list[tuple[date, date]]) -> None:
    assert read_days(written(MissingDays(first, last, 1) for first, last in stretches)) == tuple(stretches)


def test_missing_days_are_told_in_french() -> None:
    assert missing_in_words("2026-10-01..2026-10-02, 2026-10-31..2026-10-31") == (
        "du 1er au 2 octobre 2026, le 31 octobre 2026"
    )
