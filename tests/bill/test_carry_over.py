"""Included calls that a month does not use are carried over: the oldest first, for as long as the offer says."""

from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.basis import basis_of, compared
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.carried_over import CarriedOver, LeftOver
from permanence.model.invoice import MonthRun
from permanence.model.period import Month, Span
from permanence.model.records import CallBatch

from tests.bill.months import PACKAGE, contract, event, on_file, rule, weekday_offer
from tests.bill.samples import make_call, records

ROLLING = PACKAGE.replace("included = 20", 'included = 20\ncarry_over = "1 month"')
NEXT = ROLLING.replace("sold_from = 2026-01-01", "sold_from = 2026-02-01")
WITHOUT = PACKAGE.replace("sold_from = 2026-01-01", "sold_from = 2026-02-01")
CHANGE = rule("asked", "event", 'event.what == "offer_changed"', 'effect = "at_once"')
JANUARY = Month(2026, 1)


def sold(more: str = "", *, signed: str = "2026-01-01") -> str:
    return contract("C1", more, signed=signed, version="a-la-carte@2026-01-01")


@cache
def rolling() -> Book:
    return on_file(ROLLING, sold())


def billed(book: Book, month: Month, calls: int, past: Mapping[Month, int]) -> MonthRun:
    day = next(day for day in (month.first.replace(day=number) for number in range(1, 8)) if day.weekday() == 0)
    batch = CallBatch(records=records([make_call(f"{day} 10:00:00", account="C1")] * calls))
    return bill_month(book, month, batch, {"C1": past})


def months(counts: Sequence[int]) -> dict[Month, int]:
    found, month = {}, JANUARY
    for count in counts:
        found[month], month = count, month.next
    return found


def beyond(book: Book, counts: Sequence[int]) -> int:
    """Return how many calls the last of some months is charged beyond what is included."""
    *past, last = months(counts).items()
    [invoice] = billed(book, last[0], last[1], dict(past)).invoices
    return sum(line.quantity for line in invoice.lines if line.unit == "appels")


@pytest.mark.parametrize(
    ("counts", "further"),
    [((5,), 0), ((12, 28), 0), ((12, 29), 1), ((12, 24, 24), 0), ((12, 24, 25), 1), ((0, 0, 41), 1), ((30, 21), 1)],
)
def test_calls_of_the_month_before_are_used_before_the_months_own(counts: Sequence[int], further: int) -> None:
    assert beyond(rolling(), counts) == further


@given(st.lists(st.integers(0, 45), min_size=1, max_size=4), st.integers(1, 3))
def test_what_is_carried_over_is_what_a_ledger_call_by_call_would_have(counts: Sequence[int], lasting: int) -> None:
    """The same worked out one call after the other: each takes the oldest that is still to be had."""
    stock: list[int] = []
    carried = CarriedOver()
    month = JANUARY
    for number, count in enumerate(counts):
        stock = sorted([one for one in stock if number - one <= lasting] + [number] * 20)
        carried = carried.into(month, Span(lasting, "months"))
        stock, expected = stock[count:], max(0, count - len(stock))
        assert max(0, count - 20 - carried.calls) == expected
        carried = carried.after(month, 20, count)
        assert carried.calls == len(stock)
        month = month.next
    assert all(one.calls > 0 for one in carried.left)


def test_a_line_says_how_many_calls_came_from_which_month_and_how_many_are_left() -> None:
    [invoice] = billed(rolling(), Month(2026, 2), 24, {JANUARY: 12}).invoices
    [line] = invoice.lines
    assert line.sentence.endswith(
        " Reportés des mois passés : 8 appels de janvier 2026, dont 8 utilisés. Il reste 4 appels à reporter."
    )
    assert dict(line.decision.facts)["history.carried"] == 8


def test_a_bill_waits_for_a_month_before_it_that_was_never_billed() -> None:
    [hold] = billed(rolling(), Month(2026, 2), 24, {}).holds
    assert "facturez d'abord janvier 2026" in hold.reason


def test_a_month_is_to_be_done_again_when_the_one_before_it_left_something_else() -> None:
    basis = basis_of(rolling(), billed(rolling(), Month(2026, 2), 24, {JANUARY: 12}))
    assert not compared(rolling(), basis, {"C1": {JANUARY: 12}})
    assert compared(rolling(), basis, {"C1": {JANUARY: 13}}).changed == ("C1",)


def test_a_version_of_the_same_offer_keeps_what_is_left_and_one_without_loses_it() -> None:
    changed = sold() + event("2026-02-01", "offer_changed", 'offer = "a-la-carte@2026-02-01"')
    assert beyond(on_file([ROLLING + CHANGE, NEXT + CHANGE], changed), (12, 28)) == 0
    assert beyond(on_file([ROLLING + CHANGE, WITHOUT + CHANGE], changed), (12, 28)) == 8


def test_a_first_month_in_part_leaves_what_it_included_whole() -> None:
    assert beyond(on_file(ROLLING, sold(signed="2026-01-20")), (12, 28)) == 0


def test_days_in_which_nobody_is_served_let_time_pass() -> None:
    away = sold() + event("2026-02-01", "suspended") + event("2026-03-01", "resumed")
    assert beyond(on_file(ROLLING, away), (12, 0, 21)) == 1


def test_nothing_is_carried_over_where_the_offer_does_not_say_so() -> None:
    plain = on_file(PACKAGE, sold())
    assert not plain.reads_past
    assert beyond(plain, (0, 25)) == 5


def test_calls_are_told_by_the_month_that_left_them() -> None:
    carried = CarriedOver((LeftOver(JANUARY, 5), LeftOver(Month(2026, 2), 7)))
    assert carried.used(8) == (LeftOver(JANUARY, 5), LeftOver(Month(2026, 2), 3))
    assert carried.used(3) == (LeftOver(JANUARY, 3),)


PLANS = weekday_offer(
    """
[plan.small]
title = "Petite"
price = { simple = "24.00" }
included = 20
beyond = { simple = "1.05" }
carry_over = "1 month"

[plan.large]
title = "Grande"
price = { simple = "48.00" }
included = 50
beyond = "average"
LARGE
"""
    + rule("plan", "month", "contract.active", 'charge = "plan"')
    + rule("asked", "event", 'event.what == "plan_changed"', 'effect = "at_once"')
)
CARRYING = PLANS.replace("LARGE", 'carry_over = "1 month"')


def on_plan(more: str = "") -> str:
    return contract("C1", f'plan = "small"\n{more}', signed="2026-01-01")


@pytest.mark.parametrize(
    ("counts", "further"), [((12, 28), 0), ((12, 29), 1), ((12, 24, 24), 0), ((12, 24, 25), 1), ((0, 0, 41), 1)]
)
def test_a_plan_carries_over_as_a_package_does(counts: Sequence[int], further: int) -> None:
    assert beyond(on_file(CARRYING, on_plan()), counts) == further


def test_another_plan_that_carries_over_keeps_what_is_left() -> None:
    larger = on_plan(event("2026-02-01", "plan_changed", 'plan = "large"'))
    assert beyond(on_file(CARRYING, larger), (12, 58)) == 0
    assert beyond(on_file(CARRYING, larger), (12, 59)) == 1
    assert beyond(on_file(PLANS.replace("LARGE", ""), larger), (12, 58)) == 8


def test_in_a_month_in_which_the_plan_changes_the_first_days_use_what_is_left() -> None:
    """8 calls are left of January; 24 come in the days of the small plan, which includes 20 of its own."""
    changed = on_plan(event("2026-02-10", "plan_changed", 'plan = "large"'))
    assert beyond(on_file(CARRYING, changed), (12, 24)) == 0
    assert beyond(on_file(CARRYING, changed), (12, 29)) == 1


def test_a_plan_tells_what_came_from_which_month() -> None:
    [invoice] = billed(on_file(CARRYING, on_plan()), Month(2026, 2), 24, {JANUARY: 12}).invoices
    assert invoice.lines[0].sentence.endswith(
        " Reportés des mois passés : 8 appels de janvier 2026, dont 8 utilisés. Il reste 4 appels à reporter."
    )
