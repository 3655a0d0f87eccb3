"""Coverage watches each test for some seconds, all of its cases together: what runs unwatched could only add to it.

Watched, the engine takes three times as long. What is reported is at most too low.
"""

import signal
import sys
from collections import defaultdict
from collections.abc import Generator
from threading import current_thread, main_thread
from time import process_time
from types import FrameType

import pytest

OF_ALL, OF_ONE = 4.0, 1.2
"""The seconds of CPU time for which all cases of a test are watched, and one of them."""
WATCHED: dict[str, float] = defaultdict(float)


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
    left = min(OF_ONE, OF_ALL - WATCHED[test])
    began = process_time()
    try:
        if left > 0:
            signal.setitimer(signal.ITIMER_VIRTUAL, left)
        else:
            sys.settrace(None)
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        WATCHED[test] += min(process_time() - began, OF_ONE)
        sys.settrace(watcher)
