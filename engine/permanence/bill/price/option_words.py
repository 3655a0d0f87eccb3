"""What an option promises, and how many of it a contract has, in words."""

from collections.abc import Iterator

from ...model.option import Charge, Option
from ...model.option_asked import promised
from ...model.scalars import Words
from ...model.units import unit_named
from ...model.words.phrases import said


def option_promises(option: Option) -> Iterator[Words]:
    """Yield what an option promises besides, a sentence for each."""
    for promise in promised(option):
        yield said("{}, {}.", "{}, {}.", option.words, promise)


def quantity_sentence(option: Option, charge: Charge) -> str:
    """Return how many of an option a monthly price is charged for, empty for one that is held once."""
    unit = type(option).several
    if not unit or charge.unit != "mois":
        return ""
    words = unit_named(unit, type(option).units)
    named = (words.several if charge.quantity > 1 else words.one).fr
    return f" Quantité : {charge.quantity} {named}."
