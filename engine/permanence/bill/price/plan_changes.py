"""Two offers' plans compared: which came or went, and what changed in each."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from ...model.money import price_of
from ...model.offer import Offer
from ...model.plan import Plan, PlanPrices
from ...model.scalars import Words
from ...model.words.advance import HOW_DUE
from ...model.words.carry_over import lasting_in_words
from ...model.words.changes import instead
from ...model.words.groups import ALONE, shared_plan_in_words
from ...model.words.hours import with_hours
from ...model.words.phrases import inside, quoted, said
from ...model.words.plans import amount_included
from ...model.words.prices import MONTHLY, by_mission
from .plan_told import BY_DAYS, CHEAPEST, WHOLE, beyond_told, plans_told
from .price_changes import renamed


def plans_compared(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield which plans came or went, and what changed in each, and in how they are charged."""
    for name, plan in new.plans.items():
        before = old.plans.get(name)
        if before is None:
            only = evolve(new, plans={name: evolve(plan, others={})})
            yield said("Nouvelle formule. {}", "New plan. {}", next(plans_told(only)))
            yield from _others({}, plan, old, new)
        else:
            yield from _plan(before, plan, old, new)
    for name, plan in old.plans.items():
        if name not in new.plans:
            yield said("La formule {} n'est plus proposée.", "The plan {} is not on sale any more.", quoted(plan.title))
    if old.plans and new.plans and old.plan_rules.due != new.plan_rules.due:
        due = (HOW_DUE[offer.plan_rules.due] for offer in (new, old))
        yield instead(Words("Formule", "Plan"), *due)
    rules = [_rules(offer) for offer in (old, new)]
    if old.plans and new.plans and old.plan_rules != new.plan_rules and rules[0] != rules[1]:
        yield said("{} Avant : {}", "{} Before: {}", rules[1], rules[0])


def _rules(offer: Offer) -> Words:
    if offer.plan_rules.best:
        return CHEAPEST
    return BY_DAYS if offer.plan_rules.included == "by_days" else WHOLE


def _plan(before: Plan, after: Plan, old: Offer, new: Offer) -> Iterator[Words]:
    if before.title != after.title:
        yield renamed(Words("La formule", "The plan"), before.title, after.title)
    title = said("Formule {}", "Plan {}", quoted(after.title))
    if (before.counts, before.for_each) != (after.counts, after.for_each):
        yield said("{} : compté autrement qu'avant.", "{}: counted in another way.", title)
    now, then = amount_included(after), amount_included(before)
    if now != then:
        yield instead(said("{}, compris", "{}, included", title), now, then)
    if before.carry_over != after.carry_over:
        what = said("{}, report des appels non utilisés", "{}, calls carried over", title)
        yield instead(what, lasting_in_words(after.carry_over), lasting_in_words(before.carry_over))
    if before.included_for != after.included_for:
        shared = after.included_for == "group"
        yield shared_plan_in_words(after) if shared else said("{} : {}", "{}: {}", title, inside(ALONE))
    yield from _prices(before, after, old, new, Words(""))
    yield from _others(before.others, after, old, new)


def _others(others: Mapping[str, PlanPrices], after: Plan, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in prices for other hours."""
    for hours in dict.fromkeys((*others, *after.others)):
        if hours not in after.others:
            what = said("Formule {}{}", "Plan {}{}", quoted(after.title), with_hours(old, hours.split("+")))
            yield said("{} : plus de prix à part.", "{}: no price of its own any more.", what)
            continue
        where, prices = with_hours(new, hours.split("+")), after.others[hours]
        if hours in others:
            was, now = (evolve(after, prices=one.prices, beyond=one.beyond) for one in (others[hours], prices))
            yield from _prices(was, now, old, new, where)
        else:
            what = said("Formule {}{}", "Plan {}{}", quoted(after.title), where)
            price = by_mission(new, lambda mission, prices=prices: price_of(prices.prices[mission]), MONTHLY)  # type: ignore[misc]
            more = beyond_told(new, prices)
            yield said("{} : désormais {} ; au-delà : {}.", "{}: now {}; beyond: {}.", what, price, more)


def _prices(before: Plan, after: Plan, old: Offer, new: Offer, where: Words) -> Iterator[Words]:
    title = said("Formule {}{}", "Plan {}{}", quoted(after.title), where)
    now, then = (
        by_mission(offer, lambda mission, plan=plan: price_of(plan.prices[mission]), MONTHLY)  # type: ignore[misc]
        for offer, plan in ((new, after), (old, before))
    )
    if now != then:
        yield instead(title, now, then)
    now, then = beyond_told(new, after), beyond_told(old, before)
    if now != then:
        yield instead(said("{}, au-delà de ce qu'elle comprend", "{}, beyond what it includes", title), now, then)
