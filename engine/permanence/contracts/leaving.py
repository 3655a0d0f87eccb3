"""How a contract ends: by the notice that it received, or by one that would arrive on some day."""

from datetime import date

from attrs import frozen

from ..model.contract import Contract
from ..model.decision import Decision
from ..model.period import Month
from .book import Book
from .calendar import Calendar
from .deposit_agreed import deposit_of
from .history import history_of, known_on, notice_on
from .notice_day import CountedOn, counted_on
from .revision_days import revision_days


@frozen
class Leaving:
    """A contract's end (the first day without it, None for none), and what decides it after a notice.

    ``sent`` is when the notice was sent, where that was before; ``counted_on`` is which of the two days counts.
    """

    notice: date | None
    decision: Decision | None
    end: date | None
    sent: date | None = None
    counted_on: CountedOn = "received"


def leaving(book: Book, contract: Contract) -> Leaving:
    """Return how a contract ends by its offer's rules, with the notice that it has received, if any."""
    history = history_of(book, contract)
    notice, sent = history.contract.notice, history.contract.notice_sent
    counts = counted_on(history.term, notice) if notice else "received"
    return Leaving(notice, history.decision, history.end, sent, counts)


def leaving_by(book: Book, contract: Contract, day: date) -> Leaving:
    """Return how a contract ends when a notice arrives on a day, or arrived before it."""
    return leaving(book, notice_on(book, contract, day))


def over_by(book: Book, contract: Contract, month: Month) -> bool:
    """Tell whether a contract is known by a month's end to be over by then."""
    end = history_of(book, known_on(contract, month.last)).end
    return end is not None and end <= month.next.first


def calendar_of(book: Book, contract: Contract) -> Calendar:
    """Return a contract's calendar, with its events, up to the end that its offer's rules give it."""
    history = history_of(book, contract)
    later = (one.event.offer or one.event.of for one in history.settled)
    versions = dict.fromkeys((contract.offer, *later))
    offers = tuple(book.offers[version] for version in versions if version in book.offers)
    revisions = revision_days(book, history.folded, history.end)
    deposit = deposit_of(contract, book.offers[contract.offer])
    return Calendar(history.term, history.end, history.settled, offers, deposit, revisions)
