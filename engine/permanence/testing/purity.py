"""Watches that code reads no clock, chance, file, network or process while it runs: what does is told."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType, ModuleType
from typing import Any

CLOCKS = set("time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time localtime sleep".split())
TODAY = {"now", "today", "utcnow"}
SYSTEM = {"posix": "the system", "nt": "the system", "_socket": "the network", "_sqlite3": "a database"}
HARMLESS, BITS = {"fspath"}, {"urandom", "getrandom"}
EVENTS = {"open": "a file", "socket": "the network", "subprocess": "another process", "sqlite3": "a database"}


WATCHER = f"{__package__}.kept"
"""Who asks what is watched."""


class Impure(Exception):  # noqa: N818 - named after what it is
    """What was read that a bill must not hang on."""


class _Watch:
    """Whether somebody watches: what audits Python's doors cannot be taken away again."""

    on = False
    set_up = False
    read = ""
    """What was read last, which the code may have kept to itself."""


@contextmanager
def watched() -> Iterator[None]:
    """Raise Impure in the code within as soon as it reads a clock, chance, a file, the network or a process."""
    if not _Watch.set_up:
        sys.addaudithook(_audited)
        _Watch.set_up = True
    before = sys.getprofile()
    _Watch.on, _Watch.read = True, ""
    sys.setprofile(_called)
    try:
        yield
    finally:
        sys.setprofile(before)
        _Watch.on = False
    if _Watch.read:
        raise Impure(_Watch.read)


def _audited(event: str, _arguments: tuple[Any, ...]) -> None:
    what = EVENTS.get(event.partition(".")[0])
    if _Watch.on and what and not _is_others(sys._getframe(1)):
        raise _impure(f"{what} ({event})")


def _called(frame: FrameType, event: str, function: Any) -> None:
    if event == "c_call" and (what := _read_by(function)) and not _is_others(frame):
        raise _impure(f"{what} ({function.__qualname__})")


def _impure(what: str) -> Impure:
    _Watch.read = what
    return Impure(what)


def _is_others(frame: FrameType | None) -> bool:
    """Tell whether code runs for an import, which opens files, or for who tries the option."""
    if frame and frame.f_globals.get("__name__", "").startswith("hypothesis."):
        return True
    while frame and frame.f_globals.get("__name__") != WATCHER:
        if frame.f_globals.get("__name__", "").startswith(("importlib.", "_frozen_importlib")):
            return True
        frame = frame.f_back
    return False


def _read_by(function: Any) -> str:
    """Return what a function of C's reads that no bill may hang on, nothing where it reads none."""
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if isinstance(owner, ModuleType):
        if owner.__name__ == "time" and name in CLOCKS:
            return "a clock"
        return "chance" if name in BITS else SYSTEM.get(owner.__name__, "") if name not in HARMLESS else ""
    if isinstance(owner, type):
        return "a clock" if issubclass(owner, date) and name in TODAY else ""
    if isinstance(owner, random.Random) or type(owner).__module__.startswith("numpy.random"):
        return "chance"
    return ""
