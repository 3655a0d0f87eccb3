"""How many cases are tried of a property or a table: few whenever all tests run, far more with SOAK=1."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def drawn(few: int) -> int:
    """Return how many cases are drawn where so few are enough whenever all tests run."""
    return 10 * few if "SOAK" in os.environ else few


def some_of(cases: Sequence[T], few: int) -> Sequence[T]:
    """Return every nth of many cases that are made by a rule, about so many; with SOAK=1 all of them."""
    return cases if "SOAK" in os.environ else cases[:: max(1, len(cases) // few)]
