"""Included calls that are carried over, as lines, quotes and descriptions say it."""

from ..carried_over import CarriedOver, LeftOver
from ..offer import Offer
from ..period import Month, Span
from ..scalars import Words
from .french import month_in_words, of_month
from .lines import calls_in_words
from .numbers import in_thousands
from .phrases import inside, quoted, said, span_in_words

NOT_CARRIED = Words(
    "Non : chaque mois a ses propres appels, rien ne passe d'un mois à l'autre.",
    "No: each month has its own calls, and nothing passes from one month to the next.",
)


def carried_in_words(lasting: Span) -> Words:
    """Return that what a month does not use is carried over, for how long, and what is used first."""
    return said(
        "Les appels compris et non utilisés sont reportés pendant {} ; les plus anciens servent les premiers, et "
        "ce qui reste ensuite est perdu.",
        "Included calls that are not used are carried over for {}; the oldest are used first, and what is left then "
        "is lost.",
        span_in_words(lasting),
    )


def carried_told(offer: Offer) -> tuple[Words, ...]:
    """Return what an offer carries over, in sentences: of its package, or of its plans; none where it does not."""
    lasting = offer.package.carry_over if offer.package else None
    own = (carried_in_words(lasting),) if lasting else ()
    each = [(plan, plan.carry_over) for plan in offer.plans.values() if plan.carry_over]
    if not own and each and len(each) == len(offer.plans) and len({lasting for _, lasting in each}) == 1:
        return (carried_in_words(each[0][1]),)
    told = ((plan.title, inside(carried_in_words(lasting))) for plan, lasting in each)
    return (*own, *(said("Formule {} : {}", "Plan {}: {}", quoted(title), words) for title, words in told))


def lasting_in_words(lasting: Span | None) -> Words:
    """Return how long calls are carried over, as a difference tells it."""
    return span_in_words(lasting) if lasting else Words("aucun", "none")


def carried_sentence(carried: CarriedOver, included: int, calls: int, month: Month) -> str:
    """Return which months' calls were added to those of a month, how many were used, and how many are left."""
    if not carried.calls:
        return ""
    used = {one.month: one.calls for one in carried.used(calls)}
    each = "; ".join(_of_month(one, used.get(one.month, 0)) for one in carried.left)
    left = carried.after(month, included, calls).calls
    return f" Reportés des mois passés : {each.replace(';', ' ;')}. Il reste {calls_in_words(left)} à reporter."


def _of_month(one: LeftOver, used: int) -> str:
    count = in_thousands(used) if used else "aucun"
    agrees = "utilisés" if used > 1 else "utilisé"
    return f"{calls_in_words(one.calls)} {of_month(month_in_words(one.month))}, dont {count} {agrees}"
