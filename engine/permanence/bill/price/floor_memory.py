"""A floor from past months: what they leave for an offer's rules to read, and the band that a rule then sets."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from attrs import evolve, frozen

from ...model.decision import Decision, HeldFloor
from ...model.facts import FactValue
from ...model.offer import Floor
from ...model.period import Month
from ...model.problem import Place
from ...model.subscriptions import Bands
from .bands import band_below, band_holding


@frozen
class CaseMemory:
    """The floor in force, and the counts that decided the bands of the months since a rule last set it, in order."""

    floor: HeldFloor | None = None
    counts: tuple[int, ...] = ()

    @property
    def up_to(self) -> int:
        """Return the highest count of the floor's band, 0 without a floor."""
        return self.floor.up_to if self.floor else 0

    def read_in(self, bands: Bands) -> "CaseMemory":
        """Return the memory under other bands: the floor is the band that holds as many calls, the lowest is none."""
        up_to = band_holding(bands, self.up_to)
        if self.floor is None or up_to == self.up_to:
            return self
        return evolve(self, floor=evolve(self.floor, up_to=up_to) if up_to > bands.steps[0].up_to else None)

    def above(self, bands: Bands) -> tuple[int, ...]:
        """Return the bands of the months in a row, the last one first, that lie above the floor."""
        floor = max(self.up_to, bands.steps[0].up_to)
        return tuple(takewhile(lambda band: band > floor, self._last_first(bands)))

    def below(self, bands: Bands) -> tuple[int, ...]:
        """Return the bands of the months in a row, the last one first, that lie below the floor."""
        return tuple(takewhile(lambda band: band < self.up_to, self._last_first(bands)))

    def facts(self, bands: Bands) -> dict[str, int]:
        """Return what the rules on past months may read of them."""
        return {
            "history.months_above": len(self.above(bands)),
            "history.months_below": len(self.below(bands)),
            "history.floor": self.up_to,
        }

    def after(self, decision: Decision, bands: Bands, month: Month) -> "CaseMemory":
        """Return the memory once a rule has set the floor from a month on: its months are counted anew.

        Without a month above there is no band to take, and without a floor none to lift: nothing is set then.
        """
        kind, above = decision.rule.then.floor, self.above(bands)
        if not (self.floor if kind == "lowest" else above):
            return self
        up_to = _floor(kind, above, bands)
        if up_to <= bands.steps[0].up_to:
            return CaseMemory()
        return CaseMemory(self.floor if up_to == self.up_to else HeldFloor(up_to, month, decision))

    def with_month(self, count: int) -> "CaseMemory":
        """Return the memory with one more month, by the count that decides its band."""
        return evolve(self, counts=(*self.counts, count))

    def _last_first(self, bands: Bands) -> Iterator[int]:
        return (band_holding(bands, count) for count in reversed(self.counts))


def _floor(kind: Floor | str, above: Iterable[int], bands: Bands) -> int:
    if kind == "lowest":
        return 0
    return min(above) if kind == "reached" else band_below(bands, min(above))


def resting_on(decision: Decision, floor: HeldFloor) -> Decision:
    """Return a decision with the floor that its price rests on, and the facts that say where the floor comes from."""
    rule = floor.decision.rule
    facts: dict[str, FactValue] = {
        **dict(decision.facts),
        "history.floor": floor.up_to,
        "history.months_above": dict(floor.decision.facts)["history.months_above"],
        "history.since": str(floor.since),
        "history.rule": f"{rule.id}, {Place(rule.place.file, rule.place.line)}",
    }
    return evolve(decision, facts=tuple(facts.items()), floor=floor)
