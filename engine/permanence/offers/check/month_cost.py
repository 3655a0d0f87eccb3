"""What a quiet month costs who chose something of an offer."""

from collections.abc import Mapping

from ...bill.price.bands import Unpriceable
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.money import Cents
from ...model.offer import Offer
from ..examples.choosing import quiet_month
from ..examples.played import example_lines


def month_cost(offer: Offer, decider: Decider, chosen: Chosen, counts: Mapping[str, int]) -> Cents | None:
    """Return what a month with some counts costs, all else being quiet; None where it has no price."""
    received = {"usage.received": counts["usage.calls"]} if "usage.calls" in counts else {}
    try:
        lines = example_lines(offer, decider, quiet_month(offer, chosen, {**received, **counts}))
    except Unpriceable:
        return None
    return Cents(sum(line.amount for line in lines))
