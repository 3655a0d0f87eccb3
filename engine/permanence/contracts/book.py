"""What is on file: the plugins, every offer version with its decider, and every contract."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from ..decide.decider import Decider, prove_rules
from ..decide.vocabulary import month_additions, vocabulary
from ..model.clock import month_beginnings
from ..model.contract import Contract
from ..model.facts import CARRIED, FLOOR_FACTS, GROUP_BEYOND, GROUP_CALLS, FactField
from ..model.offer import Offer
from ..model.problem import Place, Problem, Refused
from ..model.seller import Seller
from ..model.settled_offer import with_settings
from ..model.titled import OwnTitle
from ..model.words.own_titles import own_titles

if TYPE_CHECKING:
    from ..plugin_manager import Plugins

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@frozen(eq=False)
class Book:
    """Plugins, who decides for each offer version, contracts, sellers; what was worked out of an offer is remembered.

    An offer is on file with its decider, which proved it: nothing that was asked then is asked again.
    """

    plugins: "Plugins"
    deciders: Mapping[str, Decider]
    contracts: tuple[Contract, ...]
    sellers: tuple[Seller, ...] = ()
    _memory: dict[tuple[object, ...], Any] = field(factory=dict)

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """Return the offers by the version that contracts name."""
        return {version: decider.offer for version, decider in self.deciders.items()}

    def once(self, work: Callable[[Decider, K], T], edition: str, of: K) -> T:
        """Return what a piece of work comes to for an offer and a choice of it, or a kind of customer: done once."""
        key = work, edition, of
        if key not in self._memory:
            self._memory[key] = work(self.decider(edition), of)
        found: T = self._memory[key]
        return found

    def remembered(self, like: Hashable, work: Callable[[], T]) -> T:
        """Return what a piece of work comes to: done once for all who are alike in what it looks at."""
        key = (work.__qualname__, like)
        if key not in self._memory:
            self._memory[key] = work()
        found: T = self._memory[key]
        return found

    def decider(self, edition: str) -> Decider:
        """Return who decides for an offer version, or for one with options beside its own."""
        found: Decider = self.deciders.get(edition) or self._memory[edition,]
        return found

    def offer_of(self, contract: Contract, day: date | None = None) -> Offer:
        """Return the offer that a contract is billed by: its version, with the options that it took of a later one.

        Its options are as the contract has settled them, on a day where one is named. They are proved together, once:
        what no case of the version's own rules asks is asked then.
        """
        offer = self.offers[contract.offer]
        others = {one.id: self.offers[one.of] for one in contract.options if one.of and one.id not in offer.options}
        taken = (one for one in contract.options if day is None or day in contract.option_period(one))
        settings = {one.id: one.settings for one in taken if one.settings}
        if not others and not settings:
            return offer
        grown = with_settings(offer.with_options_of(others), settings)
        if (grown.edition,) not in self._memory:
            decider, problems = prove_rules(grown, [self.deciders[contract.offer]])
            if decider is None or problems:
                raise Refused(problems)
            self._memory[grown.edition,] = decider
        return self.decider(grown.edition).offer

    @property
    def zone(self) -> str:
        """Return the zone of the wall clock that cuts months, the same for every offer.

        Zones of which each month begins at one instant are as one: Paris, Zurich, Brussels. Raises Refused when offers
        have different ones: each call lies in one month only.
        """
        zones = sorted({offer.head.timezone for offer in self.offers.values()})
        if len(zones) > 1 and len(set(map(month_beginnings, zones))) > 1:
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
        if self.carrying:
            fields[CARRIED.name] = CARRIED
        if any(offer.has_groups for offer in self.offers.values()):
            fields |= {one.name: one for one in (GROUP_CALLS, GROUP_BEYOND)}
        return tuple(fields[name] for name in sorted(fields))

    @property
    def titles(self) -> Mapping[str, tuple[OwnTitle, ...]]:
        """Return, by offer version, what it calls what it gives ids of its own, the facts of its monthly rules too."""
        return {version: self.once(_titles_of, version, "") for version in self.deciders}

    @cached_property
    def remembering(self) -> frozenset[str]:
        """Return the offer versions with rules on past months."""
        return frozenset(version for version, offer in self.offers.items() if offer.rules_on("history"))

    @cached_property
    def carrying(self) -> frozenset[str]:
        """Return the offer versions that carry included calls over to later months."""
        carrying = (
            version
            for version, offer in self.offers.items()
            if any(table and table.carry_over for table in (offer.package, *offer.plans.values()))
        )
        return frozenset(carrying)

    @property
    def reads_past(self) -> bool:
        """Tell whether a bill may hang on what was counted in the months before it."""
        return bool(self.remembering or self.carrying)

    @property
    def questions(self) -> int:
        """Return how often durable-rules was asked so far."""
        return sum(decider.questions for decider in self.deciders.values())


def _titles_of(decider: Decider, _choice: str) -> tuple[OwnTitle, ...]:
    facts = (OwnTitle("fact", fact.name, fact.meaning) for fact, _, _ in month_additions(decider.offer))
    return (*own_titles(decider.offer), *facts)
