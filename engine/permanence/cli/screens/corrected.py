"""What `permanence correct` prints: the credit note, the new invoice, and what rested on the one that was wrong."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ...bill.ledger import Otherwise
from ...model.issued import KINDS_ISSUED, Document
from ...model.money import Cents
from ...model.outcome import OUTCOME_WORDS
from ...model.words.amounts import in_money
from ...store.ledger import IssuedNow
from .excluded import exclusion_in_words
from .issued_otherwise import otherwise_summary, show_lines
from .output import Record, show_table, table


def corrected_summary(
    document: Document, issued: IssuedNow, later: Sequence[str], calls: Sequence[Record] | None
) -> Record:
    """Return a correction as plain values: what was issued, the lines that differ, later invoices; in cents.

    ``calls`` are those that came in after the invoice, or were excluded since, None where that cannot be told.
    """
    documents = [entry.document for entry in issued.entries]
    (otherwise,) = otherwise_summary([Otherwise(document, documents[1] if len(documents) > 1 else None)])
    names = ("kind", "number", "total_cents", "currency")
    return {
        **otherwise,
        "why": documents[0]["why"],
        "issued": [{name: one[name] for name in names} for one in documents],
        "later": list(later),
        "calls_since": None if calls is None else list(calls),
        "head": str(issued.head),
    }


def _why(call: Record) -> str:
    return exclusion_in_words(call["excluded"]) if call["excluded"] else str(call["reason"])


def show_corrected(console: Console, summary: Record) -> None:
    """Print what corrects an invoice, the lines in which the new one differs, and what rested on it."""
    for one in summary["issued"]:
        amount = in_money(Cents(one["total_cents"]), one["currency"])
        of = f" de la facture {summary['number']}" if one["kind"] == "credit_note" else ""
        console.print(f"{KINDS_ISSUED[one['kind']].capitalize()} {one['number']}{of} : {amount}", soft_wrap=True)
    show_lines(console, summary)
    if summary["calls_since"]:
        rows = [
            (call["arrived"], call["caller"], call["talk_seconds"], OUTCOME_WORDS[call["outcome"]].one, _why(call))
            for call in summary["calls_since"]
        ]
        columns = ("Arrivée", "Appelant", "Conversation", "Issue", "Motif")
        excluded = any(call["excluded"] for call in summary["calls_since"])
        title = "Appels entrés ou exclus après la facture" if excluded else "Appels entrés après la facture"
        show_table(console, table(title, columns, rows, numbers=(2,)))
    if summary["later"]:
        named = ", ".join(summary["later"])
        line = (
            f"Des mois suivants reposaient sur celui-ci : {named}. Facturez-les à nouveau, et corrigez ce qui diffère."
        )
        console.print(Text(line, style="yellow"), soft_wrap=True)
    console.print(f"Fin du registre : {summary['head']}", soft_wrap=True)
