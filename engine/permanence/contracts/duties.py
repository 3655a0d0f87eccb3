"""What somebody has to do for a contract: open until an event says that it was done, then overdue, however long.

Service is to begin by the day that was promised (R19), customers to whom the law owes it are reminded of a renewal on
its days, and quality calls are made as often as the offer says (R28).
"""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from attrs import frozen

from .calendar import Calendar, Kind, next_quality_call, promised_day, reminder_is_owed, reminder_law
from .reminders import reminder_days, reminders_sent, untimely_reminders


@frozen
class Duty:
    """Something to be done from one day to another; ``kind`` is that of the calendar's entry for its last day.

    A reminder has the renewal that it is of, the article of the law that asks for it, and the day on which it was sent
    where that is none of its days; a go-live the later day for which it is noted.
    """

    kind: Kind
    opens: date
    due: date
    renewal: date | None = None
    sent: date | None = None
    law: str = ""
    noted: date | None = None


def duties(calendar: Calendar, day: date, until: date) -> Iterator[Duty]:
    """Yield what is to be done for a contract and was not, as known on a day: all that opens until another.

    Nothing once the contract has ended, and nothing but the go-live while that is not noted.
    """
    if calendar.ends_by(day):
        return
    term = calendar.term
    promised, live = promised_day(term), term.contract.live
    if live is None or live > max(day, promised):
        yield Duty("go_live_promised", term.contract.signed, promised, noted=live)
    if term.waits_for_go_live:
        return
    yield from _reminders(calendar, day, until)
    due = next_quality_call(calendar, day)
    if due is not None and due <= until:
        yield Duty("quality_call", due, due)


def _reminders(calendar: Calendar, day: date, until: date) -> Iterator[Duty]:
    """Yield the reminders that were not sent on their days: of the latest renewal, and of those to come."""
    law = reminder_law(calendar.term.contract)
    if law is None or not reminder_is_owed(calendar.term.contract):
        return
    opened = takewhile(lambda one: one.opens <= until, reminder_days(calendar.term))
    lasting = [one for one in opened if not calendar.ends_by(one.renewal)]
    latest = next((one for one in reversed(lasting) if one.renewal <= day), None)
    sent = reminders_sent(calendar)
    wrong = {one.days.renewal: one.event.on for one in untimely_reminders(calendar) if one.days}
    for one in lasting:
        mine = one == latest or one.renewal > day
        if mine and not any(event.on in one for event in sent):
            yield Duty("reminder_closes", one.opens, one.closes, one.renewal, wrong.get(one.renewal), law=law.article)
