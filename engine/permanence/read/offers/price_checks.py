"""What contradicts itself between what a rule file counts and what it has a price for."""

from collections.abc import Iterable, Iterator, Mapping

from ...model.fault import Fault
from ...model.plan import Plan
from ...model.price import Price
from ...model.problem import did_you_mean
from ...model.quantity import LINES_HELD, QUANTITY
from ...model.scalars import Words

OF_INDICES = ("anniversary_of", "index_lag", "most_percent")
NO_INDEX = Price(title=Words(""))


def check_plans(plans: Mapping[str, Plan], counted: Iterable[str]) -> Iterator[Fault]:
    """Yield plans that include, and charge, what nothing counts."""
    known = sorted(counted)
    for name, plan in plans.items():
        if plan.counts not in known:
            what = f'nothing is counted as "{plan.counts}"'
            yield Fault(("plan", name, "counts"), what, did_you_mean(plan.counts, known))


def check_prices(prices: Mapping[str, Price], counted: Iterable[str], quantities: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with what named prices multiply: it is a fact that is counted, or a quantity."""
    of_contracts = (LINES_HELD, *(f"{QUANTITY}{name}" for name in quantities))
    known = sorted((*counted, *of_contracts))
    for name, price in prices.items():
        if price.per and price.per not in known:
            yield Fault(("price", name, "per"), f'nothing is counted as "{price.per}"', did_you_mean(price.per, known))
        for key in () if price.index else OF_INDICES:
            if getattr(price, key) != getattr(NO_INDEX, key):
                yield Fault(("price", name, key), f'"{key}" is of an index', "name one: index = …", at_key=True)
        if price.for_every and price.for_every not in of_contracts:
            what = f'there is no quantity "{price.for_every}"'
            yield Fault(("price", name, "for_every"), what, did_you_mean(price.for_every, of_contracts))
