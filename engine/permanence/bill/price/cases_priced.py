"""What was worked out before of some facts: found again by the values of those of them that it read."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Generic, TypeVar

from attrs import define, field

from ...model.facts import FactValue

T = TypeVar("T")


class FactsRead(Mapping[str, FactValue]):
    """Facts that note which of them are read; whoever goes through them reads them all."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self.facts = facts
        self.read: dict[str, None] = {}

    def __getitem__(self, name: str) -> FactValue:
        self.read[name] = None
        return self.facts[name]

    def __iter__(self) -> Iterator[str]:
        self.read.update(dict.fromkeys(self.facts))
        return iter(self.facts)

    def __len__(self) -> int:
        self.read.update(dict.fromkeys(self.facts))
        return len(self.facts)


@define(eq=False)
class Cases(Generic[T]):
    """What came of each case of some like, by the values of the facts that these have read so far."""

    names: tuple[str, ...] = ()
    found: dict[tuple[FactValue | None, ...], T] = field(factory=dict)

    def values(self, facts: Mapping[str, FactValue]) -> tuple[FactValue | None, ...]:
        """Return what tells some facts apart, as far as is known."""
        return tuple([facts.get(name) for name in self.names])

    def take(self, result: T, facts: FactsRead) -> None:
        """Remember what came of facts; where it read some that none had read before, the others are forgotten."""
        more = tuple(name for name in facts.read if name not in self.names)
        if more:
            self.names, self.found = (*self.names, *more), {}
        self.found[self.values(facts.facts)] = result


@define(eq=False)
class PricedCases(Generic[T]):
    """What was worked out of facts, by all that it hangs on besides: each distinct case once; and how often it was."""

    _cases: dict[Hashable, Cases[T]] = field(factory=dict)
    worked_out: int = 0

    def of(self, like: Hashable, facts: Mapping[str, FactValue], work: Callable[[FactsRead], T]) -> T:
        """Return what comes of some facts of a like; ``work`` is asked, of facts that note it, where it is not known.

        It may read no other fact, and what it hangs on besides must be in ``like``.
        """
        cases = self._cases.get(like)
        if cases is None:
            cases = self._cases[like] = Cases()
        found = cases.found.get(cases.values(facts))
        if found is None:
            noted = FactsRead(facts)
            self.worked_out += 1
            found = work(noted)
            cases.take(found, noted)
        return found
