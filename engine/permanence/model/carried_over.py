"""Calls that were included and not used, carried over from one month to later ones, for as long as an offer says."""

from collections.abc import Iterator

from attrs import frozen

from .period import Month, Span

MONTHS_OF = {"months": 1, "years": 12}


@frozen
class LeftOver:
    """Calls of a month that were included and not used, and are still to be had."""

    month: Month
    calls: int


@frozen
class CarriedOver:
    """What past months left, the oldest first."""

    left: tuple[LeftOver, ...] = ()

    @property
    def calls(self) -> int:
        """Return how many calls there are of all these months."""
        return sum(one.calls for one in self.left)

    def into(self, month: Month, lasting: Span) -> "CarriedOver":
        """Return what is still to be had in a month: of months that lie no further back than it lasts."""
        months = lasting.count * MONTHS_OF[lasting.unit]
        return CarriedOver(tuple(one for one in self.left if _apart(one.month, month) <= months))

    def used(self, calls: int) -> tuple[LeftOver, ...]:
        """Return how many of so many calls are of what was carried over, by month: the oldest are used first."""
        return tuple(LeftOver(one.month, min(one.calls, left)) for one, left in self._each(calls) if left > 0)

    def after(self, month: Month, included: int, calls: int) -> "CarriedOver":
        """Return what a month leaves that includes so many calls, of which, with those before, so many were used."""
        before = tuple(LeftOver(one.month, one.calls - max(0, min(one.calls, left))) for one, left in self._each(calls))
        own = LeftOver(month, included - max(0, min(included, calls - self.calls)))
        return CarriedOver(tuple(one for one in (*before, own) if one.calls))

    def _each(self, calls: int) -> Iterator[tuple[LeftOver, int]]:
        """Yield what each month left, with how many of so many calls are not of the months before it."""
        for one in self.left:
            yield one, calls
            calls -= one.calls


NOTHING_CARRIED = CarriedOver()


def _apart(earlier: Month, later: Month) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
