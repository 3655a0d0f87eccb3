"""Every price that one customer may meet, each with when it is charged."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from ...bill.price.registry import model_of
from ...decide.cases import NumberCells
from ...decide.decider import Decider
from ...model.price_list import QuotedPrice
from ...model.quantity import is_quantity
from .months_ahead import FIRST
from .occasion_words import CALLS, occasions_in_words, runs
from .occasions import Allowed, Known, Occasions, occasions_of


def conditional_prices(decider: Decider, prices: Iterable[QuotedPrice], known: Known) -> Iterator[QuotedPrice]:
    """Yield those of an offer's prices that are charged in some case of who has these facts for good, and when."""
    when: dict[str, Occasions] = {}
    for price in prices:
        if price.code not in when:
            when[price.code] = occasions_of(decider, price.code, known)
        occasions = when[price.code]
        if not occasions.is_never:
            words = occasions_in_words(_beyond_saying(decider, price, occasions), decider.offer, price.code)
            yield evolve(price, when=words if words.fr else None)


def _beyond_saying(decider: Decider, price: QuotedPrice, occasions: Occasions) -> Occasions:
    """Return when a price is charged, without what goes without saying: that there is something to charge."""
    model, name = model_of(decider.offer, price.code)
    counts = model.counts(decider.offer, name)
    return evolve(
        occasions,
        each=tuple(
            tuple(one for one in occasion if not _goes_alone(one, price, counts)) for occasion in occasions.each
        ),
    )


def _goes_alone(one: Allowed, price: QuotedPrice, counts: str) -> bool:
    """Tell whether a fact has to be nothing but what it is anyway where there is something to charge."""
    if price.due == "one_off":
        return one.fact == FIRST and one.cells == (1,)
    if not (price.due == "usage" or (price.due == "recurring" and is_quantity(one.fact))):
        return False
    if not isinstance(one.cut, NumberCells):
        return False
    [*_, last] = found = runs(one)
    if len(found) > 1 or last.high is not None:
        return False
    if one.fact == counts:
        return last.low <= price.included + 1
    return one.fact == CALLS and counts.startswith("usage.") and last.low <= 1
