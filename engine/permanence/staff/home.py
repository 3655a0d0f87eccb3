"""The home page's content: the months billed, the turnover by offer, the contracts on hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

TABLES = ("run", "invoice", "offer", "contract", "hold")
MONTHS = """
select
  run.*,
  (select count(*) from hold where hold.month = run.id) as holds,
  count(invoice.id) as invoices,
  coalesce(sum(invoice.net_cents), 0) as net_cents,
  coalesce(sum(invoice.total_cents), 0) as total_cents
from run
left join invoice on invoice.month = run.id
group by run.id
order by run.id desc
limit 12
"""
OFFERS = """
select offer.title, sum(net_cents * (month = :month)) as net_cents, sum(net_cents * (month = :before)) as before_cents
from invoice
join offer on offer.id = invoice.offer
where month in (:month, :before)
group by offer.title
order by net_cents desc, before_cents desc
"""
HOLDS = """
select hold.contract, contract.customer, hold.reason, hold.calls
from hold
join contract on contract.id = hold.contract
where hold.month = :month
order by hold.contract
limit 10
"""


@frozen
class OfferBar:
    """One offer in the chart: its turnover in a month and the month before, and their widths out of a hundred."""

    title: str
    net_cents: int
    before_cents: int
    width: float
    before_width: float


def bars(offers: Sequence[Mapping[str, Any]]) -> tuple[OfferBar, ...]:
    """Return the bars of offers with `title`, `net_cents` and `before_cents`; the longest is a hundred wide."""
    longest = max((amount for offer in offers for amount in (offer["net_cents"], offer["before_cents"])), default=0)

    def width(amount: int) -> float:
        return round(100 * max(amount, 0) / longest, 2) if longest > 0 else 0

    return tuple(
        OfferBar(
            offer["title"],
            offer["net_cents"],
            offer["before_cents"],
            width(offer["net_cents"]),
            width(offer["before_cents"]),
        )
        for offer in offers
    )


async def context(billing: Any) -> dict[str, Any]:
    """Return what the home page shows of billing.db."""
    months = [dict(row) for row in await billing.execute(MONTHS)]
    month, before = ([row["id"] for row in months] + ["", ""])[:2]
    asked = {"month": month, "before": before}
    offers = [dict(row) for row in await billing.execute(OFFERS, asked)]
    return {
        "months": months,
        "month": month,
        "before": before,
        "bars": bars(offers),
        "holds": [dict(row) for row in await billing.execute(HOLDS, asked)],
    }
