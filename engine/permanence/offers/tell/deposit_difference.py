"""Deposits compared: whether one is asked for, and how much it is."""

from collections.abc import Iterator

from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.deposits import deposit_in_words
from ...model.words.phrases import said


def deposit_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield that a deposit is asked for, or is no longer, or what it is instead."""
    before, after = (_told(offer) for offer in (old, new))
    if before == after:
        return
    if after is None:
        yield Words("Il n'y a plus de dépôt de garantie.", "No deposit is asked for any more.")
    elif before is None:
        yield after
    else:
        yield said("{} Avant : {}", "{} Before: {}", after, before)


def _told(offer: Offer) -> Words | None:
    if offer.deposit is None:
        return None
    return deposit_in_words(offer.deposit, offer.deposit.known, offer.head.currency)
