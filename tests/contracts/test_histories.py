"""What holds for every contract, whatever happens to it."""

import calendar
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.contracts.history import history_of, served_in
from permanence.contracts.leaving import leaving
from permanence.contracts.waiting import why_it_waits
from permanence.decide.decider import Decider
from permanence.model.contract import Contract
from permanence.model.event import Event, EventKind
from permanence.model.invoice import Invoice, MonthRun
from permanence.model.outcome import Outcome
from permanence.model.period import Month, Span
from permanence.model.records import CallBatch
from permanence.model.term_rules import TermRules

from tests.bill.samples import make_call, records
from tests.contracts.histories import (
    CHOICES,
    LINES,
    MANY,
    MISSIONS,
    OPTIONS,
    PLANS,
    REGIONS,
    SIGNED,
    WINDOWS,
    basic,
    day_of,
    histories,
    signed,
)
from tests.contracts.histories import with_contract as on_file

MONTHS = st.builds(Month, st.just(2025), st.integers(1, 12))
CALLS = st.lists(st.tuples(st.sampled_from(LINES), st.integers(1, 28)), max_size=40)
ANYTHING: tuple[tuple[EventKind, str, tuple[Any, ...]], ...] = (
    ("option_added", "option", OPTIONS),
    ("option_removed", "option", OPTIONS),
    ("mission_changed", "mission", MISSIONS),
    ("line_added", "line", LINES),
    ("line_removed", "line", LINES),
    ("region_moved", "region", REGIONS),
    ("offer_changed", "offer", ("basic@2024-01-01", "basic@2025-10-01", "basic@2025-10-02")),
    ("plan_changed", "plan", PLANS),
    ("windows_changed", "windows", CHOICES),
    ("quantity_changed", "quantity_of", ("desks",)),
    ("quantity_changed", "option", OPTIONS),
    ("suspended", "note", ("",)),
    ("resumed", "note", ("",)),
    ("notice_received", "note", ("",)),
    ("notice_withdrawn", "note", ("",)),
    ("go_live", "note", ("",)),
    ("trial_over", "note", ("",)),
)


@st.composite
def anything(draw: st.DrawFn) -> Event:
    """Draw an event of any kind, whether or not it can be."""
    what, name, words = draw(st.sampled_from(ANYTHING))
    on = SIGNED + timedelta(days=draw(st.integers(-2, 12) | st.integers(0, 400)))
    names: dict[str, Any] = {name: draw(st.sampled_from(words))}
    names |= {"quantity": draw(st.integers(1, 4))} if what == "quantity_changed" else {}
    return Event(contract="C1", on=on, what=what, **names)


def days_in(month: Month) -> list[date]:
    return [month.first + timedelta(days=number) for number in range(calendar.monthrange(month.year, month.month)[1])]


def billed(contract: Contract, month: Month, came_in: list[tuple[str, int]]) -> MonthRun:
    calls = [make_call(f"{month}-{day:02d} 10:00:00", account=line) for line, day in came_in]
    return evolve(bill_month(on_file(contract), month, CallBatch(records=records(calls))), questions=0)


def only_invoice(run: MonthRun) -> Invoice | None:
    assert run.holds == ()
    return run.invoices[0] if run.invoices else None


@given(histories(), MONTHS)
def test_the_parts_of_a_month_are_its_days_of_service_each_once_and_as_the_contract_then_stood(
    events: tuple[Event, ...], month: Month
) -> None:
    book = on_file(signed(events))
    assert why_it_waits(book, book.contracts[0]) == ""
    parts = list(served_in(book, history_of(book, book.contracts[0]), month))
    for day in days_in(month):
        mine = [part for part in parts if day in part.served]
        expected = day_of(events, day)
        assert len(mine) == expected.served
        for part in mine:
            assert (part.contract.mission, part.contract.customer.region) == (expected.mission, expected.region)
            assert {name for name, held in part.held.items() if day in held} == expected.options
            assert (part.chosen.mission, part.chosen.plan) == (expected.mission, expected.plan)
            assert {window for window in WINDOWS if part.takes(window)} == expected.windows
            assert part.quantities["quantity.desks"] == expected.desks
            assert "bilingual" not in expected.options or part.quantity_of("bilingual") == expected.bilinguals
            assert day in part.month_days
    assert sum(part.served.days for part in parts) == sum(day_of(events, day).served for day in days_in(month))
    assert [part.served.start for part in parts] == sorted(part.served.start for part in parts)


@given(histories(), MONTHS, CALLS)
def test_a_call_counts_on_days_of_service_to_a_line_and_in_a_window_of_that_day_and_parts_of_a_month_sum_to_it(
    events: tuple[Event, ...], month: Month, came_in: list[tuple[str, int]]
) -> None:
    then = [(line, day_of(events, date(month.year, month.month, day))) for line, day in came_in]
    counted = [day for line, day in then if day.served and line in day.lines and "day" in day.windows]
    invoice = only_invoice(billed(signed(events), month, came_in))
    if invoice is None:
        assert not counted
        return
    assert invoice.calls == len(counted)
    assert sum(row.calls for row in invoice.usage if row.outcome == Outcome.COUNTED) == len(counted)
    texts = sum(line.quantity for line in invoice.lines if line.code == "option.sms")
    assert texts == sum("sms" in day.options for day in counted)


@given(histories(), MONTHS)
def test_every_day_of_service_is_billed_once_at_its_own_price(events: tuple[Event, ...], month: Month) -> None:
    invoice = only_invoice(billed(signed(events), month, []))
    days = [day for day in (day_of(events, day) for day in days_in(month)) if day.served]
    lines = invoice.lines if invoice else ()
    for mission, price in (("simple", 60_000_000), ("complex", 90_000_000)):
        bands = [line for line in lines if line.code == "bands" and line.unit_price == price]
        assert sum(line.days for line in bands) == sum(day.mission == mission for day in days)
    many = [line for line in lines if line.code == "price.desks"]
    assert sum(line.days for line in many) == sum(day.desks >= MANY for day in days)
    bilingual = [line for line in lines if line.code == "option.bilingual"]
    assert sum(line.days for line in bilingual) == sum("bilingual" in day.options for day in days)


@given(histories(), MONTHS, CALLS)
def test_a_month_that_is_billed_again_after_later_events_is_what_it_was(
    events: tuple[Event, ...], month: Month, came_in: list[tuple[str, int]]
) -> None:
    later = [*events, Event(contract="C1", on=max([date(2026, 1, 1), *(one.on for one in events)]), what="resumed")]
    then = [event for event in events if event.on < month.next.first]
    assert billed(signed(later), month, came_in) == billed(signed(then), month, came_in)


@given(st.lists(anything(), max_size=7), MONTHS, st.randoms(use_true_random=False), st.sampled_from((None, SIGNED)))
def test_the_order_in_which_events_are_written_changes_nothing(
    events: list[Event], month: Month, chance: Any, live: date | None
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    found = []
    for written in (events, shuffled):
        contract = signed(written, live)
        run = billed(contract, month, [("L1", 12), ("L2", 20)])
        bills = [(one.served, one.lines, one.vat, one.calls, one.usage) for one in run.invoices]
        found.append((why_it_waits(on_file(contract), contract), bills, [hold.reason for hold in run.holds]))
    assert found[0] == found[1]


@given(histories(6), st.integers(0, 900), st.integers(0, 900))
def test_a_notice_that_comes_earlier_never_ends_a_contract_later(
    events: tuple[Event, ...], one: int, other: int
) -> None:
    early, late = (SIGNED + timedelta(days=number) for number in sorted((one, other)))
    ends = []
    for day in (early, late):
        contract = signed([*events, Event(contract="C1", on=day, what="notice_received")])
        ends.append(leaving(on_file(contract), contract).end)
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0] <= ends[1]
    assert ends[0] > early


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@pytest.mark.parametrize("month_end", ["last_day", "next_first"])
@given(
    trial=st.integers(0, 3),
    commitment=st.integers(0, 24),
    again=st.sampled_from((1, 6, 12)) | st.none(),
    notice=st.integers(1, 4),
    on=st.integers(0, 1500),
    start=st.dates(date(2024, 1, 28), date(2024, 3, 1)),
)
def test_nobody_is_bound_for_longer_than_the_first_term_or_one_renewal_and_the_notice(
    month_end: Any, trial: int, commitment: int, again: int | None, notice: int, on: int, start: date
) -> None:
    rules = TermRules(
        trial=Span(trial, "months"),
        commitment=Span(commitment, "months"),
        renewal_period=Span(again, "months") if again else "open_ended",
        notice=Span(notice, "months"),
        month_end=month_end,
    )
    book = basic()
    offer = evolve(book.offers["basic@2024-01-01"], term=rules)
    day = start + timedelta(days=on)
    contract = evolve(signed([Event(contract="C1", on=day, what="notice_received")], None), signed=start)
    sold = evolve(book, deciders={**book.deciders, offer.version: Decider(offer)}, contracts=(contract,))
    end = leaving(sold, contract).end
    assert end is not None
    # Where months are too short, up to three days are lost or won.
    longest = max(months_after(start, trial + commitment), months_after(day, notice + (again or 0)))
    assert end <= longest + timedelta(days=3)
