"""What a month's files lack or say otherwise is told in a sentence each, with what to do."""

from typing import Any

import pytest
from attrs import evolve
from permanence.model.invoice_file import InvoiceSums, IssuedFile
from permanence.model.money import Cents
from permanence.money.documents_filed import files_wrong

SUMS = InvoiceSums(number="F-1", currency="EUR", total=Cents(12_000), due=Cents(12_000))
WHOLE = IssuedFile(contract="C0001", issued=SUMS, path="documents/F-1.pdf", found=SUMS)


def told(*files: IssuedFile) -> list[str]:
    return [one.replace("\u00a0", " ") for one in files_wrong(files, "documents", "to do")]


def test_a_file_that_says_what_the_ledger_says_agrees() -> None:
    assert told(WHOLE) == []


@pytest.mark.parametrize(
    ("otherwise", "said"),
    [
        ({"number": "F-2"}, "F-2, 120,00 €"),
        ({"total": Cents(12_001), "due": Cents(12_001)}, "F-1, 120,01 €"),
        ({"total": Cents(-12_000), "due": Cents(-12_000)}, "F-1, − 120,00 €"),
        ({"due": Cents(2_000)}, "F-1, 120,00 €, 20,00 € à payer en tout"),
        ({"currency": "CHF"}, "F-1, 120,00 CHF"),
    ],
    ids=["number", "a cent", "a credit note", "to be paid", "currency"],
)
def test_a_file_that_says_otherwise_is_told_with_both(otherwise: dict[str, Any], said: str) -> None:
    one = evolve(WHOLE, found=evolve(SUMS, **otherwise))
    assert told(one) == [f"documents/F-1.pdf : il y est écrit {said} ; F-1, 120,00 € sont émis · to do"]


def test_a_file_in_which_no_invoice_is_read_is_told() -> None:
    assert told(evolve(WHOLE, found=None)) == ["documents/F-1.pdf : aucune facture ne s'y lit · to do"]


@pytest.mark.parametrize(
    ("many", "named"),
    [(1, "F-1"), (3, "F-1, F-2, F-3"), (4, "F-1, F-2, F-3 et 1 autre"), (9, "F-1, F-2, F-3 et 6 autres")],
)
def test_files_that_are_missing_are_told_in_one_sentence(many: int, named: str) -> None:
    files = [evolve(WHOLE, path="", found=None, issued=evolve(SUMS, number=f"F-{one}")) for one in range(1, many + 1)]
    assert told(*files) == [f"{named} : pas de PDF dans documents/ · to do"]


def test_a_document_that_can_have_no_file_says_why() -> None:
    assert told(evolve(WHOLE, path="", found=None, lacks="why · what")) == ["F-1 : pas de PDF : why · what"]
