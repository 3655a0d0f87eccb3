"""A contract in service: with its offer, and the days of a month that it is served."""

from collections.abc import Mapping
from functools import cached_property

from attrs import Factory, field, frozen

from .chosen import Chosen
from .contract import Contract
from .decision import HeldFloor
from .offer import Offer
from .period import Month, Period, ServiceDays, service_days
from .term_rules import TermRules


@frozen
class Served:
    """A contract as it stands, its offer version, and its days of service within one month.

    A month in which the contract's offer, mission or region changes, or a free trial ends, has several, one after the
    other: ``month_days`` is the days of all of them. The trial is that of the first offer, whose terms are
    ``trial_rules``. ``floor`` is what past months left, by the offer's rules on them; ``missing`` is the first of them
    that is not known and would count. ``taxed_in`` is the customer's region at the month's end.
    """

    contract: Contract
    offer: Offer
    served: ServiceDays = field(converter=service_days)
    _month_days: ServiceDays | None = None
    _trial_rules: TermRules | None = None
    floor: HeldFloor | None = None
    missing: Month | None = None
    taxed_in: str = Factory(lambda self: self.contract.customer.region, takes_self=True)

    @property
    def month_days(self) -> ServiceDays:
        """Return the contract's days of service in the whole month."""
        return self._month_days or self.served

    @property
    def chosen(self) -> Chosen:
        """Return what the customer chose that prices depend on."""
        return Chosen(self.contract.mission)

    @property
    def trial_rules(self) -> TermRules:
        """Return the terms that the contract's trial follows."""
        return self._trial_rules or self.offer.term

    @cached_property
    def held_in_month(self) -> frozenset[str]:
        """Return the options that the contract has on a day of service of the whole month, by name."""
        if self.served == self.month_days:
            return frozenset(self.held)
        taken = self.contract.options
        return frozenset(one.id for one in taken if (self.month_days & self.contract.option_period(one)).periods)

    def starts_of(self, name: str) -> int:
        """Return how often what an option costs once falls due in these days: on its first day ever, or on each."""
        taken = self.contract.option_periods(name)
        due = taken if self.offer.options[name].again == "charged" else taken[:1]
        return sum(period.start in self.served for period in due)

    @cached_property
    def held(self) -> Mapping[str, ServiceDays]:
        """Return the options that the contract has in these days, by name, each with its days of service."""
        found: dict[str, tuple[Period, ...]] = {}
        for option in self.contract.options:
            days = self.served & self.contract.option_period(option)
            if days.periods:
                found[option.id] = (*found.get(option.id, ()), *days.periods)
        return {name: ServiceDays.of(*days) for name, days in found.items()}
