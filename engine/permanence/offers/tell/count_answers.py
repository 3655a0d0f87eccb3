"""What customers ask about their number of calls, answered: how it changes the price, more of them, none at all."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ...bill.price.registry import priced
from ...decide.decider import Decider
from ...model.coverage_priced import TOGETHER
from ...model.example import Example
from ...model.facts import PLAN, FactValue
from ...model.money import Cents, cents, price_of
from ...model.offer import Offer
from ...model.price import Price
from ...model.quantity import QUANTITY, is_quantity
from ...model.scalars import Words
from ...model.words.phrases import counted, listed, quoted, said, sentence
from ...model.words.prices import by_mission
from ...model.words.terms import MEMORY
from ..examples.played import example_lines
from .months_ahead import FIRST, MonthAhead, months_ahead
from .rule_words import why_in_words

NONE = Words("")
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
    by_use = [price for price in offer.prices.values() if price.per and not is_quantity(price.per)]
    in_steps = [price for price in by_use if len(price.ladder) > 1 or price.ladder[0].flat]
    for price in in_steps:
        yield said("{} : {}.", "{}: {}.", quoted(price.title), _further(price))
    if len(in_steps) < len(by_use):
        other = said("autre ", "other ") if in_steps else NONE
        yield said("Tout {}usage de plus est facturé à son prix.", "Each {}further use is charged at its price.", other)
    if not by_use:
        yield Words("Rien ne change : aucun prix ne dépend de l'usage.", "Nothing changes: no price hangs on use.")


def _further(price: Price) -> Words:
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
    """Yield what a month without a call costs: each plan, and who has options with prices of their own."""
    if offer.bands and offer.bands.floor == "contracted":
        yield Words("La formule inscrite au contrat reste due.", "The plan named in the contract is still due.")
        return
    having = _having(offer)
    for choice in _choices(offer):
        for ahead, totals in _quiet_months(offer, decider, choice):
            when = said(", {}", ", {}", ahead.words) if ahead.words.fr else Words("")
            if any(totals.values()):
                total = by_mission(offer, lambda mission, totals=totals: price_of(totals[mission]))  # type: ignore[misc]
                told = said("un mois sans appel coûte {}{}", "a month without a call costs {}{}", total, having)
            else:
                told = Words("un mois sans appel ne coûte rien", "a month without a call costs nothing")
            yield sentence(said("{}{}{}", "{}{}{}", choice.words, told, when))


@frozen
class _Choice:
    """What customers choose of an offer, in words, the facts that say so, and the options."""

    words: Words
    facts: Mapping[str, FactValue]
    options: tuple[str, ...] = ()


def _choices(offer: Offer) -> Iterator[_Choice]:
    plans = dict.fromkeys(offer.plans) if offer.plans and not offer.plan_rules.best else {"": None}
    tables = (*([offer.bands] if offer.bands else ()), *offer.plans.values())
    hours = dict.fromkeys(name for table in tables for name in table.others)
    for plan in plans:
        title = said("la formule {}", "the plan {}", quoted(offer.plans[plan].title)) if plan else NONE
        named = [title] if len(plans) > 1 else []
        facts = {PLAN: plan} if plan else {}
        yield _Choice(_with(named), facts)
        for names in (name.split(TOGETHER) for name in hours):
            if all(name in offer.options for name in names):
                within = _with([*named, *(quoted(offer.options[name].words) for name in names)])
                yield _Choice(within, {**facts, **{f"option.{name}": 1 for name in names}}, tuple(names))


def _with(named: Sequence[Words]) -> Words:
    return said("avec {} : ", "with {}: ", listed(named)) if named else NONE


def _having(offer: Offer) -> Words:
    """Return of how many of each quantity that is priced this is told: `` pour 1 praticien``; nothing of none."""
    given = {QUANTITY + name: one.default for name, one in offer.quantities.items()}
    numbers = [(offer.counted_in(fact), given.get(fact, 1)) for fact in sorted(offer.quantities_priced)]
    told = listed(counted(number, unit.one, unit.several) for unit, number in numbers if number)
    return said(" pour {}", " for {}", told) if told.fr else NONE


def _quiet_months(offer: Offer, decider: Decider, choice: _Choice) -> Iterator[tuple[MonthAhead, Mapping[str, Cents]]]:
    """Yield the months ahead of a new customer as far as a month without a call costs another amount in them."""
    found: list[tuple[MonthAhead, Mapping[str, Cents]]] = []
    for ahead in months_ahead(decider):
        totals = {mission: _total(offer, decider, choice, mission, ahead) for mission in offer.head.mission}
        if found and found[-1][1] == totals:
            found[-1] = evolve(found[-1][0], last=ahead.last), totals
        else:
            found.append((ahead, totals))
    yield from found


def _total(offer: Offer, decider: Decider, choice: _Choice, mission: str, ahead: MonthAhead) -> Cents:
    given = {**ahead.facts, FIRST: 0, "usage.calls": 0, "mission": mission, **choice.facts}
    quiet = Example(title="", given=given, options=choice.options, total=cents("0.00"))
    return Cents(sum(line.amount for line in example_lines(offer, decider, quiet)))
