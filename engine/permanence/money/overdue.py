"""What is overdue, with what the law lets the seller ask for it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from ..model.claim import Claim
from ..model.money import Cents, round_half_up
from ..model.seller import Seller
from .account import ClaimStanding, CustomerAccount

YEAR, WHOLE = 365, 10_000
PROFESSIONAL = "professional"


@frozen(kw_only=True)
class OverdueInvoice:
    """An invoice that is not paid in time: since when, and what may be asked besides what is left of it.

    ``penalties`` are None where the seller has written their rate in words alone; both are 0 for who is no professional
    (C. com. L441-10).
    """

    standing: ClaimStanding
    due_on: date
    days: int
    penalties: Cents | None
    indemnity: Cents
    returned: str = ""


def overdue(
    accounts: Iterable[CustomerAccount], sellers: Mapping[str, Seller], due_days: int, on: date
) -> Iterator[OverdueInvoice]:
    """Yield what is overdue on a day, account by account, in the order of the ledger.

    Due is an invoice on the day of its collection; one that was not asked for on the day up to which it says that it is
    to be paid by transfer, or so many days after its issue. What is with the bank is not overdue.
    """
    for account in accounts:
        for standing in account.standings:
            claim, last = standing.claim, account.last_debit(standing.claim.number)
            due_on = last.debit.collect_on if last else _due_on(claim, due_days)
            if claim.kind == "invoice" and standing.left > 0 and due_on < on:
                seller = sellers.get(claim.seller)
                yield _told(standing, due_on, on, seller.as_of(claim.issued_on) if seller else None, last)


def _due_on(claim: Claim, due_days: int) -> date:
    if claim.payment and claim.payment.by == "transfer":
        return claim.payment.on
    return claim.issued_on + timedelta(days=due_days)


def _told(standing: ClaimStanding, due_on: date, on: date, seller: Seller | None, last: object) -> OverdueInvoice:
    days = (on - due_on).days
    asked = standing.claim.customer_kind == PROFESSIONAL and seller is not None
    rate = seller.penalties.late_per_cent if seller else None
    late = None if rate is None else Cents(round_half_up(standing.left * rate * days, WHOLE * YEAR))
    return OverdueInvoice(
        standing=standing,
        due_on=due_on,
        days=days,
        penalties=late if asked else Cents(0),
        indemnity=seller.penalties.indemnity if asked and seller else Cents(0),
        returned=getattr(last, "returned", ""),
    )
