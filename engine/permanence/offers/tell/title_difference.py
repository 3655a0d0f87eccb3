"""Titles compared: what is called otherwise than it was."""

from collections.abc import Callable, Iterator, Mapping

from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.phrases import quoted, said

Titles = Callable[[Offer], Mapping[str, Words]]


def title_told(titles: Titles, name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield that something which both offers name has another title; prices and rules tell what it is there for."""
    before, after = titles(old).get(name), titles(new).get(name)
    if before and after and before != after:
        yield said("{} s'appelle désormais {}.", "{} is now called {}.", quoted(before), quoted(after))
