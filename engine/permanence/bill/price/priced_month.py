"""What the price of one contract's month depends on, besides the decisions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from attrs import Factory, evolve, field, frozen

from ...contracts.trial import billed_in_month, is_free_of_use, unused, using_days
from ...model.contract import Contract
from ...model.decision import Decision
from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.option import Charge
from ...model.period import Month, Period, ServiceDays, service_days
from ...model.served import Served
from ...model.subscriptions import BandPrices
from .bands import BandReached, Unpriceable, band_of, deciding_count


class Remembers(Protocol):
    """What remembers what rules came to, and has it worked out where it does not."""

    def answer(
        self, month: "PricedMonth", decision: Decision, work: Callable[["PricedMonth", Decision], Any]
    ) -> Any: ...


@frozen(kw_only=True)
class PricedMonth:
    """Everything that the price of one contract's month, or of a part of it, depends on besides the decisions.

    ``served`` is the days in service, ``billed`` those that are billed: without a free trial (A17). ``facts`` are the
    whole month's. What is particular to a part: ``counts`` is what was counted in it, ``before`` in those before it.
    Parts that are priced as one have their days and counts together; ``whole`` is all parts of the month. ``agreed`` is
    the offer with the prices that were agreed with the customer in place of its own. ``case`` is a number of all that
    the price hangs on besides facts and decisions, where other months may share it. ``asked`` is what its options
    have asked for, by name.
    """

    served: Served
    month: Month
    billed: ServiceDays = field(converter=service_days)
    facts: Mapping[str, FactValue]
    counts: Mapping[str, FactValue] = field(default=Factory(lambda self: self.facts, takes_self=True))
    before: Mapping[str, int] = {}
    _parts: tuple["PricedMonth", ...] = ()
    _whole: tuple["PricedMonth", ...] = ()
    agreed: Offer | None = None
    memory: Remembers | None = field(default=None, eq=False, repr=False)
    case: int | None = field(default=None, eq=False, repr=False)
    asked: dict[str, tuple[Charge, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def parts(self) -> tuple["PricedMonth", ...]:
        """Return the parts of the month that are priced as one, in order: itself where it is of one piece."""
        return self._parts or (self,)

    @property
    def whole(self) -> tuple["PricedMonth", ...]:
        """Return the parts of the whole month, in order."""
        return self._whole or self.parts

    @property
    def contract(self) -> Contract:
        """Return the contract as it stands."""
        return self.served.contract

    @property
    def offer(self) -> Offer:
        """Return the offer version in force, as it was agreed with the customer."""
        return self.agreed or self.served.offer

    @property
    def as_listed(self) -> "PricedMonth":
        """Return the same month with nothing but the offer's own prices."""
        parts = tuple(evolve(part, agreed=None) for part in self._parts)
        return evolve(self, agreed=None, parts=parts, memory=None)

    @property
    def month_days(self) -> ServiceDays:
        """Return the days of service of the whole month."""
        return self.served.month_days

    @property
    def own_facts(self) -> Mapping[str, FactValue]:
        """Return the facts of the month, those that are counted as counted in this part."""
        return self.facts if self.counts is self.facts else {**self.facts, **self.counts}

    @cached_property
    def charged(self) -> Mapping[str, FactValue]:
        """Return what was counted in these days as far as it is charged: nothing that is used in a trial free of it."""
        if not self.served.trial_rules.usage_free:
            return self.counts
        if self._parts:
            each = [part.charged for part in self._parts]
            return {name: sum(int(one.get(name, 0)) for one in each) for name in self.counts}
        return unused(self.counts) if is_free_of_use(self.served) else self.counts

    @cached_property
    def charged_facts(self) -> Mapping[str, FactValue]:
        """Return the facts of the month, those that are counted as they are charged in this part."""
        return self.own_facts if self.charged is self.counts else {**self.facts, **self.charged}

    @cached_property
    def charged_before(self) -> Mapping[str, int]:
        """Return what was counted in the parts before and is charged; empty where nothing of them could be."""
        if not (self.before and self.served.trial_rules.usage_free):
            return self.before
        earlier = [part for part in self.whole if part.served.served.start < self.served.served.start]
        if all(is_free_of_use(part.served) for part in earlier):
            return {}
        return {name: sum(int(part.charged.get(name, 0)) for part in earlier) for name in self.before}

    def charged_count(self, name: str) -> int:
        """Return how many of a fact were counted in the whole month and are charged."""
        return int(self.facts.get(name, 0)) - self.free_count(name)

    def free_count(self, name: str) -> int:
        """Return how many of a fact were counted in the whole month in a trial that is free of them."""
        if not self.served.trial_rules.usage_free:
            return 0
        return sum(int(part.counts.get(name, 0)) - int(part.charged.get(name, 0)) for part in self.whole)

    @cached_property
    def calls(self) -> int:
        """Return the calls of the whole month that count."""
        return int(self.facts["usage.calls"])

    @property
    def trial_facts(self) -> tuple[str, ...]:
        """Return the fact that a band or a package reads besides the calls, where there are some that do not count."""
        return ("usage.trial_calls",) if self.free_calls else ()

    @cached_property
    def free_calls(self) -> int:
        """Return how many of them neither band nor package counts: those of a free trial, unless it says so (A17)."""
        return int(self.facts.get("usage.trial_calls", 0)) if self.trial_apart else 0

    @property
    def trial_apart(self) -> bool:
        """Tell whether what is counted in a trial is free, and counts for no price of the month (A17)."""
        return self.served.trial_rules.calls_apart

    @property
    def mission(self) -> str:
        """Return the contract's mission."""
        return self.contract.mission

    @property
    def span(self) -> Period:
        """Return the days from the first that is billed to the last; of days that are not billed, of all."""
        days = self.billed if self.billed.periods else self.served.served
        return days.span

    @property
    def share(self) -> tuple[int, int]:
        """Return the days charged and out of how many, by the offer's convention for partial months (A7)."""
        return self.part if self.offer.billing.partial == "full" else (self.days_of(self.billed), self.of_days)

    @cached_property
    def counted_share(self) -> tuple[int, int]:
        """Return the days of the month whose uses prices by a count charge, and out of how many; 1 of 1 for all."""
        if self.offer.billing.partial == "full":
            return (1, 1)
        # Served on a 31st alone, a contract has no day of thirty, and may have calls.
        return (max(1, self.days_of(using_days(self.served))), self.of_days)

    @property
    def part(self) -> tuple[int, int]:
        """Return the days charged and out of how many days that are billed in the month, 1 of 1 where these are all."""
        all_billed = billed_in_month(self.served)
        whole = self.is_alone or self.billed == all_billed
        return (1, 1) if whole else (self.days_of(self.billed), self.days_of(all_billed))

    @property
    def is_alone(self) -> bool:
        """Tell whether there are no other days of service in the month."""
        return self.served.served == self.month_days

    @property
    def of_days(self) -> int:
        """Return the days of the whole month, as the offer counts them."""
        return self.offer.billing.days_of(self.month.period)

    def days_of(self, days: ServiceDays) -> int:
        """Return how many days of the month these are, as the offer counts them."""
        return sum(map(self.offer.billing.days_of, days.periods))

    @cached_property
    def own_bands(self) -> BandPrices | None:
        """Return the bands for the hours that the contract has, None for an offer without bands.

        Raises Unpriceable where the offer has none for these hours together.
        """
        try:
            return self.offer.bands.for_hours(self.served.chosen.hours) if self.offer.bands else None
        except KeyError as error:
            raise Unpriceable(f'{self.offer.version} has no bands with "{error.args[0]}"') from None

    @cached_property
    def own_band(self) -> BandReached | None:
        """Return the band that the month reaches by itself, None for an offer without bands."""
        bands = self.own_bands
        if bands is None or self.offer.bands is None:
            return None
        floor = (self.contract.band or 0) if self.offer.bands.floor == "contracted" else 0
        calls = deciding_count(self.served, self.month, self.calls - self.free_calls, floor)
        return band_of(bands, self.mission, calls)

    @cached_property
    def band(self) -> BandReached | None:
        """Return the band that is billed: the month's own, or a higher one that past months left as a floor."""
        own, floor = self.own_band, int(self.facts.get("history.floor", 0))
        if own is None or self.own_bands is None or floor <= own.up_to:
            return own
        return band_of(self.own_bands, self.mission, floor)


def joined(parts: Sequence[PricedMonth]) -> PricedMonth:
    """Return parts of a month, in order, as one: all of their days and what was counted in them; facts of the first."""
    first = parts[0]
    if len(parts) == 1:
        return first
    counted = dict.fromkeys(name for part in parts for name in part.counts)
    return evolve(
        first,
        served=evolve(first.served, served=_together(part.served.served for part in parts)),
        billed=_together(part.billed for part in parts),
        counts={name: sum(int(part.counts.get(name, 0)) for part in parts) for name in counted},
        parts=tuple(parts),
    )


def _together(days: Iterable[ServiceDays]) -> ServiceDays:
    return ServiceDays.of(*(period for some in days for period in some.periods))
