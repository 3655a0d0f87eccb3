"""What is still to be billed until a contract ends, at the least."""

from datetime import date

from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.history import notice_on
from ..model.contract import Contract
from ..model.event import Event
from ..model.money import Cents
from ..model.period import Month, Period
from ..model.problem import Problem, Refused
from .invented_calls import NO_CALLS
from .month import bill_month

LEFT_OUT = ("option_added", "option_removed", "go_live")
"""What adds to the least that is owed, and the day that the contract itself is given."""


@frozen
class Owed:
    """What is still to be billed: whole civil months and further days of service, and the least net amount."""

    since: date
    months: int
    days: int
    least: Cents
    currency: str


def least_owed(book: Book, contract: Contract, day: date, end: date) -> Owed:
    """Return what is still to be billed on a day until a contract's end, at the least.

    A civil month is billed when it is over, so that the day's own month is still to be billed. The amount is what
    these months' bills come to without a call and without an option, excluding VAT; without a call in the months
    before either, so that no floor is counted on. Raises Refused when such a month cannot be billed.
    """
    since = max(contract.start, Month.of(day).first)
    with_notice = notice_on(book, contract, day)
    events = tuple(one for one in with_notice.events if one.on < end and not _is_left_out(one))
    bare = evolve(with_notice.unsigned(), live=contract.goes_live, options=(), events=events)
    alone = evolve(book, contracts=(bare,))
    past = {contract.id: dict.fromkeys(Month.of(contract.signed).until(end), 0)}
    months = days = net = 0
    for month in Month.of(since).until(end):
        served = (Period(since, end) & month.period).days
        months, days = (months + 1, days) if served == month.days else (months, days + served)
        run = bill_month(alone, month, NO_CALLS, past)
        if run.holds:
            raise Refused([Problem(contract.place, f"{month}: {hold.reason}") for hold in run.holds])
        net += sum(invoice.net for invoice in run.invoices)
    return Owed(since, months, days, Cents(net), book.offers[contract.offer].head.currency)


def _is_left_out(event: Event) -> bool:
    return event.what in LEFT_OUT or (event.what == "quantity_changed" and bool(event.option))
