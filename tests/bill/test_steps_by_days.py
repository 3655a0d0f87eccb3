"""What of a price in steps follows the days of a month served in part: fees, what steps hold, what is included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.invoice import ChargeLine
from permanence.model.money import Micros
from permanence.model.period import Month
from permanence.model.price import Price, PriceStep
from permanence.model.scalars import Words

from tests.bill.months import bill, calls, contract, event, on_file, only_invoice, weekday_offer

JUNE, JULY = Month(2026, 6), Month(2026, 7)
OFFER = """
[term]
TERM

[billing]
BILLING

[price.calls]
title = "Appels traités"
per = "usage.calls"
KEYS
steps = [{ up_to = 100, amount = "1.00", flat = "30.00" }, { amount = "0.80", flat = "7.00" }]

[[rule]]
id = "calls"
on = "month"
when = "mission == 'simple'"
then = { charge = "price.calls" }

[[rule]]
id = "harder-calls"
on = "month"
when = "mission == 'complex'"
then = { charge = "price.calls" }

[[rule]]
id = "asked-for"
on = "event"
when = "event.what == 'mission_changed'"
then = { effect = "at_once" }
"""


def by_days(keys: str, billing: str = "", term: str = 'trial = "0 days"') -> str:
    text = OFFER.replace("KEYS", keys).replace("BILLING", billing).replace("TERM", term)
    return weekday_offer(text, name="au-fil").replace("sold_from", 'mission = ["simple", "complex"]\nsold_from', 1)


def lines(offer: str, count: int, signed: str = "2026-06-16", more: str = "", month: Month = JUNE) -> list[ChargeLine]:
    book = on_file(offer, contract(signed=signed, version="au-fil@2026-01-01", more=more))
    return list(only_invoice(bill(book, calls(count, f"{month}-29 10:00:00"), month=month)).lines)


def told(some: list[ChargeLine]) -> list[tuple[str, int, int]]:
    return [(line.label, line.quantity, line.amount) for line in some]


def test_a_fee_that_follows_the_days_is_charged_for_those_that_are_billed() -> None:
    half = lines(by_days('by_days = ["flat"]'), 130)
    assert told(half) == [
        ("Appels traités, jusqu'à 100", 100, 10000),
        ("Appels traités, jusqu'à 100, part fixe", 1, 1500),
        ("Appels traités, au-delà de 100", 30, 2400),
        ("Appels traités, au-delà de 100, part fixe", 1, 350),
    ]
    assert half[1].sentence.endswith(" Au prorata : 15 jours sur 30, du 16 au 30 juin 2026.")


def test_a_fee_that_does_not_is_due_in_full() -> None:
    assert [line.amount for line in lines(by_days(""), 130)] == [10000, 3000, 2400, 700]


def test_steps_that_follow_the_days_hold_as_much_of_a_month_as_was_served() -> None:
    half = lines(by_days('by_days = ["up_to"]'), 130)
    assert told(half) == [
        ("Appels traités, jusqu'à 50", 50, 5000),
        ("Appels traités, jusqu'à 50, part fixe", 1, 3000),
        ("Appels traités, au-delà de 50", 80, 6400),
        ("Appels traités, au-delà de 50, part fixe", 1, 700),
    ]
    assert all(
        line.sentence.endswith(" Ce que contiennent les paliers : au prorata de 15 jours sur 30.") for line in half
    )


def test_what_is_included_is_rounded_up_and_the_fewest_that_are_charged_down() -> None:
    third = by_days('included = 10\nfewest = 20\nby_days = ["included", "fewest"]')
    assert [line.quantity for line in lines(third, 3, signed="2026-06-20")] == [7, 1]
    assert [line.quantity for line in lines(third, 12, signed="2026-06-20")] == [8, 1]
    assert [line.quantity for line in lines(third, 12, signed="2026-05-20")] == [20, 1]


@pytest.mark.parametrize("keys", ['["flat"]', '["up_to"]', '["flat", "up_to"]'])
def test_a_month_that_is_served_in_full_costs_what_it_costs_without_the_key(keys: str) -> None:
    with_key, without = (lines(by_days(one), 130, "2026-05-05") for one in (f"by_days = {keys}", ""))
    assert [(one.label, one.amount, one.sentence) for one in with_key] == [
        (one.label, one.amount, one.sentence) for one in without
    ]


def test_nothing_follows_the_days_where_months_are_billed_in_full() -> None:
    whole = lines(by_days('by_days = ["flat", "up_to"]', billing='partial = "full"'), 130)
    assert [line.amount for line in whole] == [10000, 3000, 2400, 700]


def test_two_rules_that_charge_a_month_in_two_parts_charge_each_fee_for_the_days_of_each() -> None:
    changed = event("2026-06-11", "mission_changed", 'mission = "complex"')
    found = lines(by_days('by_days = ["flat"]'), 130, signed="2026-05-05", more=changed)
    fees = [line for line in found if line.label.endswith("part fixe")]
    assert [(line.decision.rule.id, line.days, line.of_days, line.amount) for line in fees] == [
        ("calls", 10, 30, 1000),
        ("calls", 10, 30, 233),
        ("harder-calls", 20, 30, 2000),
        ("harder-calls", 20, 30, 467),
    ]
    assert sum(line.amount for line in found) == 10000 + 3000 + 2400 + 700


def test_the_days_of_a_free_trial_have_no_fee_by_the_day() -> None:
    free = by_days('by_days = ["flat"]', term='trial = "15 days"\ntrial_billed = false')
    assert [line.amount for line in lines(free, 0, signed="2026-06-01")] == [1500]
    assert lines(free, 0, signed="2026-06-20") == []


@given(
    tops=st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True).map(sorted),
    every=st.integers(1, 4),
    days=st.integers(1, 30),
)
def test_steps_by_the_days_rise_hold_whole_lots_and_never_more_than_their_part(
    tops: list[int], every: int, days: int
) -> None:
    ladder = (*(PriceStep(up_to=top * every, amount=Micros(1)) for top in tops), PriceStep(amount=Micros(2)))
    price = Price(title=Words("x"), per="usage.calls", every=every, steps=ladder, by_days=("up_to",))
    held = [step.up_to for step in price.of_days(days, 30).steps]
    assert held[-1] is None
    assert held[:-1] == sorted(set(held[:-1]), key=int)  # type: ignore[arg-type]
    exact = {top * every * days // 30 // every * every for top in tops}
    assert set(held[:-1]) == exact
