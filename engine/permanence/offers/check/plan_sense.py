"""Plans that nobody should choose: others are cheaper, however many calls there are."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import evolve

from ...bill.price.choices import choices
from ...bill.price.plans import unit_beyond
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.money import Cents, price_of
from ...model.offer import Offer
from ...model.plan import Plan
from .finding import Finding
from .month_cost import month_cost

FAR = 1_000
"""Units past all that plans include at which they are compared once more."""
Costs = Sequence[Cents]
Line = tuple[Fraction, Fraction]
"""What no unit costs, and what each adds."""


def worthless_plans(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield each plan that is the cheapest at no count, for no mission and no hours, naming what is always cheaper.

    Plans that count something else, minutes instead of calls, are not compared.
    """
    worth, always = set[str](), dict[str, set[str]]()
    rules = evolve(offer.plan_rules, best=False)
    plain = evolve(offer, plan_rules=rules)
    for chosen in choices(plain):
        if chosen.plan != next(iter(offer.plans), ""):
            continue
        for fact in dict.fromkeys(plan.counts for plan in offer.plans.values()):
            alike = {name: plan for name, plan in offer.plans.items() if plan.counts == fact}
            costs = _costs(plain, decider, chosen, alike)
            for name, own in costs.items():
                others = {other: cost for other, cost in costs.items() if other != name}
                if not others or any(own[at] < min(cost[at] for cost in others.values()) for at in range(len(own))):
                    worth.add(name)
                cheaper = {
                    other for other, cost in others.items() if all(a <= b for a, b in zip(cost, own, strict=True))
                }
                always[name] = always.get(name, cheaper) & cheaper
    for name in offer.plans:
        if name not in worth and name in always:
            yield _told(name, sorted(always[name], key=[*offer.plans].index))


def _told(name: str, cheaper: Sequence[str]) -> Finding:
    others = (
        f'"{cheaper[0]}" is always cheaper, or as cheap' if cheaper else "another plan is always cheaper, or as cheap"
    )
    what = f'no number of calls makes the plan "{name}" worthwhile: {others}'
    return Finding(("plan", name), what, "is it meant?", warning=True)


def _costs(offer: Offer, decider: Decider, chosen: Chosen, plans: Mapping[str, Plan]) -> Mapping[str, Costs]:
    """Return what a month costs under each plan, at every count at which one of them may become the cheapest."""
    counts = sorted(_counts(chosen, plans))
    found: dict[str, Costs] = {}
    for name, plan in plans.items():
        costs = [month_cost(offer, decider, evolve(chosen, plan=name), {plan.counts: count}) for count in counts]
        if None not in costs:
            found[name] = [cost for cost in costs if cost is not None]
    return found


def _counts(chosen: Chosen, plans: Mapping[str, Plan]) -> set[int]:
    """Return the counts at which plans' prices change their course or cross, and those beside them."""
    ends = {0, *(plan.counted for plan in plans.values())}
    lines = [line for plan in plans.values() for line in _lines(chosen, plan)]
    for (one, each), (other, other_each) in combinations(lines, 2):
        if each != other_each:
            ends.add(int((other - one) / (each - other_each)))
    ends.add(max(ends) + FAR * max(plan.for_each for plan in plans.values()))
    return {count for end in ends for count in (end, end + 1) if count >= 0}


def _lines(chosen: Chosen, plan: Plan) -> Iterator[Line]:
    prices = plan.for_hours(chosen.hours)
    price, for_each = unit_beyond(plan, prices, chosen.mission)
    flat, each = Fraction(price_of(prices.prices[chosen.mission])), Fraction(price, for_each)
    yield flat, Fraction(0)
    yield flat - each * plan.counted, each
