"""What is wrong with an option's steps and shares: they rise, and a share is of something else that is charged."""

from collections.abc import Iterator, Mapping

import attrs

from ...model.fault import Fault
from ...model.offer import Offer
from ...model.problem import did_you_mean
from .option_prices import prices_by_count
from .share import ALL, SUMS
from .stepped import step_faults


def option_faults(offer: Offer, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the table of an option; what its plugin raises is told by who asks it for its prices."""
    try:
        yield from _step_faults(offer, name)
        yield from _share_faults(offer, name)
    except Exception:
        return


def _step_faults(offer: Offer, name: str) -> Iterator[Fault]:
    own = {field.name for field in attrs.fields(type(offer.options[name]))}
    for price in prices_by_count(offer, name):
        for fault in step_faults(price, ("option", name)):
            yield fault if "steps" in own else attrs.evolve(fault, path=("option", name))
        for key in ("included", "every", "for_each"):
            if getattr(price, key) < (0 if key == "included" else 1):
                path = ("option", name, key) if key in own else ("option", name)
                yield Fault(path, f'"{key}" is {"negative" if key == "included" else "at least 1"}')


def _share_faults(offer: Offer, name: str) -> Iterator[Fault]:
    option, path = offer.options[name], ("option", name)
    if option.percent is None and option.of:
        yield Fault((*path, "of"), '"of" needs a per cent', 'write percent = "25"', at_key=True)
    if option.percent is not None and not option.of:
        hint = 'write of = ["subscription"], ["price.<id>"] … or ["all"]'
        yield Fault((*path, "of"), "a per cent is of something", hint, at_key=True)
    known = (*SUMS, ALL, *_charged(offer))
    shares = _shares(offer)
    for code in shares.get(f"option.{name}", ()):
        if code not in known:
            what = f'"{code}" is nothing that the offer charges'
            yield Fault((*path, "of") if code in option.of else path, what, did_you_mean(code, known))
    if _comes_back(shares, f"option.{name}"):
        what = f'the per cent of the option "{name}" is, by way of others, of itself'
        yield Fault((*path, "of") if option.of else path, what, "let it be of something else")


def _charged(offer: Offer) -> Iterator[str]:
    yield from (name for name in ("bands", "package", "plan") if getattr(offer, name, None))
    yield from (f"price.{name}" for name in offer.prices)
    yield from (f"option.{name}" for name in offer.options)


def _shares(offer: Offer) -> Mapping[str, tuple[str, ...]]:
    """Return what each share is of, by what rules write to charge it."""
    found = {f"price.{name}": price.of for name, price in offer.prices.items() if price.of}
    for name, option in offer.options.items():
        if of := tuple(code for price in option.prices() for code in price.base):
            found[f"option.{name}"] = of
    return found


def _comes_back(shares: Mapping[str, tuple[str, ...]], start: str) -> bool:
    seen, left = set[str](), list(shares.get(start, ()))
    while left:
        code = left.pop()
        if code == start:
            return True
        if code not in seen:
            seen.add(code)
            left += shares.get(code, ())
    return False
