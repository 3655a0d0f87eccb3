"""Amounts and prices of a tariff as they are told."""

from collections.abc import Callable

from ..money import Micros
from ..offer import Offer
from ..price_list import QuotedPrice
from ..scalars import Words
from .amounts import percent_in_words, rate
from .lines import due_when_in_words
from .phrases import listed, said

ONCE, MONTHLY = Words(""), Words(" par mois", " a month")


def by_mission(offer: Offer, amount: Callable[[str], Micros], per: Words = ONCE) -> Words:
    """Return an amount for each of an offer's missions, the first with what it is per; alone where there is one."""
    first, *others = offer.head.mission
    currency = offer.head.currency
    price = rate(amount(first), currency) + per
    if not others:
        return price
    each = [(price, first), *((rate(amount(mission), currency), mission) for mission in others)]
    return listed([said("{} en {}", "{} for a {}", cost, offer.mission_called(mission)) for cost, mission in each])


def cost_in_words(price: QuotedPrice, currency: str) -> Words:
    """Return how much a price of a tariff is: an amount, so many per cent, or what an index makes it."""
    if price.index:
        return price.index
    if price.percent is not None:
        return percent_in_words(price.percent)
    return rate(price.unit_price if price.most_per_call is None else price.most_per_call, currency)


def price_in_words(price: QuotedPrice, currency: str) -> Words:
    """Return a price of a tariff in a sentence: what it is for, how much it is, how it falls due."""
    due = due_when_in_words(price)
    comma = Words(", ") if price.due == "one_off" else Words(" ")
    return said("{} : {}{}{}.", "{}: {}{}{}.", price.name, cost_in_words(price, currency), comma, due)
