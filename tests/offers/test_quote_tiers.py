"""Prices by steps, least and most in a quote: each line that a month can have is named there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.price.price_list import tariff
from permanence.model.chosen import Chosen
from permanence.model.invoice import ChargeLine
from permanence.model.price_list import QuotedPrice

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice

MODELS = ("graduated", "volume")
STEPS = """
[price.calls]
title = { fr = "Appels" }
per = "usage.calls"
model = "MODEL"
included = 2
every = 3
steps = [
    { up_to = 6, amount = "1.10", flat = "4.00" },
    { up_to = 12, amount = "0.90" },
    { amount = "0.70", flat = "2.50" },
]
least = "9.00"
most = "14.00"

[[rule]]
id = "calls"
on = "month"
when = "contract.active"
then = { charge = "price.calls" }
why = "Chaque appel compte."
"""
BOOKS = {
    model: on_file(
        offer(STEPS.replace("MODEL", model), billing='least = "70.00"\nmost = "72.00"'), contract(signed="2026-10-02")
    )
    for model in MODELS
}


def prices(model: str) -> tuple[QuotedPrice, ...]:
    (sold,) = BOOKS[model].offers.values()
    return tariff(sold, Chosen("simple")).prices


def lines(model: str, count: int) -> tuple[ChargeLine, ...]:
    return only_invoice(bill(BOOKS[model], calls(count))).lines


@settings(deadline=None)
@given(st.sampled_from(MODELS), st.integers(0, 60))
def test_each_line_of_a_price_by_steps_has_its_unit_price_in_the_quote(model: str, count: int) -> None:
    by_label = {(price.code, price.label): price for price in prices(model)}
    for line in lines(model, count):
        price = by_label[line.code, line.label]
        if price.due == "least":
            assert 0 < line.unit_price <= price.unit_price
        elif price.due == "most":
            assert line.unit_price < 0
        else:
            assert line.unit_price == price.unit_price


@pytest.mark.parametrize("model", MODELS)
def test_each_price_of_such_a_quote_is_reached_by_some_month(model: str) -> None:
    charged = {(line.code, line.label) for count in range(60) for line in lines(model, count)}
    quoted = {(price.code, price.label) for price in prices(model) if price.code != "bands"}
    assert quoted <= charged
    assert {price.due for price in prices(model)} == {"recurring", "usage", "least", "most"}
