"""What `permanence documents` prints: which files were written, and which documents have none and why."""

from pathlib import Path

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.period import Month
from ...model.scalars import Words
from ...model.words.french import month_in_words
from ...model.words.numbers import in_thousands
from ...model.words.phrases import listed
from ..documenting import DocumentFolder, WrittenFile, file_of
from .output import Record

KINDS = {
    "invoice": ("facture", "factures"),
    "credit_note": ("avoir", "avoirs"),
    "calls": ("liste d'appels", "listes d'appels"),
}
"""What one file of each kind is called, and several."""


def documents_summary(month: Month, folder: DocumentFolder) -> Record:
    """Return a month's files as plain values: each with what it says, whether it was written now, and what has none."""
    return {
        "month": str(month),
        "files": [_file(one, folder.path) for one in folder.files],
        "sha256": folder.sha256,
        "left": [asdict(one) for one in folder.left],
    }


def _file(one: WrittenFile, into: Path) -> Record:
    document, kind = one.document, "credit_note" if one.document.gives_back else "invoice"
    return {
        "file": (into / one.name).as_posix(),
        "number": document.number,
        "kind": kind if one.name == file_of(document.number) else "calls",
        "contract": document.contract,
        "customer": document.parties.customer.name,
        "total_cents": -document.total if document.gives_back else document.total,
        "currency": document.currency,
        "sha256": one.sha256,
        "new": one.is_new,
    }


def show_documents(console: Console, summary: Record) -> None:
    """Print how many files there are and how many of them are new, and a line for each document that has none."""
    files, month = summary["files"], month_in_words(Month.parse(summary["month"]))
    many = {kind: sum(one["kind"] == kind for one in files) for kind in KINDS}
    counted = [
        Words(f"{in_thousands(count)} {KINDS[kind][count > 1]}")
        for kind, count in many.items()
        if count or kind == "invoice"
    ]
    into, new = f" dans {Path(files[0]['file']).parent}/" if files else "", sum(one["new"] for one in files)
    rest = f"{in_thousands(new)} de plus" if new else "rien de plus"
    there = "" if new == len(files) else f", {rest} : les autres y étaient déjà"
    console.print(Text(f"{month} : {listed(counted).fr} en PDF{into}{there}."), soft_wrap=True)
    for one in summary["left"]:
        told = f"Pas écrit : {one['number']} ({one['contract']}, {one['customer']}) : {one['why']} · {one['to_do']}"
        console.print(Text(told, style="yellow"), soft_wrap=True)
