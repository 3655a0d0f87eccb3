"""Invoices that are issued and would be others now: the lines in which they differ, and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from ...bill.ledger import Otherwise
from ...model.issued import Document, to_correct
from ...model.money import Cents
from ...model.words.amounts import in_money
from .output import Record

LINE = ("label", "quantity", "unit", "amount_cents", "sentence")


def otherwise_summary(found: Iterable[Otherwise]) -> list[Record]:
    """Return the invoices that would be others now as plain values, with the lines that differ, then and now."""
    return [_summary(one) for one in found]


def _summary(one: Otherwise) -> Record:
    then, now = one.document, one.draft
    return {
        "number": then["number"],
        "contract": then["contract"],
        "month": then["month"],
        "currency": then["currency"],
        "issued_cents": then["total_cents"],
        "now_cents": now["total_cents"] if now else 0,
        "calls": {"issued": then["calls"], "now": now["calls"] if now else 0},
        "lines": list(_lines(then, now)),
    }


def _lines(then: Document, now: Document | None) -> Iterator[Record]:
    """Yield the lines that are not the same, by what they charge, each as it was issued and as it would be."""
    issued, current = (_by_code(document) for document in (then, now))
    for code in dict.fromkeys((*issued, *current)):
        for before, after in zip_longest(issued.get(code, ()), current.get(code, ())):
            if before != after:
                yield {"code": code, "issued": before, "now": after}


def _by_code(document: Document | None) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for line in document["lines"] if document else ():
        found.setdefault(line["code"], []).append({name: line[name] for name in LINE})
    return found


def show_otherwise(console: Console, found: Sequence[Record]) -> None:
    """Print a line for each invoice that would be another now, its lines that differ below, and the command."""
    for one in found:
        issued, now = (in_money(Cents(one[name]), one["currency"]) for name in ("issued_cents", "now_cents"))
        calls = one["calls"]
        counted = f" ({calls['issued']} appels → {calls['now']})" if calls["issued"] != calls["now"] else ""
        line = f"{one['number']} ({one['contract']}) est émise à {issued}, et serait à {now}{counted}"
        console.print(Text(f"{line} · {to_correct(one['number'])}", style="yellow"), soft_wrap=True)
        show_lines(console, one)


def show_lines(console: Console, one: Record) -> None:
    """Print the lines in which an invoice differs, each as it was issued and as it is now."""
    for each in one["lines"]:
        then, now = (_told(each, when, one) for when in ("issued", "now"))
        if then == now:
            then, now = each["issued"]["sentence"], each["now"]["sentence"]
        console.print(f"    {then} → {now}", soft_wrap=True, markup=False)


def _told(line: Record, when: str, invoice: Record) -> str:
    stood = line[when]
    return f"{stood['label']} {in_money(Cents(stood['amount_cents']), invoice['currency'])}" if stood else "rien"
