"""Every price that one customer may meet, each with when it is charged."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from ...bill.price.registry import model_of
from ...decide.cases import NumberCells
from ...decide.decider import Decider
from ...model.price_list import QuotedPrice
from .occasion_words import occasions_in_words, runs
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
    """Return when a price is charged without that there is something to charge: of a price per use, that goes alone."""
    if price.due != "usage":
        return occasions
    model, name = model_of(decider.offer, price.code)
    counts = model.counts(decider.offer, name)
    return evolve(
        occasions,
        each=tuple(
            tuple(one for one in occasion if one.fact != counts or not _from_the_first(one, price))
            for occasion in occasions.each
        ),
    )


def _from_the_first(one: Allowed, price: QuotedPrice) -> bool:
    """Tell whether a price per use is charged for every number of them past those that are included."""
    if not isinstance(one.cut, NumberCells):
        return False
    [*_, last] = found = runs(one)
    return len(found) == 1 and last.high is None and last.low <= price.included + 1
