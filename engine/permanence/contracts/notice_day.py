"""Which day of a notice counts: that of its receipt, or that of its sending where the terms say so (A14)."""

from datetime import date
from typing import Literal

from .term import Term

CountedOn = Literal["received", "sent"]


def counted_on(term: Term, day: date) -> CountedOn:
    """Return which day of a notice counts that is received on a day, by the terms of then."""
    return term.rules_on(day).notice_counted_on


def counted_day(term: Term) -> date | None:
    """Return the day of the contract's notice that counts; None where it has received none."""
    notice, sent = term.contract.notice, term.contract.notice_sent
    if notice is None or sent is None:
        return notice
    return sent if counted_on(term, notice) == "sent" else notice
