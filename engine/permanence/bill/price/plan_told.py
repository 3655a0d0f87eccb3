"""What plans cost, in sentences."""

from collections.abc import Iterator

from ...model.money import price_of
from ...model.offer import Offer
from ...model.plan import Plan, PlanPrices
from ...model.scalars import Words
from ...model.words.advance import HOW_DUE
from ...model.words.groups import shared_plan_in_words
from ...model.words.hours import with_hours
from ...model.words.phrases import listed, quoted, said
from ...model.words.plans import amount_included, one_beyond
from ...model.words.prices import MONTHLY, by_mission
from .plans import is_flat

CHEAPEST = Words(
    "Chaque mois est facturé à la formule qui le rend le moins cher, sans rien demander.",
    "Each month is charged by the plan that makes it cheapest, without your asking.",
)
BY_DAYS = Words(
    "Si la formule change en cours de mois, chacune compte pour ses jours, son volume compris aussi.",
    "If the plan changes within a month, each counts for its days, and so does what it includes.",
)
WHOLE = Words(
    "Si la formule change en cours de mois, chacune compte pour ses jours, avec tout son volume compris.",
    "If the plan changes within a month, each counts for its days, with all that it includes.",
)


def plans_told(offer: Offer) -> Iterator[Words]:
    """Yield what each plan costs and includes, what goes beyond, and how plans are charged."""
    for plan in offer.plans.values():
        yield _told(offer, plan, plan, Words(""))
        for hours, prices in plan.others.items():
            yield _told(offer, plan, prices, with_hours(offer, hours.split("+")))
    yield from (shared_plan_in_words(plan) for plan in offer.plans.values() if plan.included_for == "group")
    if offer.plan_rules.due != "in_arrears":
        yield said("Formule {}.", "The plan is {}.", HOW_DUE[offer.plan_rules.due])
    if offer.plan_rules.best:
        yield CHEAPEST
    elif len(offer.plans) > 1:
        yield BY_DAYS if offer.plan_rules.included == "by_days" else WHOLE


def plan_more_told(offer: Offer) -> Iterator[Words]:
    """Yield that what goes beyond a plan is charged unit by unit."""
    if offer.plan_rules.best:
        yield CHEAPEST
        return
    units = dict.fromkeys(map(one_beyond, offer.plans.values()))
    yield said(
        "La formule ne change pas d'elle-même ; {} au-delà de ce qu'elle comprend coûte le prix indiqué.",
        "The plan does not change by itself; {} beyond what it includes costs the price given.",
        listed(units),
    )


def _told(offer: Offer, plan: Plan, prices: PlanPrices, hours: Words) -> Words:
    price = by_mission(offer, lambda mission: price_of(prices.prices[mission]), MONTHLY)
    sentence = said("Formule {}{} : {}", "Plan {}{}: {}", quoted(plan.title), hours, price)
    if plan.included:
        sentence += said(" pour {}", " for {}", amount_included(plan))
    if is_flat(prices):
        if not plan.included:
            return sentence + Words(", sans limite.", ", without a limit.")
        return sentence + said(" ; {} de plus est sans supplément.", "; {} more is free.", one_beyond(plan))
    return sentence + said(" ; {} de plus : {}.", "; {} more: {}.", one_beyond(plan), beyond_told(offer, prices))


def beyond_told(offer: Offer, prices: PlanPrices) -> Words:
    """Return what one unit beyond a plan costs, per mission."""
    beyond = prices.each
    if beyond is None:
        return Words("le prix moyen de la formule", "the plan's average price")
    return by_mission(offer, beyond.__getitem__)
