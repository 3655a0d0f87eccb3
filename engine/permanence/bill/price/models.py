"""The ways of pricing, each registered once: its lines of a month, and every price that it may ever charge."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from operator import attrgetter

from attrs import frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from .band_price import band_lines, band_prices
from .named_price import price_lines, prices_named
from .option_price import option_lines, option_prices
from .package import package_lines, package_prices
from .priced_month import PricedMonth
from .quoted_price import least_prices, most_prices
from .setup_fee import setup_fee_lines, setup_fee_prices

Lines = Callable[[PricedMonth, Decision, str], Iterator[ChargeLine]]
Prices = Callable[[Offer, str, str], Iterator[QuotedPrice]]
Alike = Callable[[PricedMonth], Hashable]


@frozen
class PriceModel:
    """What one way of pricing charges for a month, and its prices for a mission, each by the name that rules give it.

    ``alike`` is what the price hangs on besides the offer and the rule: parts of a month that have it in common are
    charged as one. Limits of a month have no lines of their own: they close what all others charge.
    """

    prices: Prices
    lines: Lines = lambda _month, _decision, _name: iter(())
    alike: Alike = lambda _month: None


MODELS: Mapping[str, PriceModel] = {
    "bands": PriceModel(band_prices, band_lines, attrgetter("mission")),
    "package": PriceModel(package_prices, package_lines, attrgetter("mission")),
    "price": PriceModel(prices_named, price_lines),
    "option": PriceModel(option_prices, option_lines),
    "setup_fee": PriceModel(setup_fee_prices, setup_fee_lines),
    "least": PriceModel(least_prices),
    "most": PriceModel(most_prices),
}
"""By the first word of what a rule charges: ``bands``, ``price.night``, ``option.svi`` …"""


def model_of(charge: str) -> tuple[PriceModel, str]:
    """Return the way of pricing of what a rule charges, and the name of the price in it, if any."""
    kind, _, name = charge.partition(".")
    return MODELS[kind], name
