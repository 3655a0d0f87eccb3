"""An invoice or a credit note as one file for people and machines: a PDF/A-3 page with Factur-X inside."""

from ..model.customer_document import CustomerDocument
from ..model.words.own_titles import Titles
from .factur_x import factur_x
from .invoice_told import invoice_told
from .pdf_a3 import with_factur_x
from .typesetter import Typeset


def invoice_pdf(document: CustomerDocument, titles: Titles, typeset: Typeset) -> bytes:
    """Return the PDF of a document: the same bytes for the same document, by the same versions of what typesets it."""
    attached = {"xml": factur_x(document).decode()}
    return with_factur_x(typeset("invoice.typ", invoice_told(document, titles), document.issued_on, attached))
