"""An offer as it was agreed with one customer: the amounts of the contract in place of its own."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from ...model.money import MICROS_PER_CENT, Cents, Micros, round_half_up
from ...model.offer import Offer
from ...model.own_terms import AgreedPrice
from ...model.plan import Plan
from ...model.subscriptions import BandPrices, Bands, BandStep


def as_agreed(offer: Offer, agreed: Sequence[AgreedPrice]) -> Offer:
    """Return an offer with the prices that were agreed; it stays the same version, with the same rules."""
    for one in agreed:
        kind, _, name = one.charge.partition(".")
        if kind == "bands" and offer.bands and one.up_to is not None:
            offer = evolve(offer, bands=_with_band(offer.bands, one.up_to, _cents(one.amount)))
        elif kind == "plan":
            offer = evolve(offer, plans={name: _plan(plan, _cents(one.amount)) for name, plan in offer.plans.items()})
        elif kind == "package" and offer.package:
            package = offer.package
            offer = evolve(offer, package=evolve(package, prices=dict.fromkeys(package.prices, _cents(one.amount))))
        elif kind == "price" and name in offer.prices:
            price = evolve(offer.prices[name], amount=one.amount, steps=())
            offer = evolve(offer, prices={**offer.prices, name: price})
        elif kind == "option" and name in offer.options:
            option = evolve(offer.options[name], price=one.amount)
            offer = evolve(offer, options={**offer.options, name: option})
    return offer


def _plan(plan: Plan, price: Cents) -> Plan:
    """Return a plan at another price, whatever the hours."""
    others = {name: evolve(other, prices=dict.fromkeys(other.prices, price)) for name, other in plan.others.items()}
    return evolve(plan, prices=dict.fromkeys(plan.prices, price), others=others)


def _with_band(bands: Bands, up_to: int, price: Cents) -> Bands:
    """Return bands of which one has another price, whatever the hours."""
    others = {name: evolve(other, steps=_steps(other, up_to, price)) for name, other in bands.others.items()}
    return evolve(bands, steps=_steps(bands, up_to, price), others=others)


def _steps(bands: BandPrices, up_to: int, price: Cents) -> tuple[BandStep, ...]:
    """Return the steps, of which one has another price; those past the last go on from what the offer says."""
    steps = [*bands.steps]
    while bands.then and steps[-1].up_to <= up_to:
        steps.append(_next(steps[-1], bands.then.every, bands.then.prices))
    return tuple(
        evolve(step, prices=dict.fromkeys(step.prices, price)) if step.up_to == up_to else step for step in steps
    )


def _next(step: BandStep, every: int, more: Mapping[str, Cents]) -> BandStep:
    prices = {mission: Cents(price + more[mission]) for mission, price in step.prices.items()}
    return BandStep(up_to=step.up_to + every, prices=prices)


def _cents(amount: Micros) -> Cents:
    return Cents(round_half_up(amount, MICROS_PER_CENT))
