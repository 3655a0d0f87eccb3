"""The home page's content: the months billed, the turnover by currency and offer, the contracts on hold."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from attrs import frozen

TABLES = ("run", "invoice", "offer", "contract", "hold")
MONTHS = """
select
  run.*,
  (select count(*) from hold where hold.month = run.id) as holds,
  (select count(*) from invoice where invoice.month = run.id) as invoices
from run
order by run.id desc
limit 12
"""
SUMS = """
select month, currency, sum(net_cents) as net_cents, sum(total_cents) as total_cents
from invoice
where month >= :first
group by month, currency
order by month, net_cents desc, currency
"""
OFFERS = """
select
  invoice.currency, offer.title,
  sum(net_cents * (month = :month)) as net_cents, sum(net_cents * (month = :before)) as before_cents
from invoice
join offer on offer.id = invoice.offer
where month in (:month, :before)
group by invoice.currency, offer.title
order by invoice.currency, net_cents desc, before_cents desc
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
    """Return the bars of offers of one currency, with `title` and two amounts; the longest is a hundred wide."""
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
    first = months[-1]["id"] if months else ""
    sums = [dict(row) for row in await billing.execute(SUMS, {"first": first})]
    for row in months:
        row["sums"] = [one for one in sums if one["month"] == row["id"]]
    return {
        "months": months,
        "month": month,
        "before": before,
        "charts": [(currency, bars(list(some))) for currency, some in groupby(offers, itemgetter("currency"))],
        "holds": [dict(row) for row in await billing.execute(HOLDS, asked)],
    }
