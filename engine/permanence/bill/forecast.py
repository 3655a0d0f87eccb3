"""How many calls a month is expected to have at its end, from what is usual on each day of the week."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from ..model.money import round_half_up


@frozen
class Forecast:
    """The calls expected by the end of a month, and the day on which the next price is reached, None for none in it.

    It rests on the contract's own ``days`` of service from ``since`` on: the mean of each day of the week.
    """

    expected: int
    passes_on: date | None
    since: date
    days: int


def forecast(
    seen: Mapping[date, int], today: tuple[date, int], ahead: Sequence[date], so_far: int, left: int | None
) -> Forecast | None:
    """Return what a month is expected to come to; None where no whole day of service is known.

    ``seen`` is the calls of each whole day of service that tells what is usual, those without a call among them;
    ``today`` has its calls so far, ``ahead`` is the days of service from today on. A day of the week that was not seen
    is as the mean of all days; of today what is left of its mean. ``left`` is how many calls are left at the
    present price. Public holidays are days like others.
    """
    if not seen:
        return None
    each: dict[int, list[int]] = {}
    for day, calls in seen.items():
        each.setdefault(day.weekday(), []).append(calls)
    mean = Fraction(sum(seen.values()), len(seen))
    usual = {weekday: Fraction(sum(calls), len(calls)) for weekday, calls in each.items()}
    more, passes_on = Fraction(0), None
    for day in ahead:
        of_day = usual.get(day.weekday(), mean)
        more += max(Fraction(0), of_day - today[1]) if day == today[0] else of_day
        if passes_on is None and left is not None and _whole(more) > left:
            passes_on = day
    return Forecast(so_far + _whole(more), passes_on, min(seen), len(seen))


def _whole(calls: Fraction) -> int:
    return round_half_up(calls.numerator, calls.denominator)
