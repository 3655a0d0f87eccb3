"""A month's documents put together as files: whose they are, and which cannot be written and why."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from attrs import frozen

from ..model.customer_document import CustomerDocument, customer_document
from ..model.issued import Document
from ..model.words.own_titles import Titles
from ..publish.invoice_lacks import DocumentLack, lack_of
from ..publish.invoice_pdf import invoice_pdf
from ..publish.typesetter import Typeset
from ..read.files import replace_file

UNREADABLE = DocumentLack("ce qui en est conservé ne se lit pas comme un document", "permanence verify")


@frozen
class WrittenDocument:
    """An issued document as a file: its name in the folder, and its bytes."""

    document: CustomerDocument
    name: str
    content: bytes


@frozen
class UnwrittenDocument:
    """An issued document of which no file is written, why, and what to do."""

    number: str
    contract: str
    customer: str
    why: str
    to_do: str


def documents_told(
    documents: Sequence[Document], titles: Mapping[str, Titles], typeset: Typeset
) -> Iterator[WrittenDocument | UnwrittenDocument]:
    """Yield the file of each document, in order, or why there is none; ``titles`` are those of each offer version."""
    for kept in documents:
        try:
            document = customer_document(kept)
        except ValueError:
            customer = kept.get("customer", {})
            yield _unwritten(str(kept["number"]), str(kept["contract"]), str(customer.get("name", "")), UNREADABLE)
            continue
        if lack := lack_of(document):
            yield _unwritten(document.number, document.contract, document.parties.customer.name, lack)
        else:
            content = invoice_pdf(document, titles.get(document.offer_version, {}), typeset)
            yield WrittenDocument(document, f"{quote(document.number, safe='+')}.pdf", content)


def _unwritten(number: str, contract: str, customer: str, lack: DocumentLack) -> UnwrittenDocument:
    return UnwrittenDocument(number, contract, customer, lack.why, lack.to_do)


def write_where_other(path: Path, content: bytes) -> bool:
    """Write a file where it has not these bytes already; tell whether it was written."""
    if path.exists() and path.read_bytes() == content:
        return False
    replace_file(path, content)
    return True


def digest_of_files(files: Mapping[str, bytes]) -> str:
    """Return one SHA-256 of files by name: of each a line with its own, as `sha256sum` prints it."""
    lines = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return sha256("".join(lines).encode()).hexdigest()
