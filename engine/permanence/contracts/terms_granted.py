"""What a customer is granted after the signature, or no more: discounts, agreed prices, instructions, by their days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from attrs import evolve

from ..model.contract import Contract, Dated
from ..model.history import Settled
from ..model.instruction import Instruction
from ..model.own_terms import AgreedPrice, Discount
from ..model.problem import Place

Ended = TypeVar("Ended", Discount, Instruction)
Placed = TypeVar("Placed", AgreedPrice, Instruction)


def ended(contract: Contract, held: Sequence[Ended], subject: str, since: date) -> list[Ended]:
    """Return what a contract has, that of one subject ended from a day on; what would begin later has no day at all.

    All keep their places: invoices number discounts by them.
    """
    found = []
    for one in held:
        period = contract.period_of(one)
        holds = one.subject == subject and (period.end is None or max(period.start, since) < period.end)
        found.append(evolve(one, until=max(period.start, since)) if holds else one)
    return found


def in_their_place(contract: Contract, held: Sequence[Placed], new: Placed, since: date) -> list[Placed]:
    """Return what a contract has with one more from a day on, up to one for which another is: it ends what it excludes.

    The same, where one that holds says so already.
    """
    found: list[Placed] = []
    ends = [new.until]
    for one in held:
        period = contract.period_of(one)
        if not one.excludes(new):
            found.append(one)
        elif since not in period:
            found.append(one)
            ends.append(one.since)
        elif (one.said, one.until) == (new.said, new.until):
            return list(held)
        elif period.start < since:
            found.append(evolve(one, until=since))
    until = min((day for day in ends if day and day > since), default=None)
    found.append(evolve(new, since=since, until=until))
    return found


def place_granted(settled: Iterable[Settled], own: Dated | None, *, last: bool) -> Place | None:
    """Return where the event stands that granted something, or ended it on its ``last`` day; None where none did."""
    found = None
    for one in settled:
        event = one.event
        if last and isinstance(own, Discount | Instruction) and _ends(one, own):
            return event.place
        granted = event.discount or event.agreed or event.instruction
        if granted and own and evolve(granted, since=one.since, until=own.until) == own:
            found = event.place
    return found


def _ends(settled: Settled, own: Discount | Instruction) -> bool:
    event, kind = settled.event, "discount_ended" if isinstance(own, Discount) else "instruction_ended"
    return event.what == kind and (event.name, settled.since) == (own.subject, own.until)
