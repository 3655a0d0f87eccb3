"""Prices that may not be meant: more calls for less money, bands whose calls grow dearer, options below zero."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter

from ...bill.price.choices import choices
from ...bill.price.price_model import Edge
from ...bill.price.registry import edges_of
from ...decide.condition import comparisons
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.facts import COUNTED
from ...model.money import Cents, Micros, price_of, round_half_up
from ...model.offer import Offer
from ...model.option_asked import prices_of
from ...model.problem import Place
from ...model.subscriptions import BandPrices
from ...model.words.amounts import in_money, rate_in_money
from .finding import Finding, Path
from .month_cost import month_cost
from .plan_sense import worthless_plans

CALLS = "usage.calls"
FAR = 1_000
"""Lots past the last edge at which a price is looked at once more."""
Edges = dict[int, Place | Path]
"""Counts at which what a month costs may change its course, each with what begins or ends there."""


def price_findings(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield what is surprising in an offer's prices, as warnings, for all that one may choose, one count at a time."""
    for mission in offer.head.mission:
        if offer.bands:
            yield from _dearer_bands(offer.bands, mission, ("bands",), offer.head.currency)
            for hours, bands in offer.bands.others.items():
                yield from _dearer_bands(bands, mission, ("bands", "with", hours), offer.head.currency)
    several = tuple(choices(offer))
    for chosen in several:
        for fact in _counted(offer, decider):
            yield from _falls(offer, decider, chosen, fact, _whose(chosen))
    yield from worthless_plans(offer, decider)
    yield from _negative_options(offer)


def _falls(offer: Offer, decider: Decider, chosen: Chosen, fact: str, whose: str) -> Iterator[Finding]:
    """Yield each two counts of which the higher one costs less, all else being a quiet month.

    Between two neighbouring edges nothing begins or ends, so that the cost runs one way: the edges are enough.
    """
    places = edges(offer, decider, fact, chosen)
    costs: list[tuple[int, Cents]] = []
    for count in sorted(places):
        cost = month_cost(offer, decider, chosen, {fact: count})
        if cost is not None:
            costs.append((count, cost))
    what = "calls" if fact == CALLS else f"of {fact}"
    for (fewer, dear), (more, cheap) in pairwise(costs):
        if cheap < dear:
            amounts = [in_money(cost, offer.head.currency) for cost in (cheap, dear)]
            told = f"who has more pays less: {more} {what} cost {amounts[0]}, {fewer} cost {amounts[1]}"
            yield Finding(places[more], f"{whose}: {told}", "is it meant?", warning=True)


def _whose(chosen: Chosen) -> str:
    """Return who chose so, as the offer's file calls it."""
    plan = f', plan "{chosen.plan}"' if chosen.plan else ""
    hours = "".join(f', with "{name}"' for name in sorted(chosen.hours))
    return f"mission {chosen.mission}{plan}{hours}"


def _counted(offer: Offer, decider: Decider) -> tuple[str, ...]:
    """Return the counted facts that the cost of a month can depend on: prices multiply them, or rules read them."""
    read = (name for name in decider.facts_needed("month") if name.startswith(COUNTED))
    multiplied = (*(price.per for price in offer.prices.values() if price.per), *_planned(offer))
    return tuple(dict.fromkeys((CALLS, *multiplied, *read)))


def _planned(offer: Offer) -> Iterator[str]:
    yield from (plan.counts for plan in offer.plans.values())


def edges(offer: Offer, decider: Decider, fact: str, chosen: Chosen) -> Edges:
    """Return every count of a fact at which a band, a step, a package or the case of a rule begins or ends."""
    found: Edges = {0: ()}
    for number in decider.numbers_compared("month", fact):
        found |= dict.fromkeys((number - 1, number), _reader(decider, fact, number))
    reached = ((code, edge) for code, edge in edges_of(offer, fact) if edge.is_for(chosen))
    for _, some in groupby(reached, key=itemgetter(0)):
        *_, top = steps = [edge for _, edge in some]
        found |= _both_sides(steps, chosen.mission)
        if top.beyond:
            found[top.last + FAR * top.lot] = _key(top, top.beyond, chosen.mission)
    found.setdefault(max(found) + FAR, found[max(found)])
    return {count: where for count, where in found.items() if count >= 0}


def _both_sides(found: Iterable[Edge], mission: str) -> Edges:
    """Return the counts below and above each edge, with the keys of their prices."""
    sides: Edges = {}
    for edge in found:
        sides[edge.last] = _key(edge, edge.key, mission)
        if edge.beyond:
            sides[edge.last + 1] = _key(edge, edge.beyond, mission)
    return sides


def _key(edge: Edge, key: Path, mission: str) -> Path:
    return (*key, mission) if edge.by_mission else key


def _reader(decider: Decider, fact: str, number: int) -> Place:
    """Return the condition of the first monthly rule that compares a fact with a number, or the one before it."""
    rules = (parsed for group in decider.groups("month") for parsed in group.rules)
    return next(
        parsed.rule.when_place
        for parsed in rules
        for one in comparisons(parsed.condition)
        if one.fact == fact and one.literal in (number - 1, number)
    )


def _dearer_bands(bands: BandPrices, mission: str, path: Path, currency: str) -> Iterator[Finding]:
    """Yield the bands, used in full, whose calls cost more each than those of the band before."""
    for number, (below, step) in enumerate(pairwise(bands.steps), 1):
        cheap, dear = below.prices[mission], step.prices[mission]
        if below.up_to and dear * below.up_to > cheap * step.up_to:
            told = f"{_each(dear, step.up_to, currency)} in the band up to {step.up_to}, "
            told += f"{_each(cheap, below.up_to, currency)} in the one up to {below.up_to}"
            where = (*path, "steps", number, mission)
            yield Finding(where, f"mission {mission}: a call costs {told}", "is it meant?", warning=True)
    last, then = bands.steps[-1], bands.then
    if then and last.up_to and then.prices[mission] * last.up_to > last.prices[mission] * then.every:
        told = f"{_each(then.prices[mission], then.every, currency)} past {last.up_to} calls, "
        told += f"{_each(last.prices[mission], last.up_to, currency)} in the band up to {last.up_to}"
        yield Finding((*path, "then", mission), f"mission {mission}: a call costs {told}", "is it meant?", warning=True)


def _each(price: Cents, calls: int, currency: str) -> str:
    """Return the price of one of so many calls, to a hundredth of a cent."""
    return rate_in_money(Micros(round_half_up(price_of(price), calls * 100) * 100), currency)


def _negative_options(offer: Offer) -> Iterator[Finding]:
    for name, option in offer.options.items():
        for price in prices_of(option):
            if price.unit_price < 0 and not type(option).credit:
                amount = rate_in_money(price.unit_price, offer.head.currency)
                what = f'the option "{name}" costs less than nothing: {amount} ({price.label})'
                yield Finding(("option", name, "price"), what, "is it meant?", warning=True)
