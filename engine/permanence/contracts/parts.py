"""The parts of a month in each of which everything that prices rest on stays the same: where a month is cut, and why.

Plan, windows, mission, offer and region change by stretches of the contract's history. What has days of its own
(quantities, lines, options, discounts, agreed prices), and the contract's age, cut a stretch here, and only where the
offer's prices or monthly rules read it: contracts that have none of it have one part, as most have.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, pairwise, takewhile

from attrs import evolve, frozen

from ..decide.decider import Decider
from ..model.contract import Dated
from ..model.offer import Offer
from ..model.period import ONE_DAY, ONE_MONTH, Period
from ..model.price import Price
from ..model.quantity import LINES_HELD
from ..model.served import Served
from .price_revisions import anniversaries
from .term import Term

AGE = "contract.months"


@frozen
class ReadInParts:
    """What an offer reads of a contract that may change inside a month.

    ``ages`` are the numbers of months at which monthly rules say something else, ``options`` those with which a price
    is another. ``indexed`` are those that an index revises at anniversaries.
    """

    ages: tuple[int, ...] = ()
    lines: bool = False
    options: frozenset[str] = frozenset()
    indexed: tuple[Price, ...] = ()

    @property
    def anything(self) -> bool:
        """Tell whether there is anything of it."""
        return bool(self.ages or self.lines or self.options or self.indexed)


def read_in_parts(decider: Decider, _: str) -> ReadInParts:
    """Return what an offer reads of a contract that may change inside a month."""
    offer = decider.offer
    ages = decider.numbers_compared("month", AGE) if offer.billing.seniority == "by_day" else ()
    lines = LINES_HELD in (*offer.quantities_priced, *decider.facts_needed("month"))
    return ReadInParts(tuple(age for age in ages if age > 0), lines, offer.priced_with, indexed_prices(offer))


def indexed_prices(offer: Offer) -> tuple[Price, ...]:
    """Return the prices of an offer that an index revises others by."""
    return tuple(price for price in offer.prices.values() if price.index)


def changes_apart(served: Served, read: ReadInParts) -> Iterator[Served]:
    """Yield days of service in parts within which nothing changes that prices rest on."""
    contract = served.contract
    if not (read.anything or contract.discounts or contract.agreed or contract.quantities or _counted(served)):
        yield served
        return
    inside = Period(served.served.start + ONE_DAY, served.served.end)
    cuts = sorted({day for day in _cuts(served, read) if day in inside})
    for first, last in pairwise((date.min, *cuts, None)):
        assert first is not None
        if (days := served.served & Period(first, last)).periods:
            yield evolve(served, served=days, month_days=served.month_days) if cuts else served


def _cuts(served: Served, read: ReadInParts) -> Iterator[date]:
    """Yield the days on which something changes that prices rest on, in any order."""
    contract = served.contract
    agreed = (one for one in contract.quantities if one.id in served.offer.quantities)
    taken = (one for one in contract.options if one.id in read.options)
    lines = contract.lines_changed if read.lines else ()
    dated: Iterable[Dated] = chain(agreed, taken, _counted(served), lines, contract.discounts, contract.agreed)
    yield from (day for one in dated for day in (one.since, one.until) if day)
    yield from _birthdays(served, read.ages)
    for price in read.indexed:
        days = anniversaries(served.offer, contract, price)
        yield from takewhile(lambda day: served.served.end is None or day < served.served.end, days)


def _counted(served: Served) -> Iterable[Dated]:
    """Return the options of which a contract has another number at some time, or settles something else."""
    several = {one.id for one in served.contract.options if one.quantity is not None or one.settings}
    return [one for one in served.contract.options if one.id in several] if several else ()


def _birthdays(served: Served, ages: Iterable[int]) -> Iterator[date]:
    """Yield the days on which the contract has been in service for these numbers of months, as its terms count."""
    term = Term(served.contract, served.trial_rules)
    first = term.months_by(served.served.start)
    for age in ages:
        if age == first + 1:
            yield ONE_MONTH.after(served.contract.start, age, term.rules.month_end)
