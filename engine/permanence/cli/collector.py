"""Python's cycle collector, and when to let it rest."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Leave Python's cycle collector off while the block works.

    A month's bills are a million small values without one cycle: the collector would walk them again and again
    and find nothing, for about a quarter of all CPU time; and for a twentieth of a start. Whatever goes on until it is
    ended puts it back to work: `collector_at_work`.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collector_at_work() -> None:
    """Let Python's cycle collector go about its work, for what goes on for hours, or takes in any number of records."""
    gc.enable()
