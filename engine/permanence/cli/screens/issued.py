"""What `permanence issue` prints: the numbers given, what was left and why, and where the ledger ends."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from ...bill.ledger import Left
from ...model.issued import to_correct
from ...model.money import Cents
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import day_in_words, month_in_words
from ...model.words.numbers import in_thousands
from ...store.ledger import IssuedNow
from .output import Record, show_table, table

WHY = {
    "issued": "déjà émise",
    "otherwise": "déjà émise, et la facture serait autre aujourd'hui",
    "nothing": "rien à facturer",
    "lacking": "il manque",
    "outdated": "à refaire d'abord",
    "altered": "le brouillon n'est plus tel qu'il a été facturé : billing.db a été modifiée, à refaire d'abord",
}
SHOWN = 20
"""So many documents are shown one by one; all of them are in JSON and in the pages."""


def issued_summary(
    month: Month, day: date, issued: IssuedNow, left: Iterable[Left], holds: Iterable[tuple[str, str]]
) -> Record:
    """Return what was issued of a month, and what was left, as plain values; amounts in cents."""
    documents = [entry.document for entry in issued.entries]
    names = ("kind", "number", "contract", "month", "total_cents", "currency")
    rows = [{name: one[name] for name in names} | {"customer": one["customer"]["name"]} for one in documents]
    return {
        "month": str(month),
        "issued_on": day.isoformat(),
        "issued": rows,
        "left": [_left(one, month) for one in left],
        "holds": [{"contract": contract, "reason": reason} for contract, reason in holds],
        "head": str(issued.head),
    }


def _left(one: Left, month: Month) -> Record:
    hints = {
        "otherwise": to_correct(one.number),
        "outdated": f"permanence bill {month}",
        "altered": f"permanence bill {month}",
    }
    return {
        "contract": one.contract,
        "why": one.why,
        "number": one.number,
        "lacks": list(one.lacks),
        "to_do": hints.get(one.why, ""),
    }


def show_issued(console: Console, summary: Record) -> None:
    """Print the documents that were issued, one sentence for what was left, and the head of the ledger."""
    month, found = month_in_words(Month.parse(summary["month"])), summary["issued"]
    console.print(_sentence(month, date.fromisoformat(summary["issued_on"]), found), soft_wrap=True)
    if found:
        shown = [_row(one) for one in found[:SHOWN]]
        columns = ("Numéro", "Contrat", "Client", "Total TTC")
        show_table(console, table("Émises", columns, shown, numbers=(3,)))
    if len(found) > SHOWN:
        console.print(f"… et {in_thousands(len(found) - SHOWN)} autres, jusqu'à {found[-1]['number']}")
    for line in _left_lines(summary["left"]):
        console.print(Text(line, style="yellow"), soft_wrap=True)
    for hold in summary["holds"]:
        console.print(Text(f"En attente : {hold['contract']} : {hold['reason']}", style="yellow"), soft_wrap=True)
    console.print(f"Fin du registre : {summary['head']}", soft_wrap=True)


def _sentence(month: str, day: date, found: Sequence[Record]) -> str:
    if not found:
        return f"{month} : rien à émettre."
    many = f"{in_thousands(len(found))} factures émises" if len(found) > 1 else "1 facture émise"
    return f"{month} : {many} le {day_in_words(day)}, de {found[0]['number']} à {found[-1]['number']}."


def _row(one: Record) -> tuple[str, ...]:
    return one["number"], one["contract"], one["customer"], in_money(Cents(one["total_cents"]), one["currency"])


def _left_lines(left: Sequence[Record]) -> Iterable[str]:
    """Yield one line for each reason that is alike, with the contracts that it is the reason of."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in left:
        what = WHY[one["why"]] + (f" {', '.join(one['lacks'])}" if one["lacks"] else "")
        alike.setdefault((what, one["to_do"] if one["why"] in ("outdated", "altered") else ""), []).append(
            f"{one['contract']} ({one['number']})" if one["number"] else one["contract"]
        )
    for (what, to_do), contracts in alike.items():
        named = ", ".join(contracts[:SHOWN]) + (" …" if len(contracts) > SHOWN else "")
        yield f"Pas émises, {what} : {named}" + (f" · {to_do}" if to_do else "")
