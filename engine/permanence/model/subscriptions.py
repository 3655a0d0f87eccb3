"""What a whole month is charged by: bands, or a package with a price for each further call."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from .coverage_priced import names_in, of_hours
from .due import DUE, DueTime
from .keys import key
from .money import Cents, Micros
from .period import Span


@frozen(kw_only=True)
class BandStep:
    """One band: up to how many calls, at which monthly price per mission."""

    up_to: int = key("Highest count of calls in the band.", example=50)
    prices: Mapping[str, Cents] = key("Monthly price excluding VAT: one key per mission.", name="*", example="59.00")


@frozen(kw_only=True)
class BandGrowth:
    """How the bands go on past the last step, without a top."""

    every: int = key("Calls per further band.", example=100)
    prices: Mapping[str, Cents] = key("What each further band adds: one key per mission.", name="*", example="58.00")


@frozen(kw_only=True)
class BandPrices:
    """`[bands.with.<name>]`: the bands of contracts that have an option or a window."""

    steps: tuple[BandStep, ...] = key("Bands in rising order.")
    then: BandGrowth | None = key("Bands past the last step; without it a higher count cannot be billed.", default=None)


@frozen(kw_only=True)
class Bands(BandPrices):
    """`[bands]`: a price for the month by the band that its count reaches."""

    model: Literal["band"] = key("band: the whole month is billed in the band it reaches (A8).", default="band")
    floor: Literal["lowest", "contracted"] = key(
        "Lowest band that is billed: the offer's, or the one the contract names (A9).", default="lowest"
    )
    due: DueTime = key(
        "When the band is due that a month has without a call, the lowest or the contracted one: on the invoice of its "
        "own month, on that of the month before, or a year at once. Where calls reach another, that is due with them.",
        default="in_arrears",
    )
    others: Mapping[str, BandPrices] = key(
        "Other bands for contracts that have an option or a window, by its name; `a+b` for both.",
        name="with",
        factory=dict,
    )

    @property
    def priced_with(self) -> frozenset[str]:
        """Return the options and windows with which its prices are others."""
        return names_in(self.others)

    def for_hours(self, hours: frozenset[str]) -> BandPrices:
        """Return the bands for who has some of the options and windows that have prices of their own.

        Raises KeyError where there are none for them together.
        """
        return of_hours(self.others, hours) or self


@frozen(kw_only=True)
class Package:
    """`[package]`: a monthly price that includes calls, and a price for each further call."""

    included: int = key("Calls that the monthly price includes.", example=100)
    prices: Mapping[str, Cents] = key(
        "Monthly price excluding VAT, per mission.", name="price", example={"simple": "24.00"}
    )
    overage: Mapping[str, Micros] = key(
        "Price of each call past the included ones, per mission.", name="per_call", example={"simple": "1.05"}
    )
    due: DueTime = key(DUE, default="in_arrears")
    carry_over: Span | None = key(
        "How long included calls that a month does not use can be used in later ones; nothing is carried over when "
        "absent (R16).",
        default=None,
        example="1 month",
    )
    included_for: Literal["contract", "group"] = key(
        "Whose the included calls are: each contract's, or shared by the contracts of one `group`; what is beyond is "
        "then each one's by its share of the calls.",
        default="contract",
    )
