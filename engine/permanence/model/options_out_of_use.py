"""An offer of which some options cannot be used: something stands in their place, and the rest is as it was."""

from collections.abc import Iterable

import attrs
from attrs import evolve

from .offer import Offer
from .option import Option
from .problem import OptionProblem, Problem, errors
from .unusable_option import UnusableOption, stand_in, told


def with_unusable(offer: Offer, problems: Iterable[Problem]) -> Offer:
    """Return an offer in which something stands in the place of each option of which a problem is no warning."""
    why: dict[str, str] = {}
    for problem in errors(problems):
        for name in problem.options if isinstance(problem, OptionProblem) else ():
            if name in offer.options and not isinstance(offer.options[name], UnusableOption):
                why.setdefault(name, told(problem))
    if not why:
        return offer
    stand_ins = {name: _in_place_of(offer.options[name], one) for name, one in why.items()}
    return evolve(offer, options={**offer.options, **stand_ins})


def _in_place_of(option: Option, why: str) -> UnusableOption:
    keys = {field.name: getattr(option, field.name) for field in attrs.fields(Option)}
    return stand_in(option.id, why, type(option), (), keys)
