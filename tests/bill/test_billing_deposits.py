"""Deposits: taken with the first invoice, given back with the last, in no total and in no VAT."""

from pathlib import Path

import pytest
from permanence.contracts.leaving import calendar_of
from permanence.model.contract import Customer
from permanence.model.customer_kind import KINDS
from permanence.model.invoice import Invoice
from permanence.model.money import cents
from permanence.model.period import Month
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.store.explanations import explain
from permanence.store.results import open_billing, publish

from tests.bill.months import APRIL, MARCH, MAY, bill, contract, event, offer, on_file, only_invoice, rule
from tests.installed import PLUGINS
from tests.store.small_databases import RAN_AT

TERM = 'trial = "0 days"\ncommitment = "0 days"\nrenewal_period = "open_ended"\nnotice = "1 month"'
LEAVE = rule("leave", "notice", "notice.received", 'end = "notice_end"')
DEPOSIT = '[deposit]\namount = "100.00"\n'
SOLD = offer(DEPOSIT + LEAVE, term=TERM)
LEFT = event("2026-04-10", "notice_received")


def deposits(invoice: Invoice) -> list[int]:
    return [line.amount for line in invoice.deposits]


def test_a_deposit_is_taken_once_and_given_back_once() -> None:
    book = on_file(SOLD, [contract(signed="2026-03-10"), LEFT])
    invoices = [only_invoice(bill(book, (), month)) for month in (MARCH, APRIL, MAY)]
    assert list(map(deposits, invoices)) == [[10000], [], [-10000]]
    assert not bill(book, (), MAY.next).invoices


def test_it_is_no_part_of_any_total() -> None:
    invoice = only_invoice(bill(on_file(SOLD, contract(signed="2026-03-01")), (), MARCH))
    assert (invoice.net, invoice.total, invoice.deposit) == (5900, 7080, 10000)
    assert [line.code for line in invoice.lines] == ["bands"]


def test_it_is_given_back_where_the_last_month_is_not_served_at_all() -> None:
    gone = [event("2026-03-20", "suspended"), event("2026-03-25", "notice_received")]
    book = on_file(SOLD, [contract(signed="2026-01-05"), *gone])
    last = only_invoice(bill(book, (), APRIL))
    assert (deposits(last), last.lines, last.served.days) == ([-10000], (), 0)


def test_it_is_that_of_the_version_which_was_signed() -> None:
    later = SOLD.replace("sold_from = 2026-01-01", "sold_from = 2026-02-01").replace('"100.00"', '"150.00"')
    moved = event("2026-03-12", "offer_changed", 'offer = "essentielle@2026-02-01"')
    effect = rule("now", "event", 'event.what == "offer_changed"', 'effect = "at_once"')
    book = on_file([SOLD + effect, later], [contract(signed="2026-03-10"), moved, LEFT])
    assert [deposits(only_invoice(bill(book, (), month))) for month in (MARCH, MAY)] == [[10000], [-10000]]


def test_a_contract_names_the_deposit_of_a_usual_month() -> None:
    usual = SOLD.replace('amount = "100.00"', 'of = "usual_month"')
    book = on_file(usual, contract(signed="2026-03-10", more='deposit = "149.00"'))
    assert deposits(only_invoice(bill(book, (), MARCH))) == [14900]
    without = bill(on_file(usual, contract(signed="2026-03-10")), (), MARCH)
    assert "dépôt de garantie" in without.holds[0].reason


def test_the_calendar_says_when_it_is_taken_and_given_back() -> None:
    book = on_file(SOLD, [contract(signed="2026-03-10"), LEFT])
    days = {entry.kind: f"{entry.day}" for entry in calendar_of(book, book.contracts[0]).seen_on(MAY.first)}
    assert (days["deposit_taken"], days["deposit_returned"]) == ("2026-03-10", "2026-05-09")


@pytest.mark.parametrize(
    ("written", "named", "agreed"), [('amount = "100.00"', "100.00", None), ('of = "usual_month"', "149.00", "149.00")]
)
def test_a_quote_names_it_and_the_contract_keeps_that_of_a_usual_month(
    written: str, named: str, agreed: str | None
) -> None:
    sold = SOLD.replace('amount = "100.00"', written)
    decider = on_file(sold, contract(more='deposit = "1.00"')).deciders["essentielle@2026-01-01"]
    quote = make_quote(
        decider,
        Asked(
            customer=Customer(name="Garage", kind=next(iter(KINDS)), region="FR"),
            mission="simple",
            calls=120,
            options=(),
            made=MARCH.first,
            valid_until=MARCH.last,
        ),
        PLUGINS,
    )
    assert quote.deposit == cents(named)
    assert any("Dépôt de garantie" in told and named.replace(".", ",") in told for told in quote.terms)
    signed = contract_of_quote(quote, decider.offer, "C1", ["C1"], MARCH.first)
    assert signed.deposit == (None if agreed is None else cents(agreed))


def test_it_is_kept_and_explained_below_the_totals(tmp_path: Path) -> None:
    run = bill(on_file(SOLD, contract(signed="2026-03-01")), (), MARCH)
    database = open_billing(tmp_path / "billing.db")
    publish(database, run, RAN_AT)
    database.close()
    record = explain(tmp_path / "billing.db", f"{Month(2026, 3)}-C1")
    assert [line["code"] for line in record["lines"]] == ["bands"]
    assert [(line["amount_cents"], line["rule"]["name"]) for line in record["deposits"]] == [(10000, "deposit")]
    assert (record["net_cents"], record["deposit_cents"]) == (5900, 10000)
