"""The sample has the shape of a real answering service, and the seed alone decides it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest
from permanence.cli.sample import Sample, generate, months_of
from permanence.cli.sample.customers import customers
from permanence.cli.sample.traffic import SampleCall, hour_weights
from permanence.model.period import Month

PARIS = ZoneInfo("Europe/Paris")
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


@pytest.fixture(scope="module")
def sample() -> Sample:
    return generate(1, 120, [SEPTEMBER, OCTOBER])


def local(call: SampleCall) -> datetime:
    return datetime.fromtimestamp(call.start, PARIS)


def office_calls(sample: Sample, month: Month) -> Iterator[SampleCall]:
    always = {customer.account for customer in sample.customers if customer.always_open}
    return (call for call in sample.calls[month] if call.account and call.account not in always)


def test_the_same_seed_makes_the_same_sample() -> None:
    assert generate(7, 5, [OCTOBER]) == generate(7, 5, [OCTOBER])


def test_another_seed_makes_another_sample() -> None:
    assert generate(7, 5, [OCTOBER]).calls != generate(8, 5, [OCTOBER]).calls


def test_more_contracts_and_months_leave_the_other_calls_as_they_are() -> None:
    few, many = generate(7, 3, [SEPTEMBER]), generate(7, 6, [SEPTEMBER, OCTOBER])
    accounts = {customer.account for customer in few.customers}
    assert [c for c in few.calls[SEPTEMBER] if c.account] == [c for c in many.calls[SEPTEMBER] if c.account in accounts]


def test_calls_come_in_order_and_inside_their_month(sample: Sample) -> None:
    for month, calls in sample.calls.items():
        starts = [call.start for call in calls]
        assert starts == sorted(starts)
        assert {Month.of(local(call).date()) for call in calls} == {month}


def test_a_working_day_has_a_morning_and_an_afternoon_peak(sample: Sample) -> None:
    hours = Counter(local(call).hour for call in office_calls(sample, SEPTEMBER))
    assert hours[10] > 2 * hours[12]
    assert hours[15] > 2 * hours[12]
    assert hours[10] > 2 * hours[18]


def test_saturdays_are_short_and_sundays_nearly_empty(sample: Sample) -> None:
    days = Counter(local(call).date() for call in office_calls(sample, SEPTEMBER))
    by_weekday = {weekday: mean(n for day, n in days.items() if day.weekday() == weekday) for weekday in range(7)}
    assert by_weekday[5] < 0.4 * by_weekday[2]
    assert by_weekday[6] < 0.1 * by_weekday[2]
    saturday = Counter(local(call).hour for call in office_calls(sample, SEPTEMBER) if local(call).weekday() == 5)
    assert sum(saturday[hour] for hour in range(9, 12)) > 0.8 * saturday.total()


def test_public_holidays_are_quiet() -> None:
    days = Counter(local(call).date().day for call in office_calls(generate(1, 40, [Month(2026, 5)]), Month(2026, 5)))
    friday_1_may, friday_15_may = days[1], days[15]
    assert friday_1_may < 0.1 * friday_15_may


def test_nights_are_nearly_empty_but_for_those_served_around_the_clock(sample: Sample) -> None:
    def share_by_night(calls: list[SampleCall]) -> float:
        return sum(local(call).hour < 7 or local(call).hour >= 21 for call in calls) / len(calls)

    office = list(office_calls(sample, OCTOBER))
    accounts = {call.account for call in office}
    always = [call for call in sample.calls[OCTOBER] if call.account and call.account not in accounts]
    assert share_by_night(office) < 0.01
    assert share_by_night(always) > 0.1


def test_the_hour_that_comes_twice_in_october_can_have_calls_both_times() -> None:
    hours = [datetime.fromtimestamp(start, PARIS) for start in hour_weights(OCTOBER, always_open=True)]
    assert len(hours) == 31 * 24 + 1
    assert [hour.fold for hour in hours if hour.day == 25 and hour.hour == 2] == [0, 1]


def test_no_call_comes_in_the_hour_that_march_leaves_out() -> None:
    hours = [datetime.fromtimestamp(start, PARIS) for start in hour_weights(Month(2027, 3), always_open=True)]
    assert len(hours) == 31 * 24 - 1
    assert not [hour for hour in hours if hour.day == 28 and hour.hour == 2]


def test_a_fifth_of_the_calls_is_not_answered(sample: Sample) -> None:
    calls = sample.calls[SEPTEMBER]
    assert 0.18 < sum(not call.answered for call in calls) / len(calls) < 0.22
    assert all((call.talk > 0) == call.answered for call in calls)


def test_a_few_customers_have_most_of_the_calls_and_some_have_none(sample: Sample) -> None:
    counts = Counter(call.account for call in sample.calls[SEPTEMBER])
    per_customer = sorted(counts[customer.account] for customer in sample.customers)
    assert per_customer[0] == 0
    assert 80 < median(per_customer) < 180
    assert per_customer[-1] > 1_500


def test_agents_note_urgent_calls_spam_and_the_language(sample: Sample) -> None:
    tags = Counter(tag for call in sample.calls[OCTOBER] for tag in call.tags.split())
    assert set(tags) == {"urgent", "spam", "lang:en", "callback"}
    assert 0.005 < tags["urgent"] / len(sample.calls[OCTOBER]) < 0.05


def test_some_calls_reach_a_line_that_no_customer_holds(sample: Sample) -> None:
    held = {customer.line for customer in sample.customers}
    stray = [call for call in sample.calls[SEPTEMBER] if call.number not in held]
    assert 0 < len(stray) < 0.01 * len(sample.calls[SEPTEMBER])
    assert {call.account for call in stray} == {""}


def test_only_the_basic_offer_is_sold_with_the_round_the_clock_option() -> None:
    many = tuple(customers(1, 500, OCTOBER.first))
    assert {customer.offer for customer in many if customer.has("round_the_clock")} == {"essentielle@2023-01-01"}
    assert len({customer.offer for customer in many}) == 3


def test_customers_have_names_and_lines_of_their_own() -> None:
    many = tuple(customers(1, 700, OCTOBER.first))
    assert len({customer.customer for customer in many}) == 700
    assert len({customer.line for customer in many}) == 700


def test_months_are_named_one_by_one_or_as_a_range() -> None:
    assert months_of("2026-10") == (OCTOBER,)
    assert months_of("2026-11..2027-01") == (Month(2026, 11), Month(2026, 12), Month(2027, 1))


@pytest.mark.parametrize("text", ["2026-10..2026-09", "2026-13", "october", ""])
def test_months_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a month|runs backwards"):
        months_of(text)


@pytest.mark.parametrize(("contracts", "months"), [(0, (OCTOBER,)), (49_001, (OCTOBER,)), (1, ())])
def test_a_sample_needs_a_contract_with_a_number_and_a_month(contracts: int, months: tuple[Month, ...]) -> None:
    with pytest.raises(ValueError, match="a sample has"):
        generate(1, contracts, months)
