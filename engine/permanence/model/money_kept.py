"""All that a database has of money: what is issued, asked for and paid."""

from attrs import frozen

from .claim import Claim
from .debit import AskedDebit
from .payment import Payment


@frozen
class MoneyKept:
    """What is issued, asked for and paid, each in the order in which it came."""

    claims: tuple[Claim, ...] = ()
    debits: tuple[AskedDebit, ...] = ()
    payments: tuple[Payment, ...] = ()
