"""What `permanence accounts` prints: what each account has, and the files of the journal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.currency import EURO
from ...model.issued import Document
from ...model.journal import SalesJournal
from ...model.money import Cents
from ...model.words.amounts import in_money
from ...model.words.numbers import in_thousands
from .output import Record, show_table, table


def journals_summary(journals: Sequence[SalesJournal], left: Sequence[Document], files: Sequence[Path]) -> Record:
    """Return the sums of each account as plain values, amounts in cents."""
    return {
        "journals": [_journal(one) for one in journals],
        "left": [{"number": one["number"], "currency": one["currency"]} for one in left],
        "files": [path.as_posix() for path in files],
    }


def _journal(journal: SalesJournal) -> Record:
    sums: dict[str, Record] = {}
    for line in (line for entry in journal.entries for line in entry.lines):
        none = {"account": line.account, "name": line.account_name, "debit_cents": 0, "credit_cents": 0}
        found = sums.setdefault(line.account, none)
        found["debit_cents"] += line.debit
        found["credit_cents"] += line.credit
    numbers = (journal.entries[0].number, journal.entries[-1].number)
    return {
        "siren": journal.siren,
        "entries": len(journal.entries),
        "first": numbers[0],
        "last": numbers[1],
        "accounts": [sums[account] for account in sorted(sums)],
        "debit_cents": sum(one["debit_cents"] for one in sums.values()),
        "credit_cents": sum(one["credit_cents"] for one in sums.values()),
    }


def show_journals(console: Console, summary: Record) -> None:
    """Print a table for each journal, what is in no book, and the files."""
    for one in summary["journals"]:
        rows = [(row["account"], row["name"], *_sides(row)) for row in one["accounts"]]
        rows.append(("", "Total", *_sides(one)))
        entries = f"{in_thousands(one['entries'])} écriture{'s' if one['entries'] > 1 else ''}"
        title = f"{one['siren']} : {entries}, de {one['first']} à {one['last']}"
        show_table(console, table(title, ("Compte", "Intitulé", "Débit", "Crédit"), rows, numbers=(2, 3)))
    for one in summary["left"]:
        line = f"Pas dans le journal, tenu en euros : {one['number']} est en {one['currency']}"
        console.print(Text(line, style="yellow"), soft_wrap=True)
    for file in summary["files"]:
        console.print(file, soft_wrap=True)


def _sides(one: Record) -> tuple[str, str]:
    debit, credit = (in_money(Cents(one[f"{side}_cents"]), EURO) for side in ("debit", "credit"))
    return debit, credit
