"""A deposit: money that is taken with a contract's first invoice and given back with its last."""

from typing import Literal

from attrs import frozen

from .keys import key
from .money import Cents
from .scalars import Words

DEPOSIT = "deposit"
"""What lines of a deposit are charged as, and how they are told apart from what is sold."""


@frozen(kw_only=True)
class Deposit:
    """`[deposit]`: taken with the first invoice, given back with the last."""

    title: Words = key(
        "What the invoice says.",
        default=Words("Dépôt de garantie", "Deposit"),
        example={"fr": "Dépôt de garantie", "en": "Deposit"},
    )
    amount: Cents | None = key("How much it is.", default=None, example="100.00")
    of: Literal["", "usual_month"] = key(
        "In place of an amount: what a usual month of the customer costs, as his quote says, excluding VAT.", default=""
    )
    vat: Literal["outside"] = key(
        "It is outside VAT and turnover: the price of nothing, since it is given back.", default="outside"
    )

    @property
    def known(self) -> Cents | None:
        """Return how much it is; None where that is what a usual month of the customer costs."""
        return None if self.of else self.amount
