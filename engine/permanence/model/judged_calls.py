"""Calls as an option is asked about them: with the window in which each falls, and the wall clock of its offer."""

from collections.abc import Callable

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .clock import MINUTE, stretches
from .usage import Calls, ChosenCalls, Numbers, Rows, WordColumn

Positions = NDArray[np.intp]


@frozen(eq=False)
class Whereabouts:
    """What is known of calls once an offer has judged them, for some of them by position; worked out when asked for.

    ``window`` is the one in which each falls, ``instant`` the one at which that was looked up, in UTC seconds: when it
    arrived, or when it was answered. ``zone`` is that of the offer.
    """

    window: Callable[[Positions], WordColumn]
    instant: Callable[[Positions], Numbers]
    zone: str


class JudgedCalls(ChosenCalls):
    """Some of many calls, with what is known of them once they are judged."""

    def __init__(self, calls: Calls, rows: Positions, judged: Whereabouts) -> None:
        super().__init__(calls, rows)
        self.__dict__["_judged"] = judged

    @property
    def window(self) -> WordColumn:
        """Return, per call, the window in which it falls; none outside all windows."""
        judged: Whereabouts = self.__dict__["_judged"]
        return judged.window(self.__dict__["_rows"])

    @property
    def local_seconds(self) -> Numbers:
        """Return, per call, the seconds since 1970 on the wall clock of the offer."""
        judged: Whereabouts = self.__dict__["_judged"]
        if "_local" not in self.__dict__:
            self.__dict__["_local"] = on_the_wall(judged.instant(self.__dict__["_rows"]), judged.zone)
        local: Numbers = self.__dict__["_local"]
        return local

    def take(self, rows: Rows) -> "JudgedCalls":
        """Return some of the calls, judged as they are."""
        return JudgedCalls(self.__dict__["_calls"], self.__dict__["_rows"][rows], self.__dict__["_judged"])

    def chosen(self, rows: Positions) -> "JudgedCalls":
        """Return some of the calls, by position, judged as they are."""
        return self.take(rows)


def on_the_wall(instants: Numbers, zone: str) -> Numbers:
    """Return UTC seconds as seconds since 1970 on a zone's wall clock, which shows those of one autumn hour twice."""
    if not len(instants):
        return instants
    minutes = instants // MINUTE
    pieces = list(stretches(int(minutes.min()), int(minutes.max()) + 1, zone))
    begins, ahead = (np.array([piece[i] for piece in pieces], np.int64) for i in (0, 2))
    local: Numbers = instants + MINUTE * ahead[np.searchsorted(begins, minutes, side="right") - 1]
    return local
