"""Plugins that fail in every way that a plugin can, each only where a contract has its option."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, cast

from permanence import (
    Calls,
    Charge,
    CoverageWindow,
    FactField,
    Flags,
    Micros,
    Option,
    OptionMonth,
    Words,
    frozen,
    hookimpl,
)


@frozen(kw_only=True)
class NeverOpen(Option):
    """An option that cannot say when calls are answered."""

    id = "never_open"
    label = Words("Sans horaires", "Sans horaires")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        raise KeyError("hours")


@frozen(kw_only=True)
class Uncountable(Option):
    """An option that cannot count."""

    id = "uncountable"
    label = Words("Sans compte", "Sans compte")
    facts = (FactField("usage.uncountable", "number", "Appels incomptables", "appels"),)

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        raise ZeroDivisionError("no calls today")


@frozen(kw_only=True)
class Greedy(Option):
    """An option that charges whatever it is told to."""

    id = "greedy"
    label = Words("Gourmand", "Gourmand")
    asks: ClassVar[Any] = None

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        yield Charge(label=self.name, quantity=1, unit_price=cast(Micros, self.price))
        if self.asks is None:
            raise RuntimeError("more")
        yield self.asks


@hookimpl
def register_options() -> list[type[Option]]:
    return [NeverOpen, Uncountable, Greedy]


ONE_EURO = Micros(1_000_000)
