"""Which months are to be done again, on every page: what is compared is handed in, since files are not read here."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from attrs import frozen

from ..model.basis import MonthsOutdated, Outdated
from ..model.words.outdated import outdated_in_words

Compare = Callable[[], MonthsOutdated]
"""Tells which months are to be done again; it is called in a thread of its own, and remembers what has not changed."""
HANDED_IN = "permanence_compare"
NAMED = 3
"""So many months are told on each page; the home page has them all."""


def nothing_compared() -> MonthsOutdated:
    """Return no month: nothing was handed in that could be compared."""
    return MonthsOutdated()


def hand_in(datasette: Any, compare: Compare) -> None:
    """Let an application's pages tell what a comparison finds."""
    setattr(datasette, HANDED_IN, compare)


@frozen
class ToBeDoneAgain:
    """The months that are to be done again, as the pages tell them, and whether that is all of them."""

    found: tuple[Outdated, ...]
    in_full: bool

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Return the latest months that are told on each page, each with its sentence."""
        return tuple((str(one.month), outdated_in_words(one)) for one in self.found[::-1][:NAMED])

    @property
    def others(self) -> int:
        """Return how many more there are."""
        return max(len(self.found) - NAMED, 0)

    def has(self, month: str) -> bool:
        """Tell whether a month is one of them."""
        return any(str(one.month) == month for one in self.found)

    def concerns(self, month: str, contract: str) -> bool:
        """Tell whether a contract's own bill of a month is among what changes."""
        return any(str(one.month) == month and one.concerns(contract) for one in self.found)


async def to_be_done_again(datasette: Any) -> ToBeDoneAgain:
    """Return the months that are to be done again; a comparison that fails goes to the log, and keeps no page back."""
    try:
        comparison: MonthsOutdated = await asyncio.to_thread(getattr(datasette, HANDED_IN, nothing_compared))
        return ToBeDoneAgain(comparison.outdated, comparison.in_full)
    except Exception:
        logging.getLogger(__name__).exception("the months could not be compared")
        return ToBeDoneAgain((), in_full=False)
