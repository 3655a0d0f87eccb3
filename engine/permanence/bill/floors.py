"""The floor that a contract's past months leave to a month: each of them walked through, in order."""

from collections.abc import Mapping, Sequence

from attrs import define, evolve, field

from ..contracts.book import Book
from ..contracts.history import History, served_in
from ..contracts.trial import deciding_days
from ..model.decision import HeldFloor
from ..model.facts import FactValue
from ..model.offer import Rule
from ..model.period import Month
from ..model.served import Served
from ..model.subscriptions import Bands
from ..model.usage import PastCalls
from ..model.words.french import month_in_words
from .carry_over import with_carried
from .measure.roster import BillFault, Roster
from .price.bands import deciding_count
from .price.floor_memory import CaseMemory
from .price.month_facts import CALENDAR


def with_floors(book: Book, month: Month, roster: Roster, past: PastCalls, histories: Mapping[str, History]) -> Roster:
    """Return a month's roster in which each contract has what its past months left: a floor, included calls.

    A contract of which a past month is not known is at fault: its calls are measured, its bill has to wait.
    ``histories`` are those of the contracts in service, by number.
    """
    served = floors_left(book, month, roster.served, past, histories)
    lacking: dict[tuple[str, Month], list[int]] = {}
    for number, one in enumerate(served):
        if one.missing:
            lacking.setdefault((one.contract.id, one.missing), []).append(number)
    faults = (BillFault("", tuple(mine), _bill_first(served[mine[0]], one)) for (_, one), mine in lacking.items())
    return evolve(roster, served=served, faults=(*roster.faults, *faults))


def floors_left(
    book: Book, month: Month, served: Sequence[Served], past: PastCalls, histories: Mapping[str, History]
) -> tuple[Served, ...]:
    """Return the contracts in service in a month, each with the floor and the calls that its past months left."""
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(served) if book.remembering else ():
        numbers.setdefault(one.contract.id, []).append(number)
    found, asked = list(served), dict[Case, Rule | None]()
    for name, mine in numbers.items():
        if book.remembering.isdisjoint(found[number].offer.version for number in mine):
            continue
        walk = Walk(book, histories[name], past.get(name, {}), asked)
        floors = walk.floors(month, tuple(served[number] for number in mine))
        for number, floor in zip(mine, floors, strict=True):
            found[number] = evolve(found[number], floor=floor, missing=walk.missing)
    return with_carried(book, month, found, past, histories)


def _bill_first(served: Served, month: Month) -> str:
    return (
        f"L'offre {served.offer.version} tient compte des mois passés, et il en manque un : "
        f"facturez d'abord {month_in_words(month)} (permanence bill {month})."
    )


Case = tuple[str, tuple[FactValue, ...]]
"""An offer version, and the facts that its rules on past months read."""


@define
class Walk:
    """A contract's months, from its first on: ``missing`` is the first that is not known and would count."""

    book: Book
    history: History
    past: Mapping[Month, int]
    asked: dict[Case, Rule | None]
    memory: CaseMemory = field(factory=CaseMemory)
    offer: str = ""
    missing: Month | None = None

    def floors(self, until: Month, parts: tuple[Served, ...] = ()) -> tuple[HeldFloor | None, ...]:
        """Return the floor in force in each part of a month: of these parts, or as the history has them."""
        for month in Month.of(self.history.contract.start).until(until.first):
            past = tuple(served_in(self.book, self.history, month))
            self._enter(past, month)
            if past:
                self._pass(past[-1], month)
        return self._enter(parts or tuple(served_in(self.book, self.history, until)), until)

    def _enter(self, parts: tuple[Served, ...], month: Month) -> tuple[HeldFloor | None, ...]:
        """Return the floor of each part of a month: the rules of each offer are asked once, those of another anew."""
        floors, answered = [], ""
        for part in parts:
            if self.offer != part.offer.head.id:
                self.memory, self.missing, self.offer = CaseMemory(), None, part.offer.head.id
            bands = part.offer.bands if part.offer.version in self.book.remembering else None
            memory = self.memory.read_in(bands) if bands else evolve(self.memory, floor=None)
            if answered != self.offer:
                self.memory = memory = self._set(memory, bands, part, month) if bands else memory
                answered = self.offer
            floors.append(memory.floor)
        return tuple(floors)

    def _pass(self, last: Served, month: Month) -> None:
        """Go past a month: what was counted in it, which decides its band, is remembered.

        A month with days of a free trial, whose calls decide no band, is none of the months in a row (A17).
        """
        if deciding_days(last) != last.month_days:
            return
        if month not in self.past:
            self.missing = self.missing or month
        self.memory = self.memory.with_month(deciding_count(last, month, self.past.get(month, 0)))

    def _set(self, memory: CaseMemory, bands: Bands, part: Served, month: Month) -> CaseMemory:
        """Return the memory once the rules on the months before were asked: by case, each only once."""
        version = part.offer.version
        decider = self.book.deciders[version]
        needed, facts = decider.facts_needed("history"), memory.facts(bands)
        known = {name: facts[name] if name in facts else CALENDAR[name](part, month) for name in needed}
        case = (version, tuple(known.values()))
        if case not in self.asked:
            self.asked[case] = next(iter(decider.decide("history", known)), None)
        rule = self.asked[case]
        if rule is None:
            return memory
        decision = decider.decision(rule, known)
        read = dict(decision.facts) | facts
        return memory.after(evolve(decision, facts=tuple(read.items())), bands, month)
