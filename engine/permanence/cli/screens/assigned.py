"""What `permanence payments assign` prints: the entry of the bank's, and the document that it pays."""

from rich.console import Console

from ...model.money import Cents
from ...model.payment import Payment
from ...model.words.amounts import in_money
from .output import Record


def assigned_summary(payment: Payment, document: str) -> Record:
    """Return which entry pays which document, as plain values; the amount in cents."""
    return {
        "payment": payment.id,
        "document": document,
        "amount_cents": payment.amount,
        "currency": payment.currency,
        "booked_on": payment.booked_on.isoformat(),
    }


def show_assigned(console: Console, summary: Record) -> None:
    """Print it in one sentence."""
    amount = in_money(Cents(summary["amount_cents"]), summary["currency"])
    sentence = f"Mouvement {summary['payment']} du {summary['booked_on']}, {amount} : imputé sur {summary['document']}."
    console.print(sentence, soft_wrap=True)
