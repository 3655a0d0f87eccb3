"""Coverage watches a test while that adds to what is covered: what runs unwatched could only add to it.

Watched, the engine takes three times as long. What is reported is at most too low.
"""

import signal
import sys
from collections import defaultdict
from collections.abc import Generator
from threading import current_thread, main_thread
from time import process_time
from types import FrameType
from typing import Any

import pytest
from coverage import Coverage

OF_ALL, OF_ONE = 4.0, 1.2
"""The seconds of CPU time for which all cases of a test are watched, and one of them."""
IN_VAIN = {"test": 3, "file": 25}
"""After so many in turn that added nothing, no further case of a test is watched, and no further test of a file."""
WATCHED: dict[str, float] = defaultdict(float)
ADDED_NOTHING: dict[str, int] = defaultdict(int)


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
    file, test = item.nodeid.partition("::")[0], item.nodeid.partition("[")[0]
    left = min(OF_ONE, OF_ALL - WATCHED[test])
    if ADDED_NOTHING[test] >= IN_VAIN["test"] or ADDED_NOTHING[file] >= IN_VAIN["file"]:
        left = 0
    covered, began = _covered() if left > 0 else 0, process_time()
    try:
        if left > 0:
            signal.setitimer(signal.ITIMER_VIRTUAL, left)
        else:
            sys.settrace(None)
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        WATCHED[test] += min(process_time() - began, OF_ONE)
        if left > 0:
            in_vain = _covered() == covered
            for name in (file, test):
                ADDED_NOTHING[name] = ADDED_NOTHING[name] + 1 if in_vain else 0
        sys.settrace(watcher)


def _covered() -> int:
    """Return how many steps from line to line have been seen so far in this process."""
    watching: Any = Coverage.current()
    return sum(map(len, watching._collector.data.values()))
