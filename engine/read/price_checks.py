"""What contradicts itself in the prices of a rule file: bands, packages and named prices."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ..model.offer import Bands, DurationRules, Package, Price, Rule
from ..model.option import Option
from ..model.problem import did_you_mean
from .faults import Fault, Notes
from .located_toml import Path

BILLED = "usage.billed_seconds"
DAY = 24 * 60 * 60


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


def check_duration(
    duration: DurationRules, prices: Iterable[Price], rules: Iterable[Rule], options: Iterable[Option]
) -> Iterator[Fault]:
    """Yield what is wrong with how calls are billed by their length, and that nothing asks for it."""
    for name, least in (("free", 0), ("first", 1), ("further", 1)):
        if not least <= getattr(duration, name) <= DAY:
            yield Fault(("duration", name), f'"{name}" is {least} to {DAY} seconds')
    asked = {*(price.per for price in prices), *(type(option).counts for option in options)}
    if BILLED not in asked and not any(BILLED in rule.when for rule in rules):
        hint = f'write per = "{BILLED}" in the [price.…] that is by length'
        yield Fault(("duration",), f'no price is per "{BILLED}", and no rule reads it', hint, at_key=True)


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
