"""The calendar of a contract: each date that its signature, its offer's terms and the law give.

People read last days: a period's entry is its last day, and a renewal is the first day of the renewed term.
Each date is counted from its own origin, never from another date of the calendar (reading A18).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Literal, get_args

from attrs import frozen

from ..model.contract import Contract
from ..model.period import Span
from .term import ONE_MONTH, Term
from .working_days import working_days_after

Kind = Literal[
    "signed",
    "go_live_promised",
    "go_live",
    "trial_last_day",
    "commitment_last_day",
    "term_last_day",
    "notice_last_day",
    "reminder_opens",
    "reminder_closes",
    "renewal",
    "price_notice_last_day",
    "price_change",
    "contract_last_day",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
REMINDER_OPENS, REMINDER_CLOSES = Span(3, "months"), ONE_MONTH
PRICE_NOTICE = ONE_MONTH
PROMISED_WORKING_DAYS = 2
RENEWALS_SHOWN = 3
ONE_DAY = timedelta(days=1)


@frozen
class Entry:
    """One day of a calendar, and what it is."""

    day: date
    kind: Kind

    @property
    def order(self) -> tuple[date, int]:
        """Return what entries are sorted by: their day, and on one day their place in a contract's life."""
        return self.day, KINDS.index(self.kind)


@frozen
class Calendar:
    """A contract's days under its offer's terms, up to its end where it has one (the first day without it)."""

    term: Term
    end: date | None = None

    def seen_on(self, day: date) -> tuple[Entry, ...]:
        """Return the calendar as it stands on a day, by date: the current term, and the next three renewals."""
        found = {*self.beginnings(), *self.endings(), *self.price_changes(day)}
        current = self.term.term_end(day)
        if current is not None and (self.end is None or current <= self.end):
            found.add(Entry(current - ONE_DAY, "term_last_day"))
            found.update(self.refusals(current))
        found.update(Entry(renewal, "renewal") for renewal in islice(self.renewals(day), RENEWALS_SHOWN))
        return tuple(sorted(found, key=lambda entry: entry.order))

    def due(self, first: date, last: date) -> tuple[Entry, ...]:
        """Return what is due from one day to another, both included, by date."""
        found = {*self.beginnings(), *self.endings()}
        for end in self.renewals(first - ONE_DAY):
            if min((entry.day for entry in self.refusals(end)), default=end) > last:
                break
            found.update((Entry(end, "renewal"), *self.refusals(end)))
        return tuple(sorted((e for e in found if first <= e.day <= last), key=lambda entry: entry.order))

    def beginnings(self) -> Iterator[Entry]:
        """Yield signature, go-live and its promise (A20), and the last days of trial and commitment."""
        contract = self.term.contract
        yield Entry(contract.signed, "signed")
        yield Entry(promised_day(contract), "go_live_promised")
        if contract.live:
            yield Entry(contract.live, "go_live")
        if self.term.trial_end > self.term.trial_origin:
            yield Entry(self.term.trial_end - ONE_DAY, "trial_last_day")
        first = next(self.term.ends())
        if first > contract.start and not (self.end and self.end < first):
            yield Entry(first - ONE_DAY, "commitment_last_day")

    def endings(self) -> Iterator[Entry]:
        """Yield the contract's last day, where it has one."""
        if self.end is not None:
            yield Entry(self.end - ONE_DAY, "contract_last_day")

    def renewals(self, day: date) -> Iterator[date]:
        """Yield the first day of each renewed term that begins after a day, while the contract lasts.

        A contract without a term, or renewed by agreement only (A12), is never renewed; one that is renewed
        open-ended (A13) is renewed once.
        """
        if self.term.rules.renewal != "tacit":
            return
        lasting = takewhile(lambda end: self.end is None or end < self.end, self.term.ends())
        yield from (end for end in lasting if end > max(day, self.term.contract.start))

    def refusals(self, end: date) -> Iterator[Entry]:
        """Yield the days for refusing that a term is renewed: for a notice (A14), and for the reminder of it.

        The reminder is sent from three months to one month before the last day for a notice (Code de la
        consommation, L215-1); that day is the origin of both. Nothing once the contract ends by then.
        """
        if self.term.rules.renewal != "tacit" or (self.end is not None and self.end <= end):
            return
        last = self.term.last_notice_day(end)
        yield Entry(last, "notice_last_day")
        yield Entry(REMINDER_OPENS.after(last, -1), "reminder_opens")
        yield Entry(REMINDER_CLOSES.after(last, -1), "reminder_closes")

    def price_changes(self, day: date) -> Iterator[Entry]:
        """Yield the next renewal for which a new price can still be announced on a day, and until when (A27)."""
        for renewal in self.renewals(day):
            announced = PRICE_NOTICE.after(renewal, -1)
            if day <= announced:
                yield Entry(announced, "price_notice_last_day")
                yield Entry(renewal, "price_change")
                return


def promised_day(contract: Contract) -> date:
    """Return the day by which service is promised: two working days after signature (R19, A20)."""
    return working_days_after(contract.signed, PROMISED_WORKING_DAYS, contract.customer.region)


def late_since(contract: Contract, day: date) -> date | None:
    """Return the day by which service was promised, when a day lies past it and service has not begun by then.

    Past it by the contract's file: one that names no `live` has not said that service began.
    """
    promised = promised_day(contract)
    begun = contract.live is not None and contract.live <= day
    return promised if promised < day and not begun else None


def reminder_is_owed(contract: Contract) -> bool:
    """Tell whether the law owes the customer a reminder: consumers and non-professionals (L215-1, L215-3)."""
    return contract.customer.kind != "professional"
