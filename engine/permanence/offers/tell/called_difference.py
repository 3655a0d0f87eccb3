"""What changed in an offer's sets of numbers called."""

from collections.abc import Iterator

from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.changes import instead
from ...model.words.numbers_called import beginnings_in_words
from ...model.words.phrases import quoted, said
from .title_difference import title_told


def called_told(name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield that a set which both offers have is called otherwise, or has other numbers."""
    yield from title_told(lambda offer: {one: numbers.title for one, numbers in offer.called.items()}, name, old, new)
    before, after = old.called.get(name), new.called.get(name)
    if before and after and before.prefixes != after.prefixes:
        numbers = said("Numéros {}", "Numbers {}", quoted(after.title))
        yield instead(numbers, beginnings_in_words(after), beginnings_in_words(before))
