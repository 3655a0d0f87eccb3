"""Whether a customer can be debited on a day: his mandate, its account, and when it was used last."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from ..contracts.parties import legal_on
from ..model.contract import Contract
from ..model.customer_kind import CustomerKind
from ..model.party import LegalData
from ..model.payment_terms import DebitTerms
from ..model.period import Span
from ..model.scalars import Words
from ..model.words.french import day_in_words

UNUSED = Span(36, "months")
"""After so long without a collection a mandate has lapsed (SEPA rulebook, 4.1)."""
SEPA = frozenset(
    (
        "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO"
        " RS SE SI SK SM VA"
    ).split()
)
"""Countries whose accounts can be debited in SEPA, by the first two letters of an IBAN (EPC409-09)."""
Unfit = Literal["no_mandate", "no_account", "wrong_account", "beyond_sepa", "signed_later", "of_a_consumer", "lapsed"]
TO_DO: dict[Unfit, str] = {
    "no_mandate": "faire signer un mandat, ou demander un virement",
    "no_account": "écrire son IBAN dans [contract.legal]",
    "wrong_account": "demander un nouvel IBAN",
    "beyond_sepa": "demander un virement",
    "signed_later": "prélever après la signature, ou corriger sa date",
    "of_a_consumer": "faire signer un mandat « core »",
    "lapsed": "faire signer un nouveau mandat, sous une autre référence",
}
AccountFault = Callable[[str], Words | None]
"""Says why a number is no IBAN, the key of its account included."""


@frozen
class UnfitMandate:
    """Why a customer cannot be debited, in a sentence for staff (French)."""

    what: Unfit
    sentence: str


def terms_of(contract: Contract | None, on: date, terms: DebitTerms) -> DebitTerms:
    """Return the terms of a contract's mandate of a day; the house's where it has none, or is not on file any more."""
    mandate = legal_on(contract, on).mandate if contract else None
    return terms.of(mandate) if mandate else terms


def unfit(
    data: LegalData, kind: CustomerKind, on: date, collect_on: date, last_used: date | None, fault_of: AccountFault
) -> UnfitMandate | None:
    """Return why a customer cannot be debited by his mandate, asked for ``on`` a day; None where he can be.

    ``last_used`` is the day of the last debit of the mandate that is known here.
    """
    if what := next(_faults(data, kind, on, fault_of), None):
        return what
    mandate = data.mandate
    used = max(day for day in (mandate and mandate.signed, mandate and mandate.last_used, last_used) if day)
    if UNUSED.after(used) < collect_on:
        return UnfitMandate("lapsed", f"le mandat n'a pas servi depuis le {day_in_words(used)} (36 mois)")
    return None


def _faults(data: LegalData, kind: CustomerKind, on: date, fault_of: AccountFault) -> Iterator[UnfitMandate]:
    mandate, iban = data.mandate, data.iban
    if mandate is None:
        yield UnfitMandate("no_mandate", "pas de mandat de prélèvement")
        return
    named = f"le mandat {mandate.reference}"
    if not iban:
        yield UnfitMandate("no_account", f"{named} n'a pas d'IBAN")
    elif why := fault_of(iban):
        yield UnfitMandate("wrong_account", f"« {iban} » n'est pas un IBAN : {why.fr}")
    elif iban[:2] not in SEPA:
        yield UnfitMandate("beyond_sepa", f"le compte {iban[:4]}… n'est pas dans l'espace SEPA")
    if mandate.signed > on:
        yield UnfitMandate("signed_later", f"{named} n'est signé que le {day_in_words(mandate.signed)}")
    if mandate.kind == "b2b" and kind == "consumer":
        yield UnfitMandate("of_a_consumer", f"{named} est interentreprises, et le client un particulier")
