"""A month's documents put together as files: whose they are, which are written, and which cannot be and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from attrs import define, field, frozen

from ..model.customer_document import CustomerDocument, customer_document
from ..model.issued import Document
from ..model.words.own_titles import Titles
from ..publish.invoice_lacks import UNREADABLE, WITHOUT_PARTIES, DocumentLack, lack_of, lack_of_page
from ..publish.invoice_pdf import invoice_pdf
from ..publish.typesetter import PageNotSet, Typeset
from ..read.files import keep_file


@frozen
class DocumentFile:
    """A file of an issued document: its name in the folder, and its bytes."""

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


Told = DocumentFile | UnwrittenDocument


def documents_told(documents: Sequence[Document], titles: Mapping[str, Titles], typeset: Typeset) -> Iterator[Told]:
    """Yield the file of each document, in order, or why there is none; ``titles`` are those of each offer version."""
    for kept in documents:
        document = document_or_lack(kept)
        if isinstance(document, DocumentLack):
            name = str(kept.get("customer", {}).get("name", ""))
            yield UnwrittenDocument(str(kept["number"]), str(kept["contract"]), name, document.why, document.to_do)
        else:
            name = file_of(document.number)
            yield paged(document, name, lambda one: invoice_pdf(one, titles.get(one.offer_version, {}), typeset))


def paged(document: CustomerDocument, name: str, page_of: Callable[[CustomerDocument], bytes]) -> Told:
    """Return the file of a document, or of what goes with it, or why its page cannot be set: others can."""
    try:
        return DocumentFile(document, name, page_of(document))
    except PageNotSet as error:
        lack = lack_of_page(error.sign)
        return UnwrittenDocument(
            document.number, document.contract, document.parties.customer.name, lack.why, lack.to_do
        )


def document_or_lack(kept: Document) -> CustomerDocument | DocumentLack:
    """Return a document as its customer reads it, or what keeps it from being a file."""
    try:
        document = customer_document(kept)
    except ValueError:
        return UNREADABLE if "seller" in kept else WITHOUT_PARTIES
    return lack_of(document) or document


def file_of(number: str, part: str = "") -> str:
    """Return the name of the file of a document, or of what goes with it."""
    return f"{quote(number, safe='+')}{part}.pdf"


@frozen
class WrittenFile:
    """A file that is in the folder: its document, its name, its SHA-256, and whether it was written now."""

    document: CustomerDocument
    name: str
    sha256: str
    is_new: bool


@define
class DocumentFolder:
    """A folder that files are written to one by one, as they come, where they are not there already."""

    path: Path
    files: list[WrittenFile] = field(factory=list)
    left: list[UnwrittenDocument] = field(factory=list)

    def take(self, told: Told) -> None:
        """Write a file; note a document that has none."""
        if isinstance(told, UnwrittenDocument):
            self.left.append(told)
            return
        digest = sha256(told.content).hexdigest()
        is_new = keep_file(self.path / told.name, told.content)
        self.files.append(WrittenFile(told.document, told.name, digest, is_new))

    @property
    def sha256(self) -> str:
        """Return one SHA-256 of all files: of each a line with its own, by name, as `sha256sum` prints it."""
        lines = sorted((one.name, one.sha256) for one in self.files)
        return sha256("".join(f"{digest}  {name}\n" for name, digest in lines).encode()).hexdigest()
