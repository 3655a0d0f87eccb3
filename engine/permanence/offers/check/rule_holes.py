"""Rules that never fire or change nothing, notices that no rule answers, months without a subscription or with two."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import field, frozen

from ...decide.condition import All, Comparison, ParsedRule, facts_read, holds
from ...decide.decider import STAGES, Decider
from ...decide.vocabulary import vocabulary
from ...model.charged import SUMS
from ...model.facts import FactValue, Stage
from ...model.offer import Offer, Rule
from .countable import Countable, countable
from .finding import Finding
from .finding_words import case_in_english
from .possible import why_impossible

Facts = Mapping[str, FactValue]
Fired = tuple[ParsedRule, ...]


@frozen
class Walked:
    """One group of rules, walked: each case that the offer can meet, and each other one with the reason."""

    stage: Stage
    rules: tuple[ParsedRule, ...]
    cases: list[tuple[Facts, Fired]] = field(factory=list)
    impossible: list[tuple[Fired, str]] = field(factory=list)

    def fires_in(self, rule: ParsedRule) -> frozenset[int]:
        """Return the numbers of the cases in which a rule fires."""
        return frozenset(number for number, (_, fired) in enumerate(self.cases) if rule in fired)


def walk(decider: Decider, windows: frozenset[str]) -> tuple[Walked, ...]:
    """Return every group of every stage with all its cases; ``windows`` are those that a contract may have."""
    found: list[Walked] = []
    for stage in STAGES:
        why = why_impossible(decider, stage, windows, left_to_count(decider.offer, found).zero)
        by_group: dict[int, Walked] = {}
        for group, facts, fired in decider.every_case(stage):
            walked = by_group.setdefault(id(group), Walked(stage, group.rules))
            if reason := why(group.cells, facts):
                walked.impossible.append((fired, reason))
            else:
                walked.cases.append((facts, fired))
        found += by_group.values()
    return tuple(found)


def left_to_count(offer: Offer, groups: Iterable[Walked]) -> Countable:
    """Return what the call rules among walked groups leave to be counted."""
    return countable(offer, [walked.cases for walked in groups if walked.stage == "call"])


def rule_findings(offer: Offer, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield what is wrong with an offer's rules taken together, each with a case that shows it."""
    for walked in groups:
        yield from _dead(walked)
        yield from _without_trial(offer, walked)
        yield from _hidden(offer, walked)
    yield from _unanswered(offer, [walked for walked in groups if walked.stage == "notice"])
    yield from _months(offer, [walked for walked in groups if walked.stage == "month"])


def _dead(walked: Walked) -> Iterator[Finding]:
    for parsed in walked.rules:
        if not walked.fires_in(parsed):
            why = next((why for fired, why in walked.impossible if parsed in fired), "")
            facts = " and ".join(facts_read(parsed.condition))
            what = f'the rule "{parsed.rule.id}" never fires: its condition holds in no case of {facts}'
            yield Finding(parsed.rule.when_place, what, why or f"{_fault(walked, parsed)}: correct it, or take it out")


def _fault(walked: Walked, parsed: ParsedRule) -> str:
    """Return what keeps a rule's condition from ever holding: one part alone, or its parts together."""
    condition = parsed.condition
    for part in condition.parts if isinstance(condition, All) else (condition,):
        if isinstance(part, Comparison) and not any(holds(part, facts) for facts, _ in walked.cases):
            return f"{part.fact} {part.operator} {part.literal} never holds"
    return "its parts exclude each other"


def _without_trial(offer: Offer, walked: Walked) -> Iterator[Finding]:
    if offer.term.trial.count:
        return
    for parsed in walked.rules:
        firing = walked.fires_in(parsed)
        if firing and all(walked.cases[number][0].get("contract.in_trial") for number in firing):
            what = f'the rule "{parsed.rule.id}" holds in a trial only, and the offer has none'
            yield Finding(parsed.rule.when_place, what, "give [term] a trial, or take the rule out", warning=True)


def _hidden(offer: Offer, walked: Walked) -> Iterator[Finding]:
    """Yield the rules that another one makes superfluous: it leads to the same in each of their cases."""
    firing = {parsed.order: walked.fires_in(parsed) for parsed in walked.rules}
    told: set[int] = set()
    for first, second in combinations(walked.rules, 2):
        for one, other in ((second, first), (first, second)):
            inside = firing[one.order] and firing[one.order] <= firing[other.order]
            if inside and one.rule.then == other.rule.then and not {one.order, other.order} & told:
                told.add(one.order)
                same = f'"{other.rule.id}" ({other.rule.when_place}) does the same'
                what = f'the rule "{one.rule.id}" changes nothing: {same}'
                facts = _read(walked.cases[min(firing[one.order])][0], (one, other))
                case = case_in_english(facts, vocabulary(offer, walked.stage))
                yield Finding(one.rule.when_place, what, f"in each of its cases, such as {case}", warning=True)


def _read(facts: Facts, rules: Sequence[ParsedRule]) -> Facts:
    names = dict.fromkeys(name for parsed in rules for name in facts_read(parsed.condition))
    return {name: facts[name] for name in names}


def _unanswered(offer: Offer, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield that some notice would make its contract wait; all rules on notices are in one group."""
    hint = 'such a contract would wait: add a [[rule]] on = "notice"'
    if not groups:
        yield Finding(("offer", "id"), "no rule says when a notice ends a contract", hint)
    for walked in groups:
        trial = offer.term.trial.count
        open_ = [facts for facts, fired in walked.cases if not fired and (trial or not facts.get("contract.in_trial"))]
        if open_:
            case = case_in_english(open_[0], vocabulary(offer, "notice"))
            more = f" (and in {len(open_) - 1} more of {len(walked.cases)} cases)" if len(open_) > 1 else ""
            yield Finding(walked.rules[0].rule.place, f"no rule answers a notice when {case}{more}", hint)


def _months(offer: Offer, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield a month that is charged no subscription, and one that is charged two.

    An offer that has no monthly price at all is sold by use. Groups share no fact, so that a case of each is a month.
    """
    with_monthly = [walked for walked in groups if monthly_rules(offer, walked)]
    bare = [_bare(offer, walked) for walked in with_monthly]
    if bare and all(facts is not None for facts in bare):
        rules = [parsed for walked in with_monthly for parsed in monthly_rules(offer, walked)]
        case = _month_in_words(offer, [facts for facts in bare if facts is not None])
        what = f"a month is charged no subscription: {case}"
        charged = " and ".join(dict.fromkeys(f'"{parsed.rule.then.charge}"' for parsed in rules))
        yield Finding(rules[0].rule.when_place, what, f"no rule charges {charged} then")
    forfaits = [(walked, parsed) for walked in groups for parsed in walked.rules if _is_forfait(parsed.rule)]
    for (first, one), (second, other) in combinations(forfaits, 2):
        facts = _both(first, one, second, other)
        if facts is not None:
            what = f"a month is charged two subscriptions: {_month_in_words(offer, [facts])}"
            hint = f'"{one.rule.id}" ({one.rule.when_place}) charges "{one.rule.then.charge}" too'
            yield Finding(other.rule.when_place, what, hint)


def monthly_rules(offer: Offer, walked: Walked) -> list[ParsedRule]:
    """Return the rules of a group that charge a price by the month: bands, plan, package, a named price."""
    named = {f"price.{name}" for name, price in offer.prices.items() if not (price.per or price.is_share)}
    return [parsed for parsed in walked.rules if parsed.rule.then.charge in named or _is_forfait(parsed.rule)]


def _is_forfait(rule: Rule) -> bool:
    return rule.then.charge in SUMS["subscription"]


def _bare(offer: Offer, walked: Walked) -> Facts | None:
    """Return the first case of a group in which none of its monthly prices is charged."""
    monthly = monthly_rules(offer, walked)
    cases = (_read(facts, monthly) for facts, fired in walked.cases if not any(one in fired for one in monthly))
    return next(cases, None)


def _both(first: Walked, one: ParsedRule, second: Walked, other: ParsedRule) -> Facts | None:
    """Return a month in which two rules fire, if there is one."""
    mine, theirs = first.fires_in(one), second.fires_in(other)
    if first is second:
        number = min(mine & theirs, default=None)
        return None if number is None else _read(first.cases[number][0], (one, other))
    if not mine or not theirs:
        return None
    return {**_read(first.cases[min(mine)][0], (one,)), **_read(second.cases[min(theirs)][0], (other,))}


def _month_in_words(offer: Offer, parts: Sequence[Facts]) -> str:
    facts = {name: value for part in parts for name, value in part.items() if name != "contract.active"}
    return case_in_english(facts, vocabulary(offer, "month")) or "any month"
