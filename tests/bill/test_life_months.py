"""A life played through is what each of its months is billed alone, with its calendar's events beside it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.invented_calls import invented_calls
from permanence.bill.month import bill_month
from permanence.bill.simulated_life import months_until, play
from permanence.contracts.book import Book
from permanence.model.contract import Contract, OptionTaken
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.on_file import open_book

from tests.bill.floors import rules
from tests.bill.months import THEN, contract, offer, on_file
from tests.bill.oracle import Call
from tests.bill.samples import make_call, records
from tests.cases_drawn import drawn
from tests.installed import PLUGINS

ROOT = Path(__file__).parents[2]
BOOK = open_book(ROOT / "rules", ROOT / "tests" / "cli" / "golden" / "calendar", PLUGINS)
CONSUMER, LATE, UNSERVED = BOOK.contracts
FREE = evolve(UNSERVED, live=UNSERVED.signed)
ALL_HOURS = evolve(LATE, offer="continue@2023-01-01", notice=None)


def net(book: Book, signed: Contract, until: date, *calls: int) -> int:
    return sum(month.invoice.net for month in play(book, signed, until, calls))


def on_one_tuesday(line: str, month: Month, count: int) -> list[Call]:
    """Return so many calls on the month's last Tuesday but one, at ten in the morning."""
    last = month.next.first - timedelta(days=7)
    tuesday = last - timedelta(days=(last.weekday() - 1) % 7)
    return [make_call(f"{tuesday} 10:00:00", account=line, number="") for _ in range(count)]


def test_a_life_costs_what_its_months_cost_when_each_is_billed_alone() -> None:
    signed = evolve(LATE, signed=date(2025, 9, 2), live=date(2025, 9, 2), notice=None)
    alone, expected, month = evolve(BOOK, contracts=(signed,)), [], Month(2025, 9)
    for count in (40, 160, 351, 40, 160, 351, 40):
        batch = CallBatch(records=records(on_one_tuesday("TARD-1", month, count)))
        (invoice,) = bill_month(alone, month, batch).invoices
        assert invoice.calls == count
        expected.append((month, invoice.net, invoice.total))
        month = month.next
    played = [month.invoice for month in play(BOOK, signed, date(2026, 3, 15), (40, 160, 351))]
    assert [(invoice.month, invoice.net, invoice.total) for invoice in played] == expected


def test_the_calls_asked_for_are_counted_in_each_month_that_is_answered_at_all() -> None:
    for signed in (CONSUMER, ALL_HOURS, FREE):
        months = play(BOOK, signed, signed.start + timedelta(days=400), (151,))
        assert {month.invoice.calls for month in months} == {151}


def test_a_month_that_is_served_on_a_closed_day_only_has_no_call() -> None:
    sunday = evolve(CONSUMER, signed=date(2026, 5, 31), live=date(2026, 5, 31))
    first, second = play(BOOK, sunday, date(2026, 6, 1), (90,))
    assert (first.invoice.served.days, first.invoice.calls, first.invoice.band) == (1, 0, 50)
    assert second.invoice.calls == 90


def test_an_option_that_opens_the_night_has_some_of_the_calls() -> None:
    day_only = invented_calls(evolve(BOOK, contracts=(CONSUMER,)), Month(2026, 2), 500)
    wide = evolve(CONSUMER, options=(OptionTaken(id="round_the_clock"),))
    at_all_hours = invented_calls(evolve(BOOK, contracts=(wide,)), Month(2026, 2), 500)
    hours = [{int(start) % 86_400 // 3600 for start in batch.records.each.start} for batch in (day_only, at_all_hours)]
    assert hours == [set(range(7, 18)), set(range(24))]


def test_more_calls_are_the_same_calls_and_others() -> None:
    alone = evolve(BOOK, contracts=(CONSUMER,))
    few, many = (invented_calls(alone, Month(2026, 3), count).records.each.start.tolist() for count in (90, 400))
    assert many[:90] == few
    assert len(many) == 400


@settings(max_examples=drawn(12))
@given(
    st.sampled_from([CONSUMER, ALL_HOURS, FREE]),
    st.lists(st.integers(0, 700), min_size=1, max_size=3),
    st.integers(1, 300),
    st.integers(0, 200),
)
def test_more_calls_never_cost_less_over_a_life(signed: Contract, calls: list[int], more: int, days: int) -> None:
    until = signed.start + timedelta(days=days)
    assert net(BOOK, signed, until, *calls) <= net(BOOK, signed, until, *(count + more for count in calls))


def test_a_contract_that_was_given_notice_is_played_to_its_end() -> None:
    months = play(BOOK, LATE, date(2030, 1, 1), (10,))
    last = months[-1]
    end = date(2027, 9, 30)
    assert (last.invoice.month, last.invoice.served.end) == (Month.of(end), end)
    assert [entry.kind for entry in last.events] == ["contract_last_day"]
    assert sum(month.invoice.served.days for month in months) == (end - LATE.start).days


def test_each_event_stands_with_the_month_it_falls_in_and_a_renewal_on_the_first_is_none_too_few() -> None:
    first_of_month = evolve(LATE, signed=date(2025, 3, 1), live=date(2025, 3, 1), notice=None)
    months = play(BOOK, first_of_month, date(2028, 4, 30), (10,))
    renewals = [
        (month.invoice.month, entry.day) for month in months for entry in month.events if entry.kind == "renewal"
    ]
    assert renewals == [(Month(year, 4), date(year, 4, 1)) for year in (2026, 2027, 2028)]


def test_a_signature_before_the_first_month_stands_with_the_first_month() -> None:
    first, *_ = play(BOOK, CONSUMER, date(2025, 3, 1), (10,))
    assert [(entry.kind, entry.day) for entry in first.events] == [
        ("signed", date(2024, 12, 24)),
        ("go_live", date(2025, 1, 31)),
    ]


def test_reminders_are_events_for_those_only_to_whom_the_law_owes_them() -> None:
    kinds = [
        {entry.kind for month in play(BOOK, signed, date(2027, 1, 1), (10,)) for entry in month.events}
        for signed in (CONSUMER, evolve(LATE, notice=None))
    ]
    assert {"reminder_opens", "reminder_closes"} & kinds[0] == {"reminder_opens", "reminder_closes"}
    assert {"reminder_opens", "reminder_closes"} & kinds[1] == set()


def test_what_cannot_be_billed_in_any_month_is_told_once() -> None:
    topped = offer().replace('then = { every = 100, simple = "65.00", complex = "84.50" }\n', "")
    book = on_file(topped, contract())
    with pytest.raises(Refused) as refused:
        play(book, book.contracts[0], date(2026, 12, 31), (10, 251))
    (problem,) = refused.value.problems
    assert problem.what.startswith("2026-02: L'offre essentielle@2026-01-01 n'a pas de prix pour 251 appels")


def test_a_life_of_a_day_is_one_month() -> None:
    assert months_until(CONSUMER, CONSUMER.start) == 1
    assert months_until(CONSUMER, date(2026, 1, 1)) == 13


def test_a_month_that_cannot_be_billed_is_the_only_reason_told_where_months_are_remembered() -> None:
    book = on_file(offer(rules()).replace(THEN, ""), contract("C1", signed="2026-01-01"))
    with pytest.raises(Refused) as refused:
        play(book, book.contracts[0], date(2026, 6, 30), (40, 999))
    (problem,) = refused.value.problems
    assert "2026-02: L'offre essentielle@2026-01-01 n'a pas de prix pour 999 appels" in problem.what
