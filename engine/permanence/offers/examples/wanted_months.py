"""What the examples of an offer's months have to show: every price, every edge, every option, every monthly rule."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from ...bill.price.choices import choices
from ...bill.price.price_list import tariff
from ...bill.price.price_model import Edge
from ...bill.price.registry import edges_of, model_of
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.customer_kind import usual_customer
from ...model.example import Example
from ...model.facts import WINDOW, FactValue
from ...model.invoice import ChargeLine
from ...model.money import MICROS_PER_CENT, Micros, amount_of
from ...model.offer import Offer
from ...model.price import Price
from ...model.price_list import Due, QuotedPrice
from ...model.problem import KeyPath, Place
from ...model.words.hours import with_hours
from .choosing import chosen_of, facts_of
from .played import Played
from .wanted import LINE, Shown, Wanted, Way, edges, ordinal, shows_number, shows_way, states, ways
from .wanted_terms import wanted_terms

CALLS = "usage.calls"
OF_CALLS = ("bands", "plan", "package")
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
KEYS: Mapping[str, KeyPath] = {
    "setup_fee": ("term", "setup_fee"),
    "least": ("billing", "least"),
    "most": ("billing", "most"),
}
"""Where what is charged under a name of its own is written; all else is the name of its table."""
QUIET: Given = {
    "contract.active": 1,
    "contract.months": 41,
    "contract.days": 30,
    "customer.region": "FR",
}
"""The facts of an example that gives none, but for those that are 0 and no."""


def wanted_months(offer: Offer, decider: Decider) -> Iterator[Wanted]:
    """Yield what examples of a month have to show, in the order in which they read best."""
    every = tuple(choices(offer))
    usual = {"customer.kind": usual_customer(offer.head.customers)}
    quiet: Given = {**QUIET, **facts_of(offer, every[0]), **usual}
    found = tuple(ways(decider, "month"))
    yield from _counts(offer, every, found, quiet)
    for chosen in every:
        prices = tariff(offer, chosen).prices
        listed = {one.label for one in prices if not one.every}
        for price in prices:
            yield _price(offer, chosen, price, listed, found, quiet)
    for name in offer.options:
        title = f"the option {name}"
        tries = (_example(title, {f"option.{name}": 1}, quiet),)
        yield Wanted(f'the option "{name}"', "month", _has_option(name), tries, ("option", name))
    for way in found:
        facts = way.facts(quiet)
        title = f"{way.title} applies"
        one = () if facts is None else (_example(title, facts, quiet),)
        yield Wanted(way.what, "month", shows_way(way), one, way.parsed.rule.when_place)
    for name, number in edges(decider, "month"):
        yield _number(name, number, found, quiet)
    yield from wanted_terms(offer, found, quiet)
    for name in (name for name, one in offer.prices.items() if one.per and not _has_fees_alone(one)):
        charging = [way for way in found if way.parsed.rule.then.charge == f"price.{name}"]
        yield _of_several(offer, name, charging, quiet)


def _counts(offer: Offer, every: Sequence[Chosen], found: Sequence[Way], quiet: Given) -> Iterator[Wanted]:
    """Yield the last of each band, package, plan and step, and the first of the next."""
    for charge, edge in edges_of(offer):
        who = next((chosen for chosen in every if edge.is_for(chosen)), None)
        here = {**quiet, **facts_of(offer, who)} if who else {}
        if edge.fact == CALLS and charge in OF_CALLS:
            yield from _both_sides(offer, edge, charge, here, quiet)
        elif edge.last:
            yield from _count(offer, edge, {**_facts_charging(charge, found, quiet), **here}, quiet)


def _count(offer: Offer, edge: Edge, facts: Given, quiet: Given) -> Iterator[Wanted]:
    for count in (edge.last, edge.last + 1) if edge.beyond else (edge.last,):
        given = {**facts, edge.fact: count}
        title = f"a month with {edge.fact} = {count}{_whose(offer, edge, ', plan ')}"
        yield _at_edge(offer, f"{edge.fact} = {count}", edge, count, (_example(title, given, quiet),))


def _both_sides(offer: Offer, edge: Edge, charge: str, here: Given, quiet: Given) -> Iterator[Wanted]:
    last, first = f"the {ordinal(edge.last)} call", f"the {ordinal(edge.last + 1)} call"
    what = "band" if charge == "bands" else charge
    beyond = "moves the month up a band" if what == "band" else f"is the first past the {what}"
    whose = _whose(offer, edge)
    titles = [
        (edge.last, last, f"{last} is still in the {what}{whose}"),
        (edge.last + 1, first, f"{first} {beyond}{whose}"),
    ]
    for count, words, title in titles if edge.beyond else titles[:1]:
        if count:
            example = _example(title, {**here, CALLS: count}, quiet)
            yield _at_edge(offer, f"{words}{_whose(offer, edge, ', plan ')}", edge, count, (example,))


def _at_edge(offer: Offer, what: str, edge: Edge, count: int, tries: Iterable[Example]) -> Wanted:
    """Return that a count is to be shown, of a contract that may reach its edge."""
    wanted = _counted(what, edge.fact, count, tries, edge.key)
    if not (edge.plan or edge.among):
        return wanted

    def shown(example: Example, played: Played) -> bool:
        return wanted.shown(example, played) and edge.is_for(chosen_of(offer, example))

    return evolve(wanted, shown=shown)


def _counted(what: str, fact: str, count: int, tries: Iterable[Example], where: Place | KeyPath) -> Wanted:
    return Wanted(what, "month", shows_number("month", fact, count), tries, where, ("month", fact, count))


def _whose(offer: Offer, edge: Edge, before: str = " ") -> str:
    """Return of which plan and which hours an edge is, as a title goes on; ``before`` the plan's name."""
    plan = f"{before}{offer.plans[edge.plan].title.told('en')}" if edge.plan else ""
    return plan + with_hours(offer, edge.hours).told("en")


def _price(
    offer: Offer, chosen: Chosen, price: QuotedPrice, listed: Container[str], found: Sequence[Way], quiet: Given
) -> Wanted:
    """Return that a price is to be shown; one that grows without a top has labels that are not among the ``listed``."""
    several = len(offer.head.mission) > 1 and model_of(offer, price.code)[0].by_mission
    # An average price is written nowhere: what it is made of is shown by other examples.
    average = price.code == "plan" and chosen.plan in offer.plans and offer.plans[chosen.plan].each is None
    exact = price.due == "usage" and not average

    def shown(example: Example, played: Played) -> bool:
        if not states(example, "month") or (several and _mission(example, quiet) != chosen.mission):
            return False
        # What grows without a top has no label of its own: whose it is, the hours tell.
        if price.every and chosen_of(offer, example).hours != chosen.hours:
            return False
        return any(
            line.code == price.code
            and (not exact or tells(line))
            and (line.label not in listed if price.every else line.label == price.label)
            for line in played.lines
        )

    what = f'the price "{price.label}"'
    hours = with_hours(offer, chosen.hours).told("en") if price.code == "bands" else ""
    title = f"{_in_english(price)}{hours}"
    title = f"{title}, mission {chosen.mission}" if several and price.code != "plan" else title
    sign = None if price.every else (LINE, price.code, price.label)
    where = KEYS.get(price.code, tuple(price.code.split(".", 1)))
    return Wanted(what, "month", shown, _tries(offer, chosen, price, found, quiet, title), where, sign)


def _has_fees_alone(price: Price) -> bool:
    """Tell whether a price has steps and no unit of any: its lines are all of one."""
    return bool(price.steps) and not any(step.amount for step in price.steps)


def _of_several(offer: Offer, name: str, charging: Sequence[Way], quiet: Given) -> Wanted:
    """Return that a price is to be shown that is charged for each of several, or for none: of one, it is a month's."""
    price, code = offer.prices[name], f"price.{name}"
    facts = [one for one in (way.facts(quiet) for way in charging) if one is not None]
    top = price.steps[-1].up_to if price.steps else None
    numbers = [number for number in (price.included + price.every + 1, *LARGE, top or 0) if number <= (top or number)]
    tries = ({**one, price.per: max(number, int(one.get(price.per, 0)))} for one in facts for number in numbers)

    def shown(example: Example, played: Played) -> bool:
        lines = [line for line in played.lines if line.code == code]
        asked = played.asked.get("month", ())
        due = (
            any(abs(line.quantity) > 1 for line in lines)
            if lines
            else any(any(map(way.holds, asked)) for way in charging)
        )
        return states(example, "month") and due

    title = f"{price.title.told('en')}, of several"
    many = (_example(title, one, quiet) for one in tries)
    return Wanted(f'the price "{name}" for several, or for none', "month", shown, many, ("price", name, "per"))


def tells(line: ChargeLine) -> bool:
    """Tell whether a line would come to another amount at a price that is the least bit higher or lower, or for one
    unit more or less.
    """
    step = next((size for size in (MICROS_PER_CENT, 1_000, 100, 10) if line.unit_price % size == 0), 1)
    prices = ((Micros(line.unit_price + more), line.for_each) for more in (-step, step))
    units = ((line.unit_price, line.for_each + more) for more in (-1, 1) if line.for_each > 1)
    return all(
        amount_of(line.quantity, price, line.days, line.of_days, for_each) != line.amount
        for price, for_each in (*prices, *units)
    )


def _mission(example: Example, quiet: Given) -> FactValue:
    return example.given.get("mission", quiet["mission"])


def _in_english(price: QuotedPrice) -> str:
    """Return what a price is for, in the language of titles; its label where nobody says it in English."""
    if price.code == "bands":
        return f"each further {price.every} calls" if price.every else f"a month of up to {price.last} calls"
    if price.code == "package":
        return "a call past the package" if price.due == "usage" else "a month of the package"
    return f"{price.english or price.label}, {WHEN[price.due]}"


def _tries(
    offer: Offer, chosen: Chosen, price: QuotedPrice, found: Sequence[Way], quiet: Given, title: str
) -> Iterator[Example]:
    """Yield examples that may have a line of a price: fewer facts first, then higher counts."""
    model, name = model_of(offer, price.code)
    own = [edge for edge in model.edges(offer, name) if edge.is_for(chosen)]
    fact = next((edge.fact for edge in own), model.counts(offer, name))
    # What a whole month costs at the most may only be reached by all that is counted: each price may have its own most.
    together = {fact, *(one.per for one in offer.prices.values() if one.per)} if price.code == "most" else {fact}
    numbers = [0, price.last or 0, price.included + 1, price.included + 2]
    if price.first:
        numbers.append(price.first + (price.every or 1) - 1)
    numbers += [edge.last + more for more in (1, *LARGE[:3]) for edge in own if edge.last]
    here = facts_of(offer, chosen) if model.by_mission else {}
    for way in found:
        facts = way.facts(quiet) if way.parsed.rule.then.charge == price.code else None
        for first in (0, 1) if facts is not None else ():
            for number in (*dict.fromkeys(numbers), *LARGE) if fact else (0,):
                more: dict[str, FactValue] = {"contract.first_month": 1} if first else {}
                more |= {name: max(number, int((facts or {}).get(name, 0))) for name in together} if number else {}
                yield _example(title, {**(facts or {}), **more, **here}, quiet)


def probes(offer: Offer) -> Iterator[Example]:
    """Yield months that nobody has to show, in which options may do what they do in no other: the first, busy ones."""
    for name in offer.options:
        counts = type(offer.options[name]).counts
        for mission in offer.head.mission:
            for first in (0, 1):
                for count in (0, 1, LARGE[-1]) if counts else (0,):
                    facts = {f"option.{name}": 1, "contract.first_month": first, "mission": mission}
                    quiet = {**QUIET, "contract.months": 0} if first else QUIET
                    more = {counts: count} if count else {}
                    yield _example(f"the option {name}", {**facts, **more}, quiet)


def _has_option(name: str) -> Shown:
    return lambda example, _played: name in example.options and states(example, "month")


def _number(name: str, number: int, found: Sequence[Way], quiet: Given) -> Wanted:
    title = f"a month with {name} = {number}"
    reading = (way for way in found if any(one.fact == name for one in way.alternative))
    tries = ({**facts, name: number} for way in reading if (facts := way.facts(quiet)) is not None)
    where = next((way.parsed.rule.when_place for way in found if way.changes_at(name, number)), ("offer", "id"))
    return _counted(f"{name} = {number}", name, number, (_example(title, facts, quiet) for facts in tries), where)


def _facts_charging(code: str, found: Iterable[Way], quiet: Given) -> Given:
    charging = (way.facts(quiet) for way in found if way.parsed.rule.then.charge == code)
    return next((facts for facts in charging if facts is not None), {})


def _example(title: str, facts: Given, quiet: Given) -> Example:
    """Return the example of a month in which some facts are not those of a quiet month."""
    told = {name: value for name, value in facts.items() if value != quiet.get(name, 0)}
    options = tuple(name.removeprefix("option.") for name in told if name.startswith("option."))
    yes_no = ("contract.active", "contract.in_trial", "contract.first_month")
    given = {
        name: bool(value) if name in yes_no or name.startswith(WINDOW) else value
        for name, value in told.items()
        if not name.startswith("option.")
    }
    return Example(title=title, given=given, options=options)
