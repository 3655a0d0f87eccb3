"""An invoice, line by line; every amount names the rule that made it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Literal

from attrs import evolve, field, frozen

from .contract import Contract
from .decision import Decision
from .facts import FactField
from .kept_calls import KeptCalls
from .missing_days import MissingDays
from .money import Cents, Micros
from .offer import Offer
from .period import Month, Period, ServiceDays
from .served import Served
from .titled import OwnTitle
from .usage import OutcomeCounts, PastCalls, UsageRow
from .work import MonthWork

InvoiceStatus = Literal["draft", "provisional"]
STATUSES: Mapping[InvoiceStatus, tuple[str, str]] = {
    "draft": ("brouillon", ""),
    "provisional": ("provisoire", "le mois n'est pas terminé"),
}
"""What an invoice of each status is called, and what is to be said of it."""


@frozen(kw_only=True)
class ChargeLine:
    """One line: quantity × unit price ÷ for_each × days ÷ of_days, and the decision that charged it.

    The unit price is for ``for_each`` units, so that 1.40 € a minute stays exact beside a quantity in seconds.
    A share of other lines has its hundredths of a per cent as the quantity, and what they come to as the unit price,
    for 10,000. ``base`` is the codes of the lines that it, or a least or most, was worked out from.
    ``code`` is what was charged (``bands``, ``option.bilingual`` …); ``decision`` has no default, so no
    amount exists without its rule. ``period`` is the days that it is for: each line of an invoice has
    some.
    """

    code: str
    label: str
    quantity: int
    unit: str
    unit_price: Micros
    for_each: int = 1
    days: int
    of_days: int
    amount: Cents
    decision: Decision
    sentence: str
    base: tuple[str, ...] = ()
    period: Period | None = None

    def of_days_in(self, period: Period) -> "ChargeLine":
        """Return the line with the days that it is for: its own, where it has some already."""
        return self if self.period else evolve(self, period=period)


@frozen(kw_only=True)
class VatLine:
    """VAT at one rate, in hundredths of a per cent, on the rounded total excluding VAT at that rate."""

    rate: int
    base: Cents
    amount: Cents
    reason: str


@frozen(kw_only=True)
class Invoice:
    """The draft invoice of one contract and month.

    ``contract`` is as it stands at the end of the month, ``offers`` the versions in force within it, in order;
    ``other_offers`` are those of lines for other months. ``deposits`` are taken or given back on it, beside its totals.
    ``window_titles`` gives each coverage window that the contract has the title that customers read.
    """

    contract: Contract
    offers: tuple[Offer, ...]
    month: Month
    served: ServiceDays
    status: InvoiceStatus
    lines: tuple[ChargeLine, ...]
    vat: tuple[VatLine, ...]
    calls: int
    band: int | None
    usage: tuple[UsageRow, ...]
    window_titles: Mapping[str, str]
    other_offers: tuple[Offer, ...] = ()
    deposits: tuple[ChargeLine, ...] = ()

    @property
    def number(self) -> str:
        """Return the draft's name, the same each time the month is billed: ``2026-10-C0001``.

        It is no invoice number in the sense of the law: that is given at issue, never to a draft.
        """
        return f"{self.month}-{self.contract.id}"

    @cached_property
    def period(self) -> Period:
        """Return the days that it is for: from the first of its lines' to the last; its month's without any."""
        periods = [line.period for line in self.lines if line.period]
        return reduce(or_, periods) if periods else self.month.period

    @property
    def offer(self) -> Offer:
        """Return the offer version in force at the end of the month."""
        return self.offers[-1]

    @property
    def currency(self) -> str:
        """Return the currency of every amount: a contract keeps the one of the offer that it signed."""
        return self.offer.head.currency

    @cached_property
    def net(self) -> Cents:
        """Return the total excluding VAT: the sum of the lines."""
        return Cents(sum(line.amount for line in self.lines))

    @property
    def total(self) -> Cents:
        """Return the total including VAT."""
        return Cents(self.net + sum(vat.amount for vat in self.vat))

    @property
    def deposit(self) -> Cents:
        """Return what is taken of deposits, below zero where they are given back: it is paid beside the total."""
        return Cents(sum(line.amount for line in self.deposits))


@frozen(kw_only=True)
class Hold:
    """A contract whose month could not be billed, and why; ``calls`` is how many of its calls wait with it.

    ``unpriced`` is the fact of which the offer has no price for so many, where that is why.
    """

    contract: Contract
    month: Month
    reason: str
    calls: int = 0
    unpriced: str = ""


@frozen
class GoLivePromise:
    """The day by which a contract's service was promised, and by how many days it was missed; None when it was kept."""

    promised: date
    days_late: int | None


@frozen(kw_only=True)
class MonthRun:
    """One month's bills: every invoice and hold, and what became of every record and every call.

    ``served`` are the contracts in service that the bills were made of, ``waiting`` those on hold before any price,
    ``promises`` are about the go-live of each contract that has an invoice or is on hold, by number. ``kept`` is what
    became of each call, ``work`` what became of work that is no call; ``titles`` is what each offer version on
    file calls the things that it gives ids of its own. ``counts`` is what was counted for each of ``served``, ``past``
    what was counted in the months before, where bills read it. ``missing`` are days on which the usual calls are
    missing: the month is billed without them.
    """

    month: Month
    source: str
    provisional: bool
    outcomes: OutcomeCounts
    other_months: int
    questions: int
    facts: tuple[FactField, ...]
    invoices: tuple[Invoice, ...]
    holds: tuple[Hold, ...]
    served: tuple[Served, ...] = field(eq=False)
    waiting: tuple[Hold, ...] = field(eq=False)
    promises: Mapping[str, GoLivePromise]
    kept: KeptCalls = field(eq=False)
    work: MonthWork = MonthWork()
    titles: Mapping[str, tuple[OwnTitle, ...]] = field(factory=dict, eq=False)
    counts: Sequence[Mapping[str, int]] = field(default=(), eq=False)
    past: PastCalls = field(factory=dict, eq=False)
    missing: tuple[MissingDays, ...] = ()
