"""What a command has done so far, so that one which fails later can say so."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_deeds: ContextVar[dict[str, str] | None] = ContextVar("deeds", default=None)


@contextmanager
def noting() -> Iterator[Mapping[str, str]]:
    """Yield what is done while the block works: what became of each thing, by its name, in order."""
    deeds: dict[str, str] = {}
    token = _deeds.set(deeds)
    try:
        yield deeds
    finally:
        _deeds.reset(token)


def so_far() -> Mapping[str, str]:
    """Return what is done so far in the block that notes it."""
    return dict(_deeds.get() or {})


def note(thing: str, became: str) -> None:
    """Note what became of a thing, in place of what became of it before; nobody asks outside a command."""
    if (deeds := _deeds.get()) is not None:
        deeds.pop(thing, None)
        deeds[thing] = became


def forget(thing: str) -> None:
    """Forget a thing that is again as it was before the command."""
    if deeds := _deeds.get():
        deeds.pop(thing, None)
