"""What contradicts itself in the prices of a rule file: bands, packages and named prices."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from ...model.offer import Bands, BillingRules, Package
from ...model.price import Price
from ...model.problem import did_you_mean
from ..toml.faults import Fault, Notes
from ..toml.located_toml import Path


def check_bands(bands: Bands, missions: Iterable[str] | None, notes: Notes) -> Iterator[Fault]:
    """Yield what is wrong with bands: they rise, and each has a price for every mission and no other."""
    if not bands.steps and ("bands", "steps") not in {fault.path[:2] for fault in notes.faults}:
        yield Fault(("bands", "steps"), "there is no band")
    for before, step in pairwise(bands.steps):
        if step.up_to <= before.up_to:
            path = (*notes.path_of(step), "up_to")
            yield Fault(path, f"bands rise, and {step.up_to} comes after {before.up_to}")
    for step in bands.steps:
        path = notes.path_of(step)
        if step.up_to < 0:
            yield Fault((*path, "up_to"), '"up_to" is negative')
        yield from _check_missions(step.prices, missions, path)
    if bands.then:
        if bands.then.every < 1:
            yield Fault(("bands", "then", "every"), '"every" is at least 1')
        yield from _check_missions(bands.then.prices, missions, ("bands", "then"))


def check_package(package: Package, missions: Iterable[str] | None) -> Iterator[Fault]:
    """Yield what is wrong with a package: each mission has both prices, and there is no other."""
    if package.included < 0:
        yield Fault(("package", "included"), '"included" is negative')
    yield from _check_missions(package.prices, missions, ("package", "price"))
    yield from _check_missions(package.overage, missions, ("package", "per_call"))


def check_prices(prices: Mapping[str, Price], counted: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with named prices: what they multiply is a fact that is counted."""
    known = sorted(counted)
    for name, price in prices.items():
        if price.per and price.per not in known:
            yield Fault(("price", name, "per"), f'nothing is counted as "{price.per}"', did_you_mean(price.per, known))
        if price.included < 0:
            yield Fault(("price", name, "included"), '"included" is negative')
        if price.for_each < 1:
            yield Fault(("price", name, "for_each"), '"for_each" is at least 1')
        elif price.for_each > 1 and not price.per:
            hint = 'say of what with per, such as per = "usage.billed_seconds"'
            yield Fault(("price", name, "for_each"), "a monthly price is for one month", hint)


def check_tiers(prices: Mapping[str, Price], table: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with named prices one by one: one amount or steps, rising, in whole lots, and limits."""
    for name, price in prices.items():
        path, written = ("price", name), table["price"][name]
        if "amount" in written and "steps" in written:
            yield Fault((*path, "steps"), '"amount" and "steps" exclude each other', "keep one of them", at_key=True)
        elif "amount" not in written and not written.get("steps"):
            yield Fault((*path, "amount"), 'missing key "amount" or "steps"', "a price has one of them", at_key=True)
        if not price.per:
            for key in ("steps", "every", "least", "most"):
                if key in written:
                    what = f'"{key}" needs a counted fact to go by'
                    yield Fault((*path, key), what, 'name it: per = "usage.calls"', at_key=True)
        if price.every < 1:
            yield Fault((*path, "every"), '"every" is at least 1')
        elif price.every > 1 and price.for_each > 1:
            yield Fault((*path, "every"), '"every" and "for_each" exclude each other', "begun lots, or parts of one")
        yield from _check_steps(price, path)
        yield from check_limits(price, path)


def _check_steps(price: Price, path: Path) -> Iterator[Fault]:
    """Steps rise, and only the last may be without a top; a lot lies in one step."""
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


def check_limits(limits: Price | BillingRules, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a least and a most: neither is negative, and the least is not above the most."""
    for name, limit in (("least", limits.least), ("most", limits.most)):
        if limit is not None and limit < 0:
            yield Fault((*path, name), f'"{name}" is negative')
    if limits.least is not None and limits.most is not None and limits.least > limits.most:
        yield Fault((*path, "most"), '"most" is below "least"')


def _check_missions(prices: Mapping[str, int], missions: Iterable[str] | None, path: Path) -> Iterator[Fault]:
    for mission, price in prices.items():
        if price < 0:
            yield Fault((*path, mission), f'the price for "{mission}" is negative')
    if missions is None:
        return
    known = list(missions)
    for mission in prices:
        if mission not in known:
            what = f'the offer has no mission "{mission}"'
            yield Fault((*path, mission), what, did_you_mean(mission, known), at_key=True)
    for mission in known:
        if mission not in prices:
            yield Fault((*path, mission), f'there is no price for the mission "{mission}"')
