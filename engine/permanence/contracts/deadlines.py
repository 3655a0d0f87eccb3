"""What is due over all contracts: what is to be done and was not, however long ago, and the days to come."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import field, frozen

from ..model.offer import Offer
from ..model.period import ONE_DAY, Period, Span
from ..model.words.agreed import OwnTerm
from .book import Book
from .calendar import Calendar, Kind
from .duties import Duty, duties
from .history import history_of, known_on
from .leaving import calendar_of
from .waiting import awaited, why_it_waits

DAYS: tuple[Kind, ...] = ("trial_last_day", "notice_last_day", "renewal", "own_term_last_day", "contract_last_day")
"""Days that come and go by themselves; what somebody has to do is a duty."""


@frozen(order=True)
class Deadline:
    """A day on which something is due for a contract; ``duty`` is what somebody has to do, overdue by ``late`` days.

    ``own`` is what ends on it of what was agreed with the customer alone, under ``offer``; ``at_latest``
    tells that the day may come sooner, ``counts_sent`` that a notice is in time which is sent on it.
    """

    day: date
    contract: str
    kind: Kind | Literal["go_live_late"]
    late: int = 0
    duty: Duty | None = field(default=None, order=False)
    own: OwnTerm | None = field(default=None, order=False)
    offer: Offer | None = field(default=None, order=False)
    at_latest: bool = field(default=False, order=False)
    counts_sent: bool = field(default=False, order=False)


@frozen
class Waiting:
    """A contract that waits, with the reason: it contradicts what is on sale, and has no calendar, or has no bill."""

    contract: str
    reason: str


def deadlines(book: Book, day: date, within: Span) -> tuple[tuple[Deadline, ...], tuple[Waiting, ...]]:
    """Return what is due up to the end of a span from a day on, by date, and the contracts that wait.

    Both ends of the span are included. What somebody has to do is open from its first day until an event says that it
    was done, and past its last day overdue, whatever the span.
    """
    found: list[Deadline] = []
    waiting: list[Waiting] = []
    for contract in (known_on(contract, day) for contract in book.contracts if contract.signed <= day):
        if reason := why_it_waits(book, contract, day):
            waiting.append(Waiting(contract.id, reason))
            continue
        if reason := awaited(book, [history_of(book, contract).standing(day)], Period(day, day + ONE_DAY)):
            waiting.append(Waiting(contract.id, reason))
        found += _of(calendar_of(book, contract), day, within.after(day))
    return tuple(sorted(found)), tuple(waiting)


def _of(calendar: Calendar, day: date, last: date) -> Iterator[Deadline]:
    term, name = calendar.term, calendar.term.contract.id
    kinds = ("contract_last_day",) if term.waits_for_go_live else DAYS
    yield from (
        Deadline(
            entry.day,
            name,
            entry.kind,
            own=entry.own,
            offer=calendar.offers[0],
            at_latest=entry.kind == "trial_last_day" and term.trial_may_end_sooner(day),
            counts_sent=entry.counts_sent,
        )
        for entry in calendar.due(day, last)
        if entry.kind in kinds
    )
    for duty in duties(calendar, day, last):
        late = max(0, (day - duty.due).days)
        if duty.kind == "reminder_closes" and duty.opens >= day:
            yield Deadline(duty.opens, name, "reminder_opens", duty=duty)
        if duty.opens < day or duty.due <= last:
            kind = "go_live_late" if late and duty.kind == "go_live_promised" else duty.kind
            yield Deadline(duty.due, name, kind, late, duty)
