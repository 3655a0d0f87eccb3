"""Every line of an invoice has a first and a last day of its own, and so has the invoice."""

from datetime import date

import pytest
from permanence.model.period import Period

from tests.bill.months import MARCH, bill, calls, contract, event, offer, on_file, only_invoice, rule, taken

OPTIONS = """
[option.bilingual]
price = "39.00"

[occurrence.late]
title = "Retard"

[price.late]
title = "Frais de retard"
amount = "10.00"
per = "occurrence.late"

[price.share]
title = "Supplément"
percent = "10"
of = ["bands"]
"""
SOLD = offer(
    OPTIONS
    + rule("late", "month", "occurrence.late > 0", 'charge = "price.late"')
    + rule("share", "month", "contract.active", 'charge = "price.share"'),
    term='setup_fee = "25.00"',
    billing='least = "500.00"',
)


def days(first: int, last: int) -> Period:
    return Period(date(2026, 3, first), date(2026, 3, last + 1) if last < 31 else date(2026, 4, 1))


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("bands", days(5, 31)),
        ("price.share", days(5, 31)),
        ("option.bilingual", days(10, 31)),
        ("price.late", days(12, 20)),
        ("setup_fee", days(5, 5)),
        ("least", days(5, 31)),
    ],
)
def test_each_line_has_the_days_that_it_is_for(code: str, period: Period) -> None:
    late = event("2026-03-12", "occurred", 'occurrence = "late"') + event(
        "2026-03-20", "occurred", 'occurrence = "late"'
    )
    book = on_file(SOLD, [contract(more=taken("bilingual", "2026-03-10"), signed="2026-03-05"), late])
    invoice = only_invoice(bill(book, calls(3, "2026-03-16 10:00:00"), MARCH))
    assert {line.code: line.period for line in invoice.lines}[code] == period
    assert invoice.period == days(5, 31)


def test_lines_of_parts_of_a_month_have_the_days_of_their_parts() -> None:
    book = on_file(offer(), [contract(), event("2026-03-16", "mission_changed", 'mission = "complex"')])
    invoice = only_invoice(bill(book, (), MARCH))
    assert [line.period for line in invoice.lines] == [days(1, 15), days(16, 31)]


def test_an_invoice_without_a_line_is_for_its_month() -> None:
    book = on_file(offer().replace("contract.active", "usage.calls > 10"), [contract()])
    assert only_invoice(bill(book, (), MARCH)).period == MARCH.period
