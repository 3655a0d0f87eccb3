"""When a price by the month is due: with its own month, or on an invoice before it."""

from collections.abc import Iterator
from typing import Literal

from .period import Month

DueTime = Literal["in_arrears", "in_advance", "year_in_advance"]
PaidAhead = Literal["", "in_advance", "year_in_advance"]
"""How a price is due before its month, empty for one that is due with it."""
DUE = (
    "When the monthly price is due: on the invoice of its own month, on that of the month before, or a year at once, "
    "from the first month of service."
)
MONTHS_AT_ONCE = {"in_arrears": 0, "in_advance": 1, "year_in_advance": 12}


def billed_with(due: DueTime, first: Month, month: Month) -> Month:
    """Return the month on whose invoice a month stands, of a contract whose first month of service is known.

    The first month stands on its own invoice, and the rest of the first year with it where a year is due at once.
    """
    ahead, since = MONTHS_AT_ONCE[due], month.number - first.number
    if not ahead or since <= 0:
        return month
    return Month.numbered(max(first.number, first.number + since // ahead * ahead - 1))


def months_with(due: DueTime, first: Month, month: Month) -> Iterator[Month]:
    """Yield the later months that stand on the invoice of a month, in order."""
    for number in range(month.number + 1, month.number + 1 + MONTHS_AT_ONCE[due]):
        later = Month.numbered(number)
        if billed_with(due, first, later) == month:
            yield later
