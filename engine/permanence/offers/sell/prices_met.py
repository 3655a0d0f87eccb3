"""Every price that a customer may meet: as he asks, and where options with prices of their own come or go."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve

from ...bill.price.choices import combined
from ...bill.price.models.discount import KIND
from ...bill.price.own_terms import OwnTerms, own_tariff
from ...bill.price.price_list import LIMITS, Tariff, tariff
from ...decide.decider import Decider
from ...model.charged import ALL, covers
from ...model.chosen import Chosen
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.words.phrases import said
from ..tell.conditional_prices import conditional_prices
from ..tell.occasion_words import option_in_words
from .expected import Asked, begun_by, chosen_by, known_of

Hours = frozenset[str]


def prices_asked(decider: Decider, asked: Asked, hours: Hours | None = None) -> Tariff:
    """Return every price that may be charged, to who has the ``hours`` that are asked for or others.

    A price that was agreed stands in place of the offer's; where it was for a time, both are there.
    """
    offer = decider.offer
    chosen = chosen_by(offer, asked)
    chosen = chosen if hours is None else evolve(chosen, hours=hours)
    listed = tariff(offer, chosen)
    if not (asked.discounts or asked.agreed):
        return listed
    own = own_tariff(decider, OwnTerms(chosen, asked.agreed, tuple(enumerate(asked.discounts, 1))))
    for_a_time = any(one.since or one.until for one in asked.agreed)
    return Tariff(tuple(dict.fromkeys((*own.prices, *listed.prices)))) if for_a_time else own


def prices_met(decider: Decider, asked: Asked) -> tuple[QuotedPrice, ...]:
    """Return every price that the customer may meet, each with when.

    Behind the prices of what he asks for stand those that are others once he has other options, then the discounts of
    his own. What is a share, or is taken off, is there only where he may ever pay what it is of.
    """
    granted = filter(_is_granted, prices_asked(decider, asked).prices)
    left, met = [*_of_offer(decider, asked), *granted], list[QuotedPrice]()
    while len(met) != len(left):
        met, left = (
            left,
            [price for price in left if not price.base or any(_is_base(decider.offer, price, one) for one in left)],
        )
    return tuple(met)


def _is_base(offer: Offer, share: QuotedPrice, other: QuotedPrice) -> bool:
    """Tell whether a share may be of another price: never of itself, of a share only as the offer's percents are."""
    if other.code in (share.code, *LIMITS):
        return False
    if not other.base or other.code in share.base:
        return covers(share.base, other.code)
    if _is_granted(share) and not _is_granted(other) and ALL in share.base:
        return True
    return offer.billing.percents == "one_after_other" and all(covers(share.base, code) for code in other.base)


def _of_offer(decider: Decider, asked: Asked) -> Iterator[QuotedPrice]:
    offer, chosen = decider.offer, chosen_by(decider.offer, asked)
    sold = {hours: prices_asked(decider, asked, hours).prices for hours in _hours(offer, chosen)}
    own = sold.pop(chosen.hours)
    always = frozenset(own).intersection(*sold.values())
    prices = [price for price in own if not _is_granted(price)]
    for alike, some in groupby(prices, always.__contains__):
        yield from _conditional(decider, asked, some, None if alike else chosen.hours)
    for hours, others in sold.items():
        words = _with_options(offer, hours, (chosen.hours, *sold))
        different = [price for price in others if price not in own and not _is_granted(price)]
        for price in _conditional(decider, asked, different, hours):
            yield evolve(price, when=_all_of(words, price.when), other_options=True)


def _hours(offer: Offer, chosen: Chosen) -> Iterator[Hours]:
    """Yield the hours asked for, then those that other options lead to; windows are chosen for good, as plans are."""
    yield chosen.hours
    if not offer.priced_with.intersection(offer.options):
        return
    for hours in combined(offer, offer.priced_with):
        if hours != chosen.hours and hours.difference(offer.options) == chosen.hours.difference(offer.options):
            yield hours


def _conditional(
    decider: Decider, asked: Asked, prices: Iterable[QuotedPrice], hours: Hours | None
) -> Iterator[QuotedPrice]:
    """Yield prices with when each is charged; of those of some hours alone, to who has the options of these."""
    offer = decider.offer
    options = offer.priced_with.intersection(offer.options) if hours is not None else ()
    held = {f"option.{name}": int(name in (hours or ())) for name in options}
    return conditional_prices(decider, prices, {**known_of(offer, asked), **held}, begun_by(offer, asked).months)


def _with_options(offer: Offer, hours: Hours, every: Sequence[Hours]) -> Words:
    """Return which options one has who has some hours, and which he has not though he could have them too."""
    names = [name for name in offer.options if name in offer.priced_with]
    told = [option_in_words(name, holds=name in hours, offer=offer) for name in names if hours ^ {name} in every]
    return _all_of(*told)


def _all_of(*parts: Words | None) -> Words:
    found = [part for part in parts if part and part.fr]
    whole = found[0]
    for part in found[1:]:
        whole = said("{}, {}", "{}, {}", whole, part)
    return whole


def _is_granted(price: QuotedPrice) -> bool:
    return price.code.startswith(f"{KIND}.")
