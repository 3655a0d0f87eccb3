"""What came of a deed with money, in French: debits asked for, a bank's file taken in, an entry assigned."""

from collections.abc import Iterator
from typing import Any

from ..currency import EURO
from ..money import Cents
from ..payment import PAYMENT_KINDS
from .amounts import in_money
from .numbers import in_thousands


def money_told(rest: dict[str, Any]) -> Iterator[str]:
    """Yield what came of a deed, and take it out of what is to be told."""
    if messages := rest.pop("messages", None):
        many, amount = rest.pop("debits"), in_money(Cents(rest.pop("amount_cents")), EURO)
        yield f"{in_thousands(many)} prélèvement{'s' if many > 1 else ''}, {amount} : {', '.join(messages)}"
    if statement := rest.pop("statement", None):
        kinds, known = rest.pop("new"), rest.pop("known")
        told = [f"{PAYMENT_KINDS[kind]} {in_thousands(many)}" for kind, many in kinds.items()]
        told += [f"déjà connus {in_thousands(known)}"] if known else []
        yield f"{statement} : {', '.join(told) or 'aucun mouvement'}"
    if document := rest.pop("paid", None):
        amount = in_money(Cents(rest.pop("amount_cents")), rest.pop("currency"))
        yield f"mouvement {rest.pop('payment')}, {amount}, imputé sur {document}"
