"""What is wrong with the form of an offer's prices, whatever their way of pricing, and with what rules charge."""

from collections.abc import Collection, Iterator

from attrs import evolve

from ...model.fault import Fault
from ...model.offer import Offer
from ...model.problem import KeyPath, did_you_mean
from .advance_faults import advance_faults
from .quoted_price import limit_faults
from .registry import MODELS, code_of, priced

OF_OFFERS = tuple(dict.fromkeys(model.kind for model in MODELS if model.is_table and model.kind != "option"))
"""The tables that make an offer's prices, by the first words of what rules charge."""


def price_faults(offer: Offer, wrong: Collection[KeyPath]) -> Iterator[Fault]:
    """Yield what is wrong with an offer's prices; what stands at the ``wrong`` paths has its fault already."""
    if ("offer", "mission") in wrong:
        offer = evolve(offer, head=evolve(offer.head, mission=()))
    yield from limit_faults(offer.billing, ("billing",))
    for model, name in priced(offer):
        yield from model.faults(offer, name)
    yield from _charges(offer, wrong)
    yield from advance_faults(offer)


def _charges(offer: Offer, wrong: Collection[KeyPath]) -> Iterator[Fault]:
    """Yield what is charged and does not exist, and what has a price and is never charged."""
    unread = [_code(path) for path in wrong if path]
    known = [*(code_of(model, name) for model, name in priced(offer)), *unread]
    if not any(code.partition(".")[0] in OF_OFFERS for code in known):
        yield Fault((), "there are neither [bands] nor a [plan.…], a [package] or a [price.…]", "an offer has a price")
    charged = {rule.then.charge for rule in offer.rules if rule.then.charge}
    for number, rule in enumerate(offer.rules):
        if rule.then.charge and rule.then.charge not in known:
            path = ("rule", number, "then", "charge")
            yield Fault(path, f'there is no "{rule.then.charge}" to charge', did_you_mean(rule.then.charge, known))
    if any(path[:1] == ("rule",) for path in wrong):
        return
    for model, name in priced(offer):
        code = code_of(model, name)
        if code not in charged and model.kind != "option":
            hint = f'add a [[rule]] on = "month" with then = {{ charge = "{code}" }}'
            yield Fault(tuple(code.split(".", 1)), f'no rule charges "{code}"', hint, at_key=True)


def _code(path: KeyPath) -> str:
    return (
        ".".join(str(key) for key in path if isinstance(key, str)) if path[0] in ("price", "option") else str(path[0])
    )
