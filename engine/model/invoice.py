"""An invoice, line by line; every amount names the rule that made it."""

from typing import Literal

from attrs import frozen

from .contract import Contract
from .decision import Decision
from .money import Cents, Micros
from .offer import Offer
from .period import Month, Period
from .usage import UsageRow

InvoiceStatus = Literal["draft", "provisional"]


@frozen(kw_only=True)
class ChargeLine:
    """One line: quantity × unit price × days ÷ of_days, and the decision that charged it.

    ``code`` is what was charged (``bands``, ``option.bilingual`` …); ``decision`` has no default, so no
    amount exists without its rule.
    """

    code: str
    label: str
    quantity: int
    unit: str
    unit_price: Micros
    days: int
    of_days: int
    amount: Cents
    decision: Decision
    sentence: str


@frozen(kw_only=True)
class VatLine:
    """VAT at one rate, in hundredths of a per cent, on the rounded total excluding VAT at that rate."""

    rate: int
    base: Cents
    amount: Cents
    reason: str


@frozen(kw_only=True)
class Invoice:
    """The draft invoice of one contract and month."""

    contract: Contract
    offer: Offer
    month: Month
    served: Period
    status: InvoiceStatus
    lines: tuple[ChargeLine, ...]
    vat: tuple[VatLine, ...]
    calls: int
    band: int | None
    usage: tuple[UsageRow, ...]

    @property
    def number(self) -> str:
        """Return the draft's name, the same each time the month is billed: ``2026-10-C0001``.

        It is no invoice number in the sense of the law: that is given at issue, never to a draft.
        """
        return f"{self.month}-{self.contract.id}"

    @property
    def net(self) -> Cents:
        """Return the total excluding VAT: the sum of the lines."""
        return Cents(sum(line.amount for line in self.lines))

    @property
    def total(self) -> Cents:
        """Return the total including VAT."""
        return Cents(self.net + sum(vat.amount for vat in self.vat))


@frozen(kw_only=True)
class Hold:
    """A contract whose month could not be billed, and why."""

    contract: str
    month: Month
    reason: str
