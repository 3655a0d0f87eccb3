"""What occurred to a contract in a month and has a price: each once, in the part of the month that its day lies in."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from ..model.contract import Contract
from ..model.event import Event
from ..model.period import Month
from ..model.served import Served


def occurred_in(contract: Contract, month: Month) -> tuple[Event, ...]:
    """Return what occurred to a contract in a month, by day."""
    found = (event for event in contract.events if event.what == "occurred" and event.on in month.period)
    return tuple(sorted(found, key=lambda event: (event.on, event.order, event.why)))


def with_occurrences(parts: Sequence[Served], contract: Contract, month: Month) -> Iterator[Served]:
    """Yield the parts of a contract's month, each with what occurred in it.

    What occurred on a day without service is of the part before it, or of the first.
    """
    found = occurred_in(contract, month) if contract.events else ()
    if not found:
        yield from parts
        return
    of_part = [max((n for n, part in enumerate(parts) if part.served.start <= one.on), default=0) for one in found]
    for number, part in enumerate(parts):
        mine = tuple(one for one, where in zip(found, of_part, strict=True) if where == number)
        yield evolve(part, occurred=mine, month_days=part.month_days) if mine else part
