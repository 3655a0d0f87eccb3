"""Included calls that contracts of a group share, as lines, quotes and descriptions say it."""

from ..offer import Offer
from ..plan import Plan
from ..scalars import Words
from .numbers import in_thousands
from .phrases import quoted, said

SHARED = Words(
    "Les contrats d'un même groupe se partagent les appels compris ; ce qui est au-delà est réparti entre eux selon "
    "leurs appels, et chacun paie son abonnement.",
    "Contracts of one group share the included calls; what is beyond is divided among them by their calls, and each "
    "pays its package.",
)

ALONE = Words("Chaque contrat a ses propres appels compris.", "Each contract has included calls of its own.")
SHARED_PLAN = Words(
    "{} : les contrats d'un même groupe qui l'ont choisie se partagent les appels compris ; ce qui est au-delà est "
    "réparti entre eux selon leurs appels, et chacun paie sa formule.",
    "{}: contracts of one group that chose it share the included calls; what is beyond is divided among them by their "
    "calls, and each pays its plan.",
)


def shared_plan_in_words(plan: Plan) -> Words:
    """Return that the contracts of a group share what a plan includes."""
    title = said("Formule {}", "Plan {}", quoted(plan.title))
    return said(SHARED_PLAN.fr, SHARED_PLAN.told("en"), title)


def shared_in_words(offer: Offer) -> tuple[Words, ...]:
    """Return of what the contracts of one group share what is included; nothing where nothing is shared."""
    package = (SHARED,) if offer.package and offer.package.included_for == "group" else ()
    plans = (shared_plan_in_words(plan) for plan in offer.plans.values() if plan.included_for == "group")
    return (*package, *plans)


def group_sentence(group: str, included: int, together: int) -> str:
    """Return how many calls the contracts of a group have together, of how many included, and how many are beyond."""
    beyond = max(0, together - included)
    more = f", {in_thousands(beyond)} au-delà, répartis selon les appels de chacun" if beyond else ""
    counted = f"{in_thousands(together)} pour {in_thousands(included)} compris"
    return f" Appels de tous les contrats du groupe « {group} » : {counted}{more}."
