"""That a command waits for another one: who that is, and who is told, as whoever runs it has said."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

TELLS_AFTER = 2.0
"""Seconds that a command waits in silence."""


class Bystander(Protocol):
    """Who knows the processes of the machine, and is told that one is waited for."""

    def who_holds(self, path: str) -> str:
        """Return which process holds a database or a folder: its command, its user and since when; or nothing."""

    def tell(self, path: str, who: str) -> None:
        """Tell that a command waits for who holds it."""


_bystander: ContextVar[Bystander | None] = ContextVar("bystander", default=None)


@contextmanager
def waits_told_to(bystander: Bystander) -> Iterator[None]:
    """Tell somebody for whom commands wait while the block works."""
    token = _bystander.set(bystander)
    try:
        yield
    finally:
        _bystander.reset(token)


def who_holds(path: str) -> str:
    """Return who holds a database or a folder: ``another command`` where nobody can say."""
    bystander = _bystander.get()
    return (bystander.who_holds(path) if bystander else "") or "another command"


def tell_of_waiting(path: str) -> None:
    """Tell for whom a command waits that has waited in silence until now."""
    if bystander := _bystander.get():
        bystander.tell(path, who_holds(path))
