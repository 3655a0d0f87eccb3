"""How far the bills of a month are."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .basis import Outdated
from .invoice import STATUSES
from .money import Cents
from .period import Month

MonthState = Literal["none", "provisional", "draft", "issued", "settled", "to_be_done_again"]
STATES: Mapping[MonthState, str] = {
    "none": "pas facturé",
    **{status: french for status, (french, _) in STATUSES.items()},
    "issued": "émis",
    "settled": "réglé",
    "to_be_done_again": "à refaire",
}
"""What staff call each state."""


@frozen
class CurrencySums:
    """What the invoices of one currency sum to, excluding VAT and with it."""

    currency: str
    net: Cents
    total: Cents


@frozen(kw_only=True)
class MonthTotals:
    """What billing a month made: how many invoices and holds, and what the invoices sum to in each currency.

    ``provisional`` tells that the month had not ended, ``compared`` that what its bills rest on was kept;
    ``missing_days`` are the days whose usual calls it was billed without, as they are kept; ``issued`` is how many of
    the invoices are issued.
    """

    provisional: bool
    compared: bool
    invoices: int
    holds: int
    sums: tuple[CurrencySums, ...]
    missing_days: str = ""
    issued: int = 0


@frozen(kw_only=True)
class MonthStanding:
    """A month with what billing it made, None when it was not billed, and what its bills rest on no more.

    ``records`` and ``work`` count the records of calls and of work that came in for it, ``settled`` the invoices that
    are paid, ``returned`` those of which the debit came back.
    """

    month: Month
    totals: MonthTotals | None
    outdated: Outdated | None
    records: int = 0
    work: int = 0
    settled: int = 0
    returned: int = 0

    def ended_since(self, today: date) -> bool:
        """Tell whether a month that was billed before its end has ended."""
        return bool(self.totals and self.totals.provisional and today >= self.month.next.first)

    def state(self, today: date) -> MonthState:
        """Return how far the month's bills are; one that runs is provisional, whatever has come in since."""
        if self.totals is None:
            return "none"
        if self.totals.provisional and not self.ended_since(today):
            return "provisional"
        if self.outdated or self.totals.provisional:
            return "to_be_done_again"
        if not self.totals.issued or self.totals.issued < self.totals.invoices:
            return "draft"
        return "settled" if self.settled >= self.totals.issued else "issued"
