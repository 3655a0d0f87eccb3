"""Months in advance: what each costs as it was known at the end of the month before, worked out again each time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..contracts.book import Book
from ..contracts.history import history_of, known_on, served_in
from ..contracts.leaving import over_by
from ..contracts.trial import billed_days
from ..contracts.waiting import contradicted
from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.decision import Decision
from ..model.due import MONTHS_AT_ONCE, DueTime, billed_with, months_with
from ..model.event import Event
from ..model.facts import COUNTED, FactValue
from ..model.period import Month
from ..model.served import Served
from ..model.words.advance import why_otherwise
from .price.advance import AHEAD_OF_TIME, NOTHING_AHEAD, Advance, Ahead, as_due, charges_ahead, lines_ahead
from .price.month_facts import month_facts
from .price.month_lines import month_lines
from .price.own_terms import agreed_offer, tariff_for
from .price.priced_month import PricedMonth

ALWAYS = ("usage.calls", "usage.trial_calls")


def pays_ahead(book: Book) -> bool:
    """Tell whether some offer on file has a price that is due in advance."""
    return any(book.once(_charges_ahead, version, "") for version in book.offers)


def advance_of(book: Book, contract: Contract, month: Month) -> Advance:
    """Return what of a contract's month was billed before, and what of later ones is billed with it.

    The contract is as it is on file. Nothing is read of earlier invoices: what stood on them is worked out again from
    what was known by the end of their months.
    """
    if contract.start >= month.next.first:
        return Advance()
    before = billed_before(book, contract, month)
    first, ahead = Month.of(contract.start), NOTHING_AHEAD
    for due in AHEAD_OF_TIME:
        for later in months_with(due, first, month):
            ahead += _as_known(book, contract, later, due, month)
    why = why_otherwise(happened(contract, month)) if _is_otherwise(book, contract, month, before) else ""
    return Advance(before, ahead, why)


def _is_otherwise(book: Book, contract: Contract, month: Month, before: Ahead) -> bool:
    """Tell whether what was billed of a month before it is not what it turned out to be."""
    if not before.lines:
        return False
    found = NOTHING_AHEAD
    for due in AHEAD_OF_TIME:
        found += _as_known(book, contract, month, due, month)
    return Counter(map(as_due, before.lines)) != Counter(map(as_due, found.lines))


def billed_before(book: Book, contract: Contract, month: Month) -> Ahead:
    """Return what of a month was billed before it; in the month by which a contract has ended, of later ones too.

    In months after that, nothing: all of it was taken back then.
    """
    if over_by(book, contract, month.before):
        return NOTHING_AHEAD
    first, found = Month.of(contract.start), NOTHING_AHEAD
    over = over_by(book, contract, month)
    for due in AHEAD_OF_TIME:
        paid = [month]
        if over:
            at_once = range(month.number + 1, month.number + MONTHS_AT_ONCE[due])
            later = (Month.numbered(number) for number in at_once)
            paid += [one for one in later if billed_with(due, first, one).number < month.number]
        for one in paid:
            at = billed_with(due, first, one)
            if at != one:
                found += _as_known(book, contract, one, due, at)
    return found


def _as_known(book: Book, contract: Contract, month: Month, due: DueTime, by: Month) -> Ahead:
    """Return what a month costs before it is due, as known at the end of the month ``by``, whose invoice has it.

    Nothing where the contract is not in service in that month, or waits in it: there is no such invoice.
    """
    history = history_of(book, known_on(contract, by.last))
    there = any(served_in(book, history, by))
    if not there or history.contract.live is None or contradicted(book, history, by.last):
        return NOTHING_AHEAD
    parts = tuple(served_in(book, history, month))
    decided = [(_priced(book, part, month), _decisions(book, part, month, due)) for part in parts]
    if not any(decisions for _, decisions in decided):
        return NOTHING_AHEAD
    offers = {part.offer.digest: part.offer for part in parts}.values()
    lines = tuple(lines_ahead(month_lines(decided), offers, (due,)))
    return Ahead(lines, tuple(offers), tuple(tariff_for(book, part) for part in parts))


def happened(contract: Contract, month: Month) -> Iterator[Event]:
    """Yield what happened to a contract in a month, in order: what was not known when it was billed in advance."""
    events = [event for event in contract.events if event.on in month.period and event.what != "occurred"]
    if contract.notice and contract.notice in month.period:
        sent = contract.notice_sent
        events.append(Event(contract=contract.id, on=contract.notice, what="notice_received", sent=sent))
    yield from sorted(events, key=lambda event: (event.on, event.order))


def _charges_ahead(decider: Decider, _: str) -> Mapping[str, DueTime]:
    return charges_ahead(decider.offer)


def _decisions(book: Book, part: Served, month: Month, due: DueTime) -> tuple[Decision, ...]:
    """Return what the rules of an offer decide on what is due in advance, for a month that has no use yet."""
    charges = book.once(_charges_ahead, part.offer.edition, "")
    if due not in charges.values():
        return ()
    decider, facts = book.decider(part.offer.edition), _facts(book, part, month)
    decided = decider.decide("month", facts)
    return tuple(decider.decision(rule, facts) for rule in decided if charges.get(rule.then.charge) == due)


def _facts(book: Book, part: Served, month: Month) -> Mapping[str, FactValue]:
    needed = book.decider(part.offer.edition).facts_needed("month")
    return month_facts(part, month, _nothing_counted(needed), needed)


def _nothing_counted(needed: Iterable[str] = ()) -> Mapping[str, int]:
    return {name: 0 for name in (*ALWAYS, *needed) if name.startswith(COUNTED)}


def _priced(book: Book, part: Served, month: Month) -> PricedMonth:
    facts = _facts(book, part, month)
    return PricedMonth(
        served=part,
        month=month,
        billed=billed_days(part),
        facts=facts,
        counts=facts if part.served == part.month_days else _nothing_counted(),
        agreed=agreed_offer(book, part),
    )
