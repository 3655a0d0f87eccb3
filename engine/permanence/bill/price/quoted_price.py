"""Parts of quoted prices that several models share."""

from collections.abc import Iterator, Mapping

from ...model.carried_over import MONTHS_OF
from ...model.fault import Fault
from ...model.money import Cents, Micros, price_of
from ...model.offer import BillingRules, Offer
from ...model.period import Span
from ...model.price import Price
from ...model.price_list import Due, QuotedPrice
from ...model.problem import KeyPath, did_you_mean
from ...model.scalars import Words
from ...model.words.lines import limit_in_words


def monthly_price(label: Words, amount: Micros, due: Due, *, by_days: bool) -> QuotedPrice:
    """Return a price that is due by the month, or once in it."""
    return QuotedPrice(
        label=label.fr, english=label.told("en"), unit_price=amount, unit="mois", due=due, by_days=by_days
    )


def follows_days(offer: Offer) -> bool:
    """Tell whether a month that is served in part has its part of a price (A7)."""
    return offer.billing.partial != "full"


def limit_prices(
    offer: Offer, what: Words, least: Cents | None, most: Cents | None, *, by_days: bool = True
) -> Iterator[QuotedPrice]:
    """Yield the least and the most of something, in so far as it has them."""
    by_days = by_days and follows_days(offer)
    if least is not None:
        yield monthly_price(limit_in_words(what, Cents(1)), price_of(least), "least", by_days=by_days)
    if most is not None:
        yield monthly_price(limit_in_words(what, Cents(-1)), price_of(most), "most", by_days=by_days)


def mission_faults(offer: Offer, prices: Mapping[str, int], path: KeyPath) -> Iterator[Fault]:
    """Yield what is wrong with prices by mission: each mission of the offer has one, and none is below zero."""
    known = offer.head.mission
    for mission, price in prices.items():
        if price < 0:
            yield Fault((*path, mission), f'the price for "{mission}" is negative')
        if known and mission not in known:
            what = f'the offer has no mission "{mission}"'
            yield Fault((*path, mission), what, did_you_mean(mission, known), at_key=True)
    for mission in known:
        if mission not in prices:
            yield Fault((*path, mission), f'there is no price for the mission "{mission}"')


def limit_faults(limits: Price | BillingRules, path: KeyPath) -> Iterator[Fault]:
    """Yield what is wrong with a least and a most: neither is negative, and the least is not above the most."""
    for name, limit in (("least", limits.least), ("most", limits.most)):
        if limit is not None and limit < 0:
            yield Fault((*path, name), f'"{name}" is negative')
    if limits.least is not None and limits.most is not None and limits.least > limits.most:
        yield Fault((*path, "most"), '"most" is below "least"')


def carry_over_faults(lasting: Span, path: KeyPath) -> Iterator[Fault]:
    """Yield that what is included is carried over for no number of months."""
    if lasting.unit not in MONTHS_OF or not lasting.count:
        hint = 'write "1 month", or leave it out where nothing is carried over'
        yield Fault(path, f'"{lasting}" is no number of months', hint)
