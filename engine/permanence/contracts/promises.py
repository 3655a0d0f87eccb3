"""What was promised of a contract's first day of service, and by how many days that was missed (R19)."""

from datetime import date

from ..model.contract import Contract
from ..model.invoice import GoLivePromise
from ..model.period import ONE_DAY
from ..model.regions import REGIONS
from .book import Book
from .calendar import promised_day
from .term import Term


def promise_of(book: Book, signed: Contract, live: date | None, until: date) -> GoLivePromise | None:
    """Return the day by which a contract's service was promised as it was signed, and the days that it was late.

    Service began on the day ``live``; where nobody has noted it, it is late up to a day. None for an offer or a region
    that nobody knows, and for a contract that is wrongly written.
    """
    offer = book.offers.get(signed.offer)
    if offer is None or signed.slips or signed.customer.region not in REGIONS:
        return None
    promised = promised_day(Term(signed, offer.term))
    late = (min(live or until, until) - promised) // ONE_DAY
    return GoLivePromise(promised, late if late > 0 else None)
