"""One customer's own terms as the staff read them: a discount, an agreed price, an agreed quantity, and why."""

from ..money import Micros
from ..own_terms import AgreedPrice, Discount
from ..quantity import QuantityAgreed
from ..scalars import Words
from .amounts import in_money, rate_in_money
from .numbers import percent
from .phrases import said

DISCOUNT = Words("Remise convenue", "Discount agreed")
OwnTerm = Discount | AgreedPrice | QuantityAgreed
"""What a contract may have for some of its days, besides what the offer says."""


def discount_label(discount: Discount) -> Words:
    """Return what the line of a discount says: what it is, and why: ``Remise convenue : bienvenue``."""
    return said("{} : {}", "{}: {}", DISCOUNT, Words(discount.why.strip().rstrip(".")))


def agreed_in_words(why: str, listed: Micros | None, currency: str) -> str:
    """Return that a price was agreed, in place of which one of the offer's where that is known, and why."""
    of_offer = f" au lieu de {rate_in_money(listed, currency)}" if listed is not None else ""
    return f" Prix convenu avec ce client{of_offer} : {why.strip().rstrip('.')}."


def own_term_in_words(one: OwnTerm, currency: str) -> str:
    """Return ``Remise de 10 % (bands) : Remise de bienvenue``, and the like."""
    match one:
        case Discount():
            size = percent(abs(one.percent or 0))
            if one.amount is not None:
                size = f"{in_money(one.amount, currency).lstrip('-')} par mois"
            told = f"Remise de {size}" + (f" ({', '.join(one.of)})" if one.of else "")
        case AgreedPrice():
            band = f", jusqu'à {one.up_to}" if one.up_to is not None else ""
            told = f"Prix convenu ({one.charge}{band}), {rate_in_money(one.amount, currency)}"
        case QuantityAgreed():
            return f"Quantité convenue : {one.id}, {one.quantity}"
    return f"{told} : {one.why.strip().rstrip('.')}"
