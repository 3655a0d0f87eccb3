"""How a contract ends: by the notice that it received, or by one that would arrive on some day."""

from datetime import date

import numpy as np
from attrs import evolve, frozen

from .billing import bill_month
from .book import Book
from .history import history_of, notice_on
from .model.contract import Contract
from .model.decision import Decision
from .model.money import Cents
from .model.period import Month, Period
from .model.problem import Problem, Refused
from .model.usage import CallBatch, Calls, WordColumn
from .rate.calendar import Calendar

NOTHING, NO_WORDS = np.zeros(0, np.int64), WordColumn.of([])
NO_CALLS = CallBatch(
    calls=Calls(
        row=NOTHING,
        start=NOTHING,
        wait=np.zeros(0, np.int32),
        talk=np.zeros(0, np.int32),
        account=NO_WORDS,
        number=NO_WORDS,
        status=NO_WORDS,
        direction=NO_WORDS,
        language=NO_WORDS,
        tags=NO_WORDS,
        linked=NOTHING,
    )
)


@frozen
class Leaving:
    """A contract's end (the first day without it, None for none), and what decides it after a notice."""

    notice: date | None
    decision: Decision | None
    end: date | None


@frozen
class Owed:
    """What is still to be billed: whole civil months and further days of service, and the least net amount."""

    since: date
    months: int
    days: int
    least: Cents


def leaving(book: Book, contract: Contract) -> Leaving:
    """Return how a contract ends by its offer's rules, with the notice that it has received, if any."""
    history = history_of(book, contract)
    return Leaving(history.contract.notice, history.decision, history.end)


def leaving_by(book: Book, contract: Contract, day: date) -> Leaving:
    """Return how a contract ends when a notice arrives on a day, or arrived before it."""
    return leaving(book, notice_on(book, contract, day))


def calendar_of(book: Book, contract: Contract) -> Calendar:
    """Return a contract's calendar, with its events, up to the end that its offer's rules give it."""
    history = history_of(book, contract)
    return Calendar(history.term, history.end, history.settled)


def least_owed(book: Book, contract: Contract, day: date, end: date) -> Owed:
    """Return what is still to be billed on a day until a contract's end, at the least.

    A civil month is billed when it is over, so that the day's own month is still to be billed. The amount is what
    these months' bills come to without a call and without an option, excluding VAT; without a call in the months
    before either, so that no floor is counted on. Raises Refused when such a month cannot be billed.
    """
    since = max(contract.start, Month.of(day).first)
    with_notice = notice_on(book, contract, day)
    events = tuple(one for one in with_notice.events if one.what not in ("option_added", "option_removed"))
    bare = evolve(with_notice, options=(), events=events)
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
    return Owed(since, months, days, Cents(net))
