"""Which numbers are in each of an offer's sets of numbers called, in sentences, French and English."""

from collections.abc import Iterator

from ..called_numbers import CalledNumbers
from ..offer import Offer
from ..scalars import Words
from .phrases import OR, listed, quoted, said


def called_in_words(offer: Offer) -> Iterator[Words]:
    """Yield how the numbers of each set begin, a sentence for each."""
    for one in offer.called.values():
        begins = beginnings_in_words(one)
        yield said("{} : numéros qui commencent par {}.", "{}: numbers that begin with {}.", quoted(one.title), begins)


def beginnings_in_words(one: CalledNumbers) -> Words:
    """Return how the numbers of a set begin: ``+336 ou +337``."""
    return listed(map(Words, one.prefixes), OR)
