"""Nothing hidden (R8): a contract that was signed from a quote is never billed at a price outside it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.period import Month
from engine.read.quotes import write_quote
from tests.oracle.oracle import Call
from tests.oracle.samples import make_call
from tests.quote.asking import LINE, billed, offers, quoted, signed
from tests.quote.price_list import named, price_list

ALL_TAGS = "callback transfer urgent"
COUNTS = (0, 1, 5, 6, 20, 21, 50, 51, 150, 151, 250, 251, 350, 351, 450, 451)


def month_of_calls(month: Month, plain: int, special: int, outgoing: int) -> list[Call]:
    """Return calls by day and of every kind that costs more, by night and urgent, and calls out."""
    day, night = f"{month}-07 10:00:00", f"{month}-07 02:00:00"
    made = [make_call(day, account=LINE) for _ in range(plain)]
    made += [make_call(day, account=LINE, tags=ALL_TAGS, language="en", wait=90) for _ in range(special)]
    made += [make_call(night, account=LINE, tags=ALL_TAGS, wait=90) for _ in range(special)]
    made += [make_call(day, account=LINE, direction="outbound") for _ in range(outgoing)]
    return [{**call, "row": row} for row, call in enumerate(sorted(made, key=lambda call: int(call["start"])))]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_line_of_every_invoice_is_in_the_quote_with_the_same_unit_price(data: st.DataObject) -> None:
    offer = offers()[data.draw(st.sampled_from(sorted(offers())))]
    options = data.draw(st.lists(st.sampled_from(sorted(offer.options)), unique=True))
    mission = data.draw(st.sampled_from(offer.head.mission))
    quote = quoted(offer.head.id, data.draw(st.sampled_from(COUNTS)), options, mission)
    book = signed(quote, data.draw(st.dates(date(2026, 9, 1), date(2026, 9, 30))))
    month = Month(2026, data.draw(st.integers(9, 12)))
    calls = month_of_calls(month, data.draw(st.sampled_from(COUNTS)), data.draw(st.sampled_from((0, 1, 9))), 2)
    listed = price_list(write_quote(quote))
    for line in billed(book, month, calls).lines:
        assert named(line) in listed


@pytest.mark.parametrize("mission", ["simple", "complex"])
@pytest.mark.parametrize("name", ["essentielle", "continue", "a-la-carte"])
def test_every_price_of_a_quote_is_reached_by_some_month(name: str, mission: str) -> None:
    quote = quoted(name, 180, sorted(offers()[name].options), mission)
    counts = {bound for price in quote.prices for bound in (price.first, price.last) if bound is not None} | {40}
    months = [month_of_calls(Month(2026, 10), count, 0, 0) for count in sorted(counts)]
    months.append(month_of_calls(Month(2026, 10), 9, 9, 3))
    book = signed(quote, date(2026, 10, 1))
    charged = {named(line) for calls in months for line in billed(book, Month(2026, 10), calls).lines}
    listed = price_list(write_quote(quote))
    growing = [price for price in quote.prices if price.every]
    highest = max((price for code, _, price in charged if code == "bands"), default=Decimal(0))
    assert charged <= listed
    assert {entry for entry in listed if entry[0] != "bands" or entry[2] <= highest} == charged
    assert not growing or highest * 1_000_000 > max(price.unit_price for price in quote.prices if price.last)


@pytest.mark.parametrize(
    ("name", "options", "calls"),
    [("essentielle", ("bilingual", "sms"), 180), ("continue", (), 700), ("a-la-carte", ("sms", "shared_agenda"), 12)],
)
def test_the_month_of_a_quote_is_the_invoice_of_such_a_month(name: str, options: tuple[str, ...], calls: int) -> None:
    quote = quoted(name, calls, options)
    day = [make_call("2026-11-04 10:00:00", account=LINE) for _ in range(calls)]
    invoice = billed(signed(quote), Month(2026, 11), day)
    assert [(line.label, line.quantity, line.unit_price, line.amount) for line in invoice.lines] == [
        (line.label, line.quantity, line.unit_price, line.amount) for line in quote.month.lines
    ]
    assert (invoice.net, invoice.total, invoice.band) == (quote.month.net, quote.month.total, quote.band)


def test_what_a_quote_has_due_once_is_what_the_first_invoice_has_more() -> None:
    quote = quoted("essentielle", 180, ("svi", "callback", "shared_agenda"))
    book = signed(quote, date(2026, 10, 1))
    first, later = (billed(book, Month(2026, month), ()) for month in (10, 11))
    assert first.net - later.net == quote.once.net == 15000 + 8000 + 4500
    assert quote.once.vat == 5500
