"""What `permanence debits` prints: the debits asked for now, what is left and why, and the files of the month."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.currency import EURO
from ...model.debit import SEQUENCES, Debit
from ...model.money import Cents
from ...model.party import MANDATES
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import day_in_figures, day_in_words, month_in_words
from ...model.words.numbers import in_thousands
from ...money.demands import NotAsked
from ...store.debits import DebitFile
from ..asking import Asking
from .issued import SHOWN
from .output import Record, show_table, table

BEFORE = ", déjà demandé · à ne remettre à la banque qu'une fois"


def debits_summary(month: Month, asking: Asking, files: Sequence[DebitFile], paths: Sequence[Path]) -> Record:
    """Return what was asked for and what was left as plain values, amounts in cents."""
    asked = [debit for message in asking.messages for debit in message.debits]
    return {
        "month": str(month),
        "on": asking.of.on.isoformat(),
        "asked": [_asked(debit) for debit in asked],
        "amount_cents": sum(debit.amount for debit in asked),
        "left": [_left(one) for one in asking.left],
        "files": [
            {
                "file": path.as_posix(),
                "form": one.form,
                "debits": one.debits,
                "amount_cents": one.amount,
                "asked_before": one.number not in {message.number for message in asking.messages},
            }
            for path, one in zip(paths, files, strict=True)
        ],
    }


def _asked(debit: Debit) -> Record:
    return {
        "reference": debit.reference,
        "contract": debit.contract,
        "holder": debit.holder,
        "mandate": debit.mandate,
        "sequence": debit.sequence,
        "scheme": debit.scheme,
        "collect_on": debit.collect_on.isoformat(),
        "amount_cents": debit.amount,
        "documents": [{"number": part.document, "amount_cents": part.amount} for part in debit.parts],
    }


def _left(one: NotAsked) -> Record:
    return {
        "contract": one.contract,
        "customer": one.customer,
        "documents": list(one.documents),
        "amount_cents": one.amount,
        "currency": one.currency,
        "why": one.why,
        "to_do": one.to_do,
    }


def show_debits(console: Console, summary: Record) -> None:
    """Print the debits that were asked for, a line for each thing that was left, and the files."""
    month, asked = month_in_words(Month.parse(summary["month"])), summary["asked"]
    console.print(_sentence(month, asked, summary["amount_cents"]), soft_wrap=True)
    for day, kind, several in _batches(asked):
        total = in_money(Cents(sum(one["amount_cents"] for one in several)), EURO)
        console.print(f"Le {day_in_words(day)}, {kind} : {in_thousands(len(several))} pour {total}", soft_wrap=True)
    if asked:
        columns = ("Référence", "Contrat", "Titulaire", "Mandat", "Le", "Documents", "Montant")
        show_table(console, table("Demandés", columns, map(_row, asked[:SHOWN]), numbers=(6,)))
    if len(asked) > SHOWN:
        console.print(f"… et {in_thousands(len(asked) - SHOWN)} autres, jusqu'à {asked[-1]['reference']}")
    for one in summary["left"]:
        amount, named = in_money(Cents(one["amount_cents"]), one["currency"]), ", ".join(one["documents"])
        line = f"Pas demandé : {one['contract']} ({named}), {amount} : {one['why']} · {one['to_do']}"
        console.print(Text(line, style="yellow"), soft_wrap=True)
    for one in summary["files"]:
        amount = in_money(Cents(one["amount_cents"]), EURO)
        before = BEFORE if one["asked_before"] else ""
        console.print(f"{one['file']} : {in_thousands(one['debits'])} pour {amount}{before}", soft_wrap=True)


def _sentence(month: str, asked: Sequence[Record], amount: int) -> str:
    if not asked:
        return f"{month} : rien à prélever de plus."
    many = f"{in_thousands(len(asked))} prélèvements demandés" if len(asked) > 1 else "1 prélèvement demandé"
    return f"{month} : {many}, {in_money(Cents(amount), EURO)}."


def _batches(asked: Sequence[Record]) -> Sequence[tuple[date, str, Sequence[Record]]]:
    """Return the debits that are collected on one day, in one sequence, by one scheme."""
    found: dict[tuple[str, str, str], list[Record]] = {}
    for one in asked:
        found.setdefault((one["collect_on"], one["scheme"], one["sequence"]), []).append(one)
    return [
        (date.fromisoformat(day), f"{MANDATES[scheme].fr}, {SEQUENCES[sequence].fr}", several)  # type: ignore[index]
        for (day, scheme, sequence), several in found.items()
    ]


def _row(one: Record) -> tuple[str, ...]:
    documents = ", ".join(part["number"] for part in one["documents"])
    amount = in_money(Cents(one["amount_cents"]), EURO)
    return (
        one["reference"],
        one["contract"],
        one["holder"],
        one["mandate"],
        day_in_figures(one["collect_on"]),
        documents,
        amount,
    )
