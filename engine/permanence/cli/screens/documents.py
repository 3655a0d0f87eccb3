"""What `permanence documents` prints: which files were written, and which documents have none and why."""

from collections.abc import Sequence
from pathlib import Path

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.period import Month
from ...model.words.french import month_in_words
from ...model.words.numbers import in_thousands
from ..documenting import UnwrittenDocument, WrittenDocument
from .output import Record


def documents_summary(
    month: Month, into: Path, told: Sequence[WrittenDocument | UnwrittenDocument], written: Sequence[str], digest: str
) -> Record:
    """Return a month's files as plain values: each with what it says, whether it was written now, and what has none."""
    files = [one for one in told if isinstance(one, WrittenDocument)]
    return {
        "month": str(month),
        "files": [_file(one, into, new=one.name in written) for one in files],
        "sha256": digest,
        "left": [asdict(one) for one in told if isinstance(one, UnwrittenDocument)],
    }


def _file(one: WrittenDocument, into: Path, *, new: bool) -> Record:
    document = one.document
    return {
        "file": (into / one.name).as_posix(),
        "number": document.number,
        "kind": "credit_note" if document.gives_back else "invoice",
        "contract": document.contract,
        "customer": document.parties.customer.name,
        "total_cents": -document.total if document.gives_back else document.total,
        "currency": document.currency,
        "new": new,
    }


def show_documents(console: Console, summary: Record) -> None:
    """Print how many files there are and how many of them are new, and a line for each document that has none."""
    files, month = summary["files"], month_in_words(Month.parse(summary["month"]))
    notes = sum(one["kind"] == "credit_note" for one in files)
    invoices, new = len(files) - notes, sum(one["new"] for one in files)
    counted = [f"{in_thousands(invoices)} facture{'s' if invoices > 1 else ''}"] if invoices or not notes else []
    counted += [f"{in_thousands(notes)} avoir{'s' if notes > 1 else ''}"] if notes else []
    into = f" dans {Path(files[0]['file']).parent}/" if files else ""
    if new == len(files):
        done = f"en PDF{into}"
    else:
        rest = f"{in_thousands(new)} de plus" if new else "rien de plus"
        done = f"en PDF{into}, {rest} : les autres y étaient déjà"
    console.print(Text(f"{month} : {' et '.join(counted)} {done}."), soft_wrap=True)
    for one in summary["left"]:
        told = f"Pas écrit : {one['number']} ({one['contract']}, {one['customer']}) : {one['why']} · {one['to_do']}"
        console.print(Text(told, style="yellow"), soft_wrap=True)
