"""An option that an offer names and nobody can ask: who has it waits, and everybody else is billed as ever."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any, NoReturn, cast

from attrs import frozen

from .facts import FactField
from .option import Option
from .option_failed import Unusable
from .problem import Problem
from .scalars import Words

DECLARED = ("label", "counts", "about", "measures", "several", "credit", "counted_in", "units")
"""What the stand-in of a class that is known declares too, beside its facts: it is told by the same words."""
UNKNOWN = "option"
"""What the class of a stand-in is called."""


def _refuse(self: "UnusableOption", *_: object) -> NoReturn:
    raise Unusable(self.why)


@frozen(kw_only=True)
class UnusableOption(Option):
    """Stands where an option cannot be used, and says ``why`` whatever it is asked."""

    why: str = ""

    widen = measure = prices = priced = promises = check_contract = charge = cast(Any, _refuse)


def stand_in(
    name: str, why: str, kind: type[Option] | None, facts: Iterable[FactField], keys: Mapping[str, Any]
) -> UnusableOption:
    """Return what stands in an option's place: its name and facts, and what the ``keys`` say that all have."""
    made = _class_of(name, cast(Hashable, kind), tuple(kind.facts if kind else facts))
    return made(why=why, **keys)


@cache
def _class_of(name: str, kind: Hashable, facts: tuple[FactField, ...]) -> type[UnusableOption]:
    declared: dict[str, Any] = {attribute: getattr(kind, attribute) for attribute in DECLARED} if kind else {}
    body = {"label": Words(name), **declared, "id": name, "facts": facts, "__module__": __name__}
    return frozen(kw_only=True)(type(UNKNOWN, (UnusableOption,), body))


def told(problem: Problem) -> str:
    """Return what is wrong and what to do, for who is told of it elsewhere than at its place."""
    return f"{problem.what} ({problem.hint})" if problem.hint else problem.what


def unusable(options: Mapping[str, Option]) -> Mapping[str, UnusableOption]:
    """Return those of some options that cannot be used, by name."""
    return {name: option for name, option in options.items() if isinstance(option, UnusableOption)}
