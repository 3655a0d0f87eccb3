"""The price of a count of calls: by band, or by a package with a price for each call past it."""

from attrs import frozen

from ...contracts.trial import deciding_days
from ...model.money import Cents
from ...model.period import Month
from ...model.served import Served
from ...model.subscriptions import BandPrices


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


def band_of(bands: BandPrices, mission: str, calls: int) -> BandReached:
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


def deciding_count(served: Served, month: Month, calls: int, floor: int = 0) -> int:
    """Return the count that decides the band of a month, by the offer's convention for partial months (A7)."""
    billing = served.offer.billing
    if billing.partial != "prorate_price_and_bands":
        return max(floor, calls)
    # Served on a 31st alone, a contract has no day of thirty, and may have calls.
    days = max(1, sum(map(billing.days_of, deciding_days(served).periods)))
    return calls_for_band(calls, floor, days, billing.days_of(month.period))


def band_holding(bands: BandPrices, calls: int) -> int:
    """Return the highest count of the band that holds a count; of the last one for a count above them all."""
    last = bands.steps[-1].up_to
    if calls > last and bands.then:
        return last + -((last - calls) // bands.then.every) * bands.then.every
    return next((step.up_to for step in bands.steps if calls <= step.up_to), last)


def band_below(bands: BandPrices, up_to: int) -> int:
    """Return the highest count of the band just below another; of the lowest when there is none below."""
    steps = [step.up_to for step in bands.steps]
    if bands.then and up_to > steps[-1]:
        return up_to - bands.then.every
    return max((step for step in steps if step < up_to), default=steps[0])
