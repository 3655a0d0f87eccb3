"""The price of a count of calls: by band, or by a package with a price for each call past it."""

from attrs import frozen

from ..model.money import Cents
from ..model.offer import Bands


class Unpriceable(Exception):  # noqa: N818 - named after what happened
    """A count that the offer has no price for, and the fact that was counted."""

    def __init__(self, what: str, fact: str = "usage.calls") -> None:
        self.fact = fact
        super().__init__(what)


@frozen
class BandReached:
    """A band: its highest count of calls, and its monthly price."""

    up_to: int
    price: Cents


def band_of(bands: Bands, mission: str, calls: int) -> BandReached:
    """Return the band that a month's count reaches, for a mission.

    Raises Unpriceable when the count lies above the last band of an offer whose bands have a top.
    """
    for step in bands.steps:
        if calls <= step.up_to:
            return BandReached(step.up_to, step.prices[mission])
    last = bands.steps[-1]
    if bands.then is None:
        raise Unpriceable(f"{calls} calls lie above the last band ({last.up_to}); add a step, or `then`")
    further = -((last.up_to - calls) // bands.then.every)
    price = Cents(last.prices[mission] + further * bands.then.prices[mission])
    return BandReached(last.up_to + further * bands.then.every, price)


def calls_for_band(calls: int, floor: int, days: int, of_days: int) -> int:
    """Return the count that decides the band: at least the floor, scaled up when capacity follows the days.

    ``up_to × days ÷ of_days ≥ calls`` holds exactly when ``up_to ≥ calls × of_days ÷ days``, rounded up.
    """
    return max(floor, -(-calls * of_days // days))
