"""What invoices and credit notes say besides their lines: the mentions of the law, and how they are paid (French)."""

from collections.abc import Iterator
from datetime import date

from ..customer_document import CustomerDocument
from ..money import Cents
from ..seller import VAT_DUE, Seller
from .amounts import in_money
from .french import day_in_words

SERVICES = "Prestation de services"
"""The category of the operation, which each invoice tells (décret 2022-1299)."""
NO_INDEMNITY = "Pas d'indemnité forfaitaire pour frais de recouvrement : le client n'est pas un professionnel."
PROFESSIONAL = "professional"


def grouped(number: str, size: int = 4) -> str:
    """Return a number as people read it, in groups of so many signs, which no line breaks: ``FR76 9999 …``."""
    return "\u00a0".join(number[at : at + size] for at in range(0, len(number), size))


def account_shown(iban: str) -> str:
    """Return a customer's account so that he knows it, and nobody else: ``FR76 … 0115``."""
    return f"{iban[:4]} … {iban[-4:]}" if len(iban) > 8 else iban


def siren_shown(siren: str) -> str:
    """Return a SIREN as people read it: ``000 319 996``."""
    return grouped(siren, 3)


def seller_told(seller: Seller) -> Iterator[str]:
    """Yield what the law has each document say of who sells: form and capital, register, VAT number."""
    capital = f"au capital de {in_money(seller.capital, 'EUR')}" if seller.capital is not None else ""
    if form := " ".join(filter(None, (seller.legal_form, capital))):
        yield form
    register = f"RCS {seller.rcs} {siren_shown(seller.siren)}" if seller.rcs and seller.siren else ""
    if register or seller.siren:
        yield register or f"SIREN {siren_shown(seller.siren)}"
    if seller.siret:
        yield f"SIRET {siren_shown(seller.siret[:9])}\u00a0{seller.siret[9:]}"
    if seller.vat_number:
        yield f"TVA {seller.vat_number}"


def vat_mention(document: CustomerDocument) -> str:
    """Return what is said of when the VAT falls due, where the seller has opted for debits; else nothing."""
    taxed = any(vat.rate_bp for vat in document.vat)
    due = document.parties.seller.vat_due
    return VAT_DUE[due].fr if taxed and due == "debits" else ""


def late_told(document: CustomerDocument) -> str:
    """Return what late payment costs, as a rate in words."""
    rate = document.parties.seller.penalties.late_rate
    return f"Pénalités en cas de retard de paiement : {rate.rstrip('.')}."


def indemnity_told(document: CustomerDocument) -> str:
    """Return the indemnity for the costs of recovery, in figures; that there is none, for who is no professional."""
    if document.parties.customer.kind != PROFESSIONAL:
        return NO_INDEMNITY
    amount = in_money(document.parties.seller.penalties.indemnity, "EUR")
    return f"Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : {amount}."


def early_told(document: CustomerDocument) -> str:
    """Return what early payment gives."""
    return f"{document.parties.seller.penalties.early.rstrip('.')}."


def to_pay_told(amount: Cents) -> str:
    """Return what stands before an amount that is to be paid, or, below zero, that the customer gets."""
    return "À payer" if amount >= 0 else "En votre faveur"


def payment_told(document: CustomerDocument) -> str:
    """Return how and when a document is paid, in one sentence."""
    customer, payment = document.parties.customer, document.payment
    if document.gives_back or document.to_pay < 0:
        return "Cette somme est déduite de ce que vous devez, ou vous est remboursée."
    if payment is None or not document.to_pay:
        return "Rien à payer."
    day = day_in_words(payment.on)
    if payment.by == "transfer" or customer.mandate is None:
        return f"À payer par virement au plus tard le {day}."
    return (
        f"Prélevé le {day} sur votre compte {account_shown(customer.iban)} : mandat {customer.mandate.reference} "
        f"du {day_in_words(customer.mandate.signed)}, créancier {document.parties.seller.creditor_identifier}. "
        "Ce document vaut préavis."
    )


def correction_told(document: CustomerDocument) -> str:
    """Return which document this one takes back or replaces, and why; nothing where there is none."""
    told = ""
    if document.corrects:
        told = f"Annule la facture {_named(document.corrects.number, document.corrects.issued_on)}"
    elif document.replaces:
        told = f"Remplace la facture {_named(document.replaces.number, document.replaces.issued_on)}"
    why = document.why.rstrip(".")
    return f"{told}{f' : {why}' if why else ''}." if told else ""


def _named(number: str, day: date) -> str:
    return f"{number} du {day_in_words(day)}"


def deposit_told(deposit: Cents, currency: str) -> str:
    """Return what a deposit beside the total is: taken, or given back."""
    amount = in_money(Cents(abs(deposit)), currency)
    return f"Dépôt de garantie {'demandé' if deposit > 0 else 'rendu'}, hors TVA : {amount}."
