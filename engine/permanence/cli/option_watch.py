"""How long options may take: one that is over it is named, and the command ends."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Thread, main_thread
from time import monotonic
from typing import NamedTuple

from ..model.option_watched import watched_by
from ..model.problem import Place, Problem
from .machine_settings import MachineSettings

SECONDS = 60.0
"""What one option may take in one month, all that it is asked together."""
GRACE = 5.0
"""Seconds from being told to stop until the process ends, whatever an option does."""
LOOKS = 0.2
HINT = "remove or mend that distribution"


class BeingAsked(NamedTuple):
    """An option that is being asked, and the module of its class; empty names while none is."""

    option: str = ""
    module: str = ""


NOBODY = BeingAsked()


class OptionWatch:
    """Looks, from a thread of its own, how long options take; the thread begins when the first is asked.

    An option that takes longer than it may in a month is interrupted as by Ctrl-C. One that goes on all the same takes
    the process with it, with exit code 1: what was not yet in a database is in none. ``record`` is told who is asked.
    """

    def __init__(self) -> None:
        self.overdue = NOBODY
        self.record: Callable[[str], None] | None = None
        self._asked, self._since = NOBODY, 0.0
        self._before: MachineSettings | None = None
        self._spent: dict[BeingAsked, float] = {}
        self._over, self._thread = Event(), Thread(target=self._look, name="option watch", daemon=True)

    def begins(self, option: str, module: str) -> None:
        """Note that an option of a module is asked."""
        if self._thread.ident is None:
            self._thread.start()
        self._before = self._before or MachineSettings.now()
        self._since, self._asked = monotonic(), BeingAsked(option, module)
        if self.record:
            self.record(f"{module} {option}")

    def ends(self) -> None:
        """Note that it has answered, or failed."""
        asked, self._asked = self._asked, NOBODY
        before, self._before = self._before, None
        if before:
            before.put_back()
        self._spent[asked] = self._spent.get(asked, 0.0) + monotonic() - self._since
        if self.record:
            self.record("")

    def begins_month(self) -> None:
        """Note that another month begins: each option has all of its seconds again."""
        self._spent = {}

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def problem(self) -> Problem:
        """Return that an option took too long, and whose it is."""
        what = f"the {whose(self.overdue)} has taken more than {SECONDS:g} seconds for one month"
        return Problem(Place("plugins"), what, HINT)

    def _look(self) -> None:
        while not self._over.wait(LOOKS):
            asked, since = self._asked, self._since
            if asked != NOBODY and self._spent.get(asked, 0.0) + monotonic() - since > SECONDS:
                self.overdue = asked
                signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)
                if not self._over.wait(GRACE) and (self._asked, self._since) == (asked, since):
                    if self.record:
                        self.record("")
                    print(f"{self.problem}\nnothing was done", file=sys.__stderr__, flush=True)
                    os._exit(1)
                return


_watch: ContextVar[OptionWatch | None] = ContextVar("option watch", default=None)


@contextmanager
def watching_options() -> Iterator[OptionWatch]:
    """Look how long options take while the block works."""
    watch = OptionWatch()
    token = _watch.set(watch)
    try:
        with watched_by(watch):
            yield watch
    finally:
        _watch.reset(token)
        watch.close()


def option_watch() -> OptionWatch | None:
    """Return who looks how long options take, None outside a command."""
    return _watch.get()


def whose(asked: BeingAsked) -> str:
    """Return an option with the distribution and version that its module is of, which take some time to be found."""
    from importlib.metadata import packages_distributions, version

    package = asked.module.partition(".")[0]
    known = packages_distributions().get(package)
    told = f"{known[0]} {version(known[0])}" if known else asked.module
    return f"option « {asked.option} » ({told})" if asked.option else f"plugin {told}"
