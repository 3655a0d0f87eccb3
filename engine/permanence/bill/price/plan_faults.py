"""What is wrong with plans, beyond what their shape says."""

from collections.abc import Iterator

from ...model.fault import Fault
from ...model.offer import Offer
from ...model.plan import Plan, PlanPrices
from ...model.problem import KeyPath
from .coverage_faults import coverage_faults
from .plans import CALLS
from .quoted_price import carry_over_faults, mission_faults


def plan_faults(offer: Offer) -> Iterator[Fault]:
    """Yield what is wrong with plans: prices for each mission, what is included, and prices for other hours."""
    titles: dict[str, str] = {}
    for name, plan in offer.plans.items():
        path = ("plan", name)
        other = titles.setdefault(plan.title.fr, name)
        if other != name:
            yield Fault(
                (*path, "title"), f'customers could not tell it from the plan "{other}"', "give it its own title"
            )
        if plan.included < 0:
            yield Fault((*path, "included"), '"included" is negative')
        if plan.for_each < 1:
            yield Fault((*path, "for_each"), '"for_each" is at least 1')
        yield from _carried(offer, plan, path)
        yield from _shared(offer, plan, path)
        yield from _prices(offer, plan, plan, path)
        for hours, prices in plan.others.items():
            yield from _prices(offer, plan, prices, (*path, "with", hours))
        yield from coverage_faults(offer, plan.others, (*path, "with"))
        others = sorted(_hours(offer) - plan.priced_with)
        if others:
            what = f'other plans have prices of their own for "{others[0]}", and this one has none'
            yield Fault(path, what, f"write a table [plan.{name}.with.{others[0]}]", at_key=True)


def _carried(offer: Offer, plan: Plan, path: KeyPath) -> Iterator[Fault]:
    if plan.carry_over is None:
        return
    yield from carry_over_faults(plan.carry_over, (*path, "carry_over"))
    if (plan.counts, plan.for_each) != (CALLS, 1):
        what = f"only calls are carried over, and the plan is one of {plan.counts}"
        yield Fault((*path, "carry_over"), what, "leave it out", at_key=True)
    if offer.plan_rules.best:
        what = "no month leaves anything where each is charged by its cheapest plan"
        yield Fault((*path, "carry_over"), what, "leave it out, or `best`", at_key=True)


def _shared(offer: Offer, plan: Plan, path: KeyPath) -> Iterator[Fault]:
    """Yield what does not go with a plan whose included calls are a group's: each part, or month, has it as a whole."""
    if plan.included_for == "contract":
        return
    calls = (plan.counts, plan.for_each) == (CALLS, 1)
    without = {
        f"only calls are shared, and the plan is one of {plan.counts}": not calls,
        "what a group shares is not carried over": plan.carry_over is not None,
        "what a group shares is not divided by the days of a plan": offer.plan_rules.included == "by_days",
        "what a group shares is of the plan that a contract has, not of its cheapest": offer.plan_rules.best,
        "a group shares what the package includes": bool(offer.package and offer.package.included_for == "group"),
    }
    for what, wrong in without.items():
        if wrong:
            yield Fault((*path, "included_for"), what, 'leave it out, or let it be "contract"', at_key=True)


def _hours(offer: Offer) -> frozenset[str]:
    return frozenset(name for plan in offer.plans.values() for name in plan.priced_with)


def _prices(offer: Offer, plan: Plan, prices: PlanPrices, path: KeyPath) -> Iterator[Fault]:
    yield from mission_faults(offer, prices.prices, (*path, "price"))
    if prices.each is not None:
        yield from mission_faults(offer, prices.each, (*path, "beyond"))
    elif plan.included < 1:
        yield Fault((*path, "beyond"), "a plan that includes nothing has no average price", "write a price per mission")
