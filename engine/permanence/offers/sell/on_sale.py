"""Which version of an offer is on sale on a day."""

from collections.abc import Iterable
from datetime import date

from ...decide.decider import Decider
from ...model.problem import Place, Problem, Refused, did_you_mean


def offer_on_sale(deciders: Iterable[Decider], name: str, day: date, where: str = "OFFER") -> Decider:
    """Return who decides for the offer of a version, or of an id the version on sale on a day; ``where`` it was named.

    Raises Refused when there is none of that name, or when it is not sold yet.
    """
    known = {decider.offer.version: decider for decider in deciders}
    named = [one.offer for one in known.values() if name in (one.offer.version, one.offer.head.id)]
    if not named:
        names = {*known, *(one.offer.head.id for one in known.values())}
        raise Refused([Problem(Place(where), f'there is no offer "{name}"', did_you_mean(name, names))])
    sold = [offer for offer in named if offer.head.sold_from <= day]
    if not sold:
        first = min(named, key=lambda offer: offer.head.sold_from)
        exact = name == first.version
        hint = f"it is on sale from {first.head.sold_from}" if exact else f"its first version is {first.version}"
        raise Refused([Problem(Place(where), f"{name} is not sold on {day}", hint)])
    return known[max(sold, key=lambda offer: offer.head.sold_from).version]
