"""A month under a plan: what it includes of that month, what goes beyond, and what each plan would have charged."""

from collections.abc import Sequence

from attrs import frozen

from ...contracts.trial import billed_in_month
from ...model.facts import GROUP_BEYOND, GROUP_CALLS
from ...model.money import Micros, price_of
from ...model.period import ServiceDays
from ...model.plan import Plan, PlanPrices
from ...model.words.carry_over import carried_sentence
from .bands import Unpriceable
from .priced_month import PricedMonth

CALLS, IN_TRIAL = "usage.calls", "usage.trial_calls"


@frozen
class UnderPlan:
    """The parts of a whole month that are under one plan, in order, and that plan.

    What each part has beyond what the plan includes is what the parts before it, under the same plan, left.
    """

    plan: Plan
    parts: tuple[PricedMonth, ...]
    included: int

    @property
    def counted(self) -> int:
        """Return how many were counted."""
        return sum(map(self._count, self.parts))

    def beyond(self, month: PricedMonth) -> int:
        """Return how many of some parts are beyond what the plan includes; of a group, the contract's own."""
        if self.of_group is not None:
            return sum(int(part.counts[GROUP_BEYOND.name]) for part in month.parts)
        return sum(map(self._beyond, month.parts))

    @property
    def of_group(self) -> int | None:
        """Return how many calls all contracts of the group have that share the plan; None where it is not shared."""
        if self.plan.included_for == "contract" or not all(GROUP_CALLS.name in part.counts for part in self.parts):
            return None
        return sum(int(part.counts[GROUP_CALLS.name]) for part in self.parts)

    def _beyond(self, part: PricedMonth) -> int:
        before = sum(self._count(one) for one in self.parts if one.served.served.start < part.served.served.start)
        return max(0, before + self._count(part) - self.included) - max(0, before - self.included)

    def _count(self, part: PricedMonth) -> int:
        """Return how many a part has that count: none of a free trial, unless it says so (A17)."""
        count = int(part.counts.get(self.plan.counts, 0))
        if not part.trial_apart:
            return count
        if not part.billed.days:
            return 0
        return count - (int(part.counts.get(IN_TRIAL, 0)) if self.plan.counts == CALLS else 0)


def is_flat(prices: PlanPrices) -> bool:
    """Tell whether what goes beyond a plan costs nothing, for any mission."""
    return prices.each is not None and not any(prices.each.values())


def chosen_plan(month: PricedMonth) -> str:
    """Return the plan that the contract names; raise Unpriceable where the offer has none of that name."""
    plan = month.contract.plan
    if plan not in month.offer.plans:
        raise Unpriceable(f'{month.offer.version} has no plan "{plan}"')
    return plan


def under_plan(month: PricedMonth, name: str) -> UnderPlan:
    """Return the whole month's parts that are under a plan: where the best is charged, all of them."""
    plan, rules = month.offer.plans[name], month.offer.plan_rules
    if rules.best:
        return UnderPlan(plan, month.whole, plan.counted)
    mine = tuple(part for part in month.whole if part.contract.plan == name)
    carried = _carried(month, plan, mine)
    if rules.included == "whole" or len(mine) == len(month.whole):
        return UnderPlan(plan, mine, plan.counted + carried)
    days, of_days = (sum(map(month.days_of, some)) for some in ([part.billed for part in mine], _billed(month)))
    return UnderPlan(plan, mine, -(-plan.included * days // max(1, of_days)) * plan.for_each + carried)


def _carried(month: PricedMonth, plan: Plan, mine: Sequence[PricedMonth]) -> int:
    """Return how many calls that past months left are there for a plan: those that parts before it did not use."""
    if plan.carry_over is None or not mine:
        return 0
    first = mine[0].served.served.start
    before = sum(int(part.counts.get(CALLS, 0)) for part in month.whole if part.served.served.start < first)
    return max(0, month.served.carried.calls - before)


def carried_told(month: PricedMonth) -> str:
    """Return what the first part of a month under plans says of calls that past months left, empty for the others."""
    last, first = month.whole[-1], month.whole[0]
    if not month.served.carried.calls or month.served.served.start != first.served.served.start:
        return ""
    calls = sum(int(part.counts.get(CALLS, 0)) for part in month.whole)
    plan = last.offer.plans.get(last.contract.plan)
    return carried_sentence(month.served.carried, plan.included if plan else 0, calls, month.month)


def _billed(month: PricedMonth) -> list[ServiceDays]:
    return [billed_in_month(month.served)]


def prices_of_plan(month: PricedMonth, plan: Plan) -> PlanPrices:
    """Return the prices of a plan for the hours that a contract has; raise Unpriceable where there are none."""
    try:
        return plan.for_hours(month.served.chosen.hours)
    except KeyError as error:
        raise Unpriceable(f'{month.offer.version} has no price for {plan.title.fr} with "{error.args[0]}"') from None


def unit_beyond(plan: Plan, prices: PlanPrices, mission: str) -> tuple[Micros, int]:
    """Return the price beyond what a plan includes, and how many of what it counts that is the price of."""
    if prices.each is None:
        return price_of(prices.prices[mission]), plan.counted
    return prices.each[mission], plan.for_each
