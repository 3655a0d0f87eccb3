"""The files of what is issued beside the ledger: which are missing, and which say something else to machines."""

from collections.abc import Iterator, Sequence

from ..model.invoice_file import InvoiceSums, IssuedFile
from ..model.words.amounts import in_money

NAMED = 3
"""So many numbers are named of documents that all lack the same; the others are counted."""


def files_wrong(files: Sequence[IssuedFile], folder: str, to_do: str) -> Iterator[str]:
    """Yield what does not agree of a month's files, in a sentence for staff (French); ``to_do`` writes them anew."""
    missing = [one.issued.number for one in files if not one.path and not one.lacks]
    if missing:
        yield f"{_named(missing)} : pas de PDF dans {folder}/ · {to_do}"
    for one in files:
        if one.lacks and not one.path:
            yield f"{one.issued.number} : pas de PDF : {one.lacks}"
        elif one.path and one.found is None:
            yield f"{one.path} : aucune facture ne s'y lit · {to_do}"
        elif one.path and one.found and not one.agrees:
            yield f"{one.path} : il y est écrit {_told(one.found)} ; {_told(one.issued)} sont émis · {to_do}"


def _named(numbers: Sequence[str]) -> str:
    rest = len(numbers) - NAMED
    others = f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else ""
    return f"{', '.join(numbers[:NAMED])}{others}"


def _told(sums: InvoiceSums) -> str:
    """Return what is said of a document: its number and total, and what is to be paid where a deposit is beside it."""
    due = f", {in_money(sums.due, sums.currency)} à payer en tout" if sums.due != sums.total else ""
    return f"{sums.number}, {in_money(sums.total, sums.currency)}{due}"
