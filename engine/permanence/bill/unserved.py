"""Months in which a contract is not in service on any day, and that are invoiced all the same."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from ..contracts.book import Book
from ..contracts.history import History, history_of, known_on, paused_in
from ..contracts.parties import taxed_in
from ..contracts.waiting import option_failed
from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.facts import COUNTED, SUSPENDED_DAYS
from ..model.invoice import ChargeLine, Hold, Invoice, InvoiceStatus
from ..model.option_failed import OptionFailed
from ..model.period import Month, ServiceDays
from ..model.served import Served
from ..model.words.advance import why_otherwise
from .ahead import billed_before, happened, pays_ahead
from .deposits import deposit_lines, takes_deposits
from .price.advance import NOTHING_AHEAD, Advance, with_advance
from .price.month_facts import month_facts
from .price.month_lines import month_lines
from .price.own_terms import agreed_offer, tariff_for
from .price.price_list import check_quoted
from .price.priced_month import PricedMonth
from .price.vat import rate_for, vat_on

NO_DAYS = ServiceDays(())


def without_service(
    book: Book, idle: Sequence[Contract], month: Month, status: InvoiceStatus
) -> Iterator[Invoice | Hold]:
    """Yield the invoices of contracts that are out of service all month, and those of them that have to wait.

    They have what a suspension costs, what of the month was billed in advance, and deposits that are given back.
    """
    ahead, deposits = pays_ahead(book), takes_deposits(book)
    pauses = any(_charges_of_pauses(decider) for decider in book.deciders.values())
    signed = {contract.id: contract for contract in book.contracts} if ahead or deposits or pauses else {}
    begun = (contract for contract in idle if contract.start < month.next.first) if signed else ()
    for contract in begun:
        one = signed[contract.id]
        try:
            before = billed_before(book, one, month) if ahead else NOTHING_AHEAD
            history = history_of(book, known_on(one, month.last))
            paused = _lines_of_pause(book, history, month) if pauses and history.contract.live else ()
        except OptionFailed as failure:
            reason = option_failed(book, failure.option, one, month, failure.told)
            yield Hold(contract=contract, month=month, reason=reason)
            continue
        advance = Advance(before=before, why=why_otherwise(happened(one, month)))
        lines = with_advance(paused, (), advance)
        if lines or (deposits and deposit_lines(book, one, month)):
            yield _invoice(book, history, month, status, lines, advance)


def _invoice(
    book: Book, history: History, month: Month, status: InvoiceStatus, lines: tuple[ChargeLine, ...], advance: Advance
) -> Invoice:
    stands = history.standing(month.last)
    offer = book.offer_of(stands)
    rate, reason = rate_for(taxed_in(stands, book.sellers, month.last), offer.head.vat, month.last)
    return Invoice(
        contract=stands,
        offers=(offer,),
        month=month,
        served=NO_DAYS,
        status=status,
        lines=lines,
        vat=vat_on(lines, rate, reason),
        calls=0,
        band=None,
        usage=(),
        window_titles={},
        other_offers=advance.before.offers,
    )


def _charges_of_pauses(decider: Decider) -> frozenset[str]:
    """Return what an offer's rules charge for days of suspension."""
    prices = decider.offer.prices
    return frozenset(f"price.{name}" for name, price in prices.items() if price.during == "suspension")


def _lines_of_pause(book: Book, history: History, month: Month) -> tuple[ChargeLine, ...]:
    """Return what a suspension costs in a month that has no other days, by the rules of the offer that stands."""
    paused = paused_in(history, month)
    stands = history.standing(month.last)
    offer = book.offer_of(stands)
    decider = book.decider(offer.edition)
    charges = _charges_of_pauses(decider)
    if not paused.days or not charges:
        return ()
    served = evolve(Served(stands, offer, paused), paused=paused)
    needed = decider.facts_needed("month")
    nothing = {name: 0 for name in ("usage.calls", *needed) if name.startswith(COUNTED)}
    facts = {**month_facts(served, month, nothing, (*needed, SUSPENDED_DAYS)), "contract.active": 0, "contract.days": 0}
    held = (rule for rule in decider.decide("month", facts) if rule.then.charge in charges)
    decisions = tuple(decider.decision(rule, facts) for rule in held)
    priced = PricedMonth(served=served, month=month, billed=paused, facts=facts, agreed=agreed_offer(book, served))
    lines = month_lines([(priced, decisions)])
    check_quoted(lines, [tariff_for(book, served)])
    return lines
