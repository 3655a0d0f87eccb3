"""The proof that the rules of an offer agree: every case of every group is decided, and conflicts are named."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from ..model.facts import FactValue, Vocabulary
from ..model.offer import Rule
from ..model.problem import Problem
from .condition import ParsedRule, facts_read

DIFFERENTLY: Mapping[str, str] = {
    "exclude": "exclude one call for two reasons",
    "end": "end one contract on two days",
    "effect": "give one event two effects",
    "renew": "renew one contract in two ways",
    "floor": "set two floors for one month",
}
Proof = Iterable[tuple[Mapping[str, FactValue], tuple[ParsedRule, ...]]]
"""Representative facts of each case, with the rules that hold in it."""


def conflicts(decided: Proof, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return a problem for each two rules that hold in one case and set one thing differently, with such a case."""
    found: dict[tuple[int, int], Problem] = {}
    for facts, fired in decided:
        for first, second in combinations(fired, 2):
            clash = clashing(first.rule, second.rule)
            if clash and (first.order, second.order) not in found:
                names = dict.fromkeys((*facts_read(first.condition), *facts_read(second.condition)))
                case = " and ".join(in_words(name, facts[name], vocabulary) for name in names)
                what = f'the rules "{first.rule.id}" ({first.rule.when_place}) and "{second.rule.id}" {clash}'
                hint = f"both hold when {case}: make one of them exclude the other"
                found[first.order, second.order] = Problem(second.rule.when_place, what, hint)
    return tuple(found.values())


def clashing(first: Rule, second: Rule) -> str:
    """Return how two rules that hold together contradict each other, or nothing when they agree."""
    one, other = first.then, second.then
    if one.charge and one.charge == other.charge:
        return f'both charge "{one.charge}" in one month'
    for name, clash in DIFFERENTLY.items():
        this, that = getattr(one, name), getattr(other, name)
        if this and that and this != that:
            return f'{clash}, "{this}" and "{that}"'
    return ""


def in_words(name: str, value: FactValue, vocabulary: Vocabulary) -> str:
    """Return one fact as a condition would say it."""
    if vocabulary[name].type == "yes_no":
        return name if value else f"not {name}"
    return f'{name} == "{value}"' if isinstance(value, str) else f"{name} == {value}"
