"""The reminders of renewals that the law owes a contract: their days, and those that were sent on none of them."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ..model.event import Event
from .calendar import Calendar, reminder_is_owed, reminder_law, reminder_window
from .term import Term


@frozen
class ReminderDays:
    """The first and the last day for reminding of a renewal, and the first day of the renewed term."""

    opens: date
    closes: date
    renewal: date

    def __contains__(self, day: date) -> bool:
        return self.opens <= day <= self.closes


@frozen
class Untimely:
    """A reminder that was sent on none of its days, with those of the renewal that it was for; None: there is none."""

    event: Event
    days: ReminderDays | None

    @property
    def late(self) -> bool:
        """Tell whether it was sent too late, rather than too early."""
        return self.days is not None and self.days.closes < self.event.on


def reminder_days(term: Term) -> Iterator[ReminderDays]:
    """Yield the days for reminding of each renewal, in order; none where the law of the customer's country has none.

    Where nothing binds beyond the trial, its end renews no term: there is nothing to be reminded of.
    """
    law = reminder_law(term.contract)
    for end in term.renewals() if law else ():
        if law and end.day > max(term.contract.start, term.trial_end):
            yield ReminderDays(*reminder_window(term, end.day, law), end.day)


def reminders_sent(calendar: Calendar) -> tuple[Event, ...]:
    """Return the reminders that were sent for a contract."""
    return tuple(one.event for one in calendar.settled if one.event.what == "reminder_sent")


def untimely_reminders(calendar: Calendar) -> Iterator[Untimely]:
    """Yield the reminders that were sent on none of the days that the law gives them.

    Only where it owes them: what is sent by courtesy has no days. A reminder is of the next renewal to come; where
    another was sent on one of its days, nothing is left to be done.
    """
    if not reminder_is_owed(calendar.term.contract):
        return
    sent = reminders_sent(calendar)
    for event in sent:
        days = next((one for one in reminder_days(calendar.term) if event.on < one.renewal), None)
        if days is None or not any(one.on in days for one in sent):
            yield Untimely(event, days)
