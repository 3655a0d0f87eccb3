"""A priced option, as its plugin declares it, and what it may charge."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import evolve, frozen

from .coverage import CoverageWindow
from .facts import FactField, FactValue
from .keys import key
from .money import Micros
from .price_list import QuotedPrice
from .scalars import Words
from .units import OF_OPTIONS

if TYPE_CHECKING:
    from .usage import Calls, Flags

OptionKind = Literal["recurring", "one_off", "usage"]


@frozen(kw_only=True)
class Charge:
    """What an option asks for in one month: quantity × unit price, times days ÷ of_days when prorated.

    The unit price is for ``for_each`` units: 60 for a price per minute of a quantity in seconds.
    """

    label: str
    quantity: int
    unit_price: Micros
    unit: str = ""
    days: int = 1
    of_days: int = 1
    for_each: int = 1


@frozen(kw_only=True)
class OptionMonth:
    """What an option knows when it charges: the month's facts and its own days of service.

    ``days`` of ``of_days`` is the part of the month in which the contract has the option and is billed for it: 0
    in a free trial. ``starts`` is how often what is due once falls due: 1 in the month of the option's first day, 0 in
    others, or as often as the option is taken again where it then falls due ``again``.
    """

    facts: Mapping[str, FactValue]
    days: int
    of_days: int
    starts: int

    def count(self, name: str) -> int:
        """Return a number among the facts, 0 when the month has none of that name."""
        value = self.facts.get(name, 0)
        return value if isinstance(value, int) else 0


@frozen(kw_only=True)
class Option:
    """A priced option. Subclass it: the fields are the keys of its ``[option.<id>]`` table.

    ``facts`` are the names it adds to what a monthly ``when`` may use; each is what ``measure`` counts.
    ``counts`` names the fact that a per-use price multiplies; ``about`` the one that a monthly price is for, which an
    offer may charge by itself: `check` tells who would pay twice. ``measures`` says which calls ``measure`` is given:
    the counted ones, or all that came in on the contract's lines, excluded ones too.
    """

    id: ClassVar[str]
    label: ClassVar[Words]
    facts: ClassVar[tuple[FactField, ...]] = ()
    counts: ClassVar[str] = ""
    about: ClassVar[str] = ""
    measures: ClassVar[Literal["counted", "received"]] = "counted"

    price: Micros = key("Price excluding VAT: a month, once, or per use, as `kind` says.", example="39.00")
    kind: OptionKind = key("How the price is charged.", default="recurring")
    proration: Literal["by_day", "full"] = key(
        "What a monthly price becomes when the option is added or removed inside a month (A23).",
        default="by_day",
    )
    again: Literal["free", "charged"] = key(
        "What is due once, when a contract takes an option again that it had before: free, or charged once more (A23).",
        default="free",
    )
    title: Words | None = key(
        "The option's name on quotes and invoices; the plugin's own when absent.",
        default=None,
        example={"fr": "Accueil en anglais", "en": "Answering in English"},
    )

    @property
    def name(self) -> str:
        """Return the name that customers read."""
        return self.words.fr

    @property
    def words(self) -> Words:
        """Return the name, in English too where it has one."""
        return self.title or type(self).label

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        """Return the coverage of a contract that has the option; unchanged unless the option says otherwise."""
        return windows

    def measure(self, calls: "Calls") -> "Mapping[str, Flags]":
        """Return, for each fact of ``facts``, a yes/no per call; the engine counts the yes of each contract.

        The calls are those of contracts while they have the option, as ``measures`` says.
        """
        return {}

    def prices(self) -> Iterator[QuotedPrice]:
        """Yield every price that the option may ever charge: quotes list them, and no invoice may have another."""
        by_days = self.kind == "recurring" and self.proration == "by_day"
        yield QuotedPrice(
            label=self.name,
            english=self.words.en,
            unit_price=self.price,
            unit=OF_OPTIONS[self.kind],
            due=self.kind,
            by_days=by_days,
        )

    def quoted(self) -> Iterator[QuotedPrice]:
        """Yield the prices as customers are told them: one that is due once with whether it falls due again."""
        for price in self.prices():
            yield evolve(price, again=True) if price.due == "one_off" and self.again == "charged" else price

    def promises(self) -> Iterator[Words]:
        """Yield what else the option gives that a salesperson names, such as its languages: a few words for each."""
        yield from ()

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        """Yield what the option costs in a month: each of its prices, as it falls due."""
        for price in self.prices():
            if quantity := self._quantity(price, month):
                days, of_days = (month.days, month.of_days) if price.by_days else (1, 1)
                yield Charge(
                    label=price.label,
                    quantity=quantity,
                    unit_price=price.unit_price,
                    unit=price.unit,
                    days=days,
                    of_days=of_days,
                    for_each=price.for_each,
                )

    def _quantity(self, price: QuotedPrice, month: OptionMonth) -> int:
        if price.due == "usage":
            return max(0, month.count(self.counts) - price.included)
        return int(month.days > 0) if price.due == "recurring" else int(month.starts)
