"""A contract's life played through: each month's invoice over invented calls, and the events of its calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle

from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.calendar import REMINDERS, Entry, Kind, reminder_is_owed
from ..contracts.leaving import calendar_of
from ..model.contract import Contract
from ..model.event import Event
from ..model.instruction import Instruction
from ..model.invoice import Hold, Invoice
from ..model.offer import Offer
from ..model.outcome import Outcome
from ..model.period import Month
from ..model.problem import Problem, Refused
from ..model.records import CallBatch
from ..model.usage import PastUse
from .invented_calls import invented_calls
from .month import bill_month, measure_month
from .trials_used import trials_end_by_use, used_up

SHOWN: tuple[Kind, ...] = (
    "signed",
    "go_live",
    "deposit_taken",
    "trial_last_day",
    "commitment_last_day",
    "notice_last_day",
    "renewal",
    "price_revised",
    "event",
    "own_term",
    "own_term_last_day",
    "notice",
    "contract_last_day",
    "deposit_returned",
)


@frozen
class PlayedMonth:
    """One month of a life: its invoice, what its calendar has for it, and the versions that it is lived under."""

    invoice: Invoice
    events: tuple[Entry, ...]
    offers: tuple[Offer, ...]


def months_until(contract: Contract, until: date) -> int:
    """Return how many civil months there are from a contract's first day of service to a day, both included."""
    start = contract.start
    return (until.year - start.year) * 12 + until.month - start.month + 1


def play(book: Book, contract: Contract, until: date, calls: Sequence[int]) -> tuple[PlayedMonth, ...]:
    """Return a contract's months from its first day of service to the month of a day, or to its end.

    Each month has as many calls as ``calls`` says, one number after the other, then again from the first. The last
    month is played whole: months are billed whole. Service that nobody has noted begins with the signature, and an
    index stands still from its last value on. Raises
    Refused when a month cannot be billed, once per reason.
    """
    contract = evolve(_served(contract), supposed=True)
    alone = evolve(book, contracts=(contract,))
    invoices: list[Invoice] = []
    holds: dict[str, Hold] = {}
    past: dict[Month, int] = {}
    talked: dict[Month, tuple[int, int]] = {}
    months = Month.of(contract.start).until(Month.of(until).next.first)
    for month, count in zip(months, cycle(calls), strict=False):
        batch, used = invented_calls(alone, month, count), {contract.id: talked}
        contract = _trial_over(alone, contract, month, batch, used)
        alone = evolve(book, contracts=(contract,))
        run = bill_month(alone, month, batch, {contract.id: past}, used=used)
        past[month] = run.outcomes.by_outcome[Outcome.COUNTED]
        kinds = [row for invoice in run.invoices for row in invoice.usage if row.outcome == Outcome.COUNTED]
        talked[month] = (past[month], sum(row.talk_seconds for row in kinds))
        invoices += run.invoices
        for hold in run.holds:
            holds.setdefault(hold.reason, hold)
    if holds:
        raise Refused([Problem(contract.place, f"{hold.month}: {hold.reason}") for hold in holds.values()])
    return tuple(_with_events(book, contract, invoices))


def _trial_over(book: Book, contract: Contract, month: Month, batch: CallBatch, used: PastUse) -> Contract:
    """Return the contract with the event that staff note when a month's calls use up its trial (A16)."""
    if not trials_end_by_use(book):
        return contract
    measured = measure_month(book, month, batch.records)
    over = used_up(book, month, measured.roster, measured.calls, measured.judged.classified, used).get(contract.id)
    if over is None or over.day is None:
        return contract
    event = Event(contract=contract.id, on=over.day, what="trial_over", place=contract.place)
    return evolve(contract, events=(*contract.events, event))


def _served(contract: Contract) -> Contract:
    return contract if contract.goes_live else evolve(contract.unsigned(), live=contract.signed)


def _with_events(book: Book, contract: Contract, invoices: Sequence[Invoice]) -> Iterator[PlayedMonth]:
    """Yield each invoice with the events of its month; what came before service stands with the first."""
    if not invoices:
        return
    last = invoices[-1].month.last
    shown = (*SHOWN, *REMINDERS) if reminder_is_owed(contract) else SHOWN
    calendar = calendar_of(book, contract)
    due = (entry for entry in calendar.due(contract.signed, last) if entry.kind in shown)
    events = [entry for entry in due if not isinstance(entry.own, Instruction)]  # no price rests on one
    since = contract.signed
    for invoice in invoices:
        end = invoice.month.next.first
        happened = tuple(entry for entry in events if since <= entry.day < end)
        yield PlayedMonth(invoice, happened, calendar.offers)
        since = end
