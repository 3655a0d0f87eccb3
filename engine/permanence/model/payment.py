"""What a bank says of an account: entries of a statement or notice, and what each was found to be."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .money import Cents

PaymentKind = Literal["settled", "returned", "transfer", "unknown"]
PAYMENT_KINDS: Mapping[PaymentKind, str] = {
    "settled": "prélèvement encaissé",
    "returned": "prélèvement rejeté",
    "transfer": "virement",
    "unknown": "référence inconnue",
}
"""What staff call each kind of entry."""


@frozen(kw_only=True)
class BankEntry:
    """One booked movement as the bank tells it: below zero what left the account.

    ``place`` is where it stands in its file, ``reference`` the debit's from end to end, ``batch`` that of a batch which
    was booked as one, ``reason`` the code of a return, ``said`` what the payer wrote.
    """

    place: str
    account: str
    booked_on: date
    amount: Cents
    currency: str
    reference: str = ""
    batch: str = ""
    reason: str = ""
    said: str = ""


@frozen(kw_only=True)
class Payment:
    """An entry with what it was found to be: the debit that it settles or returns, or the documents that it pays."""

    id: str
    kind: PaymentKind
    booked_on: date
    amount: Cents
    currency: str
    debit: str = ""
    reason: str = ""
    said: str = ""
    paid: Mapping[str, int] = {}
