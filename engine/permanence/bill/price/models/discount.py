"""A customer's own discount: so many per cent, or so much a month, off what the offer charges."""

from collections.abc import Iterator

from attrs import evolve

from ....model.charged import ALL
from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.money import Micros, PerCent, price_of
from ....model.offer import Offer
from ....model.own_terms import Discount
from ....model.price_list import PERCENT, QuotedPrice
from ....model.words.agreed import DISCOUNT, discount_label
from ....model.words.lines import days_in_words, share_of_in_words
from ..price_model import PriceModel
from ..priced_month import PricedMonth
from ..quoted_price import follows_days, monthly_price
from ..share import Share

KIND = "discount"


class OwnDiscount(PriceModel):
    """`[[contract.discount]]`: the contract has a rule of its own for each, and its number is the name."""

    kind = KIND
    is_table = False

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return none: no offer has a discount of one customer's own."""
        return ()

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield what the discount takes off, behind all that the offer charges."""
        discount = month.contract.discounts[int(name) - 1]
        days, of_days = month.share if discount.amount is not None else (1, 1)
        if month.billed.days:
            yield Share(
                label=discount_label(discount).fr,
                title=DISCOUNT.fr,
                percent=discount.percent or PerCent(0),
                amount=discount.amount,
                of=discount.of or (ALL,),
                days=days,
                of_days=of_days,
                sentence=days_in_words(month.billed, days, of_days),
                own=True,
                currency=month.offer.head.currency,
            )

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield none: a discount is a price of its contract, not of an offer."""
        yield from ()


def discount_price(offer: Offer, discount: Discount, number: int) -> QuotedPrice:
    """Return what a discount of a contract takes off, as a quote would have it; it is the contract's so-many-eth."""
    label, code = discount_label(discount), f"{KIND}.{number}"
    if discount.amount is not None:
        by_days = follows_days(offer)
        most = monthly_price(label, price_of(discount.amount), "most", by_days=by_days)
        return evolve(most, code=code, base=discount.of or (ALL,))
    return QuotedPrice(
        code=code,
        label=label.fr,
        english=label.told("en"),
        unit_price=Micros(0),
        unit=PERCENT,
        due="share",
        percent=discount.percent,
        of=share_of_in_words(offer, discount.of or (ALL,)),
        base=discount.of or (ALL,),
    )
