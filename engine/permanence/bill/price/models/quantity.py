"""A price by the month for each of what a contract has: practitioners, sites, lines."""

from collections.abc import Hashable, Iterator

from attrs import evolve

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.invoice import ChargeLine
from ....model.money import price_of
from ....model.offer import Offer
from ....model.option import Charge
from ....model.price import Tier
from ....model.price_list import QuotedPrice
from ....model.quantity import is_quantity
from ....model.words.lines import days_in_words
from ....model.words.quantities import number_in_words, quantity_sentence
from ....model.words.tiers import FLAT, tier_label
from ..charge_line import charge_line, reading
from ..priced_month import PricedMonth
from ..quoted_price import follows_days, limit_prices, monthly_price
from ..tiers import tiers_of
from .named import NamedPrice


class QuantityPrice(NamedPrice):
    """`[price.<id>]` with `per` a quantity: each number that it has in the month for its days, or the highest once."""

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price multiplies a quantity."""
        price = offer.prices.get(name)
        return price is not None and is_quantity(price.per) and not price.is_share and price.most_per_call is None

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield each step that the number reaches, for the days on which it is that."""
        price = month.offer.prices[name]
        billed = [int(part.facts.get(price.per, 0)) for part in month.parts if part.billed.days]
        if not billed:
            return
        number, unit, currency = max(billed), month.offer.counted_in(price.per), month.offer.head.currency
        days, of_days = month.share if price.prorate else (1, 1)
        read = reading(decision, {price.per: number}, price.per)
        words = days_in_words(month.billed, days, of_days)
        for tier in tiers_of(price, number):
            label, amount = tier_label(price, tier).fr, tier.step.amount
            if tier.lots and (amount or not price.steps):
                sold = number_in_words(tier.lots, unit, price.every)
                charge = Charge(
                    label=label,
                    quantity=tier.lots,
                    unit_price=amount,
                    unit=sold,
                    for_each=price.for_each,
                    days=days,
                    of_days=of_days,
                )
                why = quantity_sentence(decision.rule, price, charge, number, unit, currency)
                yield charge_line(read, charge, why + words)
            if tier.step.flat:
                fee = price_of(tier.step.flat)
                flat = Charge(
                    label=f"{label}{FLAT.fr}", quantity=1, unit_price=fee, unit="forfait", days=days, of_days=of_days
                )
                why = quantity_sentence(decision.rule, price, flat, number, unit, currency)
                yield charge_line(read, flat, why + words)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the price of each of them by the month, step by step, and the least and most."""
        price, above = offer.prices[name], 0
        by_days, unit = price.prorate and follows_days(offer), offer.counted_in(price.per)
        for step in price.ladder:
            label = tier_label(price, Tier(step, above, 0, 0))
            if step.amount or not price.steps:
                yield evolve(
                    monthly_price(label, step.amount, "recurring", by_days=by_days),
                    unit=number_in_words(2, unit, price.every),
                    for_each=price.for_each,
                    included=price.included,
                    one=unit.one,
                )
            if step.flat:
                flat = monthly_price(label + FLAT, price_of(step.flat), "recurring", by_days=by_days)
                yield evolve(flat, unit="forfait")
            above = step.up_to or above
        yield from limit_prices(offer, price.title, price.least, price.most, by_days=price.prorate)

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return the number where each is charged for its days; where the highest is charged once, all are alike."""
        price = month.offer.prices[name]
        return month.facts.get(price.per, 0) if price.prorate else None

    def whole(self, offer: Offer, name: str, line: ChargeLine) -> bool:
        """Tell whether a line is of a price that does not follow the days: it is due once a month."""
        return not offer.prices[name].prorate
