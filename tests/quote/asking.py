"""Quotes of the offers in rules/, and months billed for the contracts that they become."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.billing import bill_month
from permanence.book import Book
from permanence.folders import rule_files
from permanence.model.contract import Customer
from permanence.model.invoice import Invoice, MonthRun
from permanence.model.offer import Offer
from permanence.model.period import Month
from permanence.model.quote import Quote
from permanence.model.usage import CallBatch
from permanence.proving import prove_offers
from permanence.quoting import Asked, contract_of_quote, make_quote
from permanence.read.quotes import QuoteFile, read_quote

from tests.installed import PLUGINS
from tests.oracle.oracle import Call
from tests.oracle.samples import columns

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
MADE, UNTIL = date(2026, 9, 1), date(2026, 10, 1)
LINE = "C1"


@cache
def offers() -> dict[str, Offer]:
    """Return the offers of rules/ by id."""
    proved = prove_offers(rule_files(RULES), PLUGINS)
    assert proved.problems == ()
    return {offer.head.id: offer for offer in proved.offers}


def quoted(
    name: str, calls: int = 180, options: Sequence[str] = (), mission: str = "simple", customer: str = "Garage du Parc"
) -> Quote:
    """Return a quote made on the first of September."""
    asked = Asked(
        customer=Customer(name=customer),
        mission=mission,
        calls=calls,
        options=tuple(options),
        made=MADE,
        valid_until=UNTIL,
    )
    return make_quote(offers()[name], asked, PLUGINS)


def as_file(text: str) -> QuoteFile:
    """Return a quote read from this text."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "quote.toml")
        path.write_text(text, encoding="utf-8")
        return read_quote(path)


def signed(quote: Quote, on: date = date(2026, 9, 14)) -> Book:
    """Return the book of the one contract that a quote becomes; its line is C1."""
    offer = next(offer for offer in offers().values() if offer.version == quote.offer)
    return Book(PLUGINS, {offer.version: offer}, (contract_of_quote(quote, offer, "C1", [LINE], on),))


def billed(book: Book, month: Month, calls: Iterable[Call]) -> Invoice:
    """Return the one invoice of a month in which nothing waits."""
    run: MonthRun = bill_month(book, month, CallBatch(calls=columns(list(calls))))
    assert run.holds == ()
    (invoice,) = run.invoices
    return invoice
