"""The day on which a debit is collected: the contract's, once notice and bank allow it, and banks settle."""

import calendar
from datetime import date, timedelta

from ..model.payment_terms import DebitTerms
from ..model.period import Month
from .target_days import target_day_from, target_days_after


def earliest_day(terms: DebitTerms, issued_on: date, on: date) -> date:
    """Return the first day on which what was issued on a day can be collected, where it is asked for ``on`` another.

    The customer is told of it with the invoice, so many days before (SEPA rulebook: fourteen, or as agreed); the
    bank has the file so many days of settlement before.
    """
    told = issued_on + timedelta(days=terms.prenotification)
    return target_day_from(max(told, target_days_after(on, terms.lead)))


def collection_day(terms: DebitTerms, month: Month, issued_on: date, on: date) -> date:
    """Return the day of collection for a month's documents: in the month after, or as soon as it is allowed."""
    return max(target_day_from(day_of(month.next, terms.day)), earliest_day(terms, issued_on, on))


def next_collection_day(terms: DebitTerms, on: date) -> date:
    """Return the contract's next day of collection for what is asked again on a day: it was told of before."""
    first = target_days_after(on, terms.lead)
    month = Month.of(first)
    day = target_day_from(day_of(month, terms.day))
    return day if day >= first else target_day_from(day_of(month.next, terms.day))


def day_of(month: Month, day: int) -> date:
    """Return a day of a month; its last one where it is too short."""
    return date(month.year, month.month, min(day, calendar.monthrange(month.year, month.month)[1]))
