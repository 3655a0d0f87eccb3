"""What an offer's examples of months have to show of plans, quantities and months served in part."""

from collections.abc import Iterator, Mapping, Sequence

from ...model.example import Example
from ...model.facts import PLAN, USED, FactValue
from ...model.offer import Offer
from ...model.period import ONE_DAY, Month
from ...model.plan import Plan
from ...model.price import Price
from ...model.quantity import QUANTITY, is_quantity
from .choosing import chosen_of
from .played import Played
from .wanted import Shown, Wanted, Way, states

HALF = 15
"""Days of a month that pass before a contract begins which is served in part of it."""
Given = Mapping[str, FactValue]


def wanted_terms(offer: Offer, found: Sequence[Way], quiet: Given) -> Iterator[Wanted]:
    """Yield a month of a plan that is not the cheapest, of quantities that nobody agreed, and of months in part."""
    if len(offer.plans) > 1 and not offer.plan_rules.best:
        yield _dearer_plan(offer)
    for name, price in offer.prices.items():
        charging = [way for way in found if way.parsed.rule.then.charge == f"price.{name}"]
        facts = next((facts for way in charging if (facts := way.facts(quiet)) is not None), None)
        if facts is None:
            continue
        quantity = offer.quantities.get(price.per.removeprefix(QUANTITY)) if price.per.startswith(QUANTITY) else None
        if quantity and quantity.default:
            yield _default(name, price, _told(facts, quiet))
        if not price.prorate and _is_monthly(price):
            title = f"{price.title.told('en')}, not cut down in a month that is served in part"
            yield _in_part(offer, name, title, _told(facts, quiet), "prorate")
        if price.by_days and offer.billing.partial != "full":
            title = f"{price.title.told('en')}, by the days of a month that is served in part"
            yield _in_part(offer, name, title, _told(facts, quiet), "by_days")
        if offer.term.usage_free and offer.term.trial.count and price.per.startswith(USED):
            yield _of_trial(offer, name, price, _told(facts, quiet))


def _of_trial(offer: Offer, name: str, price: Price, given: Given) -> Wanted:
    """Return that what is used in a trial that is free of it costs nothing: on a month's last day, in the trial."""
    first = Month.of(offer.head.sold_from).next.last
    title = f"{price.title.told('en')}, free in the trial"
    used = {**given, price.per: price.included + max(price.every, price.for_each)}

    def shown(example: Example, played: Played) -> bool:
        day = example.live or example.signed
        free = day and states(example, "month") and int(example.given.get(price.per, 0)) > price.included
        return bool(free) and all(line.code != f"price.{name}" for line in played.lines)

    tries = (Example(title=title, given=used, signed=first),)
    return Wanted(f'the price "{name}" in the free trial', "month", shown, tries, ("term", "trial_usage"))


def _dearer_plan(offer: Offer) -> Wanted:
    """Return that a contract pays its own plan, though another would be cheaper for it."""
    mission = offer.head.mission[0]
    name, plan = max(offer.plans.items(), key=lambda named: named[1].prices[mission])
    title = f"the plan {plan.title.told('en')} without a use of it: each contract has its own"

    def shown(example: Example, _played: Played) -> bool:
        chosen = chosen_of(offer, example)
        own = offer.plans[chosen.plan]
        return states(example, "month") and any(
            _is_cheaper(other, own, chosen.mission, example) for other in offer.plans.values()
        )

    what = "a month in which another plan would have been cheaper"
    return Wanted(what, "month", shown, (Example(title=title, given={PLAN: name}),))


def _is_cheaper(other: Plan, own: Plan, mission: str, example: Example) -> bool:
    count = int(example.given.get(other.counts, 0))
    return not example.calls and other.prices[mission] < own.prices[mission] and count <= other.counted


def _default(name: str, price: Price, given: Given) -> Wanted:
    title = f"{price.title.told('en')}, where no number is agreed"
    tries = (Example(title=title, given={fact: value for fact, value in given.items() if fact != price.per}),)
    charged = _charges(name)
    return Wanted(
        f"{price.per} where none is agreed",
        "month",
        lambda example, played: price.per not in example.given and charged(example, played),
        tries,
        ("price", name),
    )


def _in_part(offer: Offer, name: str, title: str, given: Given, key: str) -> Wanted:
    first = Month.of(offer.head.sold_from).next.first
    live = first + HALF * ONE_DAY
    tries = (Example(title=title, given=given, signed=first, live=live),)
    charged = _charges(name)

    def shown(example: Example, played: Played) -> bool:
        return bool(example.live and example.live.day > 1) and charged(example, played)

    return Wanted(f'the price "{name}" in a month served in part', "month", shown, tries, ("price", name, key))


def _is_monthly(price: Price) -> bool:
    return not price.per or is_quantity(price.per) or price.least is not None or price.most is not None


def _charges(name: str) -> Shown:
    return lambda example, played: (
        states(example, "month") and any(line.code == f"price.{name}" for line in played.lines)
    )


def _told(facts: Given, quiet: Given) -> Given:
    return {name: value for name, value in facts.items() if value != quiet.get(name, 0) and "option." not in name}
