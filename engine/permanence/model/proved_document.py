"""What the proof of a ledger reads of a document, typed; what else it says is passed over: that is what is fast."""

import msgspec
from msgspec import Struct

from .issued import Document, LedgerEntry


class SummedLine(Struct, frozen=True, gc=False):
    """What a line comes to; ``apart`` is named where it is none of what is sold, as a deposit is."""

    amount_cents: int
    apart: str | None


class SummedVat(Struct, frozen=True, gc=False):
    """The VAT of one rate, in hundredths of a per cent."""

    base_cents: int
    amount_cents: int
    rate_bp: int


class DocumentSums(Struct, frozen=True):
    """The amounts of a document, in whole cents."""

    lines: list[SummedLine]
    vat: list[SummedVat]
    net_cents: int
    vat_cents: int
    total_cents: int
    deposit_cents: int


class RuleNamed(Struct, frozen=True, gc=False):
    """The rule of a line: the digest of its text."""

    text: str


class RuledLine(SummedLine, frozen=True, gc=False):
    """A line with the rule that it follows."""

    rule: RuleNamed


class Corrected(Struct, frozen=True, gc=False):
    """The invoice that a credit note corrects."""

    number: str


class ProvedDocument(DocumentSums, frozen=True):
    """A document as the proof of a ledger reads it: its place in its series, its amounts, and what it rests on."""

    lines: list[RuledLine]  # type: ignore[assignment]
    number: str
    series: str
    count: int
    kind: str
    issued_on: str
    issued_at: int
    month: str
    contract: str
    contract_text: str
    made_with: str
    offer: RuleNamed
    offers: dict[str, str]
    indices: dict[str, str]
    read: dict[str, str | int | None] | None
    corrects: Corrected | None = None


_OF_TEXT = msgspec.json.Decoder(ProvedDocument)


def proved(entry: LedgerEntry) -> ProvedDocument:
    """Return what the proof reads of an entry; raise ValueError where it says no such thing, or nothing at all."""
    try:
        return _OF_TEXT.decode(entry.content)
    except msgspec.ValidationError as error:
        raise ValueError("it does not say what a document says") from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ValueError("what it says cannot be read") from error


def sums_of(document: Document) -> DocumentSums:
    """Return the amounts that a document or a draft says; raise ValueError where it says no such thing."""
    try:
        return msgspec.convert(document, DocumentSums)
    except msgspec.ValidationError as error:
        raise ValueError("it does not say what a document says") from error
