"""Quotes of the offers in rules/, and months billed for the contracts that they become."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.contracts.signature import pinned
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.invoice import Invoice, MonthRun
from permanence.model.offer import Offer
from permanence.model.period import Month
from permanence.model.quote import Quote
from permanence.model.records import CallBatch
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.read.contracts.quotes import QuoteFile, read_quote
from permanence.read.folders import rule_files

from tests.bill.oracle import Call
from tests.bill.samples import records
from tests.installed import PLUGINS

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
MADE, UNTIL = date(2026, 9, 1), date(2026, 10, 1)
LINE = "C1"


@cache
def deciders() -> dict[str, Decider]:
    """Return who decides for each offer of rules/, by its id."""
    proved = prove_offers(rule_files(RULES), PLUGINS)
    assert proved.problems == ()
    return {decider.offer.head.id: decider for decider in proved.deciders.values()}


def offers() -> dict[str, Offer]:
    """Return the offers of rules/ by id."""
    return {name: decider.offer for name, decider in deciders().items()}


def quoted(
    name: str,
    calls: int = 180,
    options: Sequence[str] = (),
    mission: str = "simple",
    customer: str = "Garage du Parc",
    plan: str = "",
) -> Quote:
    """Return a quote made on the first of September, of an offer's first plan unless one is named."""
    asked = Asked(
        customer=Customer(name=customer),
        mission=mission,
        calls=calls,
        options=tuple(options),
        plan=plan or next(iter(offers()[name].plans), ""),
        made=MADE,
        valid_until=UNTIL,
    )
    return make_quote(deciders()[name], asked, PLUGINS)


def as_file(text: str) -> QuoteFile:
    """Return a quote read from this text."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "quote.toml")
        path.write_text(text, encoding="utf-8")
        return read_quote(path)


def signed(quote: Quote, on: date = date(2026, 9, 14)) -> Book:
    """Return the book of the one contract that a quote becomes; its line is C1."""
    decider = next(decider for decider in deciders().values() if decider.offer.version == quote.offer)
    book = Book(PLUGINS, {quote.offer: decider}, ())
    contract = evolve(contract_of_quote(quote, decider.offer, "C1", [LINE], on), live=on)
    return evolve(book, contracts=(pinned(book, contract),))


def billed(book: Book, month: Month, calls: Iterable[Call]) -> Invoice:
    """Return the one invoice of a month in which nothing waits."""
    run: MonthRun = bill_month(book, month, CallBatch(records=records(list(calls))))
    assert run.holds == ()
    (invoice,) = run.invoices
    return invoice
