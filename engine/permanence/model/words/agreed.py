"""One customer's own terms as the staff read them: a discount, an agreed price, an agreed quantity, and why."""

from ..own_terms import AgreedPrice, Discount
from ..quantity import QuantityAgreed
from .amounts import in_money, rate_in_money
from .numbers import percent

OwnTerm = Discount | AgreedPrice | QuantityAgreed
"""What a contract may have for some of its days, besides what the offer says."""


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
