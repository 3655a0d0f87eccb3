"""What an option costs and promises, as it is told: its prices per use by what they count."""

from collections.abc import Iterator

from attrs import evolve

from ...model.option import Option
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.units import USES
from ...model.words.phrases import said


def option_prices(option: Option) -> Iterator[QuotedPrice]:
    """Yield the prices of an option; of one per use that names no unit, the unit is that of the fact it counts."""
    units = {fact.name: fact.unit for fact in type(option).facts}
    for price in option.quoted():
        if price.due == "usage" and price.unit == USES:
            yield evolve(price, unit=units.get(type(option).counts, price.unit))
        else:
            yield price


def option_promises(option: Option) -> Iterator[Words]:
    """Yield what an option promises besides, a sentence for each."""
    for promise in option.promises():
        yield said("{}, {}.", "{}, {}.", option.words, promise)
