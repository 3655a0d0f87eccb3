"""Nothing hidden (R8): a contract that was signed from a quote is never billed at a price outside it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.contract import Customer
from permanence.model.period import Month
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.publish.quote_told import expectations, lines_in_words, sections
from permanence.read.contracts.quotes import write_quote

from tests.bill.months import OCTOBER, bill, calls, contract, offer, on_file, only_invoice
from tests.bill.oracle import Call
from tests.bill.samples import make_call
from tests.installed import PLUGINS
from tests.offers.asking import LINE, MADE, UNTIL, billed, offers, quoted, signed
from tests.offers.price_list import Listed, named, price_list

ALL_TAGS = "appointment callback transfer urgent"
ALL_NIGHTS, ALL_HOURS = "night_duty", "round_the_clock"
"""Options that nobody is quoted together."""
COUNTS = (0, 1, 5, 6, 20, 21, 50, 51, 150, 151, 250, 251, 350, 351, 450, 451)


def is_quoted(options: list[str]) -> bool:
    return not {ALL_NIGHTS, ALL_HOURS} <= set(options)


def month_of_calls(month: Month, plain: int, special: int, outgoing: int) -> list[Call]:
    """Return calls by day and of every kind that costs more, by night and urgent, and calls out."""
    day, night = f"{month}-07 10:00:00", f"{month}-07 02:00:00"
    made = [make_call(day, account=LINE) for _ in range(plain)]
    made += [make_call(day, account=LINE, tags=ALL_TAGS, language="en", wait=90) for _ in range(special)]
    made += [make_call(night, account=LINE, tags=ALL_TAGS, wait=90) for _ in range(special)]
    made += [make_call(day, account=LINE, direction="outbound") for _ in range(outgoing)]
    return [{**call, "row": row} for row, call in enumerate(sorted(made, key=lambda call: int(call["start"])))]


@given(st.data())
def test_every_line_of_every_invoice_is_in_the_quote_with_the_same_unit_price(data: st.DataObject) -> None:
    sold = offers()[data.draw(st.sampled_from(sorted(offers())))]
    options = data.draw(st.lists(st.sampled_from(sorted(sold.options)), unique=True).filter(is_quoted))
    mission = data.draw(st.sampled_from(sold.head.mission))
    quote = quoted(sold.head.id, data.draw(st.sampled_from(COUNTS)), options, mission)
    book = signed(quote, data.draw(st.dates(date(2026, 9, 1), date(2026, 9, 30))))
    month = Month(2026, data.draw(st.integers(9, 12)))
    came_in = month_of_calls(month, data.draw(st.sampled_from(COUNTS)), data.draw(st.sampled_from((0, 1, 9))), 2)
    listed = price_list(write_quote(quote))
    for line in billed(book, month, came_in).lines:
        assert named(line) in listed


@pytest.mark.parametrize("mission", ["simple", "complex"])
@pytest.mark.parametrize("name", ["essentielle", "continue", "a-la-carte", "formules", "sur-mesure"])
def test_every_price_of_a_quote_is_reached_by_some_month(name: str, mission: str) -> None:
    most = [option for option in sorted(offers()[name].options) if option != ALL_NIGHTS]
    quote = quoted(name, 180, most, mission)
    counts = {bound for price in quote.prices for bound in (price.first, price.last) if bound is not None} | {40}
    months = [month_of_calls(Month(2026, 10), count, 0, 0) for count in sorted(counts)]
    months += [month_of_calls(Month(2026, 10), *several) for several in ((9, 9, 3), (0, 60, 0))]
    books = [signed(quote, date(2026, 10, 1))]
    if ALL_NIGHTS in offers()[name].options:
        books.append(signed(quoted(name, 180, [ALL_NIGHTS], mission), date(2026, 10, 1)))
    if offers()[name].priced_with:
        books.append(signed(quoted(name, 180, (), mission), date(2026, 10, 1)))
    billed_by = [{named(line) for month in months for line in billed(book, OCTOBER, month).lines} for book in books]
    charged = frozenset[Listed]().union(*billed_by)
    listed = price_list(write_quote(quote))
    growing = [price for price in quote.prices if price.every]
    # Bands go on without a top: those above the highest that all of these contracts have were not tried.
    highest = min(max((one[2] for one in some if one[0] == "bands"), default=Decimal(0)) for some in billed_by)
    assert charged <= listed
    tried = [{one for one in some if one[0] != "bands" or one[2] <= highest} for some in (listed, charged)]
    assert tried[0] == tried[1]
    top = max((one[2] for one in charged if one[0] == "bands"), default=Decimal(0))
    assert not growing or top * 1_000_000 > max(price.unit_price for price in quote.prices if price.last)


@pytest.mark.parametrize(
    ("name", "options", "count"),
    [
        ("essentielle", ("bilingual", "sms"), 180),
        ("continue", (), 700),
        ("a-la-carte", ("sms", "shared_agenda"), 12),
        ("formules", ("sms",), 30),
        ("sur-mesure", ("bilingual", "round_the_clock"), 180),
    ],
)
def test_the_month_of_a_quote_is_the_invoice_of_such_a_month(name: str, options: tuple[str, ...], count: int) -> None:
    quote = quoted(name, count, options)
    day = [make_call("2026-11-04 10:00:00", account=LINE) for _ in range(count)]
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


BY_THE_MINUTE = """
[duration]
free = 5
first = 30
further = 6

[price.talk]
title = "Conversation"
amount = "1.40"
per = "usage.billed_seconds"
for_each = 60
included = 600

[[rule]]
id = "talk"
on = "month"
when = "contract.active"
then = { charge = "price.talk" }
"""


def test_a_price_by_the_minute_is_quoted_for_what_a_month_of_two_minute_calls_comes_to() -> None:
    book = on_file(offer(BY_THE_MINUTE), contract())
    asked = Asked(
        customer=Customer(name="Garage du Parc"), mission="simple", calls=40, options=(), made=MADE, valid_until=UNTIL
    )
    quote = make_quote(book.deciders["essentielle@2026-01-01"], asked, PLUGINS)
    invoice = only_invoice(bill(book, calls(40, talk=120)))
    assert [(line.label, line.quantity, line.for_each, line.amount) for line in quote.month.lines] == [
        (line.label, line.quantity, line.for_each, line.amount) for line in invoice.lines
    ]
    assert quote.month.lines[1].amount == 40 * 120 * 140 // 60 - 10 * 140, "115 seconds are billed as 30 + 15 × 6"
    listed = price_list(write_quote(quote))
    assert all(named(line) in listed for line in invoice.lines)
    assert ("price.talk", "", Decimal("1.40"), 60) in listed
    assert ("Un mois entier de 40 appels, 2 minutes de conversation chacun") in [
        title for title, *_ in expectations(quote)
    ]
    assert ("Conversation", "1,40\u00a0€", "la minute, au-delà de 10 minutes par mois") in sections(quote)[0].rows
    assert next(lines_in_words(quote, quote.month)) == (quote.month.lines[0].label, "", "59,00\u00a0€")
    assert [times for _, times, _ in lines_in_words(quote, quote.month)][1] == "70 minutes à 1,40\u00a0€ la minute"
    assert (
        "Durée facturée d'un appel : au moins 30 s, puis par 6 s commencées ; ses 5 premières secondes sont gratuites."
        in quote.coverage
    )
