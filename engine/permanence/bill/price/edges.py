"""Where prices change their course: the last count that a band, a step or a package takes, and what lies above."""

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from ...model.offer import Bands, Package
from ...model.price import Price
from ...model.problem import KeyPath


@frozen
class Edge:
    """A count that is the last before a price changes.

    ``key`` is where its price is written, or the price that comes next in the same list; ``beyond`` where that of the
    next count is, None when no count lies above.
    """

    last: int
    key: KeyPath
    beyond: KeyPath | None


def band_edges(bands: Bands) -> Iterator[Edge]:
    """Yield the last call of each band, rising, and of the first band past the listed ones."""
    further = ("bands", "then") if bands.then else None
    keys = [("bands", "steps", number) for number in range(len(bands.steps))]
    for step, (_, above) in zip(bands.steps, pairwise(keys), strict=False):
        yield Edge(step.up_to, above, above)
    last = bands.steps[-1].up_to
    yield Edge(last, keys[-1], further)
    if bands.then:
        yield Edge(last + bands.then.every, ("bands", "then"), further)


def package_edges(package: Package) -> Iterator[Edge]:
    """Yield the last call of a package."""
    yield Edge(package.included, ("package", "per_call"), ("package", "per_call"))


def price_edges(name: str, price: Price) -> Iterator[Edge]:
    """Yield the last unit that is included in a named price, 0 where none is, and the last of each of its steps."""
    keys: list[KeyPath] = [("price", name, "steps", number) for number in range(len(price.steps))]
    keys = keys or [("price", name, "amount")]
    yield Edge(price.included, keys[0], keys[0])
    for step, key, above in zip(price.ladder, keys, (*keys[1:], None), strict=True):
        if step.up_to is not None:
            yield Edge(price.included + step.up_to, key, above)
