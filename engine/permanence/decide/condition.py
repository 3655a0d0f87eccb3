"""A condition over the facts of a stage: comparisons with literals, joined by and, or and not.

`holds` is the meaning of a condition, in plain Python. Billing asks durable-rules; the tests hold the two
against each other.
"""

import math
import operator
from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Literal, TypeAlias

from attrs import frozen

from ..model.facts import FactValue
from ..model.offer import Rule

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@frozen
class Comparison:
    """One fact compared with one literal; a yes/no fact is compared with 1."""

    fact: str
    operator: Operator
    literal: FactValue


@frozen
class Not:
    """Holds when its part does not."""

    part: "Condition"


@frozen
class All:
    """Holds when every part does."""

    parts: "tuple[Condition, ...]"


@frozen
class AnyOf:
    """Holds when at least one part does."""

    parts: "tuple[Condition, ...]"


Condition: TypeAlias = Comparison | Not | All | AnyOf
Alternative: TypeAlias = tuple[Comparison, ...]


@frozen
class ParsedRule:
    """A rule with its condition understood, and its place among the rules of its stage, from 0."""

    rule: Rule
    condition: Condition
    order: int


COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPPOSITE: Mapping[Operator, Operator] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def holds(condition: Condition, facts: Mapping[str, FactValue]) -> bool:
    """Return whether a condition holds for these facts; raise KeyError when it reads one that is missing."""
    match condition:
        case Comparison(fact, sign, literal):
            return bool(COMPARE[sign](facts[fact], literal))
        case Not(part):
            return not holds(part, facts)
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts) for part in parts)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of a condition, in the order in which it names them."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)


def facts_read(condition: Condition) -> tuple[str, ...]:
    """Return the names of the facts that a condition reads, each once, in the order it names them."""
    return tuple(dict.fromkeys(comparison.fact for comparison in comparisons(condition)))


def negated(condition: Condition) -> Condition:
    """Return the condition that holds exactly when this one does not, with `not` pushed one step inward."""
    match condition:
        case Comparison(fact, sign, literal):
            return Comparison(fact, OPPOSITE[sign], literal)
        case Not(part):
            return part
        case All(parts):
            return AnyOf(tuple(map(negated, parts)))
        case AnyOf(parts):
            return All(tuple(map(negated, parts)))


def width(condition: Condition) -> int:
    """Return how many alternatives a condition has at most, without listing them."""
    match condition:
        case Comparison():
            return 1
        case Not(part):
            return width(negated(part))
        case All(parts):
            return math.prod(map(width, parts))
        case AnyOf(parts):
            return sum(map(width, parts))


def alternatives(condition: Condition) -> tuple[Alternative, ...]:
    """Return the ways in which a condition can hold: it holds when all comparisons of one of them do.

    This is the disjunctive normal form; look at `width` first, for it multiplies.
    """
    match condition:
        case Comparison():
            return ((condition,),)
        case Not(part):
            return alternatives(negated(part))
        case AnyOf(parts):
            return tuple(dict.fromkeys(chain.from_iterable(map(alternatives, parts))))
        case All(parts):
            joined = (chain.from_iterable(choice) for choice in product(*map(alternatives, parts)))
            return tuple(dict.fromkeys(tuple(dict.fromkeys(one)) for one in joined))
