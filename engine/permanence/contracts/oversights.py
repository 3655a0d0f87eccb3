"""What happened to a contract and has not the effect that somebody meant it to have: told, never refused."""

from collections.abc import Iterator

from ..model.contract import Contract
from ..model.problem import Problem
from .book import Book
from .calendar import Calendar, reminder_law
from .leaving import calendar_of
from .reminders import Untimely, untimely_reminders


def oversights(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield, as warnings at their events' places, reminders sent on no day of theirs, and a notice before any service.

    A late reminder is none, whatever is on file; so is one that comes too early.
    """
    calendar = calendar_of(book, contract)
    law = reminder_law(calendar.term.contract)
    for one in untimely_reminders(calendar):
        told = f'contract "{contract.id}", reminder_sent on {one.event.on}'
        what, hint = _untimely(one, law.article if law else "")
        yield Problem(one.event.place, f"{told}: {what}", hint, warning=True)
    yield from _never_served(contract, calendar)


def _untimely(one: Untimely, article: str) -> tuple[str, str]:
    if one.days is None:
        return "there is no renewal to remind the customer of", "correct the day, or take the event out"
    days = f"the renewal on {one.days.renewal} is to be reminded of from {one.days.opens} to {one.days.closes}"
    days = f"{days} ({article})"
    if one.late:
        return f"it is too late, {days}", "from the renewal on the customer may leave at any time"
    return f"it is too early, {days}", "remind the customer again on one of these days"


def _never_served(contract: Contract, calendar: Calendar) -> Iterator[Problem]:
    told = calendar.term.contract
    if told.live is None and told.notice and calendar.end:
        what = f'contract "{contract.id}": a notice came on {told.notice}, and nobody noted when service began'
        hint = f"add the event `go_live` if it did: without it, the contract ends on {calendar.end} and is never billed"
        yield Problem(contract.place, what, hint, warning=True)
