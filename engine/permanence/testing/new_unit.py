"""What a new option's uses are called, one and several, in French and in English: a unit that is known, or its own."""

import re
from collections.abc import Iterator

from ..model.option_sense import unit_fault
from ..model.problem import Place, Problem
from ..model.units import UNITS, written_otherwise

FORMS = "one and several, in French, then in English: `--unit-words 'colis, colis, parcel, parcels'`"
WORD = re.compile(r"[^\W\d_][\w '-]{0,12}")
"""A word of a unit: five of them are in one line of a module."""


def has_words(unit: str) -> bool:
    """Tell whether the words of a unit are known, or those of the one that is meant."""
    return unit in UNITS or bool(written_otherwise(unit))


def unit_words(typed: str) -> tuple[str, ...]:
    """Return the four words of a unit of the option's own, as they are typed with commas."""
    return tuple(word.strip() for word in typed.split(",")) if typed.strip() else ()


def unit_problems(option: str, unit: str, typed: str, where: Place) -> Iterator[Problem]:
    """Yield what keeps a unit, with the words that are typed for it, from being that of an option."""
    words, fault, other = unit_words(typed), unit_fault(option, unit), written_otherwise(unit)
    if words and not fault:
        yield Problem(where, f'the words of the unit "{unit}" are known', "leave --unit-words out")
    elif fault and other:
        yield Problem(where, fault, f'write "{other}"')
    elif words and not (len(words) == 4 and all(map(WORD.fullmatch, (unit, *words)))):
        yield Problem(where, f'"{typed}" are no words of the unit "{unit}"', f"say {FORMS}")
    elif fault and not words:
        yield Problem(where, fault, f"say {FORMS}; known are {', '.join(UNITS)}")
