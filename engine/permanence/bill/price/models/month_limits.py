"""The least and the most of a month: they close what all other prices charge."""

from collections.abc import Iterator

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.offer import Offer
from ....model.price_list import QuotedPrice
from ....model.scalars import Words
from ..limit import Limit
from ..price_model import PriceModel
from ..priced_month import PricedMonth
from ..quoted_price import limit_prices


class MonthlyLeast(PriceModel):
    """`billing.least`; the offer has a rule of its own for it, and `limits` makes the line."""

    kind = "least"
    is_table = False

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return none: no rule that is written charges it."""
        return ()

    def limits(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Limit]:
        """Yield the least of all that the month charges."""
        yield Limit(
            decision,
            "",
            month.offer.billing.least,
            None,
            month.billed,
            *month.share,
            month.offer.head.currency,
            of_month=True,
        )

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the least that a month costs."""
        yield from limit_prices(offer, Words(""), offer.billing.least, None)


class MonthlyMost(MonthlyLeast):
    """`billing.most`, in the same way."""

    kind = "most"

    def limits(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Limit]:
        """Yield the most of all that the month charges."""
        yield Limit(
            decision,
            "",
            None,
            month.offer.billing.most,
            month.billed,
            *month.share,
            month.offer.head.currency,
            of_month=True,
        )

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the most that a month costs."""
        yield from limit_prices(offer, Words(""), None, offer.billing.most)
