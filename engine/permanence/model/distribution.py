"""How amounts are spread: quartiles, and a histogram whose bins people can read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from attrs import frozen

from .money import Cents

MOST_BINS = 12


@frozen
class Bin:
    """Amounts between two others, in cents: beyond the end nearer to 0, up to and with the farther one; or 0 alone."""

    start: Cents
    end: Cents
    size: int


@frozen
class Quartiles:
    """The least of some amounts, the three that part them into quarters, and the largest."""

    least: Cents
    first: Cents
    median: Cents
    third: Cents
    most: Cents


@frozen
class Movement:
    """How many contracts pay more, and how much more together; the same for those that pay less; and the others."""

    dearer: int
    rise: Cents
    cheaper: int
    fall: Cents
    unchanged: int


def movement(changes: Sequence[Cents]) -> Movement:
    """Return how the contracts of some changes fare."""
    rises, falls = ([change for change in changes if change * sign > 0] for sign in (1, -1))
    left = len(changes) - len(rises) - len(falls)
    return Movement(len(rises), Cents(sum(rises)), len(falls), Cents(sum(falls)), left)


def quartiles(amounts: Sequence[Cents]) -> Quartiles | None:
    """Return the quartiles of some amounts, each one of them (nearest rank); None where there is no amount."""
    if not amounts:
        return None
    ordered = sorted(amounts)
    ranks = (0, *(-(-len(ordered) * quarter // 4) - 1 for quarter in (1, 2, 3)), -1)
    return Quartiles(*(ordered[rank] for rank in ranks))


def histogram(amounts: Sequence[Cents]) -> tuple[Bin, ...]:
    """Return the amounts by bins of one width, from the least to the largest; what is 0 has a bin of its own.

    The width is the smallest of 1, 2, 5, 10, 20 … cents with which there are at most twelve bins beside that one.
    Empty bins between others are there too; there is no bin at all where there is no amount.
    """
    if not amounts:
        return ()
    width = next(size for size in _widths() if _bins(min(amounts), size) + _bins(max(amounts), size) <= MOST_BINS)
    sizes = Counter(_place(amount, width) for amount in amounts)
    places = range(min(0, *sizes), max(0, *sizes) + 1)
    return tuple(Bin(*_ends(place, width), sizes[place]) for place in places)


def _widths() -> Iterator[int]:
    return (step * 10**power for power in count() for step in (1, 2, 5))


def _bins(amount: Cents, width: int) -> int:
    return -(-abs(amount) // width)


def _place(amount: Cents, width: int) -> int:
    """Return which bin an amount lies in: 0 for nothing, 1 for the first above it, -1 for the first below."""
    return _bins(amount, width) if amount > 0 else -_bins(amount, width)


def _ends(place: int, width: int) -> tuple[Cents, Cents]:
    start = place - 1 if place > 0 else place
    end = place + 1 if place < 0 else place
    return Cents(start * width), Cents(end * width)
