"""What is due soon over all contracts: notices, reminders owed by law, trials, renewals, go-lives."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from ..model.period import Span
from .book import Book
from .calendar import REMINDERS, Calendar, Entry, Kind, late_since, promised_day, reminder_is_owed
from .history import known_on
from .leaving import calendar_of
from .term import Term
from .waiting import why_it_waits

DUE: tuple[Kind, ...] = ("trial_last_day", "notice_last_day", "renewal", "quality_call", "contract_last_day")


@frozen(order=True)
class Deadline:
    """A day on which something is due for a contract."""

    day: date
    contract: str
    kind: Kind | Literal["go_live_late"]


@frozen
class Waiting:
    """A contract that contradicts what is on sale, and so has no calendar, with the reason."""

    contract: str
    reason: str


def deadlines(book: Book, day: date, within: Span) -> tuple[tuple[Deadline, ...], tuple[Waiting, ...]]:
    """Return what is due from a day on, by date, and the contracts that have no calendar.

    Both ends of the span are included. A go-live that is late is due on the day it was promised for, as far back
    as the span looks ahead: contracts without `live` are billed from their signature all the same.
    """
    found: list[Deadline] = []
    waiting: list[Waiting] = []
    for contract in (known_on(contract, day) for contract in book.contracts if contract.signed <= day):
        if reason := why_it_waits(book, contract, day):
            waiting.append(Waiting(contract.id, reason))
            continue
        calendar = calendar_of(book, contract)
        entries = calendar.due(day, within.after(day))
        found += (Deadline(entry.day, contract.id, entry.kind) for entry in entries if _is_due(entry, calendar.term))
        found += _late(calendar, day, within)
    return tuple(sorted(found)), tuple(waiting)


def _is_due(entry: Entry, term: Term) -> bool:
    if entry.kind == "go_live_promised":
        return term.contract.live is None or term.contract.live > promised_day(term)
    return entry.kind in DUE or (entry.kind in REMINDERS and reminder_is_owed(term.contract))


def _late(calendar: Calendar, day: date, within: Span) -> Iterator[Deadline]:
    promised = late_since(calendar.term, day)
    if promised and promised >= within.after(day, -1) and (calendar.end is None or day < calendar.end):
        yield Deadline(promised, calendar.term.contract.id, "go_live_late")
