"""The files of issued documents as they lie in a folder, found by number and read for their amounts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model.invoice_file import InvoiceSums, IssuedFile
from ..model.issued import Document
from ..model.money import Cents
from ..publish.invoice_lacks import DocumentLack
from ..publish.pdf_a3 import factur_x_within
from ..read.invoice_xml import sums_in
from .documenting import document_or_lack, file_of


def document_found(folder: Path, number: str) -> Path | None:
    """Return the file of an issued document in a folder, or in a folder within it; None where there is none."""
    name = file_of(number)
    if (folder / name).is_file():
        return folder / name
    return next((path for path in sorted(folder.glob(f"*/{name}")) if path.is_file()), None)


def documents_lying(folder: Path) -> Mapping[str, Path]:
    """Return each PDF in a folder, and in the folders within it, by its name: the same that `document_found` finds."""
    outer, inner = sorted(folder.glob("*.pdf")), sorted(folder.glob("*/*.pdf"))
    return {path.name: path for path in (*inner[::-1], *outer) if path.is_file()}


def issued_files(documents: Iterable[Document], folder: Path) -> Iterator[IssuedFile]:
    """Yield each issued document beside its file in a folder, with what machines read in that."""
    lying = documents_lying(folder)
    for kept in documents:
        path = lying.get(file_of(str(kept["number"])))
        lack = None if path else document_or_lack(kept)
        yield IssuedFile(
            contract=str(kept["contract"]),
            issued=InvoiceSums(
                number=str(kept["number"]),
                currency=str(kept["currency"]),
                total=Cents(kept["total_cents"]),
                due=Cents(kept["total_cents"] + kept["deposit_cents"]),
            ),
            path=path.as_posix() if path else "",
            found=_sums_read(path) if path else None,
            lacks=f"{lack.why} · {lack.to_do}" if isinstance(lack, DocumentLack) else "",
        )


def _sums_read(path: Path) -> InvoiceSums | None:
    try:
        return sums_in(factur_x_within(path.read_bytes()))
    except ValueError:
        return None
