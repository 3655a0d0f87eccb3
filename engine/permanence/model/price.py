"""A named price: one unit price, or steps of them by the count."""

from collections.abc import Sequence
from typing import Literal

from attrs import evolve, frozen

from .due import DUE, DueTime
from .keys import inner, key
from .money import Cents, Micros, PerCent
from .scalars import Words

NIGHT = {"night": {"title": "Majoration de nuit", "amount": "0.60", "per": "usage.night"}}


FollowsDays = Literal["flat", "up_to", "included", "fewest"]
OF_COUNTS: tuple[FollowsDays, ...] = ("up_to", "included", "fewest")
"""What of a price by a count may follow the days and decides what is charged of the count."""


@frozen(kw_only=True)
class PriceStep:
    """One step of a price: up to which count, at which price."""

    up_to: int | None = key("Highest count in the step; without it the step has no top.", default=None, example=100)
    amount: Micros = key("Price of each unit, or of each lot of `every`.", default=Micros(0), example="1.00")
    flat: Cents = key("Fee on top, due once the step is reached; the first step always is.", default=Cents(0))


@frozen(kw_only=True)
class Price:
    """`[price.<id>]`: a named price that a monthly rule may charge."""

    title: Words = key("What the invoice line says.", example={"fr": "Majoration de nuit", "en": "Night supplement"})
    amount: Micros | None = key("Unit price excluding VAT; or write `steps`.", default=None, example="1.50")
    percent: PerCent | None = key(
        "In place of an amount: so many per cent of what `of` names, below zero for a discount.",
        default=None,
        example="-3",
    )
    of: tuple[str, ...] = key(
        "What a per cent is of: what rules charge (`bands`, `plan`, `package`, `price.<id>`, `option.<id>`), or "
        "`subscription`, `prices`, `options`, `all`.",
        default=(),
        example=["subscription"],
    )
    index: str = key(
        "In place of an amount: the index that what `of` names follows, by the name of its file in `indices/` beside "
        "the rule file. At each anniversary P is P0 × S ÷ S0.",
        default="",
        example="syntec",
    )
    anniversary_of: Literal["signature", "go_live"] = key(
        "With an index: the day of S0, whose anniversaries revise the prices.", default="signature"
    )
    index_lag: int = key(
        "With an index: how many months before that of the day lies the month whose value is read, since values are "
        "published later.",
        default=0,
        example=2,
    )
    most_percent: PerCent | None = key(
        "With an index: so many per cent are the most that a year brings over the year before.",
        default=None,
        example="2",
    )
    most_per_call: Cents | None = key(
        "In place of an amount: what one call costs at most at the prices that `of` names, together.",
        default=None,
        example="6.00",
    )
    per: str = key(
        "What it multiplies: a fact that is counted, or a quantity (`contract.lines`, `quantity.<name>`) by the month; "
        "once a month when absent.",
        default="",
        example="usage.escalated",
    )
    for_each: int = key("How many of them the amount is for: 60 for a price per minute of seconds.", default=1)
    included: int = key("How many are free each month; steps count the others.", default=0)
    fewest: int = key("At least so many are charged each month, the included ones apart.", default=0, example=5)
    for_every: str = key(
        "A quantity, for each of which `included`, `fewest`, `least` and `most` hold, not once: `contract.lines`, or "
        "`quantity.<name>`.",
        default="",
        example="contract.lines",
    )
    every: int = key("Size of the lots that are sold; a lot that is begun is due in full.", default=1)
    model: Literal["graduated", "volume"] = key(
        "With steps: each unit at the price of its own step, or all of them at that of the step reached.",
        default="graduated",
    )
    steps: tuple[PriceStep, ...] = key("Prices by the count, in rising order, in place of `amount`.", default=())
    least: Cents | None = key("Least that a month costs at this price.", default=None, example="40.00")
    most: Cents | None = key("Most that a month costs at this price.", default=None, example="200.00")
    prorate: bool = key(
        "Whether a monthly price, `least` and `most` follow the days served; of a quantity, whether each number that "
        "it has in the month is charged for its days, or the highest once.",
        default=True,
    )
    by_days: tuple[FollowsDays, ...] = key(
        "What of a price by a count follows the days of a month that is served in part: `flat`, the fees of steps; "
        "`up_to`, what steps hold, rounded down as the bands' capacity is; `included` and `fewest`. All else is whole.",
        default=(),
        example=["flat"],
    )
    due: DueTime = key(DUE, default="in_arrears")
    during: Literal["service", "suspension"] = key(
        "Which days of a month a monthly price is for: those in service, or those on which service is suspended.",
        default="service",
    )
    unit: str = inner(default="")

    @property
    def is_share(self) -> bool:
        """Tell whether it is a share of other prices: so many per cent of them, or what an index revises them by."""
        return self.percent is not None or bool(self.index)

    @property
    def ladder(self) -> tuple[PriceStep, ...]:
        """Return the steps; of a price that has one unit price, the one step without a top."""
        return self.steps or (PriceStep(amount=self.amount or Micros(0)),)

    @property
    def by_days_of_count(self) -> bool:
        """Tell whether which units are charged at which price depends on the days served."""
        return any(key in self.by_days for key in OF_COUNTS)

    def of_days(self, days: int, of_days: int) -> "Price":
        """Return a price as it is in a month served for some of its days: what follows the days in its part.

        What a step holds is rounded down, to whole lots, and one that holds nothing is left out. What is included is
        rounded up, and how many are charged at least down, in the customer's favour.
        """
        if not self.by_days_of_count or days == of_days:
            return self
        return evolve(
            self,
            steps=self._steps_of(days, of_days) if "up_to" in self.by_days else self.steps,
            included=-(-self.included * days // of_days) if "included" in self.by_days else self.included,
            fewest=self.fewest * days // of_days if "fewest" in self.by_days else self.fewest,
        )

    def _steps_of(self, days: int, of_days: int) -> tuple[PriceStep, ...]:
        kept: list[PriceStep] = []
        for step in self.steps:
            top = None if step.up_to is None else step.up_to * days // of_days // self.every * self.every
            if top is None or not kept or top > (kept[-1].up_to or 0):
                kept.append(evolve(step, up_to=top))
        return tuple(kept)

    def of_several(self, number: int) -> "Price":
        """Return what a price comes to for so many of what it is for every one of."""
        if not self.for_every or number == 1:
            return self
        return evolve(
            self,
            included=self.included * number,
            fewest=self.fewest * number,
            least=None if self.least is None else Cents(self.least * number),
            most=None if self.most is None else Cents(self.most * number),
        )


def named_in(of: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the named prices among what a price is of."""
    return tuple(code.removeprefix("price.") for code in of if code.startswith("price."))


@frozen
class Tier:
    """A step that a count reaches, past how many units it begins, and how many units and lots are charged in it.

    ``opens`` tells whether its fee is due: it was not, earlier in the month.
    """

    step: PriceStep
    above: int
    units: int
    lots: int
    opens: bool = True
