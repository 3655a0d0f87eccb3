"""What call rules can bring about: marks that no counted call can have, and what stays at 0 in every month by that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ...decide.condition import ParsedRule
from ...model.carried import SUM
from ...model.facts import FactValue, facts_of_mark
from ...model.never_charged import multiplied
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_failed import OptionFailed
from .finding import Finding

Cases = Sequence[tuple[Mapping[str, FactValue], tuple[ParsedRule, ...]]]
"""The cases of a group of call rules that some call can be in, each with the rules that hold in it."""
USAGE = "usage."
OF_CALLS = ("calls", "talk_seconds", "billed_seconds")


@frozen
class Countable:
    """What call rules leave to be counted.

    ``zero`` has the facts of a month that are 0 whatever calls come, each with the reason; ``idle`` the rules that set
    a mark on calls which another rule always excludes, each with those; ``everything`` the rules that exclude each call
    between them.
    """

    zero: Mapping[str, str]
    idle: Mapping[ParsedRule, tuple[ParsedRule, ...]]
    everything: tuple[ParsedRule, ...]


def countable(offer: Offer, groups: Iterable[Cases]) -> Countable:
    """Return what the rules on calls of an offer leave to be counted, from the cases of each of their groups.

    Groups share no fact, so that a call can be in any case of one whatever case of another it is in.
    """
    groups = tuple(groups)
    everything = next((_excluding(cases) for cases in groups if cases and all(map(_excludes, _fired(cases)))), ())
    if everything:
        return Countable(dict(_nothing(offer, everything)), {}, everything)
    able, idle = set[str](), dict[ParsedRule, tuple[ParsedRule, ...]]()
    for cases in groups:
        for parsed in dict.fromkeys(one for fired in _fired(cases) for one in fired if one.rule.then.mark):
            where = [(facts, fired) for facts, fired in cases if parsed in fired]
            if all(map(_excludes, _fired(where))):
                idle[parsed] = _excluding(where)
            else:
                able.add(parsed.rule.then.mark)
    marks = dict.fromkeys(rule.then.mark for rule in offer.rules_on("call") if rule.then.mark)
    never = {mark: "no rule that sets the mark can hold" for mark in marks if mark not in able}
    why = {one.rule.then.mark: f"each call with the mark is excluded by {_named(by)}" for one, by in idle.items()}
    never |= {mark: told for mark, told in why.items() if mark in never}
    zero = {fact: told for mark, told in never.items() for fact in facts_of_mark(mark)}
    return Countable(zero, idle, ())


def countable_findings(offer: Offer, found: Countable) -> Iterator[Finding]:
    """Yield the marks that nobody ever counts, and the prices of what is never counted."""
    if found.everything:
        first, *_ = found.everything
        what = f"no call counts: each is excluded by {_named(found.everything)}"
        yield Finding(first.rule.when_place, what, "let a condition leave out the calls that are billed")
    for parsed, by in found.idle.items():
        what = f'the rule "{parsed.rule.id}" marks no call that counts: each is excluded by {_named(by)}'
        hint = "a mark is counted on calls that count: correct one of the two conditions, or take the rule out"
        yield Finding(parsed.rule.when_place, what, hint)
    charged = {rule.then.charge for rule in offer.rules_on("month")}
    for name, price in offer.prices.items():
        if price.per in found.zero and f"price.{name}" in charged:
            what = f'the price "{name}" is never charged: {price.per} is always 0'
            yield Finding(("price", name, "per"), what, found.zero[price.per])
    for name, option in offer.options.items():
        for counts in dict.fromkeys(fact for fact in _multiplied(option) if fact in found.zero):
            what = f'the option "{name}" never charges a use: {counts} is always 0'
            yield Finding(("option", name), what, found.zero[counts])


def _multiplied(option: Option) -> tuple[str, ...]:
    """Return what an option counts, and what its prices multiply."""
    try:
        return (type(option).counts, *multiplied(option))
    except OptionFailed:
        return ()  # whoever asks for the prices is told so


def _fired(cases: Cases) -> list[tuple[ParsedRule, ...]]:
    return [fired for _, fired in cases]


def _excludes(fired: Iterable[ParsedRule]) -> bool:
    return any(parsed.rule.then.exclude for parsed in fired)


def _excluding(cases: Cases) -> tuple[ParsedRule, ...]:
    """Return the rules that exclude calls in some cases, in the file's order."""
    found = dict.fromkeys(one for fired in _fired(cases) for one in fired if one.rule.then.exclude)
    return tuple(sorted(found, key=lambda parsed: parsed.order))


def _nothing(offer: Offer, everything: Sequence[ParsedRule]) -> Iterator[tuple[str, str]]:
    """Yield each fact that counts calls which count, with the reason why there are none."""
    why = f"no call counts: each is excluded by {_named(everything)}"
    marks = {rule.then.mark for rule in offer.rules_on("call") if rule.then.mark}
    yield from ((f"{USAGE}{name}", why) for name in OF_CALLS)
    yield from ((fact, why) for mark in marks for fact in facts_of_mark(mark))
    yield from ((f"{SUM}{name}", why) for name in offer.numbers)
    measured = (type(option) for option in offer.options.values())
    yield from ((fact.name, why) for kind in measured if kind.measures == "counted" for fact in kind.facts)


def _named(rules: Iterable[ParsedRule]) -> str:
    return " or ".join(f'"{parsed.rule.id}" ({parsed.rule.when_place})' for parsed in rules)
