"""SEPA direct debits as they are asked for: each with its mandate and its documents, in a message to one bank."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .money import Cents
from .party import MandateKind
from .scalars import Words

SequenceType = Literal["FRST", "RCUR"]
SEQUENCES: Mapping[SequenceType, Words] = {
    "FRST": Words("premier prélèvement", "first of the mandate"),
    "RCUR": Words("prélèvement suivant", "recurrent"),
}
DebitForm = Literal["pain.008.001.08", "pain.008.001.02"]
DEBIT_FORMS: tuple[DebitForm, ...] = ("pain.008.001.08", "pain.008.001.02")
"""The versions of the message that are written, the usual one first."""


@frozen
class DebitPart:
    """What a debit asks for a document, below zero for a credit note that is set off; how often that was asked now."""

    document: str
    amount: Cents
    time: int = 1


@frozen(kw_only=True)
class Debit:
    """One direct debit: what is collected, from whom, by which mandate, on which day, for which documents.

    ``reference`` goes from end to end, ``mandate`` is the mandate's; ``former_iban`` is that of its last debit, where
    that was another.
    """

    reference: str
    contract: str
    holder: str
    iban: str
    mandate: str
    signed: date
    scheme: MandateKind
    sequence: SequenceType
    collect_on: date
    parts: tuple[DebitPart, ...]
    former_iban: str = ""

    @property
    def amount(self) -> Cents:
        """Return what is collected: the sum of its parts."""
        return Cents(sum(part.amount for part in self.parts))


@frozen
class DebitBatch:
    """Debits that are collected on one day, in one sequence, by one scheme; the bank may book them as one."""

    id: str
    debits: tuple[Debit, ...]


@frozen(kw_only=True)
class Creditor:
    """Who collects, as banks know him."""

    seller: str
    name: str
    identifier: str
    iban: str
    bic: str


@frozen(kw_only=True)
class DebitMessage:
    """What one creditor asks of his bank at once: ``made_at`` is an instant in seconds since 1970 UTC."""

    number: int
    creditor: Creditor
    month: str
    made_at: int
    form: DebitForm
    batches: tuple[DebitBatch, ...]

    @property
    def id(self) -> str:
        """Return how the bank tells it from others: ``PERM-000012``."""
        return message_id(self.number)

    @property
    def debits(self) -> tuple[Debit, ...]:
        """Return the debits of all batches, in order."""
        return tuple(debit for batch in self.batches for debit in batch.debits)

    @property
    def amount(self) -> Cents:
        """Return what is asked for in all."""
        return Cents(sum(debit.amount for debit in self.debits))


def message_id(number: int) -> str:
    """Return the id of a message by its number in the database."""
    return f"PERM-{number:06d}"


@frozen(kw_only=True)
class AskedDebit:
    """A debit as the database keeps it, with the file and batch that it was asked in, and what the bank answered.

    ``returned`` is the reason's code where it came back, and empty where the bank gave none: ``returned_on`` says that
    it did. All of them are empty while nothing is known.
    """

    debit: Debit
    month: str
    file: int
    batch: str
    settled: date | None = None
    returned: str = ""
    returned_on: date | None = None

    @property
    def came_back(self) -> bool:
        """Tell whether it came back, with a reason or without."""
        return self.returned_on is not None
