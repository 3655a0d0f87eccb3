"""A named price: by the month, or per use in steps."""

from collections.abc import Iterator

from attrs import evolve

from ...model.decision import Decision
from ...model.facts import unit_of
from ...model.invoice import ChargeLine
from ...model.money import price_of
from ...model.offer import Offer
from ...model.option import Charge
from ...model.price import Price, Tier
from ...model.price_list import QuotedPrice
from ...model.words.lines import (
    FLAT,
    counted_in_words,
    flat_sentence,
    tier_label,
    tier_sentence,
    unit_sold,
)
from .charge_line import charge_line, monthly_line, reading
from .priced_month import PricedMonth
from .quoted_price import follows_days, limit_prices, monthly_price
from .tiers import further, taken_together, tiers_of


def price_lines(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    """Yield what a named price costs: by the month, or each step of it that the count reaches."""
    price = month.offer.prices[name]
    if price.per:
        yield from _tiers(month, reading(decision, month.own_facts, price.per), price)
    elif month.billed.days:
        amount = price.ladder[0].amount
        yield monthly_line(month, decision, price.title.fr, amount, decision.rule.why, prorate=price.prorate)


def _tiers(month: PricedMonth, decision: Decision, price: Price) -> Iterator[ChargeLine]:
    count = free = 0
    for part in month.parts:
        here, left = int(part.counts.get(price.per, 0)), max(0, price.included - part.before.get(price.per, 0))
        count, free = count + here, free + min(here, left)
    counted = counted_in_words(count, free, unit_of(price.per))
    for tier in taken_together(_further(part, price) for part in month.parts):
        label = tier_label(price, tier).fr
        if tier.lots and (tier.step.amount or not price.steps):
            amount = tier.step.amount
            charge = Charge(
                label=label, quantity=tier.lots, unit_price=amount, unit=unit_sold(price), for_each=price.for_each
            )
            sentence = tier_sentence(decision.rule, price, tier, charge, counted, month.offer.head.currency)
            yield charge_line(decision, charge, sentence)
        if tier.step.flat and tier.opens:
            flat = Charge(label=f"{label}{FLAT.fr}", quantity=1, unit_price=price_of(tier.step.flat), unit="forfait")
            yield charge_line(decision, flat, flat_sentence(decision.rule, price, tier, counted))


def _further(part: PricedMonth, price: Price) -> tuple[Tier, ...]:
    """Return the steps that a part of a month reaches, with what they charge beyond the parts before it."""
    whole, before = int(part.facts.get(price.per, 0)), part.before.get(price.per, 0)
    earlier = tiers_of(price, before, whole) if part.before else ()
    return further(tiers_of(price, before + int(part.counts.get(price.per, 0)), whole), earlier)


def prices_named(offer: Offer, _mission: str, name: str) -> Iterator[QuotedPrice]:
    """Yield a named price, or each step of it, and its least and most."""
    price = offer.prices[name]
    if not price.per:
        by_days, amount = price.prorate and follows_days(offer), price.ladder[0].amount
        yield monthly_price(price.title, amount, "recurring", by_days=by_days)
        return
    above = 0
    for step in price.ladder:
        label = tier_label(price, Tier(step, above, 0, 0))
        if step.amount or not price.steps:
            yield QuotedPrice(
                label=label.fr,
                english=label.en,
                unit_price=step.amount,
                unit=unit_sold(price),
                for_each=price.for_each,
                due="usage",
                included=price.included,
            )
        if step.flat:
            flat = monthly_price(label + FLAT, price_of(step.flat), "recurring", by_days=False)
            yield evolve(flat, unit="forfait")
        above = step.up_to or above
    yield from limit_prices(offer, price.title, price.least, price.most, by_days=price.prorate)
