"""The price of a count by steps, each unit at its own or all at the one reached, in lots."""

from collections.abc import Iterable
from itertools import pairwise

from attrs import evolve

from ...model.price import Price, PriceStep, Tier
from .bands import Unpriceable


def tiers_of(price: Price, count: int, whole: int | None = None) -> tuple[Tier, ...]:
    """Return the steps that a count reaches: the first in any case; of a volume price the highest alone.

    The included units come off first: steps and lots count the others, at least the fewest that are charged. A lot that
    is begun is due in full. The ``whole`` month's count, where the count is only of its first days, decides the step of
    a volume price. Raises Unpriceable when it lies above the last step of a price that has a top.
    """
    whole = count if whole is None else whole
    charged = max(price.fewest, count - price.included)
    most = max(price.fewest, whole - price.included)
    highest = _reached(price, most)[-1]
    top = highest[1].up_to
    if top is not None and most > top:
        what = f"{whole} {price.per} lie above the last step ({price.included + top}); add one without up_to"
        raise Unpriceable(what, price.per)
    if price.model == "volume":
        return (_tier(price, highest[1], highest[0], charged),)
    reached = _reached(price, charged)
    return tuple(_tier(price, step, above, _capped(charged, step.up_to) - above) for above, step in reached)


def further(reached: tuple[Tier, ...], earlier: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Return what steps charge beyond what they charged earlier in the month: no unit twice, and no fee."""
    before = {tier.step.up_to: tier for tier in earlier}
    return tuple(
        evolve(tier, units=tier.units - old.units, lots=tier.lots - old.lots, opens=False)
        if (old := before.get(tier.step.up_to))
        else tier
        for tier in reached
    )


def taken_together(parts: Iterable[Iterable[Tier]]) -> tuple[Tier, ...]:
    """Return the steps that parts of a month reach, each with the units and lots of all of them."""
    found: dict[int | None, Tier] = {}
    for tier in (tier for part in parts for tier in part):
        old = found.get(tier.step.up_to, Tier(tier.step, tier.above, 0, 0, opens=False))
        units, lots = old.units + tier.units, old.lots + tier.lots
        found[tier.step.up_to] = evolve(old, units=units, lots=lots, opens=old.opens or tier.opens)
    return tuple(found.values())


def _reached(price: Price, charged: int) -> list[tuple[int, PriceStep]]:
    """Return the steps that so many units reach, each with the units below it."""
    later = pairwise(price.ladder)
    above = [(below.up_to, step) for below, step in later if below.up_to is not None and charged > below.up_to]
    return [(0, price.ladder[0]), *above]


def _tier(price: Price, step: PriceStep, above: int, units: int) -> Tier:
    return Tier(step, above, units, -(-units // price.every))


def _capped(count: int, most: int | None) -> int:
    return count if most is None else min(count, most)
