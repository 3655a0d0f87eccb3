"""Prices that follow an index: the anniversaries from which they are revised, and by how much on a day."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import count, takewhile

from ..model.contract import Contract
from ..model.money import WHOLE
from ..model.offer import Offer
from ..model.period import ONE_MONTH, Month, Span
from ..model.price import Price
from ..model.price_index import Revision

ONE_YEAR = Span(1, "years")


def priced_since(contract: Contract, price: Price) -> date:
    """Return the day of the prices that an index revises: its value is the base, and years are counted from there.

    It is that of the signature or of the first day of service, as the price says, and where the contract came to its
    offer version later, the day on which it did: those are the prices of that day.
    """
    if contract.priced_on is not None:
        return contract.priced_on
    return contract.start if price.anniversary_of == "go_live" else contract.signed


def revision_case(offer: Offer, contract: Contract) -> tuple[date, ...]:
    """Return what the revisions of a contract's prices hang on, besides the day and what an index is supposed to do."""
    return tuple(priced_since(contract, price) for price in offer.prices.values() if price.index)


def anniversaries(offer: Offer, contract: Contract, price: Price) -> Iterator[date]:
    """Yield the days from which a contract's prices are revised, without end; each is counted from the first (A18)."""
    since = priced_since(contract, price)
    if since != date.max:
        yield from (ONE_YEAR.after(since, years, offer.term.month_end) for years in count(1))


def revision_on(offer: Offer, contract: Contract, name: str, day: date) -> Revision | None:
    """Return what the named price of an offer revises others by on a day, None before the first anniversary.

    P is P0 × S ÷ S0 at each anniversary; with a cap no year brings more than so many per cent of the year before.
    Raises Unpublished where the index has no value that is needed; for a contract that is only supposed, the index
    stands still from its last value on.
    """
    price = offer.prices[name]
    days = list(takewhile(lambda one: one <= day, anniversaries(offer, contract, price)))
    if not days:
        return None
    series = offer.series[price.index]
    base_month = month_read(priced_since(contract, price), price)
    value = series.supposed if contract.supposed else series.value
    base, ratio, free = value(base_month), Fraction(1), Fraction(1)
    for one in days if price.most_percent is not None else days[-1:]:
        free = Fraction(value(month_read(one, price)), base)
        most = None if price.most_percent is None else ratio * (1 + Fraction(price.most_percent, WHOLE))
        ratio = free if most is None else min(free, most)
    month = month_read(days[-1], price)
    return Revision(
        since=days[-1],
        base_month=base_month,
        base=base,
        month=month,
        value=value(month),
        change=ratio - 1,
        capped=ratio < free,
    )


def month_read(day: date, price: Price) -> Month:
    """Return the month whose value of the index is read for a day: so many months before its own."""
    return Month.of(ONE_MONTH.after(day.replace(day=1), -price.index_lag))
