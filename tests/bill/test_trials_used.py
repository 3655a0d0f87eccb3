"""A trial that ends by use: a month in which the count is reached waits for the event, and for nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.invoice import MonthRun
from permanence.model.period import Month
from permanence.model.records import CallBatch

from tests.bill.months import contract, offer, on_file
from tests.bill.samples import make_call, records

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
WEEKDAYS = [day for day in range(15, 32) if date(2026, 10, day).weekday() < 5]
LAST_DAY = date(2026, 10, 28)
"""Signed and in service on 15 October: the trial of two weeks ends with 28 October at the latest."""


def of_trial(limits: str, *, free: bool = True) -> str:
    return offer("", term=f'trial = "2 weeks"\n{limits}\ntrial_billed = {str(free is False).lower()}\n')


def in_trial(limits: str, *, free: bool = True, signed: str = "2026-10-15", more: str = "") -> Book:
    return on_file(of_trial(limits, free=free), contract(signed=signed, more=more))


def over(day: str) -> str:
    return f'\n[[event]]\ncontract = "C1"\non = {day}\nwhat = "trial_over"\n'


def month_of(
    book: Book,
    days: list[date],
    month: Month = OCTOBER,
    used: dict[Month, tuple[int, int]] | None = None,
    talk: int = 60,
) -> MonthRun:
    came_in = [make_call(f"{day} 10:00:00", account="C1", talk=talk) for day in days]
    return bill_month(book, month, CallBatch(records=records(came_in)), used={"C1": used or {}})


def waits(run: MonthRun) -> list[str]:
    return [hold.reason for hold in run.holds]


CALLS, MINUTES = in_trial("trial_until_calls = 3"), in_trial("trial_until_minutes = 3")
BOTH = in_trial("trial_until_calls = 3\ntrial_until_minutes = 200")
ACROSS = in_trial("trial_until_calls = 3\ntrial_until_minutes = 200", signed="2026-10-20")
"""By its length this one ends with 2 November."""


def test_a_month_in_which_the_count_is_reached_waits_for_the_event_and_names_its_day() -> None:
    run = month_of(CALLS, [date(2026, 10, 16), date(2026, 10, 20), date(2026, 10, 20), date(2026, 10, 21)])
    assert waits(run) == [
        "L'essai a pris fin le 20 octobre 2026, avec 3 appels comptés : "
        'notez-le ([[event]] what = "trial_over", on = 2026-10-20).'
    ]
    assert run.invoices == ()


def test_one_call_less_leaves_the_trial_as_long_as_it_is() -> None:
    run = month_of(CALLS, [date(2026, 10, 16), date(2026, 10, 20)])
    assert (waits(run), len(run.invoices)) == ([], 1)


@pytest.mark.parametrize(("talk", "waiting"), [(89, 0), (90, 1)])
def test_minutes_are_those_of_conversations_to_the_second(talk: int, waiting: int) -> None:
    run = month_of(MINUTES, [date(2026, 10, 16), date(2026, 10, 20)], talk=talk)
    assert len(waits(run)) == waiting


def test_the_limit_that_is_reached_first_counts() -> None:
    (reason,) = waits(month_of(BOTH, [date(2026, 10, 16), date(2026, 10, 19)], talk=6000))
    assert "le 19 octobre 2026, avec 3 appels comptés ou 200 minutes de conversation" in reason


def test_calls_after_the_trial_by_its_length_end_nothing() -> None:
    run = month_of(CALLS, [date(2026, 10, 16), LAST_DAY, LAST_DAY + timedelta(days=1)])
    assert waits(run) == []


def test_with_the_event_the_month_is_billed_from_the_day_after() -> None:
    noted = in_trial("trial_until_calls = 3", more=over("2026-10-20"))
    run = month_of(noted, [date(2026, 10, 20)] * 3)
    (invoice,) = run.invoices
    assert waits(run) == []
    assert [(line.days, line.of_days) for line in invoice.lines if line.code == "bands"] == [(11, 31)]


def test_an_event_on_another_day_than_that_of_the_count_stands() -> None:
    noted = in_trial("trial_until_calls = 3", more=over("2026-10-22"))
    (invoice,) = month_of(noted, [date(2026, 10, 20)] * 3).invoices
    assert [line.days for line in invoice.lines if line.code == "bands"] == [9]


def test_a_trial_that_is_billed_waits_for_nothing() -> None:
    billed = in_trial("trial_until_calls = 3", free=False)
    assert waits(month_of(billed, [date(2026, 10, 20)] * 3)) == []


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ((1, 60), None),
        ((2, 60), "L'essai a pris fin le 2 novembre 2026"),
        ((2, 11_940), "L'essai a pris fin le 2 novembre 2026"),
        ((1, 11_940), "L'essai a pris fin le 2 novembre 2026"),
        ((3, 0), "L'essai a pris fin en octobre 2026"),
    ],
)
def test_what_the_month_before_used_counts_on(used: tuple[int, int], told: str | None) -> None:
    run = month_of(ACROSS, [date(2026, 11, 2)], NOVEMBER, {OCTOBER: used})
    assert [reason.partition(",")[0] for reason in waits(run)] == ([told] if told else [])


def test_a_month_of_the_trial_that_was_not_billed_comes_first() -> None:
    run = month_of(ACROSS, [], NOVEMBER)
    assert waits(run) == [
        "L'essai prend fin avec 3 appels comptés ou 200 minutes de conversation, et il manque un mois de l'essai : "
        "facturez d'abord octobre 2026 (permanence bill 2026-10)."
    ]


def test_once_the_trial_is_over_by_its_length_no_month_is_asked_for() -> None:
    assert waits(month_of(CALLS, [date(2026, 11, 9)] * 9, NOVEMBER)) == []


@given(st.lists(st.sampled_from(WEEKDAYS), max_size=9))
def test_the_day_is_that_of_the_call_that_reaches_the_count(days: list[int]) -> None:
    third = sorted(days)[2] if len(days) > 2 else 31
    told = [reason.partition(",")[0] for reason in waits(month_of(CALLS, [date(2026, 10, day) for day in days]))]
    assert told == ([f"L'essai a pris fin le {third} octobre 2026"] if third <= LAST_DAY.day else [])
