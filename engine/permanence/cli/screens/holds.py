"""What `permanence holds` prints: each contract on hold, why, since when, and what to do."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from ...model.period import Month
from ...model.words.french import month_in_words
from ...model.words.lines import calls_in_words
from ...store.held_bills import HeldBill
from .output import Record, show_table, table

NOBODY = "Aucun contrat n'est en attente"


def hold_summary(held: HeldBill, to_do: str) -> Record:
    """Return a contract on hold as plain values; the moment of billing in UTC."""
    return {
        "month": str(held.month),
        "contract": held.contract,
        "customer": held.customer,
        "reason": held.reason,
        "calls": held.calls,
        "since": str(held.since),
        "billed_at": datetime.fromtimestamp(held.billed_at, UTC).isoformat(),
        "to_do": to_do,
    }


def show_holds(console: Console, holds: Sequence[Record], month: Month | None) -> None:
    """Print the contracts on hold, month by month; that nobody waits where that is so."""
    if not holds:
        when = f" en {month_in_words(month)}" if month else ""
        console.print(f"{NOBODY}{when}.")
        return
    for name in dict.fromkeys(row["month"] for row in holds):
        rows = [row for row in holds if row["month"] == name]
        cells = [(row["contract"], row["customer"], row["calls"], month_in_words(_since(row))) for row in rows]
        title = f"En attente, {month_in_words(Month.parse(name))}"
        show_table(console, table(title, ("Contrat", "Client", "Appels", "Depuis"), cells, numbers=(2,)))
        for row in rows:
            console.print()
            calls = f" ({calls_in_words(row['calls'])})" if row["calls"] else ""
            console.print(Text(f"{row['contract']}{calls} : {row['reason']}"), soft_wrap=True)
            console.print(Text(f"  À faire : {row['to_do']}", style="cyan"), soft_wrap=True)
        console.print()


def _since(row: Record) -> Month:
    return Month.parse(row["since"])
