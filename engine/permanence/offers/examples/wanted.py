"""What an offer's examples have to show, and the smallest examples that would show it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from attrs import evolve, frozen

from ...decide.cases import NumberCells
from ...decide.condition import COMPARE, Alternative, Comparison, ParsedRule, alternatives, negated
from ...decide.decider import Decider
from ...model.example import Example
from ...model.facts import FactField, FactValue, Stage
from ...model.problem import KeyPath, Place
from .played import Played

Shown = Callable[[Example, Played], bool]
Sign = tuple[str | int, ...]
"""Something that came out of an example: a fact of a stage that rules read, by its value, or a line of a month."""
LINE = "line"
STATED: Mapping[Stage, tuple[str, ...]] = {
    "call": ("counts", "total", "lines"),
    "history": ("floor",),
    "month": ("total", "lines"),
    "event": ("holds_from",),
    "notice": ("ends",),
    "renewal": ("renewed_until", "ends"),
}
"""What an example says of each stage: without one of these it shows nothing of it."""
TRIED = 200
"""Examples tried for one thing, the smallest first."""


@frozen
class Wanted:
    """Something that an example has to show: in words, what an example shows it, and examples to try for it.

    ``stage`` is that of what the example will say, ``where`` the keys of what is to be shown. Each example that shows
    it has its ``sign``; where that is None, any example may.
    """

    what: str
    stage: Stage
    shown: Shown
    tries: Iterable[Example]
    where: Place | KeyPath = ("offer", "id")
    sign: Sign | None = None


@frozen
class Way:
    """One of the ways in which a rule can hold: all of its comparisons do."""

    parsed: ParsedRule
    alternative: Alternative
    fields: Mapping[str, FactField]
    several: bool

    @property
    def what(self) -> str:
        """Return the rule by its name, with the comparisons where it can hold in several ways."""
        return f'the rule "{self.parsed.rule.id}"' + (f" when {self.told}" if self.several else "")

    @property
    def told(self) -> str:
        """Return the comparisons of the way."""
        return " and ".join(_told(one, self.fields) for one in self.alternative)

    @property
    def title(self) -> str:
        """Return the same as the title of an example has it: without quotes."""
        return self.what.replace('"', "")

    def holds(self, facts: Mapping[str, FactValue]) -> bool:
        """Tell whether every comparison of the way holds for some facts; a fact that is not among them fails."""
        return all(
            one.fact in facts and COMPARE[one.operator](facts[one.fact], one.literal) for one in self.alternative
        )

    def fits(self, name: str, value: FactValue) -> bool:
        """Tell whether every comparison of the way with one fact holds for a value of it."""
        return all(COMPARE[one.operator](value, one.literal) for one in self.alternative if one.fact == name)

    def changes_at(self, name: str, number: int) -> bool:
        """Tell whether a number of a fact is one of the two between which a comparison of the way changes."""
        return any(
            COMPARE[one.operator](number, one.literal) != COMPARE[one.operator](number + step, one.literal)
            for one in self.alternative
            for step in (-1, 1)
            if one.fact == name
        )

    def facts(self, quiet: Mapping[str, FactValue]) -> dict[str, FactValue] | None:
        """Return facts for which the way holds, as in a quiet month where that will do; None when there are none."""
        found: dict[str, FactValue] = {}
        for name in dict.fromkeys(one.fact for one in self.alternative):
            compared = [one for one in self.alternative if one.fact == name]
            values = chain([quiet[name]] if name in quiet else [], _values(self.fields[name], compared))
            fitting = [value for value in values if all(COMPARE[one.operator](value, one.literal) for one in compared)]
            if not fitting:
                return None
            found[name] = fitting[0]
        return found


def _told(one: Comparison, fields: Mapping[str, FactField]) -> str:
    if fields[one.fact].type == "yes_no":
        return one.fact if (one.operator == "==") == bool(one.literal) else f"not {one.fact}"
    literal = f'"{one.literal}"' if isinstance(one.literal, str) else one.literal
    return f"{one.fact} {one.operator} {literal}"


def _values(fact: FactField, compared: Iterable[Comparison]) -> Iterator[FactValue]:
    """Yield the values of a fact between which comparisons can tell, the lowest first."""
    literals = [one.literal for one in compared]
    if fact.type == "yes_no":
        yield from (0, 1)
    elif fact.type == "word":
        yield from (str(literal) for literal in literals)
        yield from (*fact.words, "", "other")
    else:
        numbers = {0, *(int(literal) + step for literal in literals for step in (-1, 0, 1))}
        yield from sorted(number for number in numbers if number >= 0)


def ways(decider: Decider, stage: Stage) -> Iterator[Way]:
    """Yield the ways in which the rules of a stage can hold, rule by rule in the file's order."""
    groups = decider.groups(stage)
    fields = {cut.fact.name: cut.fact for group in groups for cut in group.cells}
    for parsed in sorted((parsed for group in groups for parsed in group.rules), key=lambda parsed: parsed.order):
        found = alternatives(parsed.condition)
        yield from (Way(parsed, alternative, fields, len(found) > 1) for alternative in found)


def near_misses(found: Sequence[Way]) -> Iterator[tuple[str, tuple[Way, ...]]]:
    """Yield the ways in which rules just fail, each in words: one part of a condition does, and what is left holds.

    ``found`` is every way in which the rules can hold; what is left may hold in each of a rule's ways.
    """
    for _, group in groupby(found, key=lambda way: way.parsed.order):
        holding = tuple(group)
        for failing in alternatives(negated(holding[0].parsed.condition)):
            named = {one.fact for one in failing}
            left = (tuple(one for one in way.alternative if one.fact not in named) for way in holding)
            missed = tuple(evolve(holding[0], alternative=(*failing, *rest)) for rest in dict.fromkeys(left))
            yield evolve(holding[0], alternative=failing).told, missed


def edges(decider: Decider, stage: Stage) -> Iterator[tuple[str, int]]:
    """Yield the numbers on both sides of each number at which the rules of a stage change, with the fact."""
    for group in decider.groups(stage):
        for cut in group.cells:
            if isinstance(cut, NumberCells) and cut.fact.type == "number":
                numbers = {number for first in cut.breaks for number in (first - 1, first) if number >= 0}
                yield from ((cut.fact.name, number) for number in sorted(numbers))


def states(example: Example, stage: Stage) -> bool:
    """Tell whether an example says what must come out at a stage."""
    return any(getattr(example, name) not in (None, (), {}) for name in STATED[stage])


def shows_way(way: Way) -> Shown:
    """Return what tells whether an example shows a way in which a rule holds."""
    stage = way.parsed.rule.on
    return lambda example, played: states(example, stage) and any(map(way.holds, played.asked.get(stage, ())))


def shows_number(stage: Stage, fact: str, number: int) -> Shown:
    """Return what tells whether an example shows what rules make of a number."""
    return lambda example, played: (
        states(example, stage) and any(facts.get(fact) == number for facts in played.asked.get(stage, ()))
    )


def signs(played: Played) -> Iterator[Sign]:
    """Yield the signs of an example: the values that its rules were asked about, and its lines."""
    for stage, asked in played.asked.items():
        for facts in asked:
            yield from ((stage, name, value) for name, value in facts.items())
    yield from ((LINE, line.code, line.label) for line in played.lines)


def filled(example: Example, played: Played, stage: Stage) -> Example | None:
    """Return an example with what came out of it at a stage; None when that is nothing.

    Of a month with several lines each is said: where a least or a most hides what one of them costs, it shows.
    """
    if stage == "call":
        return evolve(example, counts={name: played.counts.get(name, 0) for name in example.counts})
    if stage == "month":
        return evolve(example, total=played.total, lines=played.coded if len(played.lines) > 1 else ())
    for name in STATED[stage]:
        value = getattr(played, name)
        if value is not None:
            return evolve(example, **{name: value})
    return None


def ordinal(number: int) -> str:
    """Return a number as English counts: 1st, 2nd, 11th, 51st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
