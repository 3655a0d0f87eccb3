"""Prices that are others for contracts that have an option or a window: by its name, or by several together."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
TOGETHER = "+"


def names_in(tables: Iterable[str]) -> frozenset[str]:
    """Return the options and windows that tables are named by: each alone, or ``a+b``."""
    return frozenset(name for table in tables for name in table.split(TOGETHER))


def of_hours(tables: Mapping[str, T], hours: frozenset[str]) -> T | None:
    """Return the table for who has some options and windows, None where none of them has one.

    Raises KeyError where several of them have one each, and none together.
    """
    if not tables:
        return None
    mine = hours & names_in(tables)
    if not mine:
        return None
    for name, table in tables.items():
        if mine == names_in((name,)):
            return table
    raise KeyError(TOGETHER.join(sorted(mine)))
