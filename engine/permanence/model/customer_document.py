"""An issued document as its customer reads it, typed: what a credit note gives back stands without a minus."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import msgspec
from attrs import evolve, frozen
from msgspec import Struct

from .issued import Document
from .money import Cents, Micros, round_half_up
from .parties import InvoiceParties, parties_kept
from .payment_terms import PaymentDue, payment_kept
from .period import Month
from .price_list import PERCENT
from .regions import region_of
from .seller import FRANCHISE
from .units import DAYS, MONTHS, unit_named
from .vat_rates import VatCategory

WHOLE = 10_000
"""Millionths of a euro in a cent."""


class DocumentLine(Struct, frozen=True):
    """A line: quantity × unit price ÷ for_each × days ÷ of_days; ``apart`` is named of a deposit, which is no sale."""

    position: int
    code: str
    label: str
    quantity: int
    unit: str
    unit_price_micros: int
    for_each: int
    days: int
    of_days: int
    amount_cents: int
    sentence: str
    first_day: str | None
    last_day: str | None
    apart: str | None

    @property
    def days_of(self) -> tuple[date, date] | None:
        """Return the first and the last day that it is for; None where it says none."""
        if not self.first_day or not self.last_day:
            return None
        return date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)

    @property
    def reckoned(self) -> "Reckoned":
        """Return how its amount comes about: exactly, or as one of the amount where that is not what it says."""
        if not self.of_days:
            return Reckoned.one_of(self.amount_cents)
        quantity, each, unit = Fraction(self.quantity), Fraction(self.for_each), self.unit
        if unit == PERCENT:
            quantity, each = quantity / 100, each / 100
        if self.days != self.of_days:
            quantity, each = quantity * self.days, each * self.of_days
            unit = DAYS if unit == MONTHS else ""
        price = Micros(abs(self.unit_price_micros))
        found = Reckoned(quantity if self.unit_price_micros >= 0 else -quantity, unit_named(unit).code, price, each)
        return found if found.amount == self.amount_cents else Reckoned.one_of(self.amount_cents)


@frozen
class Reckoned:
    """A quantity, the code of its unit, the price of ``each`` of them, never below zero: what comes of it is exact."""

    quantity: Fraction
    unit: str
    price: Micros
    each: Fraction

    @classmethod
    def one_of(cls, amount: int) -> "Reckoned":
        """Return one of an amount in cents; minus one of what is below zero."""
        return cls(Fraction(-1 if amount < 0 else 1), unit_named("").code, Micros(abs(amount) * WHOLE), Fraction(1))

    @property
    def amount(self) -> Cents:
        """Return what it comes to, rounded half up once."""
        total = self.quantity * self.price / self.each
        return Cents(round_half_up(total.numerator, total.denominator * WHOLE))


class DocumentVat(Struct, frozen=True):
    """The VAT of one rate, in hundredths of a per cent, and why."""

    rate_bp: int
    base_cents: int
    amount_cents: int
    reason: str


class _Earlier(Struct, frozen=True):
    number: str
    issued_on: str


class _Titled(Struct, frozen=True):
    title: str


class _Offer(Struct, frozen=True):
    title: str
    version: str


class _Said(Struct, frozen=True):
    """What a document says of itself, as it is kept."""

    number: str
    kind: str
    issued_on: str
    month: str
    contract: str
    first_day: str
    last_day: str
    currency: str
    region: str
    calls: int
    band: int | None
    offer: _Offer
    mission: _Titled
    lines: list[DocumentLine]
    vat: list[DocumentVat]
    usage: list[tuple[str, str, str, str, str, int, int]]
    net_cents: int
    vat_cents: int
    total_cents: int
    deposit_cents: int
    corrects: _Earlier | None = None
    replaces: _Earlier | None = None
    why: str = ""


@frozen
class EarlierDocument:
    """A document that another one corrects or replaces: its number and its day."""

    number: str
    issued_on: date


@frozen
class CallsOfKind:
    """Calls of one kind behind a document: what became of them, why, in which window, and how many."""

    outcome: str
    reason: str
    window: str
    calls: int


@frozen(kw_only=True)
class CustomerDocument:
    """An issued document as its customer reads it.

    Amounts of a credit note are what it gives back, so that they stand without a minus. ``lines`` are sales,
    ``deposits`` what is taken or given back beside them. ``payment`` is None of a credit note, and of an invoice that
    was issued before invoices said how they are paid.
    """

    number: str
    gives_back: bool
    issued_on: date
    month: Month
    contract: str
    first_day: date
    last_day: date
    currency: str
    region: str
    calls: int
    band: int | None
    offer: str
    offer_version: str
    mission: str
    parties: InvoiceParties
    payment: PaymentDue | None
    lines: tuple[DocumentLine, ...]
    deposits: tuple[DocumentLine, ...]
    vat: tuple[DocumentVat, ...]
    usage: tuple[CallsOfKind, ...]
    net: Cents
    tax: Cents
    total: Cents
    deposit: Cents
    corrects: EarlierDocument | None
    replaces: EarlierDocument | None
    why: str

    @property
    def to_pay(self) -> Cents:
        """Return what is to be paid, the deposit with it; of a credit note, what is given back."""
        return Cents(self.total + self.deposit)

    def category(self, vat: DocumentVat) -> VatCategory:
        """Return the category of a VAT: of one without a rate, why there is none."""
        if vat.rate_bp:
            return "S"
        if self.parties.seller.vat_due == FRANCHISE:
            return "E"
        return region_of(self.region).vat_on(self.last_day).without

    @property
    def untaxed_by_law(self) -> bool:
        """Tell whether the seller charges no VAT as a small business (CGI 293 B)."""
        return self.parties.seller.vat_due == FRANCHISE and not any(vat.rate_bp for vat in self.vat)


def customer_document(document: Document) -> CustomerDocument:
    """Return an issued document as its customer reads it; raise ValueError where it says no such thing."""
    try:
        said = msgspec.convert(document, _Said)
        parties = parties_kept({"on": document["issued_on"], **document})
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise ValueError("it does not say what a document says") from error
    if not said.vat:
        raise ValueError("it says of no VAT, nor that there is none")
    sign = -1 if said.kind == "credit_note" else 1
    lines = tuple(_turned(line, sign) for line in said.lines)
    payment = document.get("payment")
    return CustomerDocument(
        number=said.number,
        gives_back=sign < 0,
        issued_on=date.fromisoformat(said.issued_on),
        month=Month.parse(said.month),
        contract=said.contract,
        first_day=date.fromisoformat(said.first_day),
        last_day=date.fromisoformat(said.last_day),
        currency=said.currency,
        region=said.region,
        calls=said.calls,
        band=said.band,
        offer=said.offer.title,
        offer_version=said.offer.version,
        mission=said.mission.title,
        parties=parties,
        payment=payment_kept(payment) if payment else None,
        lines=tuple(line for line in lines if not line.apart),
        deposits=tuple(line for line in lines if line.apart),
        vat=tuple(
            DocumentVat(one.rate_bp, sign * one.base_cents, sign * one.amount_cents, one.reason) for one in said.vat
        ),
        usage=tuple(_usage(said)),
        net=Cents(sign * said.net_cents),
        tax=Cents(sign * said.vat_cents),
        total=Cents(sign * said.total_cents),
        deposit=Cents(sign * said.deposit_cents),
        corrects=_earlier(said.corrects),
        replaces=_earlier(said.replaces),
        why=said.why,
    )


def _turned(line: DocumentLine, sign: int) -> DocumentLine:
    amounts = {"quantity": sign * line.quantity, "amount_cents": sign * line.amount_cents}
    return line if sign > 0 else msgspec.structs.replace(line, **amounts)


def _earlier(told: _Earlier | None) -> EarlierDocument | None:
    return EarlierDocument(told.number, date.fromisoformat(told.issued_on)) if told else None


def _usage(said: _Said) -> Iterator[CallsOfKind]:
    """Yield the calls behind it by what customers are told of them: marks and lengths are none of that."""
    found: dict[tuple[str, str, str], CallsOfKind] = {}
    for outcome, reason, _, window, _, calls, _ in said.usage:
        kind = (outcome, reason, window)
        before = found.get(kind, CallsOfKind(*kind, 0))
        found[kind] = evolve(before, calls=before.calls + calls)
    yield from found.values()
