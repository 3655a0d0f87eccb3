"""What an issued document asks for or gives back, as an account sees it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .customer_kind import CustomerKind
from .money import Cents
from .payment_terms import PaymentDue

ClaimState = Literal["issued", "asked", "returned", "settled", "corrected", "credit"]
CLAIM_STATES: Mapping[ClaimState, str] = {
    "issued": "émise",
    "asked": "prélèvement demandé",
    "returned": "revenue impayée",
    "settled": "réglée",
    "corrected": "corrigée",
    "credit": "avoir",
}
"""What staff call each state of a document."""


@frozen(kw_only=True)
class Claim:
    """An issued document by its number: whose it is, and what is to be paid for it, below zero for a credit note.

    ``due`` is its total with VAT and the deposit beside it. ``corrects`` is the invoice that a credit note takes back.
    ``payment`` is what it says of how it is paid: None of a credit note, and of what was issued before that was said.
    """

    number: str
    kind: str
    contract: str
    customer: str
    customer_kind: CustomerKind
    seller: str
    month: str
    issued_on: date
    due: Cents
    currency: str
    corrects: str = ""
    payment: PaymentDue | None = None
