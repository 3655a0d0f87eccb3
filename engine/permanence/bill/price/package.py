"""A package: a price with included calls, and one for each call past them."""

from collections.abc import Iterator

from ...model.decision import Decision
from ...model.facts import unit_of
from ...model.invoice import ChargeLine
from ...model.money import Micros, price_of
from ...model.offer import Offer
from ...model.option import Charge
from ...model.price_list import QuotedPrice
from ...model.words.lines import (
    BEYOND_PACKAGE,
    package_label,
    times_sentence,
)
from .bands import Unpriceable
from .charge_line import charge_line, monthly_line, reading
from .priced_month import PricedMonth
from .quoted_price import follows_days


def package_lines(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    """Yield what the package costs, and the calls past it, of days that are billed."""
    if not month.billed.days:
        return
    package = month.offer.package
    if package is None:
        raise Unpriceable(f"{month.offer.version} has no package")
    label = package_label(month.offer, package.included, month.mission)
    read = reading(decision, month.facts, "mission")
    yield monthly_line(month, read, label, price_of(package.prices[month.mission]), decision.rule.why)
    yield from _per_use(month, read, BEYOND_PACKAGE.fr, "usage.calls", package.included, package.overage[month.mission])


def _per_use(
    month: PricedMonth, decision: Decision, label: str, fact: str, included: int, price: Micros
) -> Iterator[ChargeLine]:
    beyond = sum(_beyond(part, fact, included) for part in month.parts)
    if beyond:
        charge = Charge(label=label, quantity=beyond, unit_price=price, unit=unit_of(fact))
        left = int(month.counts.get(fact, 0)) - beyond
        yield charge_line(reading(decision, month.own_facts, fact), charge, times_sentence(decision.rule, charge, left))


def _beyond(part: PricedMonth, fact: str, included: int) -> int:
    """Return how many of those that were counted in a part of a month are not included."""
    before = part.before.get(fact, 0)
    after = before + int(part.counts.get(fact, 0))
    return max(0, after - included) - max(0, before - included)


def package_prices(offer: Offer, mission: str, _name: str) -> Iterator[QuotedPrice]:
    """Yield the price of the package for a mission, and of each call past it."""
    package = offer.package
    if package is None:
        return
    yield QuotedPrice(
        label=package_label(offer, package.included, mission),
        unit_price=price_of(package.prices[mission]),
        unit="mois",
        due="recurring",
        by_days=follows_days(offer),
    )
    yield QuotedPrice(
        label=BEYOND_PACKAGE.fr,
        english=BEYOND_PACKAGE.en,
        unit_price=package.overage[mission],
        unit="appels",
        due="usage",
        included=package.included,
    )
