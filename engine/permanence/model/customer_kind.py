"""What consumer law takes a customer for; what it owes him stands in the entry of his country (`countries`)."""

from collections.abc import Collection, Mapping
from typing import Literal

from attrs import frozen

from .scalars import Words

CustomerKind = Literal["professional", "non_professional", "consumer"]


@frozen
class KindOfCustomer:
    """A kind: its French name, and one such customer in a sentence."""

    french: str
    one: Words


KINDS: Mapping[CustomerKind, KindOfCustomer] = {
    "professional": KindOfCustomer("professionnel", Words("un professionnel", "a professional")),
    "non_professional": KindOfCustomer("non-professionnel", Words("un non-professionnel", "a non-professional")),
    "consumer": KindOfCustomer("consommateur", Words("un consommateur", "a consumer")),
}


def usual_customer(kinds: Collection[CustomerKind]) -> CustomerKind:
    """Return the one of some kinds of customer of whom an offer is told where it is not said of whom."""
    return next(kind for kind in KINDS if kind in kinds)
