"""Permanence: the face for plugin authors. A plugin imports from here and nowhere deeper."""

from attrs import frozen

from .hookspecs import hookimpl
from .model.coverage import CoverageWindow
from .model.facts import FactField
from .model.keys import key
from .model.money import Micros
from .model.offer import Offer
from .model.option import Charge, Option, OptionKind, OptionMonth
from .model.price_list import QuotedPrice
from .model.problem import Place, Problem
from .model.scalars import Days, Hours, Words
from .model.usage import Calls, Flags

__all__ = [
    "Calls",
    "Charge",
    "CoverageWindow",
    "Days",
    "FactField",
    "Flags",
    "Hours",
    "Micros",
    "Offer",
    "Option",
    "OptionKind",
    "OptionMonth",
    "Place",
    "Problem",
    "QuotedPrice",
    "Words",
    "frozen",
    "hookimpl",
    "key",
]
