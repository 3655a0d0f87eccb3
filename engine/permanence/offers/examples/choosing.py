"""What the contract of an example chooses of the offer, and the examples of who chose so."""

from collections.abc import Mapping

from attrs import evolve

from ...model.chosen import Chosen
from ...model.example import Example
from ...model.facts import PLAN, WINDOW, FactValue
from ...model.money import Cents
from ...model.offer import Offer
from .played import BEFORE, example_contract


def chosen_of(offer: Offer, example: Example) -> Chosen:
    """Return what the contract of an example chose that the offer's prices hang on."""
    contract = example_contract(offer, example, BEFORE)
    windows = contract.windows or tuple(window.id for window in offer.coverage.windows)
    return Chosen(contract.mission, contract.plan, offer.priced_with.intersection((*windows, *example.options)))


def with_needed(offer: Offer, example: Example) -> Example:
    """Return an example whose contract has what its options need too, such as somebody could sign."""
    held = list(example.options)
    for name in held:
        needed = type(offer.options[name]).needs if name in offer.options else ()
        held += (other for other in needed if other in offer.options and other not in held)
    return example if len(held) == len(example.options) else evolve(example, options=tuple(held))


def facts_of(offer: Offer, chosen: Chosen) -> Mapping[str, FactValue]:
    """Return the facts of a month of who chose so, those that say whether an option or a window is there among them."""
    plan: Mapping[str, FactValue] = {PLAN: chosen.plan} if chosen.plan else {}
    windows = {window.id for window in offer.coverage.windows}
    hours = {f"{WINDOW}{name}": int(name in chosen.hours) for name in sorted(offer.priced_with & windows)}
    options = {f"option.{name}": 1 for name in offer.options if name in chosen.hours}
    return {"mission": chosen.mission, **plan, **hours, **options}


def quiet_month(offer: Offer, chosen: Chosen, counts: Mapping[str, int]) -> Example:
    """Return the example of a month of who chose so, with some counts and nothing else."""
    facts = {**facts_of(offer, chosen), **counts}
    given = {name: value for name, value in facts.items() if not name.startswith("option.")}
    return Example(
        title="", given=given, options=tuple(filter(chosen.hours.__contains__, offer.options)), total=Cents(0)
    )
