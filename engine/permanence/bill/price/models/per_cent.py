"""A named price that is so many per cent of others: a supplement, or a discount below zero."""

from collections.abc import Iterator

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.fault import Fault
from ....model.money import WHOLE, Micros
from ....model.offer import Offer
from ....model.price import Price
from ....model.price_list import PERCENT, QuotedPrice
from ....model.scalars import Words
from ....model.words.amounts import percent_in_words
from ....model.words.changes import instead
from ....model.words.lines import share_of_in_words
from ....model.words.phrases import quoted, said
from ..priced_month import PricedMonth
from ..share import Share
from ..share_table import ShareTable

CALLS = "usage.calls"


class PerCentPrice(ShareTable):
    """`[price.<id>]` with `percent`: so many per cent of other lines of the month."""

    key = "percent"
    beside = ("amount", "steps", "per", "least", "most", "by_days", "index")
    of_something = "a per cent is of something"

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price is a share of others."""
        return name in offer.prices and offer.prices[name].percent is not None

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield the share that the price is."""
        price = month.offer.prices[name]
        if price.percent:
            yield Share(label=price.title.fr, percent=price.percent, of=price.of, currency=month.offer.head.currency)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the per cent, and what it is of."""
        price = offer.prices[name]
        yield QuotedPrice(
            label=price.title.fr,
            english=price.title.told("en"),
            unit_price=Micros(0),
            unit=PERCENT,
            due="share",
            percent=price.percent,
            of=share_of_in_words(offer, price.of),
            base=price.of,
        )

    def counts(self, offer: Offer, name: str) -> str:
        """Return a fact that a price multiplies which this is a share of."""
        named = (
            offer.prices[code.removeprefix("price.")] for code in offer.prices[name].of if code.startswith("price.")
        )
        return next((price.per for price in named if price.per), "usage.calls")

    def own_faults(self, price: Price, name: str) -> Iterator[Fault]:
        """Yield that it is nothing, or takes off more than there is."""
        if not price.percent:
            yield Fault(("price", name, "percent"), "nothing per cent is no price", "take it out, or write how many")
        elif price.percent < -WHOLE:
            yield Fault(("price", name, "percent"), "it takes off more than the whole", "-100 at the most")

    def changes(self, old: tuple[Offer, Price], new: tuple[Offer, Price]) -> Iterator[Words]:
        """Yield that it is more or less, or of something else."""
        (_, before), (_, after) = old, new
        if before.percent != after.percent and before.percent is not None and after.percent is not None:
            yield instead(quoted(after.title), percent_in_words(after.percent), percent_in_words(before.percent))
        if before.of != after.of:
            yield said(
                "{} : calculé sur autre chose qu'avant.", "{}: of something else than before.", quoted(after.title)
            )
