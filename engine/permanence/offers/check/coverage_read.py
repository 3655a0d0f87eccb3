"""What call rules make of windows: which they name, and which they tell apart."""

from collections.abc import Collection, Iterator, Mapping

from attrs import evolve

from ...decide.condition import ParsedRule, comparisons
from ...decide.decider import Decider
from ...model.facts import FactValue
from ...model.offer import Rule
from ...model.problem import Place, did_you_mean
from .finding import Finding

WINDOW = "call.window"
Fired = tuple[ParsedRule, ...]


def told_apart(decider: Decider, one: str, other: str) -> Rule | None:
    """Return the first call rule that holds for a call in one window and not in another, all else equal."""
    by_rest: dict[tuple[tuple[str, FactValue], ...], dict[FactValue, Fired]] = {}
    for _, facts, fired in decider.every_case("call"):
        if WINDOW in facts:
            rest = tuple((name, value) for name, value in facts.items() if name != WINDOW)
            by_rest.setdefault(rest, {})[facts[WINDOW]] = fired
    for fired_in in by_rest.values():
        here, there = _fired(decider, fired_in, one), _fired(decider, fired_in, other)
        differ = [parsed.rule for parsed in (*here, *there) if (parsed in here) != (parsed in there)]
        if differ:
            return differ[0]
    return None


def _fired(decider: Decider, fired_in: Mapping[FactValue, Fired], window: str) -> Fired:
    """Return the rules that hold for a window; one that no rule names is like all others."""
    if window in fired_in:
        return fired_in[window]
    named = {one.literal for parsed in call_rules(decider) for one in comparisons(parsed.condition)}
    return next((fired for word, fired in fired_in.items() if word not in named), ())


def call_rules(decider: Decider) -> Iterator[ParsedRule]:
    """Yield the call rules of an offer."""
    return (parsed for group in decider.groups("call") for parsed in group.rules)


def unknown_windows(decider: Decider, known: Collection[str]) -> Iterator[Finding]:
    """Yield the windows that call rules name and that neither the offer nor an option of it has."""
    for parsed in call_rules(decider):
        rule = parsed.rule
        for one in comparisons(parsed.condition):
            if one.fact == WINDOW and one.literal not in {*known, ""}:
                hint = did_you_mean(str(one.literal), known)
                yield Finding(_literal(rule, str(one.literal)), f'there is no window "{one.literal}"', hint)


def _literal(rule: Rule, word: str) -> Place:
    """Return where a rule's condition names a word, if it stands on one line."""
    place, offset = rule.when_place, rule.when.find(f'"{word}"')
    if "\n" in rule.when or offset < 0:
        return place
    return evolve(place, column=place.column + offset)
