"""A contract's life played through: each month's invoice over invented calls, and the events of its calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle

import numpy as np
from attrs import evolve, frozen

from .billing import bill_month
from .book import Book
from .leaving import calendar_of
from .model.contract import Contract
from .model.invoice import Hold, Invoice
from .model.period import ONE_DAY, Month
from .model.problem import Problem, Refused
from .model.usage import CallBatch, Calls, Numbers, Outcome, WordColumn
from .rate.calendar import REMINDERS, Entry, Kind, reminder_is_owed
from .rate.clock import MINUTE
from .rate.roster import make_roster
from .standing import standing_in

SHOWN: tuple[Kind, ...] = (
    "signed",
    "go_live",
    "trial_last_day",
    "commitment_last_day",
    "notice_last_day",
    "renewal",
    "event",
    "notice",
    "contract_last_day",
)
TALK_SECONDS = 120
GOLDEN = 2_654_435_769
"""2³² divided by the golden ratio: its multiples, modulo 2³², lie evenly however many of them are taken."""


@frozen
class PlayedMonth:
    """One month of a life: its invoice, and what its calendar has for it."""

    invoice: Invoice
    events: tuple[Entry, ...]


def months_until(contract: Contract, until: date) -> int:
    """Return how many civil months there are from a contract's first day of service to a day, both included."""
    start = contract.start
    return (until.year - start.year) * 12 + until.month - start.month + 1


def play(book: Book, contract: Contract, until: date, calls: Sequence[int]) -> tuple[PlayedMonth, ...]:
    """Return a contract's months from its first day of service to the month of a day, or to its end.

    Each month has as many calls as ``calls`` says, one number after the other, then again from the first. The last
    month is played whole: months are billed whole. Raises Refused when a month cannot be billed, once per reason.
    """
    alone = evolve(book, contracts=(contract,))
    invoices: list[Invoice] = []
    holds: dict[str, Hold] = {}
    past: dict[Month, int] = {}
    months = Month.of(contract.start).until(Month.of(until).next.first)
    for month, count in zip(months, cycle(calls), strict=False):
        run = bill_month(alone, month, invented_calls(alone, month, count), {contract.id: past})
        past[month] = run.outcomes.by_outcome[Outcome.COUNTED]
        invoices += run.invoices
        for hold in run.holds:
            holds.setdefault(hold.reason, hold)
    if holds:
        raise Refused([Problem(contract.place, f"{hold.month}: {hold.reason}") for hold in holds.values()])
    return tuple(_with_events(book, contract, invoices))


def invented_calls(book: Book, month: Month, count: int) -> CallBatch:
    """Return so many calls to the first line of a book's one contract, over the minutes in which it is answered.

    A month without such a minute has no call. More calls are the same calls and others: what a month costs can
    be compared from one count to the next, where a price depends on the window too.
    """
    minutes = _answered_minutes(book, month)
    (contract,) = book.contracts
    size = count if minutes.size else 0
    rules = book.offers[contract.offer].count
    number = np.arange(size, dtype=np.int64)
    same = np.zeros(size, np.int32)
    none = WordColumn(same - 1, ())
    batch = Calls(
        row=number,
        start=minutes[(number * GOLDEN % 2**32) * minutes.size >> 32],
        wait=same,
        talk=same + max(TALK_SECONDS, rules.min_talk_seconds),
        account=WordColumn(same, (contract.lines[0],)),
        number=none,
        status=WordColumn(same, ("answered",)),
        direction=WordColumn(same, ("outbound" if rules.direction == "outbound" else "inbound",)),
        language=none,
        tags=none,
        linked=np.full(size, -1, np.int64),
    )
    return CallBatch(calls=batch)


def _answered_minutes(book: Book, month: Month) -> Numbers:
    """Return the minutes of a month inside the windows of those in service, as UTC seconds."""
    standing = standing_in(book, month)
    roster = make_roster(standing.served, standing.idle)
    answered = [np.zeros(0, np.int64)]
    for segment in roster.segments:
        minutes = np.arange(segment.start, segment.end, MINUTE, dtype=np.int64)
        profile = np.full(minutes.size, segment.profile, np.int32)
        answered.append(minutes[roster.coverage.look_up(profile, minutes) >= 0])
    return np.concatenate(answered)


def _with_events(book: Book, contract: Contract, invoices: Sequence[Invoice]) -> Iterator[PlayedMonth]:
    """Yield each invoice with the events of its month; what came before service stands with the first."""
    if not invoices:
        return
    last = invoices[-1].month.next.first - ONE_DAY
    shown = (*SHOWN, *REMINDERS) if reminder_is_owed(contract) else SHOWN
    events = [entry for entry in calendar_of(book, contract).due(contract.signed, last) if entry.kind in shown]
    since = contract.signed
    for invoice in invoices:
        end = invoice.month.next.first
        yield PlayedMonth(invoice, tuple(entry for entry in events if since <= entry.day < end))
        since = end
