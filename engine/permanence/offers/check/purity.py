"""Watches that code reads no clock, chance, file, network, process or environment while it runs: what does is told."""

import os
import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from threading import get_ident
from types import FrameType, ModuleType
from typing import Any

CLOCKS = set("time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time localtime sleep".split())
TODAY = {"now", "today", "utcnow"}
SYSTEM = {"posix": "the system", "nt": "the system", "_socket": "the network", "_sqlite3": "a database"}
HARMLESS, BITS = {"fspath"}, {"urandom", "getrandom"}
EVENTS = {"open": "a file", "socket": "the network", "subprocess": "another process", "sqlite3": "a database"}
ENVIRONMENT = frozenset(
    getattr(type(os.environ), name).__code__ for name in ("__getitem__", "__iter__", "__len__") if os.environ
)
"""What is run by whatever reads a variable of the environment."""
OTHERS = (
    "importlib.",
    "_frozen_importlib",
    "hypothesis.",
    "logging",
    "warnings",
    "linecache",
    "zoneinfo",
    "permanence.cli.",
)
"""Modules that open files and read clocks on their own account: for an import, for what they tell, for a zone."""


class Impure(Exception):  # noqa: N818 - named after what it is
    """What was read that a bill must not hang on."""


class _Watch:
    """Whether somebody watches, and in which thread: what audits Python's doors cannot be taken away again."""

    thread = 0
    set_up = False
    top: FrameType | None = None
    """Where those are who ask what is watched."""
    read = ""
    """What was read last, which the code may have kept to itself."""


@contextmanager
def watched() -> Iterator[None]:
    """Raise Impure in the code within as soon as it reads what no bill may hang on, and behind it where it was kept."""
    if not _Watch.set_up:
        sys.addaudithook(partial(_audited, _Watch, EVENTS))  # it is called up to the end, when globals are gone
        _Watch.set_up = True
    before = sys.getprofile()
    _Watch.thread, _Watch.read, _Watch.top = get_ident(), "", sys._getframe(2)
    sys.setprofile(_called)
    try:
        yield
    finally:
        _Watch.thread, _Watch.top = 0, None
        sys.setprofile(before if callable(before) else None)  # a profiler written in C cannot be put back
    if _Watch.read:
        raise Impure(_Watch.read)


def _audited(watch: type[_Watch], events: Mapping[str, str], event: str, _arguments: tuple[Any, ...]) -> None:
    if not watch.thread:
        return
    what = events.get(event.partition(".")[0])
    if what and watch.thread == get_ident() and not _is_others(sys._getframe(1)):
        raise _impure(f"{what} ({event})")


def _called(frame: FrameType, event: str, function: Any) -> None:
    if event == "c_call" and (what := _read_by(function)) and not _is_others(frame):
        raise _impure(f"{what} ({function.__qualname__})")
    if event == "call" and frame.f_code in ENVIRONMENT and not _is_others(frame):
        raise _impure("the environment (os.environ)")


def _impure(what: str) -> Impure:
    _Watch.read = what
    return Impure(what)


def _is_others(frame: FrameType | None) -> bool:
    """Tell whether code runs on somebody else's account: for an import, which opens files, or for who tries it."""
    while frame and frame is not _Watch.top:
        if frame.f_globals.get("__name__", "").startswith(OTHERS):
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
