"""A package: a price with included calls, and one for each call past them."""

from collections.abc import Iterator

from ...contracts.trial import billed_in_month
from ...model.decision import Decision
from ...model.facts import unit_of
from ...model.invoice import ChargeLine
from ...model.money import Micros, price_of
from ...model.offer import Offer
from ...model.option import Charge
from ...model.price_list import QuotedPrice
from ...model.words.lines import (
    BEYOND_PACKAGE,
    free_calls_sentence,
    package_label,
    times_sentence,
)
from .bands import Unpriceable
from .charge_line import charge_line, monthly_line, reading
from .priced_month import PricedMonth
from .quoted_price import follows_days

CALLS = "usage.calls"


def package_lines(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    """Yield what the package costs of days that are billed, and the calls past it in a month that has such days."""
    if not month.billed.days and (month.is_alone or not billed_in_month(month.served).days):
        return
    package = month.offer.package
    if package is None:
        raise Unpriceable(f"{month.offer.version} has no package")
    label = package_label(month.offer, package.included, month.mission)
    read = reading(decision, month.facts, *month.trial_facts, "mission")
    sentence = decision.rule.why + free_calls_sentence(month.free_calls)
    if month.billed.days:
        yield monthly_line(month, read, label, price_of(package.prices[month.mission]), sentence)
    yield from _calls_beyond(month, read, package.included, package.overage[month.mission])


def _calls_beyond(month: PricedMonth, decision: Decision, included: int, price: Micros) -> Iterator[ChargeLine]:
    beyond = sum(_beyond(part, included) for part in month.parts)
    if beyond:
        charge = Charge(label=BEYOND_PACKAGE.fr, quantity=beyond, unit_price=price, unit=unit_of(CALLS))
        free = sum(int(month.counts.get(fact, 0)) for fact in month.trial_facts)
        sentence = times_sentence(
            decision.rule, charge, int(month.counts[CALLS]) - free - beyond, month.offer.head.currency
        )
        yield charge_line(reading(decision, month.own_facts, CALLS), charge, sentence)


def _beyond(part: PricedMonth, included: int) -> int:
    """Return how many calls of a part of a month are not included: those of a free trial come before all others."""
    before, past = part.before.get(CALLS, 0), part.free_calls + included
    return max(0, before + int(part.counts[CALLS]) - past) - max(0, before - past)


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
