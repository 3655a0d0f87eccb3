"""What `permanence reminders` prints: each invoice that is overdue, with what may be asked besides."""

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from ...model.money import Cents
from ...model.return_reason import reason_of
from ...model.words.amounts import in_money
from ...model.words.french import day_in_figures, day_in_words
from ...model.words.numbers import in_thousands
from ...money.overdue import OverdueInvoice
from .output import Record, show_table, table

COLUMNS = (
    *("Facture", "Contrat", "Client", "Échue le", "Jours", "Reste dû", "Pénalités", "Indemnité", "Total", "Pourquoi"),
)
NOTHING = "Rien n'est en retard."
NO_RATE = "Pénalités : le vendeur n'en a pas écrit le taux en chiffres (late_per_cent dans [seller.penalties])."


def reminders_summary(found: Sequence[OverdueInvoice], day: date) -> Record:
    """Return what is overdue as plain values, amounts in cents."""
    return {"on": day.isoformat(), "overdue": [_overdue(one) for one in found]}


def _overdue(one: OverdueInvoice) -> Record:
    claim = one.standing.claim
    return {
        "number": claim.number,
        "contract": claim.contract,
        "customer": claim.customer,
        "due_on": one.due_on.isoformat(),
        "days": one.days,
        "left_cents": one.standing.left,
        "penalties_cents": one.penalties,
        "indemnity_cents": one.indemnity,
        "total_cents": one.standing.left + (one.penalties or 0) + one.indemnity,
        "currency": claim.currency,
        "returned": one.returned,
    }


def show_reminders(console: Console, summary: Record) -> None:
    """Print a line for each invoice that is overdue."""
    found = summary["overdue"]
    if not found:
        console.print(NOTHING)
        return
    title = f"En retard le {day_in_words(date.fromisoformat(summary['on']))}"
    show_table(console, table(title, COLUMNS, map(_row, found), numbers=(4, 5, 6, 7, 8)))
    if any(one["penalties_cents"] is None for one in found):
        console.print(Text(NO_RATE), soft_wrap=True)


def _row(one: Record) -> tuple[str, ...]:
    names = ("left_cents", "penalties_cents", "indemnity_cents", "total_cents")
    amounts = ("?" if one[name] is None else in_money(Cents(one[name]), one["currency"]) for name in names)
    why = f"{one['returned']} : {reason_of(one['returned']).french}" if one["returned"] else ""
    return (
        one["number"],
        one["contract"],
        one["customer"],
        day_in_figures(one["due_on"]),
        in_thousands(one["days"]),
        *amounts,
        why,
    )
