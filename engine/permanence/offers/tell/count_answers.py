"""What customers ask about their number of calls, answered: how it changes the price, more of them, none at all."""

from collections.abc import Iterator

from attrs import evolve

from ...bill.price.registry import priced
from ...decide.decider import Decider
from ...model.example import Example
from ...model.money import Cents, cents, price_of
from ...model.offer import Offer
from ...model.price import Price
from ...model.scalars import Words
from ...model.words.phrases import quoted, said
from ...model.words.prices import by_mission
from ...model.words.terms import MEMORY
from ..examples.played import example_lines
from .months_ahead import FIRST, MonthAhead, months_ahead
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
        yield from _further_use(offer)


def _further_use(offer: Offer) -> Iterator[Words]:
    """Yield how further use is charged that no subscription holds: price by price, where not each at one price."""
    by_use = [price for price in offer.prices.values() if price.per]
    if by_use and all(len(price.ladder) == 1 and not price.ladder[0].flat for price in by_use):
        yield Words("Chaque usage de plus est facturé à son prix.", "Each further use is charged at its price.")
        return
    for price in by_use:
        yield said("{} : {}.", "{}: {}.", quoted(price.title), _further(price))
    if not by_use:
        yield Words("Rien ne change : aucun prix ne dépend de l'usage.", "Nothing changes: no price hangs on use.")


def _further(price: Price) -> Words:
    if len(price.ladder) == 1 and not price.ladder[0].flat:
        return Words("chaque usage de plus est facturé à son prix", "each further use is charged at its price")
    if price.model == "volume":
        return Words(
            "un usage de plus peut faire passer tout le mois au tarif suivant",
            "one more use may move the whole month to the next step",
        )
    return Words(
        "chaque usage de plus est facturé au tarif de son palier",
        "each further use is charged at the price of its step",
    )


def no_calls_told(offer: Offer, decider: Decider) -> Iterator[Words]:
    """Yield what a month without a call costs."""
    if offer.bands and offer.bands.floor == "contracted":
        yield Words("La formule inscrite au contrat reste due.", "The plan named in the contract is still due.")
        return
    for ahead in _quiet_months(offer, decider):
        totals = {mission: _total(offer, decider, mission, ahead) for mission in offer.head.mission}
        when = said(", {}", ", {}", ahead.words) if ahead.words.fr else Words("")
        if any(totals.values()):
            total = by_mission(offer, lambda mission, totals=totals: price_of(totals[mission]))  # type: ignore[misc]
            yield said("Un mois sans appel coûte {}{}.", "A month without a call costs {}{}.", total, when)
        else:
            yield said("Un mois sans appel ne coûte rien{}.", "A month without a call costs nothing{}.", when)


def _quiet_months(offer: Offer, decider: Decider) -> Iterator[MonthAhead]:
    """Yield the months ahead of a new customer as far as a month without a call costs another amount in them."""
    found: list[tuple[MonthAhead, tuple[Cents, ...]]] = []
    for ahead in months_ahead(decider):
        totals = tuple(_total(offer, decider, mission, ahead) for mission in offer.head.mission)
        if found and found[-1][1] == totals:
            found[-1] = evolve(found[-1][0], last=ahead.last), totals
        else:
            found.append((ahead, totals))
    yield from (ahead for ahead, _ in found)


def _total(offer: Offer, decider: Decider, mission: str, ahead: MonthAhead) -> Cents:
    given = {**ahead.facts, FIRST: 0, "usage.calls": 0, "mission": mission}
    quiet = Example(title="", given=given, total=cents("0.00"))
    return Cents(sum(line.amount for line in example_lines(offer, decider, quiet)))
