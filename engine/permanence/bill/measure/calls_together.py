"""What is charged together for one call: how many calls of a month bear which of several prices, past what is free."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.offer import Offer
from ...model.price import named_in
from ...model.usage import Calls, Numbers, WordColumn, distinct
from .first_ones import of_mark, ranks
from .outcomes import Classified
from .roster import Roster

TOGETHER = "usage.together."
"""How the counts begin of calls that are charged several prices: their names follow, with a plus between them."""


@frozen
class OfEachCall:
    """What a price is charged for: each counted call, or each that bears a mark, past the first ones of the month."""

    mark: str
    included: int


def capped_prices(offer: Offer) -> Mapping[str, OfEachCall]:
    """Return the prices of an offer of which one call may bear several and costs so much at most."""
    capped = (name for price in offer.prices.values() if price.most_per_call is not None for name in named_in(price.of))
    prices = {name: offer.prices[name] for name in capped if name in offer.prices}
    return {name: OfEachCall(_mark(price.per), price.included) for name, price in prices.items()}


def _mark(per: str) -> str:
    return "" if per == "usage.calls" else per.removeprefix("usage.")


def calls_together(
    calls: Calls,
    classified: Classified,
    marks: WordColumn,
    roster: Roster,
    asked: Sequence[Mapping[str, OfEachCall]],
) -> Mapping[tuple[str, ...], Numbers]:
    """Return, by the prices that one call is charged together, how many such calls each part of the roster has.

    ``asked`` gives the prices of each part by name; parts that ask for none have no call. The first calls of a mark are
    those of the contract's month in time order, whatever part they lie in.
    """
    names = tuple(dict.fromkeys(name for theirs in asked for name in theirs))
    if not names:
        return {}
    charged = np.zeros(len(calls), np.int64)
    for bit, name in enumerate(names):
        for one in dict.fromkeys(theirs[name] for theirs in asked if name in theirs):
            parts = [theirs.get(name) == one for theirs in asked]
            rows = of_mark(
                classified, marks, roster, one.mark, [name in theirs for theirs in asked], every=not one.mark
            )
            place = ranks(calls, classified, marks, roster, rows, calls.talk.astype(np.int64))
            mine = np.array([*parts, False])[classified.contract[rows]]
            charged[rows[mine & (place >= one.included)]] |= 1 << bit
    found: dict[tuple[str, ...], Numbers] = {}
    for bits in distinct(charged[charged > 0]).tolist():
        together = tuple(name for bit, name in enumerate(names) if bits >> bit & 1)
        found[together] = np.bincount(classified.contract[charged == bits], minlength=len(roster.served))
    return found
