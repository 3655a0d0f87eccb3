"""Deposits: taken with the first invoice of a contract, given back with the last; no part of what is sold."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from ..contracts.book import Book
from ..contracts.deposit_agreed import deposit_of
from ..contracts.history import History, history_of, known_on, served_in
from ..contracts.leaving import over_by
from ..model.contract import Contract
from ..model.decision import Decision
from ..model.deposit import DEPOSIT
from ..model.invoice import ChargeLine, Invoice
from ..model.money import Cents, price_of
from ..model.offer import Offer, Rule, Then
from ..model.period import ONE_DAY, Month, Period
from ..model.words.deposits import GIVEN_BACK, TAKEN


def takes_deposits(book: Book) -> bool:
    """Tell whether some offer on file asks for a deposit."""
    return any(offer.deposit for offer in book.offers.values())


def with_deposits(book: Book, invoices: Sequence[Invoice], month: Month) -> tuple[Invoice, ...]:
    """Return the invoices of a month with the deposits that are taken or given back on them."""
    if not takes_deposits(book):
        return tuple(invoices)
    signed: Mapping[str, Contract] = {contract.id: contract for contract in book.contracts}
    return tuple(_with_deposits(book, invoice, signed[invoice.contract.id], month) for invoice in invoices)


def _with_deposits(book: Book, invoice: Invoice, contract: Contract, month: Month) -> Invoice:
    lines = deposit_lines(book, contract, month)
    if not lines:
        return invoice
    offers = (book.offers[contract.offer], *invoice.other_offers)
    return evolve(invoice, deposits=lines, other_offers=offers)


def deposit_lines(book: Book, contract: Contract, month: Month) -> tuple[ChargeLine, ...]:
    """Return what of a contract's deposit is taken or given back on its invoice of a month.

    It is that of the offer which was signed, whatever offer comes later.
    """
    offer = book.offers.get(contract.offer)
    amount = deposit_of(contract, offer) if offer else None
    if offer is None or not amount or contract.start >= month.next.first:
        return ()
    return tuple(_lines(book, contract, offer, amount, month))


def _lines(book: Book, contract: Contract, offer: Offer, amount: Cents, month: Month) -> Iterator[ChargeLine]:
    history = history_of(book, known_on(contract, month.last))
    first = _first_served(book, history, month)
    if first is None or over_by(book, contract, month.before):
        return
    if first == month:
        yield _line(offer, amount, history.contract.start, back=False)
    if history.end and over_by(book, contract, month):
        yield _line(offer, amount, history.end - ONE_DAY, back=True)


def _first_served(book: Book, history: History, until: Month) -> Month | None:
    """Return the first month in which a contract is in service, up to one; None where it is in none of them."""
    months = Month.of(history.contract.start).until(until.next.first)
    return next((month for month in months if any(served_in(book, history, month))), None)


def _line(offer: Offer, amount: Cents, day: date, *, back: bool) -> ChargeLine:
    assert offer.deposit
    place = offer.places.key_place((DEPOSIT,))
    when, why = ("contract.last_month", GIVEN_BACK) if back else ("contract.first_month", TAKEN)
    rule = Rule(id=DEPOSIT, on="month", when=when, then=Then(charge=DEPOSIT), why=why, place=place, when_place=place)
    return ChargeLine(
        code=DEPOSIT,
        label=offer.deposit.title.fr,
        quantity=-1 if back else 1,
        unit="forfait",
        unit_price=price_of(amount),
        days=1,
        of_days=1,
        amount=Cents(-amount if back else amount),
        decision=Decision(rule, (), offer.digest),
        sentence=why,
        period=Period(day, day + ONE_DAY),
    )
