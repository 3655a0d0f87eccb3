"""The cases of a stage: literals cut each fact's values into cells, and a case is one cell of each fact.

Two facts in the same case make every comparison come out the same, so the rules decide the same for both.
"""

import math
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain, count, product
from typing import TypeAlias

import numpy as np
from attrs import asdict, field, frozen
from numpy.typing import NDArray

from ..model.facts import NEVER_TOGETHER, FactField, FactValue, Vocabulary
from ..model.offer import Rule
from ..model.problem import Problem
from ..model.usage import Numbers, WordColumn
from .condition import Comparison, ParsedRule, comparisons, facts_read

Column: TypeAlias = NDArray[np.integer | np.bool_] | WordColumn
"""The values of one fact, one per row: numbers, yes/no, or words."""

MOST_CASES = 100_000
"""Cases of one group: a proof walks them all, in a few seconds."""
MOST_IN_ALL = 1_000_000
"""Cases of all groups of an offer: a proof walks them in a minute."""


@frozen
class NumberCells:
    """A number's values: cell i holds ``breaks[i - 1] <= n < breaks[i]``; a yes/no is cut at 1."""

    fact: FactField
    breaks: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.breaks) + 1

    def of(self, column: Column) -> Numbers:
        """Return the cell of each value."""
        if isinstance(column, WordColumn):
            raise TypeError(f'"{self.fact.name}" is a number, but its column has words')
        return np.searchsorted(np.array(self.breaks, np.int64), column, side="right")

    def cell(self, value: FactValue) -> int:
        """Return the cell of one value."""
        if isinstance(value, str):
            raise TypeError(f'"{self.fact.name}" is a number, not "{value}"')
        return bisect_right(self.breaks, value)

    def value(self, cell: int) -> int:
        """Return one number of a cell, at its edge."""
        return self.breaks[cell - 1] if cell else self.breaks[0] - 1

    def excludes(self, cell: int) -> bool:
        """Tell whether a cell leaves out 0 for a fact that another one cannot be above 0 with."""
        return self.fact.name in NEVER_TOGETHER and cell > 0 and self.breaks[cell - 1] > 0

    def can_occur(self) -> Iterator[int]:
        """Yield the cells that have a number from 0 up: facts count something."""
        return (cell for cell in range(len(self)) if cell == len(self.breaks) or self.breaks[cell] > 0)


@frozen
class WordCells:
    """A word's values: each word that a rule names is a cell, and all others are the last one."""

    fact: FactField
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words) + 1

    def of(self, column: Column) -> Numbers:
        """Return the cell of each word."""
        if not isinstance(column, WordColumn):
            raise TypeError(f'"{self.fact.name}" is a word, but its column has numbers')
        number = {word: cell for cell, word in enumerate(self.words)}
        table = [number.get(word, len(self.words)) for word in (*column.words, "")]
        return np.array(table, np.int64)[column.codes]

    def cell(self, value: FactValue) -> int:
        """Return the cell of one word."""
        if not isinstance(value, str):
            raise TypeError(f'"{self.fact.name}" is a word, not {value}')
        return self.words.index(value) if value in self.words else len(self.words)

    def value(self, cell: int) -> str:
        """Return one word of a cell; a known one among the others, if there is one."""
        if cell < len(self.words):
            return self.words[cell]
        others = chain(self.fact.words, (f"other{'…' * dots}" for dots in count()))
        return next(word for word in others if word not in self.words)

    def excludes(self, cell: int) -> bool:
        """Tell whether a cell leaves out 0: words do not."""
        return False

    def can_occur(self) -> Iterator[int]:
        """Yield the cells that have a word which the fact can take."""
        all_named = bool(self.fact.words) and set(self.fact.words) <= set(self.words)
        return iter(range(len(self.words) if all_named else len(self)))


Cells: TypeAlias = NumberCells | WordCells


def cells(fact: FactField, compared: Sequence[Comparison]) -> Cells:
    """Return the cells into which comparisons cut one fact's values."""
    if fact.type == "word":
        return WordCells(fact, tuple(dict.fromkeys(str(one.literal) for one in compared)))
    if fact.type == "yes_no":
        return NumberCells(fact, (1,))
    breaks: set[int] = set()
    for one in compared:
        number = int(one.literal)
        if one.operator in ("<", ">=", "==", "!="):
            breaks.add(number)
        if one.operator in ("<=", ">", "==", "!="):
            breaks.add(number + 1)
    return NumberCells(fact, tuple(sorted(breaks)))


@frozen
class Group:
    """Rules of one stage that share facts, or set the same thing; a case is numbered from 0 below ``size``."""

    rules: tuple[ParsedRule, ...]
    cells: tuple[Cells, ...]
    steps: tuple[int, ...] = field(init=False)

    @steps.default
    def _steps(self) -> tuple[int, ...]:
        return tuple(math.prod(map(len, self.cells[:place])) for place in range(len(self.cells)))

    @property
    def size(self) -> int:
        """Return how many cases there are, those that cannot occur included."""
        return math.prod(map(len, self.cells))

    def asks_like(self, other: "Group") -> bool:
        """Tell whether another group has the same conditions in the same order, whatever its rules set."""
        mine, theirs = ([parsed.condition for parsed in group.rules] for group in (self, other))
        return mine == theirs and self.cells == other.cells

    def case_numbers(self, columns: Mapping[str, Column]) -> Numbers:
        """Return the case of each row; raise ValueError when a fact has no column."""
        self._check_given(columns)
        numbers = self.cells[0].of(columns[self.cells[0].fact.name])
        for cut, step in zip(self.cells[1:], self.steps[1:], strict=True):
            numbers += cut.of(columns[cut.fact.name]) * step
        return numbers

    def case_number(self, facts: Mapping[str, FactValue]) -> int:
        """Return the case of one set of facts; raise ValueError when one is not given."""
        self._check_given(facts)
        return sum(cut.cell(facts[cut.fact.name]) * step for cut, step in zip(self.cells, self.steps, strict=True))

    def _check_given(self, facts: Container[str]) -> None:
        if missing := [cut.fact.name for cut in self.cells if cut.fact.name not in facts]:
            raise ValueError(f"the rules read facts that nobody gave: {', '.join(missing)}")

    def representative(self, case: int) -> dict[str, FactValue]:
        """Return facts of a case: one value from each cell."""
        return {
            cut.fact.name: cut.value(case // step % len(cut)) for cut, step in zip(self.cells, self.steps, strict=True)
        }

    def all_cases(self) -> Iterator[int]:
        """Yield the cases that can occur: numbers from 0 up, words that are known where all are known."""
        for choice in product(*(cut.can_occur() for cut in self.cells)):
            if sum(cut.excludes(cell) for cut, cell in zip(self.cells, choice, strict=True)) < 2:
                yield sum(cell * step for cell, step in zip(choice, self.steps, strict=True))

    def problem(self) -> Problem | None:
        """Return the problem of a group with too many cases: which facts cut it most."""
        if self.size <= MOST_CASES:
            return None
        names = ", ".join(f'"{parsed.rule.id}"' for parsed in self.rules)
        most = sorted(self.cells, key=len, reverse=True)[:5]
        pieces = ", ".join(f"{cut.fact.name} ({len(cut)} pieces)" for cut in most)
        what = f"the rules {names} together make {self.size:,} cases, more than {MOST_CASES:,}"
        hint = f"let fewer rules share the facts that cut them most: {pieces}"
        return Problem(self.rules[0].rule.place, what, hint)


def what_it_sets(rule: Rule) -> str:
    """Return a name for what a rule sets: two rules that set one thing must agree."""
    then = rule.then
    if then.charge or then.mark:
        return f"charge {then.charge}" if then.charge else f"mark {then.mark}"
    return next((name for name, value in asdict(then).items() if value), "")


def groups(rules: Sequence[ParsedRule], vocabulary: Vocabulary) -> tuple[Group, ...]:
    """Return the rules of a stage as groups that have no fact and nothing that they set in common."""
    parts: list[tuple[set[str], list[ParsedRule]]] = []
    for parsed in rules:
        ties, members = {*facts_read(parsed.condition), what_it_sets(parsed.rule)}, [parsed]
        apart = []
        for other_ties, others in parts:
            if ties & other_ties:
                ties, members = ties | other_ties, others + members
            else:
                apart.append((other_ties, others))
        parts = [*apart, (ties, members)]
    in_order = (sorted(members, key=lambda parsed: parsed.order) for _, members in parts)
    return tuple(group(members, vocabulary) for members in sorted(in_order, key=lambda members: members[0].order))


def group(rules: Sequence[ParsedRule], vocabulary: Vocabulary) -> Group:
    """Return rules as one group, with the cells of every fact that they read."""
    compared: dict[str, list[Comparison]] = {}
    for parsed in rules:
        for one in comparisons(parsed.condition):
            compared.setdefault(one.fact, []).append(one)
    return Group(tuple(rules), tuple(cells(vocabulary[name], ones) for name, ones in compared.items()))
