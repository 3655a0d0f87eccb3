"""When customers pay: the day of collection, the notice of it, and the days in which others pay by transfer."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from attrs import evolve, frozen

from .keys import MOST_DAYS, key
from .month_day import month_day
from .party import Mandate

NOTICE, DUE_DAYS = 14, 30
"""Days: of notice where nothing else was agreed (SEPA rulebook, 4.4); until payment is due (C. com. L441-10)."""


@frozen(kw_only=True)
class DebitTerms:
    """`[debits]`: on which day of the month debits are collected, and how long before customer and bank know."""

    day: int = key("Day of the month on which debits are collected.", default=5, validator=month_day)
    prenotification: int = key(
        "Days between the issue of an invoice and its collection: fewer only where contracts say so.",
        default=NOTICE,
        least=0,
        most=MOST_DAYS,
    )
    lead: int = key("TARGET days that the bank wants between the file and the collection.", default=1, least=0, most=60)

    def of(self, mandate: Mandate) -> "DebitTerms":
        """Return the terms of a mandate: its own, where it has some."""
        own = {"day": mandate.day, "prenotification": mandate.prenotification}
        return evolve(self, **{name: value for name, value in own.items() if value is not None})


@frozen(kw_only=True)
class TransferTerms:
    """`[payments]`: until when an invoice is to be paid that is not collected."""

    due_days: int = key(
        "Days between the issue of an invoice and its payment.", default=DUE_DAYS, least=0, most=MOST_DAYS
    )


PaidBy = Literal["debit", "transfer"]


@frozen
class PaymentDue:
    """How an invoice is to be paid, as it was issued: collected by the mandate or by transfer, and on which day."""

    by: PaidBy
    on: date

    def told(self) -> dict[str, Any]:
        """Return it as plain values for JSON; `payment_kept` is the reverse."""
        return {"by": self.by, "on": self.on.isoformat()}


def payment_kept(told: Mapping[str, Any]) -> PaymentDue:
    """Return how an invoice is to be paid, of which it keeps what was told."""
    return PaymentDue(told["by"], date.fromisoformat(told["on"]))
