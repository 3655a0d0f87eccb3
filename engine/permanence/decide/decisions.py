"""What groups of rules decide, for any number of rows: one question to durable-rules per distinct case, ever."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from attrs import define, field

from ..model.facts import FactValue, Stage
from ..model.offer import Rule
from ..model.usage import Codes, Numbers
from .cases import Column, Group
from .condition import ParsedRule
from .ruleset import Ruleset

LARGEST_TABLE = 1 << 22


@define
class StageMemory:
    """What one stage has decided so far: by group and case, -1 where nobody asked yet.

    A decision is a number; ``orders`` tells which rules of the stage it fires. Decision 0 fires none.
    """

    rules: tuple[Rule, ...]
    first_group: int
    groups: tuple[Group, ...]
    known: tuple[Codes, ...]
    orders: list[tuple[int, ...]] = field(factory=lambda: [()])
    number: dict[tuple[int, ...], int] = field(factory=lambda: {(): 0})

    def intern(self, orders: tuple[int, ...]) -> int:
        """Return the number of a decision, given as places of rules in the stage."""
        if orders not in self.number:
            self.number[orders] = len(self.orders)
            self.orders.append(orders)
        return self.number[orders]


class Decisions:
    """The decisions of an offer's rules; every case that was asked for is remembered."""

    def __init__(
        self, offer: str, rules: Mapping[Stage, tuple[Rule, ...]], groups: Mapping[Stage, Sequence[Group]]
    ) -> None:
        """Compile the groups of each stage; ``rules`` are all rules of a stage, in the order that groups count in."""
        self._offer = offer
        self._ruleset: Ruleset | None = Ruleset(offer, [group for parts in groups.values() for group in parts])
        self._stages: dict[Stage, StageMemory] = {}
        first = 0
        for stage, parts in groups.items():
            known = tuple(np.full(group.size, -1, np.int32) for group in parts)
            self._stages[stage] = StageMemory(rules[stage], first, tuple(parts), known)
            first += len(parts)

    def __getstate__(self) -> dict[str, object]:
        """Return what is kept of it: all that was decided; rules are compiled again when another case is asked for."""
        return {**self.__dict__, "_ruleset": None}

    def remember(self, other: "Decisions") -> None:
        """Take over what others have decided, in the groups that ask the same: as the next version of an offer does."""
        for stage, memory in self._stages.items():
            theirs = other._stages[stage]
            for place, group in enumerate(memory.groups):
                for there, known in zip(theirs.groups, theirs.known, strict=True):
                    if group.asks_like(there):
                        self._take_over(memory, place, there, known, theirs.orders)

    def _take_over(
        self, memory: StageMemory, place: int, there: Group, known: Codes, orders: Sequence[tuple[int, ...]]
    ) -> None:
        mine = {old.order: new.order for old, new in zip(there.rules, memory.groups[place].rules, strict=True)}
        for case in np.flatnonzero((known >= 0) & (memory.known[place] < 0)).tolist():
            memory.known[place][case] = memory.intern(tuple(mine[order] for order in orders[known[case]]))

    @property
    def questions(self) -> int:
        """Return how often durable-rules was asked so far."""
        return self._ruleset.questions if self._ruleset else 0

    def groups(self, stage: Stage) -> tuple[Group, ...]:
        """Return the groups of a stage: rules that share facts or set the same thing."""
        return self._stages[stage].groups

    def facts_needed(self, stage: Stage) -> tuple[str, ...]:
        """Return the names of the facts that the rules of a stage read; none when it has no rules."""
        return tuple(cut.fact.name for group in self._stages[stage].groups for cut in group.cells)

    def decide_columns(
        self, stage: Stage, columns: Mapping[str, Column], rows: int
    ) -> tuple[Codes, tuple[tuple[Rule, ...], ...]]:
        """Return, for each row, the number of its decision, and the table of decisions: rules in the file's order.

        ``columns`` has a column of ``rows`` values for each fact that the stage needs; raises ValueError when one
        is missing. Numbers stay the same from call to call, so a stage may be decided in chunks: a later table only
        has more entries. Decision 0 is that no rule holds.
        """
        memory = self._stages[stage]
        numbers: Codes = np.zeros(rows, np.int32)
        for place, group in enumerate(memory.groups):
            decided = self._decided(memory, place, group.case_numbers(columns))
            numbers = combined(memory, numbers, decided) if place else decided
        return numbers, tuple(tuple(memory.rules[order] for order in orders) for orders in memory.orders)

    def decide(self, stage: Stage, facts: Mapping[str, FactValue]) -> tuple[Rule, ...]:
        """Return the rules of a stage that hold for one set of facts, in the file's order."""
        memory = self._stages[stage]
        cases = (self._case(memory, place, group.case_number(facts)) for place, group in enumerate(memory.groups))
        return tuple(memory.rules[order] for order in sorted(chain(*(memory.orders[number] for number in cases))))

    def every_case(self, stage: Stage) -> Iterator[tuple[Group, dict[str, FactValue], tuple[ParsedRule, ...]]]:
        """Yield every case of every group of a stage: representative facts, and the rules of the group that hold.

        A case that was decided before is not asked again.
        """
        memory = self._stages[stage]
        for place, group in enumerate(memory.groups):
            by_order = {parsed.order: parsed for parsed in group.rules}
            for case in group.all_cases():
                number = self._case(memory, place, case)
                yield group, group.representative(case), tuple(by_order[order] for order in memory.orders[number])

    def _decided(self, memory: StageMemory, place: int, cases: Numbers) -> Codes:
        known = memory.known[place]
        present = np.zeros(len(known), np.bool_)
        present[cases] = True
        for case in np.flatnonzero(present & (known < 0)):
            self._case(memory, place, int(case))
        return known[cases]

    def _case(self, memory: StageMemory, place: int, case: int) -> int:
        group, known = memory.groups[place], memory.known[place]
        if known[case] < 0:
            if self._ruleset is None:
                self._ruleset = Ruleset(self._offer, [one for stage in self._stages.values() for one in stage.groups])
            fired = self._ruleset.decide(memory.first_group + place, group.representative(case))
            known[case] = memory.intern(tuple(group.rules[number].order for number in fired))
        return int(known[case])


def combined(memory: StageMemory, one: Codes, other: Codes) -> Codes:
    """Return the decisions of two sets of groups as one, row by row; new combinations get a number."""
    width = len(memory.orders)
    pairs = one * np.int64(width) + other
    distinct, place = distinct_codes(pairs, width * width)
    merged = [
        memory.intern(tuple(sorted((*memory.orders[pair // width], *memory.orders[pair % width]))))
        for pair in distinct.tolist()
    ]
    return np.array(merged, np.int32)[place]


def distinct_codes(codes: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Return the distinct codes below ``size``, sorted, and the place of each row's code among them."""
    if size > LARGEST_TABLE:
        return np.unique(codes, return_inverse=True)
    present = np.zeros(size, np.bool_)
    present[codes] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
