"""What contradicts itself between what a rule file counts and what it has a price for."""

from collections.abc import Iterable, Iterator, Mapping

from ...model.fault import Fault
from ...model.price import Price
from ...model.problem import did_you_mean


def check_prices(prices: Mapping[str, Price], counted: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with what named prices multiply: it is a fact that is counted."""
    known = sorted(counted)
    for name, price in prices.items():
        if price.per and price.per not in known:
            yield Fault(("price", name, "per"), f'nothing is counted as "{price.per}"', did_you_mean(price.per, known))
