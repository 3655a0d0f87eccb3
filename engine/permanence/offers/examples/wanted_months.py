"""What the examples of an offer's months have to show: every price, every edge, every option, every monthly rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...bill.price.price_list import tariff
from ...bill.price.price_model import Edge
from ...bill.price.registry import edges_of, model_of
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.example import Example
from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.price_list import Due, QuotedPrice
from .played import Played
from .wanted import Shown, Wanted, Way, edges, ordinal, shows_number, shows_way, states, ways

CALLS = "usage.calls"
OF_CALLS = ("bands", "package")
WHEN: Mapping[Due, str] = {
    "recurring": "by the month",
    "one_off": "once",
    "usage": "per use",
    "share": "per cent",
    "least": "at the least",
    "most": "at the most",
}
LARGE = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
Given = Mapping[str, FactValue]
QUIET: Given = {
    "contract.active": 1,
    "contract.months": 41,
    "contract.days": 30,
    "customer.kind": "professional",
    "customer.region": "FR",
}
"""The facts of an example that gives none, but for those that are 0 and no."""


def wanted_months(offer: Offer, decider: Decider) -> Iterator[Wanted]:
    """Yield what examples of a month have to show, in the order in which they read best."""
    quiet: Given = {**QUIET, "mission": offer.head.mission[0]}
    found = tuple(ways(decider, "month"))
    yield from _counts(offer, found, quiet)
    for mission in offer.head.mission:
        for price in tariff(offer, Chosen(mission)).prices:
            yield _price(offer, mission, price, found, quiet)
    for name in offer.options:
        title = f"the option {name}"
        yield Wanted(
            f'the option "{name}"', "month", _has_option(name), (_example(title, {f"option.{name}": 1}, quiet),)
        )
    for way in found:
        facts = way.facts(quiet)
        title = f"{way.title} applies"
        tries = () if facts is None else (_example(title, facts, quiet),)
        yield Wanted(way.what, "month", shows_way(way), tries)
    for name, number in edges(decider, "month"):
        yield _number(name, number, found, quiet)


def _counts(offer: Offer, found: Sequence[Way], quiet: Given) -> Iterator[Wanted]:
    """Yield the last of each band, package and step, and the first of the next."""
    for charge, edge in edges_of(offer):
        if edge.fact == CALLS and charge in OF_CALLS:
            yield from _both_sides(edge, "band" if charge == "bands" else charge, quiet)
        elif edge.last:
            yield from _count(edge, _facts_charging(charge, found, quiet), quiet)


def _count(edge: Edge, facts: Given, quiet: Given) -> Iterator[Wanted]:
    for count in (edge.last, edge.last + 1) if edge.beyond else (edge.last,):
        given = {**facts, edge.fact: count}
        title = f"a month with {edge.fact} = {count}"
        shown = shows_number("month", edge.fact, count)
        yield Wanted(f"{edge.fact} = {count}", "month", shown, (_example(title, given, quiet),))


def _both_sides(edge: Edge, what: str, quiet: Given) -> Iterator[Wanted]:
    last, first = f"the {ordinal(edge.last)} call", f"the {ordinal(edge.last + 1)} call"
    beyond = "moves the month up a band" if what == "band" else "is the first past the package"
    titles = [(edge.last, last, f"{last} is still in the {what}"), (edge.last + 1, first, f"{first} {beyond}")]
    for count, words, title in titles if edge.beyond else titles[:1]:
        yield Wanted(words, "month", shows_number("month", CALLS, count), (_example(title, {CALLS: count}, quiet),))


def _price(offer: Offer, mission: str, price: QuotedPrice, found: Sequence[Way], quiet: Given) -> Wanted:
    several = len(offer.head.mission) > 1 and model_of(offer, price.code)[0].by_mission
    known = {one.label for one in tariff(offer, Chosen(mission)).prices if not one.every}

    def shown(example: Example, played: Played) -> bool:
        if not states(example, "month") or (several and example.given.get("mission", quiet["mission"]) != mission):
            return False
        return any(
            line.code == price.code and (line.label not in known if price.every else line.label == price.label)
            for line in played.lines
        )

    what = f'the price "{price.label}"'
    title = f"{_in_english(price)}, mission {mission}" if several else _in_english(price)
    return Wanted(what, "month", shown, _tries(offer, mission, price, found, quiet, title))


def _in_english(price: QuotedPrice) -> str:
    """Return what a price is for, in the language of titles; its label where nobody says it in English."""
    if price.code == "bands":
        return f"each further {price.every} calls" if price.every else f"a month of up to {price.last} calls"
    if price.code == "package":
        return "a call past the package" if price.due == "usage" else "a month of the package"
    return f"{price.english or price.label}, {WHEN[price.due]}"


def _tries(
    offer: Offer, mission: str, price: QuotedPrice, found: Sequence[Way], quiet: Given, title: str
) -> Iterator[Example]:
    """Yield examples that may have a line of a price: fewer facts first, then higher counts."""
    model, name = model_of(offer, price.code)
    fact = model.counts(offer, name)
    numbers = [0, price.last or 0, price.included + 1]
    if price.first:
        numbers.append(price.first + (price.every or 1) - 1)
    numbers += [edge.last + 1 for edge in model.edges(offer, name) if edge.last]
    for way in found:
        facts = way.facts(quiet) if way.parsed.rule.then.charge == price.code else None
        for first in (0, 1) if facts is not None else ():
            for number in (*dict.fromkeys(numbers), *LARGE) if fact else (0,):
                more: dict[str, FactValue] = {"contract.first_month": 1} if first else {}
                more |= {fact: max(number, int((facts or {}).get(fact, 0)))} if number else {}
                here = {"mission": mission} if model.by_mission else {}
                yield _example(title, {**(facts or {}), **more, **here}, quiet)


def _has_option(name: str) -> Shown:
    return lambda example, _played: name in example.options and states(example, "month")


def _number(name: str, number: int, found: Iterable[Way], quiet: Given) -> Wanted:
    title = f"a month with {name} = {number}"
    reading = (way for way in found if any(one.fact == name for one in way.alternative))
    tries = ({**facts, name: number} for way in reading if (facts := way.facts(quiet)) is not None)
    shown = shows_number("month", name, number)
    return Wanted(f"{name} = {number}", "month", shown, (_example(title, facts, quiet) for facts in tries))


def _facts_charging(code: str, found: Iterable[Way], quiet: Given) -> Given:
    charging = (way.facts(quiet) for way in found if way.parsed.rule.then.charge == code)
    return next((facts for facts in charging if facts is not None), {})


def _example(title: str, facts: Given, quiet: Given) -> Example:
    """Return the example of a month in which some facts are not those of a quiet month."""
    told = {name: value for name, value in facts.items() if value != quiet.get(name, 0)}
    options = tuple(name.removeprefix("option.") for name in told if name.startswith("option."))
    yes_no = ("contract.active", "contract.in_trial", "contract.first_month")
    given = {
        name: bool(value) if name in yes_no else value for name, value in told.items() if not name.startswith("option.")
    }
    return Example(title=title, given=given, options=options)
