"""Every price that one customer may meet, each with when it is charged."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from ...bill.price.registry import model_of
from ...decide.cases import NumberCells
from ...decide.decider import Decider
from ...model.charged import covers
from ...model.facts import facts_of_mark
from ...model.occurrence import OCCURRENCE
from ...model.offer import Offer
from ...model.price_list import QuotedPrice, Reach
from ...model.quantity import is_quantity
from ...model.scalars import Words
from ...model.words.ordinals import months_in_words
from ...model.words.phrases import said
from .months_ahead import FIRST
from .occasion_words import CALLS, Age, occasions_in_words, runs
from .occasions import Allowed, Known, Occasions, ever_together, occasions_of

OF_ALL_CALLS = ("usage.talk_seconds", "usage.billed_seconds")
"""Facts that are 0 in a month without a counted call."""


def conditional_prices(
    decider: Decider, prices: Iterable[QuotedPrice], known: Known, age: Age = months_in_words
) -> Iterator[QuotedPrice]:
    """Yield those of an offer's prices that are charged in some case of who has these facts for good, and when.

    ``age`` says which months of the contract some are.
    """
    when: dict[tuple[str, Reach | None], Occasions] = {}
    for price in prices:
        key = price.code, price.reach
        if key not in when:
            when[key] = occasions_of(decider, price.code, known, tuple(_within(decider.offer, price.reach)))
        occasions = when[key]
        if not occasions.is_never and _has_a_base(decider, price, known):
            words = occasions_in_words(_beyond_saying(decider, price, occasions), decider.offer, price.code, age)
            if happens := _happens(decider, price):
                words = said("{}, {}", "{}, {}", happens, words) if words.fr else happens
            yield evolve(price, when=words if words.fr else None)


def _happens(decider: Decider, price: QuotedPrice) -> Words | None:
    """Return what has to occur for a price that counts how often it does."""
    model, name = model_of(decider.offer, price.code)
    counts = model.counts(decider.offer, name)
    found = decider.offer.occurrences.get(counts.removeprefix(OCCURRENCE)) if counts.startswith(OCCURRENCE) else None
    return found.condition if found else None


def _has_a_base(decider: Decider, price: QuotedPrice, known: Known) -> bool:
    """Tell whether a share has something that it may be of whenever it is charged; what is no share needs nothing."""
    if price.due != "share" or not price.base:
        return True
    charged = dict.fromkeys(rule.then.charge for rule in decider.offer.rules_on("month"))
    bases = (code for code in charged if code != price.code and covers(price.base, code))
    return any(ever_together(decider, price.code, code, known) for code in bases)


def _within(offer: Offer, reach: Reach | None) -> Iterator[Reach]:
    """Yield the counts for which there is something to charge, and how many calls there are then at the least."""
    if reach is None:
        return
    yield reach
    marks = {rule.then.mark for rule in offer.rules_on("call") if rule.then.mark}
    for calls, *seconds in (facts_of_mark(mark) for mark in marks):
        if reach.fact == calls:
            yield Reach(CALLS, reach.low)
        elif reach.fact in seconds:
            yield Reach(CALLS, min(1, reach.low))
    if reach.fact in OF_ALL_CALLS:
        yield Reach(CALLS, min(1, reach.low))


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
