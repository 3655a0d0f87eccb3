"""Coverage watches the first cases of each test, for a second each: what runs unwatched could only add to it.

Watched, the engine takes three times as long. A branch that a test takes at all, it takes in its first cases; what is
reported is at most too low.
"""

import signal
import sys
from collections import Counter
from collections.abc import Generator
from threading import current_thread, main_thread
from types import FrameType

import pytest

CASES, SECONDS = 3, 1.0
"""So many cases of each test are watched, for so many seconds of CPU time each."""
WATCHED = Counter[str]()


def pytest_configure() -> None:
    """Stop watching when a test's seconds are over."""
    if current_thread() is main_thread():
        signal.signal(signal.SIGVTALRM, _unwatched)


def _unwatched(number: int, frame: FrameType | None) -> None:
    sys.settrace(None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test watched by coverage, where that watches at all, or not."""
    watcher = sys.gettrace()
    if watcher is None or current_thread() is not main_thread():
        return (yield)
    test = item.nodeid.partition("[")[0]
    WATCHED[test] += 1
    try:
        if WATCHED[test] > CASES:
            sys.settrace(None)
        else:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        sys.settrace(watcher)
