"""Plans: sizes of one offer, each with a price, what it includes, and what goes beyond."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from .coverage_priced import names_in, of_hours
from .due import DUE, DueTime
from .facts import unit_of
from .keys import key
from .money import Cents, Micros
from .period import Span
from .scalars import Words

STANDARD = {
    "standard": {
        "title": {"fr": "Standard", "en": "Standard"},
        "price": {"simple": "60.00"},
        "included": 30,
        "beyond": {"simple": "2.40"},
    }
}


@frozen(kw_only=True)
class PlanPrices:
    """`[plan.<id>.with.<name>]`: the prices of a plan for contracts that have an option or a window."""

    prices: Mapping[str, Cents] = key(
        "Monthly price excluding VAT, per mission.", name="price", example={"simple": "60.00"}
    )
    beyond: Mapping[str, Micros] | Literal["average"] = key(
        "Price of each unit past what is included, per mission; or `average`: the plan's price by what it includes.",
        example={"simple": "2.40"},
    )

    @property
    def each(self) -> Mapping[str, Micros] | None:
        """Return the price of each unit past what is included, per mission; None where it is the average."""
        return None if isinstance(self.beyond, str) else self.beyond


@frozen(kw_only=True)
class Plan(PlanPrices):
    """`[plan.<id>]`: a size of the offer, which the contract names: `plan = "standard"`."""

    title: Words = key("The plan's name, as customers read it.", example={"fr": "Standard", "en": "Standard"})
    included: int = key("How much it includes, in units of `for_each`: 200 of 60 seconds are 200 minutes.", default=0)
    counts: str = key("The counted fact that it includes and charges.", default="usage.calls")
    for_each: int = key("How many of them are a unit: 60 for minutes of seconds.", default=1)
    carry_over: Span | None = key(
        "Of a plan of calls: how long included ones that a month does not use can be used in later ones; nothing is "
        "carried over when absent (R16).",
        default=None,
        example="1 month",
    )
    included_for: Literal["contract", "group"] = key(
        "Of a plan of calls: whose the included ones are: each contract's, or shared by the contracts of one `group` "
        "that have the plan; what is beyond is then each one's by its share of the calls.",
        default="contract",
    )
    others: Mapping[str, PlanPrices] = key(
        "Other prices for contracts that have an option or a window, by its name; `a+b` for both.",
        name="with",
        factory=dict,
    )

    @property
    def unit(self) -> str:
        """Return what it counts in."""
        return unit_of(self.counts)

    @property
    def counted(self) -> int:
        """Return how many of what it counts it includes."""
        return self.included * self.for_each

    @property
    def priced_with(self) -> frozenset[str]:
        """Return the options and windows with which its prices are others."""
        return names_in(self.others)

    def for_hours(self, hours: frozenset[str]) -> PlanPrices:
        """Return the prices for who has some of the options and windows that have prices of their own.

        Raises KeyError where it has none for them together.
        """
        return of_hours(self.others, hours) or self


@frozen(kw_only=True)
class PlanRules:
    """`[plans]`: how the plans of an offer are charged."""

    best: bool = key("Whether each month is charged by the plan that makes it cheapest.", default=False)
    included: Literal["whole", "by_days"] = key(
        "What each of two plans includes in a month in which they change: all of it, or its part by days, rounded up.",
        default="whole",
    )
    due: DueTime = key(DUE, default="in_arrears")
