"""What was worked out before of some facts: found again by the values of those of them that it read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

    def note(self, names: Iterable[str]) -> None:
        """Take some facts as read: what comes of these hangs on them."""
        self.read.update(dict.fromkeys(names))

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

    def known(self, facts: Mapping[str, FactValue]) -> T | None:
        """Return what came of facts like these, None where that is not known."""
        return self.found.get(self._values(facts))

    def of(self, facts: Mapping[str, FactValue], work: Callable[[FactsRead], T]) -> T:
        """Return what comes of some facts; ``work`` is asked, of facts that note it, where it is not known.

        It may read no other fact, and all that it hangs on besides must be the same for all of these cases.
        """
        found = self.known(facts)
        if found is None:
            noted = FactsRead(facts)
            found = work(noted)
            self._take(found, noted)
        return found

    def _values(self, facts: Mapping[str, FactValue]) -> tuple[FactValue | None, ...]:
        """Return what tells some facts apart, as far as is known."""
        return tuple([facts.get(name) for name in self.names])

    def _take(self, result: T, facts: FactsRead) -> None:
        """Remember what came of facts; where it read some that none had read before, the others are forgotten."""
        more = tuple(name for name in facts.read if name not in self.names)
        if more:
            self.names, self.found = (*self.names, *more), {}
        self.found[self._values(facts.facts)] = result
