"""Permanence: the face for plugin authors. A plugin imports from here and nowhere deeper.

Each name is loaded when it is first asked for: a command, or a plugin that counts no calls, does not wait for numpy
(measured: 0.3 CPU seconds of each start).

What a plugin may rely on is on record in `tests/plugins/face.txt`. A name that is called otherwise from now on stays
until the version that is said beside it, and warns.
"""

import os
import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Numpy asks for huge pages by default, which the kernel has to put together as they are asked for: half a second of
# the seven that a month of five million calls took. It looks at this when it is loaded.
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")

if TYPE_CHECKING:
    from attrs import evolve, frozen

    from .hookspecs import hookimpl
    from .model.contract import Contract
    from .model.coverage import CoverageWindow
    from .model.facts import FactField
    from .model.keys import key
    from .model.money import Cents, Micros, PerCent
    from .model.offer import Offer
    from .model.option import ByMission, Charge, Option, OptionKind, OptionMonth
    from .model.price import Price, PriceStep
    from .model.price_list import QuotedPrice
    from .model.problem import Place, Problem
    from .model.scalars import Days, Hours, Words
    from .model.units import Unit
    from .model.usage import Calls, Flags, Measured

__version__ = "0.1.0"

__all__ = [
    "ByMission",
    "Calls",
    "Cents",
    "Charge",
    "Contract",
    "CoverageWindow",
    "Days",
    "FactField",
    "Flags",
    "Hours",
    "Measured",
    "Micros",
    "Offer",
    "Option",
    "OptionKind",
    "OptionMonth",
    "PerCent",
    "Place",
    "Price",
    "PriceStep",
    "Problem",
    "QuotedPrice",
    "Unit",
    "Words",
    "evolve",
    "frozen",
    "hookimpl",
    "key",
]

_PLACES = {
    "attrs": ("evolve", "frozen"),
    ".hookspecs": ("hookimpl",),
    ".model.contract": ("Contract",),
    ".model.coverage": ("CoverageWindow",),
    ".model.facts": ("FactField",),
    ".model.keys": ("key",),
    ".model.money": ("Cents", "Micros", "PerCent"),
    ".model.offer": ("Offer",),
    ".model.option": ("ByMission", "Charge", "Option", "OptionKind", "OptionMonth"),
    ".model.price": ("Price", "PriceStep"),
    ".model.price_list": ("QuotedPrice",),
    ".model.problem": ("Place", "Problem"),
    ".model.scalars": ("Days", "Hours", "Words"),
    ".model.units": ("Unit",),
    ".model.usage": ("Calls", "Flags", "Measured"),
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names}
_RENAMED: Mapping[str, tuple[str, str]] = {}
"""Former names, each with the name that it has now and the version in which the former one goes."""


def __getattr__(name: str) -> Any:
    """Return one of the names for plugin authors, a former one with a warning; raises AttributeError for any other."""
    if name in _RENAMED:
        now, gone = _RENAMED[name]
        what = f"permanence.{name} is called permanence.{now} now, and is gone in permanence {gone}"
        warnings.warn(what, DeprecationWarning, stacklevel=2)
        return __getattr__(now)
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULE_OF[name], __name__), name)
    return value


def __dir__() -> list[str]:
    """Return the names for plugin authors."""
    return sorted(__all__)
