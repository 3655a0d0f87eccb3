"""What customers ask about their number of calls, answered: how it changes the price, more of them, none at all."""

from collections.abc import Iterator

from ...bill.price.registry import priced
from ...decide.decider import Decider
from ...model.example import Example
from ...model.money import Cents, cents, price_of
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.phrases import said
from ...model.words.prices import by_mission
from ...model.words.terms import MEMORY
from ..examples.played import example_lines
from .rule_words import why_in_words

AUTOMATIC = Words(
    "Chaque mois est facturé selon ses propres appels : la formule monte ou redescend d'elle-même.",
    "Each month is billed by its own calls: the plan goes up or down by itself.",
)


def count_changes_told(offer: Offer) -> Iterator[Words]:
    """Yield how a month's number of calls changes what it costs."""
    if offer.bands:
        yield AUTOMATIC
        if offer.bands.floor == "contracted":
            yield Words(
                "Elle ne descend pas au-dessous de celle qui est inscrite au contrat.",
                "It does not go below the one named in the contract.",
            )
    else:
        yield Words("Chaque mois est facturé selon son propre usage.", "Each month is billed by its own use.")
    if past := offer.rules_on("history"):
        yield MEMORY
        yield from (why_in_words(rule, offer) for rule in past)


def more_calls_told(offer: Offer) -> Iterator[Words]:
    """Yield what more calls than a formula holds lead to."""
    for model, name in priced(offer):
        yield from model.more_told(offer, name)
    if not (offer.bands or offer.package or offer.plans):
        yield Words("Chaque usage de plus est facturé à son prix.", "Each further use is charged at its price.")


def no_calls_told(offer: Offer, decider: Decider) -> Iterator[Words]:
    """Yield what a month without a call costs."""
    if offer.bands and offer.bands.floor == "contracted":
        yield Words("La formule inscrite au contrat reste due.", "The plan named in the contract is still due.")
        return
    totals = {mission: _total(offer, decider, mission) for mission in offer.head.mission}
    if any(totals.values()):
        total = by_mission(offer, lambda mission: price_of(totals[mission]))
        yield said("Un mois sans appel coûte {}.", "A month without a call costs {}.", total)
    else:
        yield Words("Un mois sans appel ne coûte rien.", "A month without a call costs nothing.")


def _total(offer: Offer, decider: Decider, mission: str) -> Cents:
    quiet = Example(title="", given={"usage.calls": 0, "mission": mission}, total=cents("0.00"))
    return Cents(sum(line.amount for line in example_lines(offer, decider, quiet)))
