"""Who looks how long options take: told when one is asked, when it has answered, and when another month begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Watch(Protocol):
    """Who looks how long options take."""

    def begins(self, option: str, module: str) -> None:
        """Note that an option of a module is asked."""

    def ends(self) -> None:
        """Note that it has answered, or failed."""

    def begins_month(self) -> None:
        """Note that another month begins."""


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Tell somebody when options are asked while the block works, and when they have answered."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def asked_for_a_month() -> None:
    """Tell who looks how long options take that another month begins."""
    if watch := _watch.get():
        watch.begins_month()


def who_watches() -> Watch | None:
    """Return who looks how long options take, None where nobody does."""
    return _watch.get()
