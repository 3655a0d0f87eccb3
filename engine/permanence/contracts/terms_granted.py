"""What is granted to a customer after the signature, or ends sooner: his discounts and agreed prices, by their days."""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve

from ..model.contract import Contract, Dated
from ..model.history import Settled
from ..model.own_terms import AgreedPrice, Discount
from ..model.problem import Place


def discounts_ended(contract: Contract, discounts: Sequence[Discount], why: str, since: date) -> list[Discount]:
    """Return discounts, those of one reason ended from a day on; one that would begin later has no day at all.

    All keep their places, by which invoices number them.
    """
    found = []
    for one in discounts:
        period = contract.period_of(one)
        holds = one.subject == why and (period.end is None or max(period.start, since) < period.end)
        found.append(evolve(one, until=max(period.start, since)) if holds else one)
    return found


def prices_agreed(
    contract: Contract, agreed: Sequence[AgreedPrice], price: AgreedPrice, since: date
) -> list[AgreedPrice]:
    """Return agreed prices with one more from a day on: up to a day for which another is, it ends the one before it."""
    found = list(agreed)
    mine = [one for one in agreed if one.subject == price.subject]
    holds = next((one for one in mine if since in contract.period_of(one)), None)
    if holds and holds.amount == price.amount and holds.until == price.until:
        return found
    if holds:
        number = found.index(holds)
        begun = contract.period_of(holds).start < since
        found[number : number + 1] = [evolve(holds, until=since)] if begun else []
    ends = [day for day in (price.until, *(one.since for one in mine)) if day and day > since]
    return [*found, evolve(price, since=since, until=min(ends, default=None))]


def place_granted(settled: Iterable[Settled], own: Dated | None, *, last: bool) -> Place | None:
    """Return where the event stands that granted something, or ended it on its ``last`` day; None where none did."""
    found = None
    for one in settled:
        if last and isinstance(own, Discount) and _ends(one, own):
            return one.event.place
        granted = one.event.discount or one.event.agreed
        if granted and isinstance(own, type(granted)) and (own.since, own.why) == (one.since, granted.why):
            found = one.event.place
    return found


def _ends(settled: Settled, own: Discount) -> bool:
    event = settled.event
    return event.what == "discount_ended" and (event.name, settled.since) == (own.subject, own.until)
