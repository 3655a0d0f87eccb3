"""What is done with a debit that came back: asked for again on a day, or paid by transfer."""

from datetime import date

from ..model.debit import AskedDebit
from ..model.payment_terms import DebitTerms
from ..model.return_reason import reason_of
from .collection import next_collection_day

MOST_TIMES = 2
"""So often an invoice is asked for: once more after a return for which that may help."""


def asked_again_on(debit: AskedDebit, terms: DebitTerms) -> date | None:
    """Return the day on which what came back is asked for again; None where it is to be paid by transfer."""
    times = max(part.time for part in debit.debit.parts if part.amount > 0)
    if not debit.returned_on or not reason_of(debit.returned).again or times >= MOST_TIMES:
        return None
    return next_collection_day(terms, debit.returned_on)
