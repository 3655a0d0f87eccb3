"""What consumer law takes a customer for (Code de la consommation, L215-1 and L215-3)."""

from collections.abc import Collection, Mapping
from typing import Literal

from attrs import frozen

from .scalars import Words

CustomerKind = Literal["professional", "non_professional", "consumer"]


@frozen
class KindOfCustomer:
    """A kind: its French name, one such customer in a sentence, and whether the law owes him a reminder of renewals."""

    french: str
    one: Words
    is_reminded: bool


KINDS: Mapping[CustomerKind, KindOfCustomer] = {
    "professional": KindOfCustomer("professionnel", Words("un professionnel", "a professional"), is_reminded=False),
    "non_professional": KindOfCustomer(
        "non-professionnel", Words("un non-professionnel", "a non-professional"), is_reminded=True
    ),
    "consumer": KindOfCustomer("consommateur", Words("un consommateur", "a consumer"), is_reminded=True),
}


def usual_customer(kinds: Collection[CustomerKind]) -> CustomerKind:
    """Return the one of some kinds of customer of whom an offer is told where it is not said of whom."""
    return next(kind for kind in KINDS if kind in kinds)
