"""Plans: the monthly price of the plan that the contract names, or of the cheapest, and what goes beyond it."""

from collections.abc import Hashable, Iterator

from attrs import evolve

from ....contracts.trial import billed_in_month
from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.facts import CARRIED, GROUP_BEYOND, GROUP_CALLS
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.money import Cents, price_of
from ....model.offer import Offer
from ....model.option import Charge
from ....model.price_list import QuotedPrice, Reach
from ....model.scalars import Words
from ....model.units import MONTHS
from ....model.words.groups import group_sentence
from ....model.words.lines import free_calls_sentence, mission_and_hours, times_sentence
from ....model.words.plans import best_sentence, beyond_label, plan_label
from ..charge_line import charge_line, monthly_line, reading
from ..plan_changes import plans_compared
from ..plan_faults import plan_faults
from ..plan_told import plan_more_told, plans_told
from ..plans import CALLS, UnderPlan, carried_told, chosen_plan, is_flat, prices_of_plan, under_plan, unit_beyond
from ..price_model import Edge, PriceModel
from ..priced_month import PricedMonth, joined
from ..quoted_price import follows_days


class PlanPrice(PriceModel):
    """`[plan.<id>]`: the sizes of an offer; the contract names its own, or each month has the cheapest."""

    kind = "plan"
    by_mission = True

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return one empty name where the offer has plans."""
        return ("",) if offer.plans else ()

    def table(self, offer: Offer, name: str) -> object:
        """Return the plans and how they are charged; None without any."""
        return (offer.plans, offer.plan_rules) if offer.plans else None

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what the plan costs for its days, and what goes beyond it in a month that has billed days."""
        if not month.billed.days and (month.is_alone or not billed_in_month(month.served).days):
            return
        if not month.offer.plan_rules.best:
            yield from _lines(month, decision, chosen_plan(month))
            return
        each = {plan: tuple(_lines(month, decision, plan)) for plan in month.offer.plans}
        totals = {plan: Cents(sum(line.amount for line in lines)) for plan, lines in each.items()}
        best = min(totals, key=totals.__getitem__)
        told = best_sentence(month.offer, best, totals, month.contract.plan)
        for line in each[best]:
            yield evolve(line, sentence=line.sentence + told)
            told = ""

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the price of the plan that was chosen, and of what goes beyond it; of all where the best is charged."""
        mine = (chosen.plan,) if chosen.plan in offer.plans and not offer.plan_rules.best else tuple(offer.plans)
        for plan in (offer.plans[one] for one in mine):
            prices, where = plan.for_hours(chosen.hours), mission_and_hours(offer, chosen.mission, chosen.hours)
            label, beyond = plan_label(offer, plan, where), beyond_label(plan, where)
            yield QuotedPrice(
                label=label.fr,
                english=label.told("en"),
                unit_price=price_of(prices.prices[chosen.mission]),
                unit="mois",
                due="recurring",
                by_days=follows_days(offer),
            )
            price, for_each = unit_beyond(plan, prices, chosen.mission)
            if not price:  # a plan without a limit: there is nothing to pay beyond it
                continue
            yield QuotedPrice(
                label=beyond.fr,
                english=beyond.told("en"),
                unit_price=price,
                unit=plan.unit,
                for_each=for_each,
                due="usage",
                included=plan.counted,
                reach=Reach(plan.counts, 1 if offer.plan_rules.included == "by_days" else plan.counted + 1),
            )

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when plans are due; what goes beyond them is with its month."""
        return offer.plan_rules.due if unit == MONTHS else "in_arrears"

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return the plan: all of a month that is under it shares what it includes."""
        return "" if month.offer.plan_rules.best else month.contract.plan

    def counts(self, offer: Offer, name: str) -> str:
        """Return the fact that the first plan counts."""
        return next((plan.counts for plan in offer.plans.values()), CALLS)

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the last unit that each plan includes, rising; a plan without a limit has none."""
        for plan_id, plan in sorted(offer.plans.items(), key=lambda item: (item[1].counts, item[1].counted)):
            if not plan.included and all(map(is_flat, (plan, *plan.others.values()))):
                continue
            key = ("plan", plan_id, "beyond")
            by_mission = not isinstance(plan.beyond, str)
            yield Edge(plan.counts, plan.counted, key, key, by_mission=by_mission, lot=plan.for_each, plan=plan_id)

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with plans: each mission and each combination of hours has its prices, and no other."""
        yield from plan_faults(offer)

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what each plan costs and includes, and how it is charged."""
        yield from plans_told(offer)

    def more_told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what more than a plan includes leads to."""
        yield from plan_more_told(offer)

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield which plans came or went, and what changed in each."""
        yield from plans_compared(old, new)


def _lines(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    """Yield what a plan costs in some parts of a month, by mission and hours."""
    month_of = under_plan(month, name)
    for some in _alike(month).values():
        part = joined(some)
        yield from _part_lines(part, decision, month_of, month_of.beyond(part))


def _alike(month: PricedMonth) -> dict[Chosen, list[PricedMonth]]:
    found: dict[Chosen, list[PricedMonth]] = {}
    for part in month.parts:
        found.setdefault(evolve(part.served.chosen, plan=""), []).append(part)
    return found


def _part_lines(month: PricedMonth, decision: Decision, of: UnderPlan, beyond: int) -> Iterator[ChargeLine]:
    plan, counted = of.plan, of.counted
    offer, prices, mission = month.offer, prices_of_plan(month, plan), month.mission
    where = mission_and_hours(offer, mission, month.served.chosen.hours)
    if month.billed.days:
        read = reading(decision, month.facts, plan.counts, *month.trial_facts, "mission")
        free = free_calls_sentence(month.free_calls) if plan.counts == CALLS else ""
        if plan.carry_over:
            read = reading(read, {CARRIED.name: month.served.carried.calls}, CARRIED.name)
        sentence = decision.rule.why + free + (carried_told(month) if plan.carry_over else "")
        if of.of_group is not None:
            read = reading(read, {GROUP_CALLS.name: of.of_group}, GROUP_CALLS.name)
            sentence += group_sentence(month.contract.group, plan.included, of.of_group)
        label = plan_label(offer, plan, where).fr
        yield monthly_line(month, read, label, price_of(prices.prices[mission]), sentence)
    price, for_each = unit_beyond(plan, prices, mission)
    if beyond and price:
        label = beyond_label(plan, where).fr
        charge = Charge(label=label, quantity=beyond, unit_price=price, unit=plan.unit, for_each=for_each)
        shared = () if of.of_group is None else (GROUP_BEYOND.name,)
        read = reading(decision, month.own_facts, plan.counts, *shared)
        yield charge_line(read, charge, times_sentence(decision.rule, charge, counted - beyond, offer.head.currency))
