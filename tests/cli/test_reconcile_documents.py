"""The PDFs of a month are opened when it is reconciled: neither names nor dates are believed, and a cent is seen."""

import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from permanence.cli.documenting import file_of
from permanence.cli.documents_found import document_found, documents_lying, issued_files

from tests.cli.typed import out, typed
from tests.publish.documents_issued import invoice

MONTH = "2026-02"
FIRST, SECOND, CREDIT = (Path(f"documents/{number}.pdf") for number in ("F-2026-00001", "F-2026-00002", "A-2026-00001"))


@pytest.fixture(scope="module")
def with_documents(richer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the richer service, its month issued, corrected, and written as PDFs."""
    here = tmp_path_factory.mktemp("with_documents") / "here"
    shutil.copytree(richer, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        out("correct", "F-2026-00001", "--why", "Un appel reçu après la facture.", "--on", "2026-03-03")
        out("documents", MONTH)
    return here


@pytest.fixture(autouse=True)
def here(with_documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(with_documents, here)
    monkeypatch.chdir(here)
    return here


def reconciled(*words: str) -> tuple[int, list[str], list[tuple[int, int]]]:
    """Return how it ends, what does not agree, and of each contract how many files it has, and what they say."""
    result = typed("reconcile", MONTH, *words, "--json")
    told: dict[str, Any] = json.loads(result.stdout)
    rows = [(row["files"], row["filed_cents"]) for row in told["contracts"]]
    return result.exit_code, [one.replace("\u00a0", " ") for one in told["differences"]], rows


def written_otherwise(path: Path, before: bytes, after: bytes) -> None:
    """Write another invoice into a PDF, under its own name."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        content = pdf.attachments["factur-x.xml"].get_file().read_bytes()
        assert before in content
        spec = pikepdf.AttachedFileSpec(pdf, content.replace(before, after), filename="factur-x.xml")
        pdf.attachments["factur-x.xml"] = spec
        pdf.save(path)


def test_files_that_say_what_is_issued_agree_in_whichever_folder_of_documents_they_lie() -> None:
    code, differences, rows = reconciled()
    assert (code, differences, [count for count, _ in rows]) == (0, [], [3, 1])
    Path("documents/février").mkdir()
    FIRST.rename("documents/février/F-2026-00001.pdf")
    assert reconciled() == (code, differences, rows)
    Path("documents").rename("other")
    assert reconciled("--documents", "other") == (code, differences, rows)


@pytest.mark.parametrize("number", ["F-2026-00001", "F+1", "F/2026/1", "F[1]*"])
def test_a_document_is_found_by_its_number_whichever_signs_that_has(number: str) -> None:
    name, some = file_of(number), Path("some")
    for folder in (some / "z", some / "a", some):
        folder.mkdir(exist_ok=True, parents=True)
        (folder / name).touch()
        assert document_found(some, number) == documents_lying(some)[name] == folder / name
    assert document_found(some / "z" / "none", number) is None
    assert documents_lying(some / "none") == {}


def test_what_is_missing_is_told_with_what_writes_it() -> None:
    shutil.rmtree("documents")
    code, differences, rows = reconciled("--documents", "the other")
    assert (code, rows) == (1, [(0, 0), (0, 0)])
    assert differences == [
        "F-2026-00001, F-2026-00002, A-2026-00001 et 1 autre : pas de PDF dans the other/ · "
        f"permanence documents {MONTH} --into 'the other'"
    ]
    out("documents", MONTH, "--into", "the other")
    assert reconciled("--documents", "the other")[:2] == (0, [])


def test_a_document_that_can_have_no_file_says_why_and_asks_for_none() -> None:
    (one,) = issued_files([invoice(payment=None)], Path("documents"))
    assert (one.path, one.found) == ("", None)
    assert one.lacks.startswith("elle a été émise avant que les factures ne disent leur échéance · ")


def test_a_file_under_the_name_of_another_is_seen() -> None:
    shutil.copy(SECOND, FIRST)
    code, (difference,), _ = reconciled()
    assert code == 1
    assert difference.startswith("documents/F-2026-00001.pdf : il y est écrit F-2026-00002, ")


def test_a_total_that_is_falsified_by_a_cent_is_seen() -> None:
    written_otherwise(FIRST, b"<ram:GrandTotalAmount>12.00<", b"<ram:GrandTotalAmount>12.01<")
    code, (difference,), rows = reconciled()
    assert (code, rows[0][0]) == (1, 2)
    assert difference == (
        "documents/F-2026-00001.pdf : il y est écrit F-2026-00001, 12,01 €, 12,00 € à payer en tout ; "
        f"F-2026-00001, 12,00 € sont émis · permanence documents {MONTH}"
    )
    out("documents", MONTH)
    assert reconciled()[:2] == (0, [])


def test_a_credit_note_that_is_made_an_invoice_is_seen() -> None:
    written_otherwise(CREDIT, b">381<", b">380<")
    _, (difference,), _ = reconciled()
    assert difference.startswith("documents/A-2026-00001.pdf : il y est écrit A-2026-00001, 12,00 € ; A-2026-00001, − ")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nhalf", "a PDF without an invoice"])
def test_a_file_in_which_machines_find_no_invoice_is_seen(content: bytes | str) -> None:
    if isinstance(content, bytes):
        FIRST.write_bytes(content)
    else:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(FIRST)
    code, differences, _ = reconciled()
    assert (code, differences) == (
        1,
        [f"documents/F-2026-00001.pdf : aucune facture ne s'y lit · permanence documents {MONTH}"],
    )
