"""Parts of quoted prices that several models share."""

from collections.abc import Iterator

from ...model.money import Cents, Micros, price_of
from ...model.offer import Offer
from ...model.price_list import Due, QuotedPrice
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


def least_prices(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    """Yield the least that a month costs."""
    yield from limit_prices(offer, Words(""), offer.billing.least, None)


def most_prices(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    """Yield the most that a month costs."""
    yield from limit_prices(offer, Words(""), None, offer.billing.most)
