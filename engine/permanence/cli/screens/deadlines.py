"""What `permanence deadlines` prints, in French: what is due, since when it is overdue, and what follows from that."""

from collections.abc import Iterable, Mapping
from datetime import date

from rich.console import Console
from rich.text import Text

from ...contracts.deadlines import Deadline, Waiting
from ...contracts.duties import Duty
from ...model.words.french import day_in_words
from ...model.words.numbers import in_thousands
from ...model.words.terms_agreed import own_term_in_words
from .calendar_labels import AT_LATEST, CUSTOMER_TO_SEND, LABELS, TO_CUSTOMERS, TO_SEND
from .output import Record, show_table, table

CONSEQUENCES: Mapping[str, str] = {
    "go_live_promised": "le contrat n'est pas facturé tant que la mise en service n'est pas notée (R19)",
    "quality_call": "l'offre le promet (R28)",
}


def deadlines_summary(
    found: Iterable[Deadline], waiting: Iterable[Waiting], names: Mapping[str, str], on: date
) -> Record:
    """Return what is due as plain values, by date, and the contracts without a calendar; names are customers'.

    What is overdue has its delay on a day, and what follows from it.
    """
    return {
        "deadlines": [
            {
                "date": deadline.day.isoformat(),
                "contract": deadline.contract,
                "customer": names[deadline.contract],
                "kind": deadline.kind,
                "what": _what(deadline),
                "days_late": deadline.late,
                "sent": deadline.duty and deadline.duty.sent and deadline.duty.sent.isoformat(),
                "consequence": _consequence(deadline.duty, on) if deadline.duty and deadline.late else None,
            }
            for deadline in found
        ],
        "holds": [{"contract": one.contract, "reason": one.reason} for one in waiting],
    }


def show_deadlines(console: Console, summary: Record, first: date, last: date) -> None:
    """Print what is overdue or due between two days, and the contracts that have no calendar."""
    title = f"Échéances du {day_in_words(first)} au {day_in_words(last)}"
    rows = [(_words(row["date"]), row["contract"], row["customer"], _told(row)) for row in summary["deadlines"]]
    if rows:
        show_table(console, table(title, ("Date", "Contrat", "Client", "Échéance"), rows))
    else:
        console.print(f"{title} : aucune.")
    for hold in summary["holds"]:
        console.print(Text(f"En attente : {hold['contract']} : {hold['reason']}", style="yellow"))


def told_to_customer(deadline: Deadline) -> str:
    """Return what a day is to the customer whose contract it is of, as it stands after the day: one of `DAYS`."""
    told = CUSTOMER_TO_SEND if deadline.counts_sent else TO_CUSTOMERS[deadline.kind]
    if own := _own(deadline):
        return f"{told} : {own}"
    return f"{told}{AT_LATEST if deadline.at_latest else ''}"


def _own(deadline: Deadline) -> str:
    if deadline.own is None or deadline.offer is None:
        return ""
    return own_term_in_words(deadline.own, deadline.offer, deadline.offer.head.currency)


def _what(deadline: Deadline) -> str:
    noted = deadline.duty and deadline.duty.noted
    if own := _own(deadline):
        return f"{LABELS[deadline.kind]} : {own}"
    if noted:
        return f"{LABELS['go_live_promised']}, notée pour le {day_in_words(noted)}"
    if deadline.counts_sent:
        return TO_SEND
    return f"{LABELS[deadline.kind]}{AT_LATEST if deadline.at_latest else ''}"


def _told(row: Record) -> str:
    told = str(row["what"])
    if row["sent"]:
        told += f" (envoyé le {_words(row['sent'])}, hors délai : il ne compte pas)"
    if not row["days_late"]:
        return told
    days = f"de {in_thousands(row['days_late'])} jours" if row["days_late"] > 1 else "d'un jour"
    return f"{told} : en retard {days} ; {row['consequence']}"


def _consequence(duty: Duty, on: date) -> str:
    if duty.noted:
        return "rien n'est facturé avant ce jour (R19)"
    if duty.renewal is None:
        return CONSEQUENCES[duty.kind]
    leave = "peut partir à tout moment depuis" if duty.renewal <= on else "pourra partir à tout moment dès"
    return f"le client {leave} le {day_in_words(duty.renewal)}, et être remboursé ({duty.law})"


def _words(day: str) -> str:
    return day_in_words(date.fromisoformat(day))
