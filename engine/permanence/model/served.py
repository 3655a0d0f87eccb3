"""A contract in service: with its offer, and the days of a month that it is served."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from attrs import Factory, field, frozen

from .carried_over import NOTHING_CARRIED, CarriedOver
from .chosen import Chosen
from .contract import Contract, Dated, OptionTaken
from .decision import HeldFloor
from .ending import Ending
from .event import Event
from .line import is_number, one_spelling
from .offer import Offer
from .own_terms import AgreedPrice, Discount
from .period import Month, ServiceDays, service_days
from .quantity import LINES_HELD, QUANTITY
from .term_rules import TermRules

D = TypeVar("D", bound=Dated)


@frozen
class Served:
    """A contract as it stands, its offer version, and its days of service within one month.

    A month in which something changes that prices rest on (the contract's offer, mission, plan, windows …), or a free
    trial ends, has several, one after the other: ``month_days`` is the days of all of them. The trial is that of the
    first offer, whose terms are ``trial_rules``. ``floor`` is what past months left, by the offer's rules on them;
    ``missing`` is the first of them that is not known and would count; ``carried`` is what they left of included calls.
    ``taxed_in`` is the customer's region at the month's end, empty where the seller charges no VAT. ``occurred`` is
    what occurred in these days and has a price. ``ending`` is how the contract ends, where its last day is in the
    month, ``paused`` the days of the month on which it is suspended.
    """

    contract: Contract
    offer: Offer
    served: ServiceDays = field(converter=service_days)
    _month_days: ServiceDays | None = None
    _trial_rules: TermRules | None = None
    floor: HeldFloor | None = None
    missing: Month | None = None
    carried: CarriedOver = NOTHING_CARRIED
    taxed_in: str = Factory(lambda self: self.contract.customer.region, takes_self=True)
    occurred: tuple[Event, ...] = ()
    ending: Ending | None = None
    paused: ServiceDays = ServiceDays(())

    @property
    def month_days(self) -> ServiceDays:
        """Return the contract's days of service in the whole month."""
        return self._month_days or self.served

    @cached_property
    def chosen(self) -> Chosen:
        """Return what the customer chose that prices depend on, as it is in these days."""
        contract, priced = self.contract, self.offer.priced_with
        if not priced:
            return Chosen(contract.mission, contract.plan)
        windows = {window.id for window in self.offer.coverage.windows}
        hours = (name for name in priced if name in self.held or (name in windows and self.takes(name)))
        return Chosen(contract.mission, contract.plan, frozenset(hours))

    def takes(self, window: str) -> bool:
        """Tell whether the customer takes one of the offer's coverage windows: all of them where none was chosen."""
        return not self.contract.windows or window in self.contract.windows

    @cached_property
    def quantities(self) -> Mapping[str, int]:
        """Return how many the contract has of what the offer counts by agreement, and of lines, by their facts."""
        agreed = {one.id: one.quantity for one in self._lasting(self.contract.quantities)}
        found = {f"{QUANTITY}{name}": agreed.get(name, one.default) for name, one in self.offer.quantities.items()}
        return {**found, LINES_HELD: len(self.lines)}

    @property
    def lines(self) -> frozenset[str]:
        """Return the lines that the contract holds in these days, of the kind that its offer counts."""
        held = self.contract.lines_held if self.contract.lines_changed else ()
        lines = (one.line for one in held if self._first_day in one.period) if held else iter(self.contract.lines)
        every = frozenset(map(one_spelling, lines))
        return every if self.offer.billing.lines == "all" else frozenset(filter(is_number, every))

    def quantity_of(self, option: str) -> int:
        """Return how many the contract has of an option in these days, 0 where it does not have it."""
        taken = [one for one in self.contract.options if one.id == option]
        held = (one for one in taken if (self.served & self.contract.option_period(one)).periods)
        return next((1 if one.quantity is None else one.quantity for one in held), 0)

    @property
    def discounts(self) -> tuple[Discount, ...]:
        """Return the customer's own discounts that hold in these days."""
        return tuple(self._lasting(self.contract.discounts))

    @property
    def agreed(self) -> tuple[AgreedPrice, ...]:
        """Return the prices that were agreed with the customer and hold in these days."""
        return tuple(self._lasting(self.contract.agreed))

    def _lasting(self, dated: Iterable[D]) -> Iterator[D]:
        """Yield what holds on the first of these days: where it ends, others begin."""
        return (one for one in dated if self._first_day in self.contract.period_of(one))

    @property
    def _first_day(self) -> date:
        return self.served.start

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
        """Return how often what an option costs once falls due in these days: on its first day ever, or on each.

        Of an option that is held several times, it is due once for each that is new.
        """
        due = most = 0
        ended: date | None = None
        again = self.offer.options[name].again == "charged"
        rows = [(self.contract.option_period(one), one.quantity) for one in self._taken(name)]
        for period, quantity in sorted(rows, key=lambda row: row[0].start):
            if period.end is not None and not period.days:
                continue
            if again and ended and period.start > ended:
                most = 0
            many = 1 if quantity is None else quantity
            if period.start in self.served:
                due += max(0, many - most)
            most, ended = max(most, many), period.end
        return due

    def times(self, occurrence: str) -> int:
        """Return how many times something occurred in these days."""
        return sum(one.times for one in self.occurred if one.occurrence == occurrence)

    def _taken(self, name: str) -> Iterator[OptionTaken]:
        return (one for one in self.contract.options if one.id == name)

    @cached_property
    def held(self) -> Mapping[str, ServiceDays]:
        """Return the options that the contract has in these days, by name, each with its days of service."""
        found: dict[str, ServiceDays] = {}
        for option in self.contract.options:
            days = self.served & self.contract.option_period(option)
            if days.periods:
                before = found.get(option.id)
                found[option.id] = ServiceDays.of(*before.periods, *days.periods) if before else days
        return found
