"""Every price of an option: those that it names, and each step of those that depend on a count."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from typing import cast

from attrs import evolve

from ...model.offer import Offer
from ...model.option import Option
from ...model.option_answers import check_lots
from ...model.option_asked import asked, priced_by_count, quoted_by
from ...model.option_settings import Setting, settled_keys, values_of
from ...model.price import Price
from ...model.price_list import QuotedPrice
from ...model.settled_offer import with_settings
from ...model.units import USES, Unit
from ...model.words.lines import share_of_in_words
from ...model.words.phrases import said
from .quoted_price import limit_prices
from .stepped import step_prices


def prices_by_count(offer: Offer, name: str) -> Iterator[Price]:
    """Yield the prices of an option that depend on a count, each with the unit of the fact that it is per.

    Raises OptionFailed where its plugin fails, or no month can be charged such a price.
    """
    units = {fact.name: fact.unit for option in offer.options.values() for fact in type(option).facts}
    option = offer.options[name]
    for price in priced_by_count(option):
        asked(option, partial(check_lots, price))
        yield evolve(price, unit=price.unit or units.get(price.per, ""))


def every_price(offer: Offer, name: str) -> Iterator[QuotedPrice]:
    """Yield every price of an option, of all missions, as quotes have them."""
    due, own = offer.options[name].due, type(offer.options[name]).units
    for price in quoted_by(offer.options[name]):
        told = _in_own_units(price, own)
        if price.percent is not None:
            yield evolve(told, of=share_of_in_words(offer, price.base))
        elif price.due == "recurring" and due != "in_arrears":
            yield evolve(told, paid=due)
        else:
            yield told
    for by_count in prices_by_count(offer, name):
        yield from (_in_own_units(price, own) for price in step_prices(offer, by_count))
        yield from limit_prices(offer, by_count.title, by_count.least, by_count.most, by_days=by_count.prorate)


def told_prices(offer: Offer, name: str) -> Iterator[QuotedPrice]:
    """Yield every price of an option as it is told: by what it counts where it names no unit, and for which mission."""
    kind = type(offer.options[name])
    units = {fact.name: fact.unit for fact in kind.facts}
    for price in _whatever_is_settled(offer, name):
        counted = price.counts or kind.counts
        unnamed = price.due == "usage" and price.unit == USES
        told = _in_own_units(evolve(price, unit=units.get(counted, price.unit)), kind.units) if unnamed else price
        yield _for_mission(offer, told) if price.mission else told


def _in_own_units(price: QuotedPrice, own: Mapping[str, Unit]) -> QuotedPrice:
    """Return a price with the words of its unit, and of what it is for each of, where those are the option's own."""
    if price.each in own:
        price = evolve(price, one=price.one or own[price.each].one)
    if price.due != "usage" or price.unit not in own:
        return price
    unit, many = own[price.unit], price.for_each
    one = said("par {}", "per {}", unit.one)
    return evolve(
        price, per=price.per or (one if many == 1 else said(f"les {many} {{}}", f"per {many} {{}}", unit.several))
    )


def _whatever_is_settled(offer: Offer, name: str) -> Iterator[QuotedPrice]:
    """Yield every price of an option, for each of the few values that contracts may settle of it."""
    option, found = offer.options[name], dict[tuple[object, ...], QuotedPrice]()
    for settings in _few_settings(type(option)):
        for price in every_price(with_settings(offer, {name: settings}), name):
            found.setdefault((price, price.mission, price.counts), price)
    yield from found.values()


def _few_settings(kind: type[Option]) -> Iterator[Mapping[str, Setting]]:
    """Yield what the offer says, then each choice of the keys that have a few values."""
    yield {}
    few = {name: values for name in settled_keys(kind) if isinstance((values := values_of(kind, name))[0], Setting)}
    for chosen in product(*few.values()) if few else ():
        yield dict(zip(few, cast("tuple[Setting, ...]", chosen), strict=True))


def _for_mission(offer: Offer, price: QuotedPrice) -> QuotedPrice:
    label = said("{}, {}", "{}, {}", price.name, offer.mission_called(price.mission))
    return evolve(price, label=label.fr, english=label.told("en"))
