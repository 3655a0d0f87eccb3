"""Amounts and prices of a tariff as they are told."""

from collections.abc import Callable

from ...model.mission import mission_words
from ...model.money import Micros
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.words.amounts import rate
from ...model.words.lines import due_in_words
from ...model.words.phrases import listed, said

ONCE, MONTHLY = Words(""), Words(" par mois", " a month")


def by_mission(offer: Offer, amount: Callable[[str], Micros], per: Words = ONCE) -> Words:
    """Return an amount for each of an offer's missions, the first with what it is per; alone where there is one."""
    first, *others = offer.head.mission
    currency = offer.head.currency
    price = rate(amount(first), currency) + per
    if not others:
        return price
    each = [(price, first), *((rate(amount(mission), currency), mission) for mission in others)]
    return listed([said("{} en {}", "{} for a {}", cost, mission_words(mission)) for cost, mission in each])


def price_in_words(price: QuotedPrice, currency: str) -> Words:
    """Return a price of a tariff in a sentence: what it is for, how much it is, how it falls due."""
    due = due_in_words(price)
    comma = Words(", ") if price.due == "one_off" else Words(" ")
    return said("{} : {}{}{}.", "{}: {}{}{}.", price.name, rate(price.unit_price, currency), comma, due)
