"""What is wrong with an option's steps and shares: they rise, and a share is of something else that is charged."""

from collections.abc import Iterator

import attrs

from ...model.charged import ALL, SUMS, chargeable
from ...model.fault import Fault
from ...model.money import WHOLE
from ...model.offer import Offer
from ...model.option_asked import priced_by_count
from ...model.option_failed import OptionFailed
from ...model.problem import did_you_mean
from .share import circle_faults, shares_of
from .stepped import step_faults


def option_faults(offer: Offer, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the table of an option; what its plugin raises is told by who asks it for its prices."""
    try:
        yield from _step_faults(offer, name)
        yield from _share_faults(offer, name)
    except OptionFailed:
        return


def _step_faults(offer: Offer, name: str) -> Iterator[Fault]:
    own = {field.name for field in attrs.fields(type(offer.options[name]))}
    for price in priced_by_count(offer.options[name]):
        for fault in step_faults(price, ("option", name)):
            yield fault if "steps" in own else attrs.evolve(fault, path=("option", name))
        for key in ("included", "every", "for_each"):
            if getattr(price, key) < (0 if key == "included" else 1):
                path = ("option", name, key) if key in own else ("option", name)
                yield Fault(path, f'"{key}" is {"negative" if key == "included" else "at least 1"}')


def _is_written(offer: Offer, path: tuple[str, ...]) -> bool:
    """Tell whether a key is there, such as one that could not be read."""
    return offer.places.key_place(path) != offer.places.key_place(path[:-1])


def _share_faults(offer: Offer, name: str) -> Iterator[Fault]:
    option, path = offer.options[name], ("option", name)
    if option.percent is None and option.of and not _is_written(offer, (*path, "percent")):
        yield Fault((*path, "of"), '"of" needs a per cent', 'write percent = "25"', at_key=True)
    if option.percent is not None and not option.of:
        hint = 'write of = ["subscription"], ["price.<id>"] … or ["all"]'
        yield Fault((*path, "of"), "a per cent is of something", hint, at_key=True)
    if option.percent is not None and option.percent < -WHOLE:
        yield Fault((*path, "percent"), "it takes off more than the whole", "-100 at the most")
    known = (*SUMS, ALL, *chargeable(offer))
    for code in shares_of(option):
        if code not in known:
            what = f'"{code}" is nothing that the offer charges'
            yield Fault((*path, "of") if code in option.of else path, what, did_you_mean(code, known))
    yield from circle_faults(offer, f"option.{name}", (*path, "of") if option.of else path)
