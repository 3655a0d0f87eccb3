"""What is measured in turn, round by round: a machine's speed drifts, and neighbours come and go.

Two runs, one directly after the other, meet the same machine: their ratio says more than that of two medians.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import TypeVar

from attrs import field, frozen

ROUNDS = 5
WIDE = 0.25
"""A range is wide that is more than so much of its median."""
Result = TypeVar("Result")


def _in_order(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(values)


@frozen
class Spread:
    """One figure, once for each round."""

    values: tuple[float, ...] = field(converter=_in_order)

    @property
    def median(self) -> float:
        """Return the figure of the middle round."""
        return median(self.values)

    @property
    def least(self) -> float:
        """Return the least figure of all rounds."""
        return min(self.values)

    @property
    def most(self) -> float:
        """Return the greatest figure of all rounds."""
        return max(self.values)

    @property
    def wide(self) -> bool:
        """Tell whether the rounds differ so much that the median is not to be relied upon."""
        return self.most - self.least > WIDE * self.median


def ratios(above: Sequence[float], below: Sequence[float]) -> Spread:
    """Return each round's figure divided by that of the same round.

    Raises ValueError when there are more of one than of the other.
    """
    return Spread(one / other for one, other in zip(above, below, strict=True))


def in_turn(runs: Sequence[Callable[[], Result]], rounds: int = ROUNDS) -> Iterator[tuple[Result, ...]]:
    """Yield what the runs return, a round at a time, in their order.

    Each second round runs in the opposite order: no run is always first, and neighbours stay neighbours.
    """
    for number in range(rounds):
        if number % 2:
            yield tuple([run() for run in reversed(runs)][::-1])
        else:
            yield tuple([run() for run in runs])
