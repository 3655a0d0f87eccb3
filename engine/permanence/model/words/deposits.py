"""What is said of a deposit: on invoices, in quotes and descriptions."""

from ..deposit import Deposit
from ..money import Cents, price_of
from ..scalars import Words
from .amounts import rate
from .phrases import said

TAKEN = "Demandé avec la première facture, rendu avec la dernière ; hors TVA."
GIVEN_BACK = "Rendu avec la dernière facture ; hors TVA."
USUAL = Words("le prix d'un mois ordinaire", "the price of a usual month")


def deposit_in_words(deposit: Deposit, amount: Cents | None, currency: str) -> Words:
    """Return how much a deposit is, and what becomes of it, in a sentence."""
    much = USUAL if amount is None else rate(price_of(amount), currency)
    return said(
        "{} : {}, demandé avec la première facture et rendu avec la dernière, hors TVA.",
        "{}: {}, taken with the first invoice and given back with the last, outside VAT.",
        deposit.title,
        much,
    )
