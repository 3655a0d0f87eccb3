"""One customer's own terms as the staff read them: a discount, an agreed price or quantity, an instruction; and why."""

from ..instruction import Instruction
from ..money import Micros
from ..own_terms import AgreedPrice, Discount
from ..quantity import QuantityAgreed
from ..scalars import Words
from .amounts import rate_in_money
from .phrases import said

DISCOUNT = Words("Remise convenue", "Discount agreed")
OwnTerm = Discount | AgreedPrice | QuantityAgreed | Instruction
"""What a contract may have for some of its days, besides what the offer says."""


def as_sentence(why: str) -> str:
    """Return what was typed as a sentence, since others may follow: ``Geste commercial.``."""
    told = why.strip()
    return told if not told or told[-1] in ".!?…" else f"{told}."


def discount_label(discount: Discount) -> Words:
    """Return what the line of a discount says: what it is, and why: ``Remise convenue : bienvenue``."""
    return said("{} : {}", "{}: {}", DISCOUNT, Words(discount.why.strip().rstrip(".")))


def agreed_in_words(why: str, listed: Micros | None, currency: str) -> str:
    """Return that a price was agreed, in place of which one of the offer's where that is known, and why."""
    of_offer = f" au lieu de {rate_in_money(listed, currency)}" if listed is not None else ""
    return f" Prix convenu avec ce client{of_offer} : {why.strip().rstrip('.')}."
