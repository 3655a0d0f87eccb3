"""What contradicts itself between what a rule file counts and what it has a price for."""

from collections.abc import Iterable, Iterator, Mapping

from ...model.fault import Fault
from ...model.offer import DurationRules, Rule
from ...model.option import Option
from ...model.price import Price
from ...model.problem import did_you_mean

BILLED = "usage.billed_seconds"
DAY = 24 * 60 * 60


def check_prices(prices: Mapping[str, Price], counted: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with what named prices multiply: it is a fact that is counted."""
    known = sorted(counted)
    for name, price in prices.items():
        if price.per and price.per not in known:
            yield Fault(("price", name, "per"), f'nothing is counted as "{price.per}"', did_you_mean(price.per, known))


def check_duration(
    duration: DurationRules, prices: Iterable[Price], rules: Iterable[Rule], options: Iterable[Option]
) -> Iterator[Fault]:
    """Yield what is wrong with how calls are billed by their length, and that nothing asks for it."""
    for name, least in (("free", 0), ("first", 1), ("further", 1)):
        if not least <= getattr(duration, name) <= DAY:
            yield Fault(("duration", name), f'"{name}" is {least} to {DAY} seconds')
    asked = {*(price.per for price in prices), *(type(option).counts for option in options)}
    if BILLED not in asked and not any(BILLED in rule.when for rule in rules):
        hint = f'write per = "{BILLED}" in the [price.…] that is by length'
        yield Fault(("duration",), f'no price is per "{BILLED}", and no rule reads it', hint, at_key=True)
