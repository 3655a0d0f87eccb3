"""A contract in service: with its offer, and the days of a month that it is served."""

from functools import cached_property

from attrs import frozen

from .contract import Contract
from .offer import Offer
from .period import Period


@frozen
class Served:
    """A contract, the offer version that it pins, and its days of service within one month."""

    contract: Contract
    offer: Offer
    served: Period

    @cached_property
    def held(self) -> tuple[tuple[str, Period], ...]:
        """Return the options that the contract has in the month, by name, each with its days of service."""
        taken = ((option.id, self.contract.option_period(option) & self.served) for option in self.contract.options)
        return tuple((name, period) for name, period in taken if period.days)
