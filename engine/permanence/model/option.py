"""A priced option, as its plugin declares it, and what it may charge."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import attrs
from attrs import evolve, frozen

from .coverage import CoverageWindow
from .due import DUE, DueTime
from .facts import FactField, FactValue
from .keys import key
from .money import Micros, PerCent
from .price import Price
from .price_list import PERCENT, QuotedPrice
from .scalars import Words
from .units import OF_OPTIONS, Unit

if TYPE_CHECKING:
    from .usage import Calls, Measured

OptionKind = Literal["recurring", "one_off", "usage"]
ByMission = Micros | Mapping[str, Micros]
"""An amount that is the same for every mission, or one for each."""
AMOUNTS = (Micros, ByMission)
"""The types of an option's own keys that are amounts."""


@frozen(kw_only=True)
class Charge:
    """What an option asks for in one month: quantity × unit price, times days ÷ of_days when prorated.

    The unit price is for ``for_each`` units: 60 for a price per minute of a quantity in seconds. A share of other lines
    has ``percent``, hundredths of a per cent, and ``of`` what it is of, as rules write it: ``bands``, ``option.sms`` or
    ``subscription``; the days of the option in the month are its own.
    """

    label: str
    quantity: int = 1
    unit_price: Micros = Micros(0)
    unit: str = ""
    days: int = 1
    of_days: int = 1
    for_each: int = 1
    percent: PerCent | None = None
    of: tuple[str, ...] = ()


@frozen(kw_only=True)
class OptionMonth:
    """What an option knows when it charges: the month's facts and its own days of service.

    ``days`` of ``of_days`` is the part of the month in which the contract has the option and is billed for it: 0
    in a free trial. ``starts`` is how often what is due once falls due: 1 in the month of the option's first day, 0 in
    others, or as often as the option is taken again where it then falls due ``again``; of an option that is held
    several times, once for each that is new. ``quantity`` is how many the contract has. ``before`` is what was counted
    in the parts of the month before these days, where something else than the option changes within it.
    """

    facts: Mapping[str, FactValue]
    days: int
    of_days: int
    starts: int
    quantity: int = 1
    before: Mapping[str, int] = {}

    @property
    def mission(self) -> str:
        """Return the contract's mission."""
        return str(self.facts.get("mission", ""))

    def past(self, included: int, name: str) -> int:
        """Return how many of a count are charged: those past the included ones that are left in the month."""
        return max(0, self.count(name) - max(0, included - self.before.get(name, 0)))

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
    the counted ones, or all that came in on the contract's lines, excluded ones too. ``needs`` and ``excludes`` name
    other options that a contract has to have with it, or cannot have. ``several`` is what a contract may have several
    of, such as ``praticiens``: without it, a contract has the option once. ``credit`` says that its price is meant to
    be below zero. ``counted_in`` is what its uses are called on quotes and invoices, such as ``pages``. ``units`` has
    one and several, in both languages, of each unit of its own that it names; many are known without (`model/units`).
    ``requires_engine`` is which versions of Permanence it runs with, such as ``>=0.1,<0.3``.
    """

    id: ClassVar[str]
    label: ClassVar[Words]
    facts: ClassVar[tuple[FactField, ...]] = ()
    counts: ClassVar[str] = ""
    about: ClassVar[str] = ""
    measures: ClassVar[Literal["counted", "received"]] = "counted"
    needs: ClassVar[tuple[str, ...]] = ()
    excludes: ClassVar[tuple[str, ...]] = ()
    several: ClassVar[str] = ""
    credit: ClassVar[bool] = False
    counted_in: ClassVar[str] = ""
    units: ClassVar[Mapping[str, Unit]] = {}
    requires_engine: ClassVar[str] = ""

    price: ByMission | None = key(
        "Price excluding VAT: a month, once, or per use, as `kind` says; or a table with one per mission.",
        default=None,
        example="39.00",
    )
    percent: PerCent | None = key(
        "In place of a price, or besides: so many per cent of what `of` names; below zero for a discount.",
        default=None,
        example="25",
    )
    of: tuple[str, ...] = key(
        "What a per cent is of: what rules charge, or `subscription`, `prices`, `options`, `all`.",
        default=(),
        example=["subscription"],
    )
    kind: OptionKind = key("How the price is charged.", default="recurring")
    proration: Literal["by_day", "full"] = key(
        "What a monthly price becomes when the option is added or removed inside a month (A23).",
        default="by_day",
    )
    again: Literal["free", "charged"] = key(
        "What is due once, when a contract takes an option again that it had before: free, or charged once more (A23).",
        default="free",
    )
    due: DueTime = key(DUE, default="in_arrears")
    title: Words | None = key(
        "The option's name on quotes and invoices; the plugin's own when absent.",
        default=None,
        example={"fr": "Accueil en anglais", "en": "Answering in English"},
    )

    def __init_subclass__(cls) -> None:
        """Raise TypeError where a class puts a bare value in place of a key: attrs would forget it in silence."""
        keys = (field.name for field in attrs.fields(Option)) if attrs.has(Option) else ()
        for name in keys:
            if name in vars(cls) and isinstance(vars(cls)[name], str | int | float | tuple | dict | Words):
                what = f'"{name}" is a key of every option'
                raise TypeError(f'{what}: write {name}: … = key("…", default={vars(cls)[name]!r})')

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

    def measure(self, calls: "Calls") -> "Mapping[str, Measured]":
        """Return, for each fact of ``facts``, a yes/no or a whole number per call; the engine sums each contract's.

        A number is not below zero: pages, seconds, words. The calls are those of contracts while they have the option,
        as ``measures`` says.
        """
        return {}

    def prices(self) -> Iterator[QuotedPrice]:
        """Yield every price that the option may ever charge: quotes list them, and no invoice may have another."""
        if self.price is not None:
            unit = self.counted_in if self.kind == "usage" and self.counted_in else OF_OPTIONS[self.kind]
            yield from self._each_mission(self.price, self.words, self.kind, unit)
        if self.percent is not None:
            yield self.percent_of(self.of, self.percent, self.words)

    def sold(
        self, amount: ByMission | None, label: Words, due: OptionKind, *, unit: str = "", **more: Any
    ) -> Iterator[QuotedPrice]:
        """Yield a price that the option has besides: one for each mission where they differ, none for nothing.

        ``more`` are further fields of `QuotedPrice`, such as ``counts``, ``included`` or ``for_each``.
        """
        if amount:
            yield from self._each_mission(amount, label, due, unit or OF_OPTIONS[due], **more)

    def percent_of(self, of: tuple[str, ...], percent: PerCent, label: Words) -> QuotedPrice:
        """Return a price that is so many hundredths of a per cent of what the month charges."""
        return QuotedPrice(
            label=label.fr,
            english=label.en,
            unit_price=Micros(0),
            unit=PERCENT,
            due="share",
            percent=percent,
            base=of,
            by_days=self.proration == "by_day",
        )

    def _each_mission(
        self, amount: ByMission, label: Words, due: OptionKind, unit: str, **more: Any
    ) -> Iterator[QuotedPrice]:
        by_days = due == "recurring" and self.proration == "by_day"
        told = {"label": label.fr, "english": label.en, "unit": unit, "due": due, "by_days": by_days, **more}
        for mission, one in amount.items() if isinstance(amount, Mapping) else (("", amount),):
            yield QuotedPrice(unit_price=one, mission=mission, **told)

    def priced(self) -> Iterator[Price]:
        """Yield the prices that depend on a count, in steps or lots, each as an offer's `[price.<id>]` has it.

        The engine charges them, and quotes each of their steps. ``title`` is what lines say, ``per`` the fact.
        """
        yield from ()

    def check_contract(self, contract: Any, offer: Any) -> Iterator[Words | str]:
        """Yield, as sentences, what keeps a contract (a `Contract`) of an offer (an `Offer`) from having the option.

        The contract's options are those of one day. `check`, `quote`, `sign` and `contracts amend` tell it; no bill
        waits for it.
        """
        held = {one.id for one in contract.options}
        for name in self.needs:
            if name not in held:
                yield _both("{} demande aussi {}.", "{} needs {} as well.", self.words, _named(offer, name))
        for name in self.excludes:
            if name in held:
                yield _both("{} ne va pas avec {}.", "{} does not go with {}.", self.words, _named(offer, name))

    def quoted(self) -> Iterator[QuotedPrice]:
        """Yield the prices as customers are told them: one that is due once with whether it falls due again.

        What a contract may have several of is told by what the price is for each of.
        """
        for price in self.prices():
            again = price.again or (price.due == "one_off" and self.again == "charged")
            each = price.each or (self.several if price.due in ("recurring", "one_off") else "")
            as_named = (again, each) == (price.again, price.each)
            yield price if as_named else evolve(price, again=again, each=each)

    def promises(self) -> Iterator[Words]:
        """Yield what else the option gives that a salesperson names, such as its languages: a few words for each."""
        yield from ()

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        """Yield what the option costs in a month: each of its prices, as it falls due.

        What it is charged for must not depend on anything but the month that it is given.
        """
        for price in self.prices():
            if price.percent is not None:
                days, of_days = (month.days, month.of_days) if price.by_days else (1, 1)
                if price.by_days or month.days:
                    yield Charge(label=price.label, percent=price.percent, of=price.base, days=days, of_days=of_days)
            elif price.mission in ("", month.mission) and (quantity := self._quantity(price, month)):
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
            return month.past(price.included, price.counts or self.counts)
        return month.quantity * (month.days > 0) if price.due == "recurring" else int(month.starts)


def _named(offer: Any, name: str) -> Words:
    return offer.options[name].words if name in offer.options else Words(name)


def _both(fr: str, en: str, option: Words, other: Words) -> Words:
    return Words(
        fr.format(*(f"« {one.fr} »" for one in (option, other))),
        en.format(*(f"“{one.told('en')}”" for one in (option, other))),
    )
