"""Bands: the price of the band that a month's calls reach."""

from collections.abc import Iterator

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import price_of
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from ...model.words.lines import (
    band_label,
    band_sentence,
    floor_sentence,
)
from .bands import Unpriceable
from .charge_line import monthly_line, reading
from .floor_memory import resting_on
from .priced_month import PricedMonth
from .quoted_price import follows_days


def band_lines(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    """Yield what the month's band costs, for the days that are billed."""
    if not month.billed.days:
        return
    own, band = month.own_band, month.band
    if own is None or band is None:
        raise Unpriceable(f"{month.offer.version} has no bands")
    label = band_label(month.offer, band.up_to, month.mission)
    read = reading(decision, month.facts, "usage.calls", *month.trial_facts, "mission")
    sentence = band_sentence(decision.rule, month.calls, month.free_calls, own.up_to, month.mission, month.month)
    if band != own and (floor := month.served.floor):
        read = resting_on(read, floor)
        sentence += floor_sentence(floor.decision.rule, band.up_to)
    yield monthly_line(month, read, label, price_of(band.price), sentence)


def band_prices(offer: Offer, mission: str, _name: str) -> Iterator[QuotedPrice]:
    """Yield the price of each band of a mission, and what each further one adds."""
    if offer.bands is None:
        return
    by_days, first = follows_days(offer), 0
    for step in offer.bands.steps:
        yield QuotedPrice(
            label=band_label(offer, step.up_to, mission),
            unit_price=price_of(step.prices[mission]),
            unit="mois",
            due="recurring",
            by_days=by_days,
            first=first,
            last=step.up_to,
        )
        first = step.up_to + 1
    if growth := offer.bands.then:
        yield QuotedPrice(
            label=f"{offer.head.title.fr}, chaque tranche de {growth.every} appels de plus",
            unit_price=price_of(growth.prices[mission]),
            unit="mois",
            due="recurring",
            by_days=by_days,
            first=first,
            every=growth.every,
        )
