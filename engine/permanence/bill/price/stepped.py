"""A price by a count, in steps and lots: its lines, each step as a quote has it, its edges and its faults."""

from collections.abc import Iterator

from attrs import evolve

from ...contracts.trial import is_free_of_use
from ...model.decision import Decision
from ...model.facts import USED
from ...model.fault import Fault
from ...model.invoice import ChargeLine
from ...model.money import Cents, price_of
from ...model.offer import Offer
from ...model.option import Charge
from ...model.price import Price, PriceStep, Tier
from ...model.price_list import QuotedPrice, Reach
from ...model.problem import KeyPath
from ...model.quantity import is_quantity
from ...model.words.lines import counted_in_words, days_in_words, free_use_sentence
from ...model.words.tiers import (
    FLAT,
    by_days_sentence,
    flat_sentence,
    tier_label,
    tier_sentence,
    unit_counted,
    unit_sold,
)
from .charge_line import charge_line
from .price_model import Edge
from .priced_month import PricedMonth
from .quoted_price import follows_days, monthly_price
from .tiers import further, taken_together, tiers_of


def step_lines(month: PricedMonth, decision: Decision, price: Price) -> Iterator[ChargeLine]:
    """Yield what a price by a count costs in a month: each step of it that the count reaches."""
    price, count, free = of_month(month, price), 0, 0
    why = free_use_sentence(month.free_count(price.per), unit_counted(price), price.for_each)
    why += by_days_sentence(price, month.counted_share)
    for part in month.parts:
        here = int(part.charged.get(price.per, 0))
        left = max(0, price.included - part.charged_before.get(price.per, 0))
        count, free = count + here, free + min(here, left)
    known = month.offer.named_count(price.per)
    own = known.own_unit if known and price.every == 1 else None
    counted = counted_in_words(count, free, unit_counted(price), price.for_each)
    if price.fewest > count - free:
        counted += f", facturés comme {price.fewest} au moins"
    for tier in _reached(month, price):
        label = tier_label(price, tier).fr
        if tier.lots and (tier.step.amount or not price.steps):
            amount, unit = (
                tier.step.amount,
                own.one.fr if own and tier.lots == price.for_each == 1 else unit_sold(price),
            )
            charge = Charge(label=label, quantity=tier.lots, unit_price=amount, unit=unit, for_each=price.for_each)
            sentence = tier_sentence(decision.rule, price, tier, charge, counted, month.offer.head.currency)
            yield charge_line(decision, charge, sentence + why)
        if tier.step.flat and tier.opens:
            fee = flat_sentence(decision.rule, price, tier, counted) + why
            yield _flat_line(month, decision, price, f"{label}{FLAT.fr}", tier.step.flat, fee)


def _flat_line(
    month: PricedMonth, decision: Decision, price: Price, label: str, amount: Cents, sentence: str
) -> ChargeLine:
    """Return the fee of a step, whole or by the days that are billed."""
    days, of_days = month.share if "flat" in price.by_days else (1, 1)
    fee = Charge(label=label, quantity=1, unit_price=price_of(amount), unit="forfait", days=days, of_days=of_days)
    return charge_line(decision, fee, sentence + days_in_words(month.billed, days, of_days))


def _reached(month: PricedMonth, price: Price) -> tuple[Tier, ...]:
    """Return the steps that some parts of a month reach; their fees are due once, or in each part by its days."""
    parts = [_further(part, price) for part in month.parts]
    if "flat" not in price.by_days:
        return taken_together(parts)
    used = [[evolve(tier, opens=False) for tier in part] for part in parts]
    due = tiers_of(price, month.charged_count(price.per)) if month.billed.days else ()
    return taken_together([*used, [evolve(tier, units=0, lots=0, opens=True) for tier in due]])


def of_month(month: PricedMonth, price: Price) -> Price:
    """Return a price for as many of what it is for every one of as the month has at the most, and for its days.

    On days that are not billed, those of a free trial, nothing is charged that was not counted.
    """
    if price.for_every or price.fewest:
        several = price.of_several(max(int(part.facts.get(price.for_every, 1)) for part in month.parts))
        price = several if month.billed.days else evolve(several, fewest=0)
    return price.of_days(*month.counted_share)


def _further(part: PricedMonth, price: Price) -> tuple[Tier, ...]:
    """Return the steps that a part of a month reaches, with what they charge beyond the parts before it."""
    if is_free_of_use(part.served) and price.per.startswith(USED):
        return ()
    whole, before = part.charged_count(price.per), part.charged_before.get(price.per, 0)
    earlier = tiers_of(price, before, whole) if part.charged_before else ()
    return further(tiers_of(price, before + int(part.charged.get(price.per, 0)), whole), earlier)


def step_prices(offer: Offer, price: Price) -> Iterator[QuotedPrice]:
    """Yield each step of a price by a count as a quote of an offer has it."""
    above, by_days = 0, "flat" in price.by_days and follows_days(offer)
    for step in price.ladder:
        label, reach = tier_label(price, Tier(step, above, 0, 0)), _reach(price, step, above)
        if step.amount or not price.steps:
            yield QuotedPrice(
                label=label.fr,
                english=label.en,
                unit_price=step.amount,
                unit=unit_sold(price),
                for_each=price.for_each,
                due="usage",
                included=price.included,
                fewest=price.fewest,
                reach=evolve(reach, low=max(reach.low, 0 if price.fewest else price.included + 1)),
            )
        if step.flat:
            flat = monthly_price(label + FLAT, price_of(step.flat), "recurring", by_days=by_days)
            yield evolve(flat, unit="forfait", reach=reach)
        above = step.up_to or above


def _reach(price: Price, step: PriceStep, above: int) -> Reach:
    """Return for which counts a month reaches a step: of a graduated price all above it too.

    What is included for each of several may be nothing of none, and more of more; what follows the days, less of fewer.
    """
    if price.by_days_of_count:
        return Reach(price.per, 0, None)
    included = 0 if price.for_every else price.included
    several = price.for_every and price.fewest
    low = included + above + 1 if above >= max(price.fewest, 1) and not several else 0
    ends = price.model == "volume" and step.up_to is not None and not price.for_every
    return Reach(price.per, low, included + step.up_to if ends and step.up_to is not None else None)


def step_edges(price: Price, path: KeyPath) -> Iterator[Edge]:
    """Yield the last unit that is included in a price by a count, 0 where none is, and the last of each step."""
    keys: list[KeyPath] = [(*path, "steps", number) for number in range(len(price.steps))] or [(*path, "amount")]
    lot = max(price.every, price.for_each)
    yield Edge(price.per, price.included, keys[0], keys[0], lot=lot)
    for step, key, above in zip(price.ladder, keys, (*keys[1:], None), strict=True):
        if step.up_to is not None:
            yield Edge(price.per, price.included + step.up_to, key, above, lot=lot)


def by_days_faults(price: Price, path: KeyPath) -> Iterator[Fault]:
    """Yield what is wrong with what follows the days: each key is there, named once, and of what is counted."""
    there = {
        "flat": any(step.flat for step in price.steps),
        "up_to": any(step.up_to for step in price.steps),
        "included": bool(price.included),
        "fewest": bool(price.fewest),
    }
    if price.by_days and is_quantity(price.per):
        what = "the price of a quantity follows the days whole, as `prorate` says"
        yield Fault((*path, "by_days"), what, "take it out", at_key=True)
        return
    for number, key in enumerate(price.by_days):
        where = (*path, "by_days", number)
        if key in price.by_days[:number]:
            yield Fault(where, f'"{key}" is there twice', "keep one of them")
        elif not there[key]:
            yield Fault(where, f'the price has no "{key}" that could follow the days', "take it out")


def step_faults(price: Price, path: KeyPath) -> Iterator[Fault]:
    """Yield what is wrong with steps: they rise, only the last may be without a top, and a lot lies in one step."""
    below: int | None = -1
    for number, step in enumerate(price.steps):
        if below is None:
            yield Fault((*path, "steps", number), "a step comes after one without a top", "give that one an up_to")
        elif step.up_to is not None and step.up_to <= below:
            what = f"steps rise, and {step.up_to} comes after {below}" if number else '"up_to" is negative'
            yield Fault((*path, "steps", number, "up_to"), what)
        elif step.up_to is not None and price.every > 1 and step.up_to % price.every:
            yield Fault((*path, "steps", number, "up_to"), f"{step.up_to} is no number of whole lots of {price.every}")
        below = step.up_to
