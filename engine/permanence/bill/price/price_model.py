"""What every way of pricing answers: its lines, its prices, its edges, its faults, its words."""

from collections.abc import Hashable, Iterator
from typing import ClassVar

from attrs import frozen

from ...model.chosen import Chosen
from ...model.decision import Decision
from ...model.due import DueTime
from ...model.fault import Fault
from ...model.invoice import ChargeLine
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from ...model.problem import KeyPath
from ...model.scalars import Words
from .charge_line import is_whole
from .limit import Limit
from .priced_month import PricedMonth
from .share import Share


@frozen
class Edge:
    """A count of a fact that is the last before a price changes.

    ``key`` is where its price is written, or the price that comes next in the same list; ``beyond`` where that of the
    next count is, None when no count lies above. ``by_mission`` tells whether these keys have one of each mission;
    ``lot`` is of how many units the price is. It is of those alone who have ``plan``, where it names one, and of the
    options and windows ``among`` some those of ``hours``.
    """

    fact: str
    last: int
    key: KeyPath
    beyond: KeyPath | None
    by_mission: bool = False
    lot: int = 1
    plan: str = ""
    hours: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()

    def is_for(self, chosen: Chosen) -> bool:
        """Tell whether who chose so may reach it."""
        return self.plan in ("", chosen.plan or self.plan) and chosen.hours & self.among == self.hours


class PriceModel:
    """One way of pricing. Subclass it, and register one of it in `registry`.

    ``kind`` is the first word of what rules charge by it, such as ``price`` of ``price.night``; that which follows is
    the name that every method is given, empty where there is one table alone. What is no table of its own, such as the
    set-up fee, is charged by a rule that the offer has without its being written.
    """

    kind: ClassVar[str]
    is_table: ClassVar[bool] = True
    by_mission: ClassVar[bool] = False
    """Whether each mission has prices of its own."""

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return the names of an offer's prices of this way: one empty name where it has one table of it."""
        raise NotImplementedError

    def table(self, offer: Offer, name: str) -> object:
        """Return the table of a price; None where the offer has none."""
        return None

    def called(self, name: str) -> Words:
        """Return what a change is called that no customer would notice."""
        return Words(f"[{self.kind}.{name}]" if name else f"[{self.kind}]")

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price of this kind is of this way of pricing, where several share the kind."""
        return True

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what a month, or a part of it, costs by its counts and dates: the first stage of an invoice."""
        yield from ()

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield what is a share of lines that are there already: the second stage."""
        yield from ()

    def limits(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Limit]:
        """Yield the least and the most: of the price's own lines, before any share; or of the month, at the end."""
        yield from ()

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield every price that may ever be charged to who chose so: quotes list them, and invoices have no other."""
        raise NotImplementedError

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return what the price hangs on besides offer and rule: parts of a month that share it are charged as one."""
        return None

    def whole(self, offer: Offer, name: str, line: ChargeLine) -> bool:
        """Tell whether a line of the price is due once a month, however many offers a month has."""
        return is_whole(line)

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when a line of the price is due, by its unit: with its own month, or before it."""
        return "in_arrears"

    def paid(self, offer: Offer, name: str, price: QuotedPrice) -> DueTime:
        """Return when a price by the month of a quote is due, as far as that is known without any count."""
        return self.due(offer, name, price.unit)

    def counts(self, offer: Offer, name: str) -> str:
        """Return the counted fact that the price hangs on most; empty for one that hangs on none."""
        return "usage.calls"

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the counts at which the price changes its course, rising fact by fact."""
        yield from ()

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with the table, beyond what its shape says."""
        yield from ()

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what it costs, in sentences."""
        yield from ()

    def more_told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what more calls than are included lead to, in sentences."""
        yield from ()

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield what changed from one offer to another, in sentences; either may lack the table."""
        yield from ()


class NamedTable(PriceModel):
    """A way of pricing of some of the tables `[price.<id>]`: those that it ``owns``."""

    kind = "price"

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return the names of the prices of this way."""
        return tuple(name for name in offer.prices if self.owns(offer, name))

    def table(self, offer: Offer, name: str) -> object:
        """Return the price."""
        return offer.prices.get(name)
