"""Plans, as customers read them."""

from collections.abc import Mapping

from ..money import Cents
from ..offer import Offer
from ..plan import Plan
from ..scalars import Words
from ..units import SECONDS, Unit, unit_named
from .amounts import in_money
from .phrases import calls, counted, quoted, said

MINUTES = Unit(Words("minute", "minute"), Words("minutes", "minutes"))
HOUR = Unit(Words("heure", "hour"), Words("heures", "hours"))
OF_SECONDS: Mapping[int, Unit] = {60: MINUTES, 3600: HOUR}
CALLS = "usage.calls"


def amount_included(plan: Plan) -> Words:
    """Return how much a plan includes: ``30 appels``, ``200 minutes``."""
    if plan.counts == CALLS and plan.for_each == 1:
        return calls(plan.included)
    if plan.unit == SECONDS and plan.for_each in OF_SECONDS:
        unit = OF_SECONDS[plan.for_each]
        return counted(plan.included, unit.one, unit.several)
    unit = unit_named(plan.unit)
    return counted(plan.counted, unit.one, unit.several)


def one_beyond(plan: Plan) -> Words:
    """Return what is charged beyond what a plan includes: ``chaque appel``, ``chaque minute``."""
    if plan.unit == SECONDS and plan.for_each in OF_SECONDS:
        return said("chaque {}", "each {}", OF_SECONDS[plan.for_each].one)
    unit = unit_named(plan.unit).one
    return said("chaque {}", "each {}", unit)


def plan_label(offer: Offer, plan: Plan, where: Words) -> Words:
    """Return what a line says that charges a plan; ``where`` tells the mission and the hours."""
    included = amount_included(plan)
    agrees = "comprises" if plan.unit == SECONDS else "compris"
    free = said(f", {{}} {agrees}", ", {} included", included) if plan.included else Words("")
    return said("{}, {}{}{}", "{}, {}{}{}", offer.head.title, plan.title, free, where)


def beyond_label(plan: Plan, where: Words) -> Words:
    """Return what a line says that charges what goes beyond a plan."""
    return said("Au-delà de la formule {}{}", "Beyond the plan {}{}", quoted(plan.title), where)


def best_sentence(offer: Offer, plan: str, totals: Mapping[str, Cents], own: str) -> str:
    """Return that the cheapest plan is charged, and what the contract's own, or else each other one, had cost."""
    title, money = offer.plans[plan].title.fr, offer.head.currency
    if own == plan:
        return f" La formule du contrat, « {title} », est la moins chère ce mois-ci."
    others = [own] if own in totals else [name for name in totals if name != plan]
    had = " ; ".join(f"« {offer.plans[name].title.fr} », {in_money(totals[name], money)}" for name in others)
    told = f" La formule la moins chère du mois est « {title} », {in_money(totals[plan], money)}"
    return f"{told} (formule du contrat : {had})." if own in totals else f"{told} ({had})."
