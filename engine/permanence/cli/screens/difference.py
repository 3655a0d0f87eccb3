"""What `permanence diff` prints: a sentence a line, and below what no customer notices."""

from collections.abc import Iterator

from ...model.offer import Offer
from ...model.scalars import Language, Words
from ...model.words.phrases import said
from ...offers.tell.difference import Difference
from .output import Record
from .spoken import spoken

NOTHING = Words("Rien ne change pour un client.", "Nothing changes for a customer.")


def difference_summary(old: Offer, new: Offer, found: Difference, language: Language) -> Record:
    """Return two offers' difference as plain values, its sentences in one language."""
    return {
        "old": old.version,
        "new": new.version,
        "noticed": [spoken(words, language) for words in found.noticed],
        "unnoticed": [spoken(words, language) for words in found.unnoticed],
    }


def difference_text(old: Offer, new: Offer, found: Difference, language: Language) -> str:
    """Return two offers' difference as text."""
    return "\n".join(spoken(words, language) for words in _lines(old, new, found))


def _lines(old: Offer, new: Offer, found: Difference) -> Iterator[Words]:
    yield said("De {} à {} :", "From {} to {}:", Words(old.version), Words(new.version))
    yield Words("")
    yield from (said("- {}", "- {}", words) for words in found.noticed or (NOTHING,))
    if found.unnoticed:
        rest = Words(
            ", ".join(words.fr for words in found.unnoticed), ", ".join(words.told("en") for words in found.unnoticed)
        )
        yield Words("")
        yield said("Changements que le client ne voit pas : {}.", "Changes that a customer does not see: {}.", rest)
