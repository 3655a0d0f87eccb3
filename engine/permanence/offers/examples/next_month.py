"""What an example's invoice has of the month after it: what is due in advance, in place of what was billed before."""

from collections.abc import Mapping

from attrs import evolve

from ...bill.price.advance import AHEAD_OF_TIME, Advance, Ahead, charges_ahead, lines_ahead, with_advance
from ...bill.price.month_facts import month_facts
from ...bill.price.month_lines import month_lines
from ...bill.price.priced_month import PricedMonth
from ...contracts.trial import billed_days
from ...decide.decider import Decider
from ...model.due import MONTHS_AT_ONCE, DueTime
from ...model.facts import COUNTED, FactValue
from ...model.invoice import ChargeLine
from ...model.period import Month, Period

OF_ITS_MONTH = ("contract.", "usage.", "window.")
"""Facts of an example's month that the next one has of itself; what was chosen is chosen for it too."""
Lines = tuple[ChargeLine, ...]


def with_next_month(lines: Lines, month: PricedMonth, decider: Decider, given: Mapping[str, FactValue]) -> Lines:
    """Return the lines of an example's invoice from those of its month, where its offer has prices due before it.

    Of its first month nothing was billed before; a quiet contract goes on, unless it is the last month. Of a year that
    is due at once, any other month stands as if it were due by itself: what it costs.
    """
    offer = month.offer
    if not charges_ahead(offer):
        return lines
    first, last = month.facts.get("contract.first_month"), given.get("contract.last_month")
    before = Ahead() if first else Ahead(_without_use(month, decider))
    ahead = Ahead()
    for due in () if last else AHEAD_OF_TIME:
        for number in range(1, _months_ahead(due, bool(first))):
            ahead += Ahead(_later_lines(month, decider, given, due, number))
    return with_advance(lines, [offer], Advance(before, ahead))


def _months_ahead(due: DueTime, first: bool) -> int:
    """Return how many months stand on the invoice of a month, itself included where it is the first."""
    return 2 if due == "in_advance" else MONTHS_AT_ONCE[due] if first else 1


def _later_lines(
    month: PricedMonth, decider: Decider, given: Mapping[str, FactValue], due: DueTime, months: int
) -> Lines:
    """Return what a month costs, so many months later, that is due on an example's invoice."""
    charges = charges_ahead(month.offer)
    if due not in charges.values():
        return ()
    after = Month.numbered(month.month.number + months)
    served = evolve(
        month.served, served=Period(month.contract.start) & after.period, month_days=None, occurred=(), ending=None
    )
    counts = {name: 0 for name in month.facts if name.startswith(COUNTED)}
    chosen = {name: value for name, value in given.items() if not name.startswith((*OF_ITS_MONTH, *COUNTED))}
    if "contract.months" in given:
        chosen["contract.months"] = int(given["contract.months"]) + months
    facts = {**month_facts(served, after, counts), **chosen, "customer.region": month.contract.customer.region}
    later = evolve(month, served=served, month=after, billed=billed_days(served), facts=facts, counts=facts)
    return _due(later, decider, due)


def _without_use(month: PricedMonth, decider: Decider) -> Lines:
    """Return what of an example's month was billed with the month before: what it costs without any use."""
    facts = {name: 0 if name.startswith(COUNTED) else value for name, value in month.facts.items()}
    return _due(evolve(month, facts=facts, counts=facts), decider, "in_advance")


def _due(month: PricedMonth, decider: Decider, due: DueTime) -> Lines:
    charges, held = charges_ahead(month.offer), decider.decide("month", month.facts)
    decisions = tuple(decider.decision(rule, month.facts) for rule in held if charges.get(rule.then.charge) == due)
    return tuple(lines_ahead(month_lines([(month, decisions)]), [month.offer], [due])) if decisions else ()
