"""What durable-rules cannot be given: it would fail, hang or crash at the ends of its fixed tables.

Measured on durable-rules 2.0.28, and stated well below the ends.
"""

from collections.abc import Iterator, Sequence

from ..model.problem import Problem
from .cases import Group
from .condition import Alternative, Comparison, alternatives

MOST_CONDITIONS = 480
"""Different conditions under one node: the engine refuses the 512th, and never ends at the 1,000th."""
MOST_EQUAL_RULES = 200
"""Rules with one same condition: the engine crashes at the 256th."""
MOST_RULES = 4_000
"""Rules of one ruleset, each way to hold being one: the engine refuses the 4,097th."""
LONGEST_TEXT = 60_000
OPERATORS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
RESERVED = ("id", "sid", "_stage")


def property_hash(name: str) -> int:
    """Return the 32-bit FNV-1a hash by which alone the engine knows a property."""
    digest = 2166136261
    for byte in name.encode():
        digest = (digest ^ byte) * 16777619 & 0xFFFFFFFF
    return digest


def property_names(groups: Sequence[Group]) -> dict[str, str]:
    """Return the engine's own name for each fact: ``f0``, ``f1`` …, so that none is reserved or has a dot.

    Raises ValueError when two names have one hash.
    """
    facts = dict.fromkeys(cut.fact.name for group in groups for cut in group.cells)
    names = {fact: f"f{number}" for number, fact in enumerate(facts)}
    if len({property_hash(name) for name in (*names.values(), *RESERVED)}) < len(names) + len(RESERVED):
        raise ValueError("two facts look the same to durable-rules: their names have one hash")
    return names


def ways(group: Group) -> Iterator[tuple[int, int, Alternative]]:
    """Yield the ways in which the rules of a group can hold: number of the rule, number of the way, comparisons."""
    for number, parsed in enumerate(group.rules):
        for way, alternative in enumerate(alternatives(parsed.condition)):
            yield number, way, alternative


def fence_problems(groups: Sequence[Group]) -> tuple[Problem, ...]:
    """Return a problem for each rule that would take durable-rules past its limits."""
    problems = [
        Problem(group.rules[0].rule.place, f"the offer has more than {MOST_CONDITIONS} independent groups of rules")
        for group in groups[MOST_CONDITIONS : MOST_CONDITIONS + 1]
    ]
    total = 0
    for group in groups:
        under: dict[Alternative, set[Comparison]] = {}
        equal: dict[Alternative, int] = {}
        blamed = set()
        for number, _, alternative in ways(group):
            total += 1
            what = crowded(alternative, under, equal, total)
            if what and number not in blamed:
                blamed.add(number)
                rule = group.rules[number].rule
                problems.append(Problem(rule.when_place, f'the rule "{rule.id}" {what}', "use fewer rules or literals"))
    return tuple(problems)


def crowded(
    alternative: Alternative, under: dict[Alternative, set[Comparison]], equal: dict[Alternative, int], total: int
) -> str:
    """Return which limit one more way to hold goes past, or nothing; it is counted in ``under`` and ``equal``."""
    for length, comparison in enumerate(alternative):
        conditions = under.setdefault(alternative[:length], set())
        conditions.add(comparison)
        if len(conditions) > MOST_CONDITIONS:
            return f"brings comparison number {len(conditions)} to one point; {MOST_CONDITIONS} are possible"
    equal[alternative] = equal.get(alternative, 0) + 1
    if equal[alternative] > MOST_EQUAL_RULES:
        return f"is number {equal[alternative]} with one same condition; {MOST_EQUAL_RULES} are possible"
    return f"takes the offer past {MOST_RULES:,} ways in which rules hold" if total > MOST_RULES else ""
