"""What is on file: the plugins, every offer version with its decider, and every contract."""

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from .decide.decider import Decider
from .decide.vocabulary import vocabulary
from .model.contract import Contract
from .model.facts import FLOOR_FACTS, FactField
from .model.offer import Offer
from .model.problem import Place, Problem, Refused
from .plugin_manager import Plugins
from .rate.tariff import Tariffs
from .rate.term import Renewals


@frozen(eq=False)
class Book:
    """Offers by version, each proved; contracts; who decides for each offer, and every price that it could invoice.

    ``renewals`` remembers what an offer's rules say of the renewals of one kind of customer.
    """

    plugins: Plugins
    offers: Mapping[str, Offer]
    contracts: tuple[Contract, ...]
    deciders: Mapping[str, Decider] = field()
    tariffs: Tariffs = field(factory=Tariffs)
    renewals: dict[tuple[str, str], Renewals] = field(factory=dict, init=False)

    @deciders.default
    def _deciders(self) -> Mapping[str, Decider]:
        return {version: Decider(offer) for version, offer in self.offers.items()}

    @property
    def zone(self) -> str:
        """Return the zone of the wall clock that cuts months, the same for every offer.

        Raises Refused when offers have different zones: each call lies in one month only.
        """
        zones = sorted({offer.head.timezone for offer in self.offers.values()})
        if len(zones) > 1:
            what = f"the offers have different time zones: {', '.join(zones)}"
            raise Refused([Problem(Place("rules"), what, "keep them in separate folders, and bill each by itself")])
        return zones[0]

    @property
    def facts(self) -> tuple[FactField, ...]:
        """Return every fact that a monthly rule of some offer may read, or a line name, by name."""
        fields = {
            name: fact for offer in self.offers.values() for name, fact in vocabulary(offer, "month").fields.items()
        }
        if self.remembering:
            fields.update(FLOOR_FACTS.fields)
        return tuple(fields[name] for name in sorted(fields))

    @cached_property
    def remembering(self) -> frozenset[str]:
        """Return the offer versions with rules on past months."""
        return frozenset(version for version, offer in self.offers.items() if offer.rules_on("history"))

    @property
    def questions(self) -> int:
        """Return how often durable-rules was asked so far."""
        return sum(decider.questions for decider in self.deciders.values())
