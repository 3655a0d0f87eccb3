"""An issued document beside its file: what the ledger says of its amounts, and what machines read in the file."""

from attrs import frozen

from .money import Cents


@frozen(kw_only=True)
class InvoiceSums:
    """A document by its number: its total with VAT, and what is to be paid for it, below zero for a credit note."""

    number: str
    currency: str
    total: Cents
    due: Cents


@frozen(kw_only=True)
class IssuedFile:
    """An issued document and its file: what each says, or why the file says nothing.

    ``path`` is empty where there is no file, and ``found`` is None where it is none that machines read. ``lacks`` says
    why the document can have none, and what to do; it is empty of all others.
    """

    contract: str
    issued: InvoiceSums
    path: str
    found: InvoiceSums | None
    lacks: str = ""

    @property
    def agrees(self) -> bool:
        """Tell whether the file says what the ledger says, to the cent."""
        return self.found == self.issued
