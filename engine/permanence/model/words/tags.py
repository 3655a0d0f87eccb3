"""Tags of calls, as customers read them."""

from collections.abc import Mapping

from ..offer import Offer
from ..scalars import Words
from .phrases import quoted

TAGS: Mapping[str, Words] = {
    "wrong_number": Words("faux numéro", "wrong number"),
    "test": Words("essai", "test"),
    "spam": Words("indésirable", "spam"),
}
"""What those are called that an offer need not give a title to."""


def tag_title(offer: Offer, tag: str) -> Words:
    """Return a tag as customers read it, quoted: its title in the offer, else what it is usually called."""
    return quoted(offer.tags[tag].title if tag in offer.tags else TAGS.get(tag, Words(tag)))
