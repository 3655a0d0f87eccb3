"""What an example's invoice has of the month after it: what is due in advance, in place of what was billed before."""

from collections.abc import Mapping

from attrs import evolve

from ...bill.price.advance import Advance, Ahead, charges_ahead, lines_ahead, with_advance
from ...bill.price.month_facts import month_facts
from ...bill.price.month_lines import month_lines
from ...bill.price.priced_month import PricedMonth
from ...contracts.trial import billed_days
from ...decide.decider import Decider
from ...model.facts import COUNTED, FactValue
from ...model.invoice import ChargeLine
from ...model.period import Period

OF_ITS_MONTH = ("contract.", "usage.", "window.")
"""Facts of an example's month that the next one has of itself; what was chosen is chosen for it too."""
Lines = tuple[ChargeLine, ...]


def with_next_month(lines: Lines, month: PricedMonth, decider: Decider, given: Mapping[str, FactValue]) -> Lines:
    """Return the lines of an example's invoice from those of its month, where its offer has prices due in advance.

    Of its first month nothing was billed before; a quiet contract goes on, unless it is the last month.
    """
    offer = month.offer
    if not charges_ahead(offer):
        return lines
    first, last = month.facts.get("contract.first_month"), given.get("contract.last_month")
    before = Ahead() if first else Ahead(tuple(lines_ahead(lines, [offer])))
    ahead = Ahead() if last else Ahead(_next_lines(month, decider, given))
    return with_advance(lines, [offer], Advance(before, ahead))


def _next_lines(month: PricedMonth, decider: Decider, given: Mapping[str, FactValue]) -> Lines:
    after = month.month.next
    served = evolve(
        month.served, served=Period(month.contract.start) & after.period, month_days=None, occurred=(), ending=None
    )
    counts = {name: 0 for name in month.facts if name.startswith(COUNTED)}
    chosen = {name: value for name, value in given.items() if not name.startswith((*OF_ITS_MONTH, *COUNTED))}
    if "contract.months" in given:
        chosen["contract.months"] = int(given["contract.months"]) + 1
    facts = {**month_facts(served, after, counts), **chosen, "customer.region": month.contract.customer.region}
    charges = charges_ahead(month.offer)
    decisions = tuple(
        decider.decision(rule, facts) for rule in decider.decide("month", facts) if rule.then.charge in charges
    )
    priced = evolve(month, served=served, month=after, billed=billed_days(served), facts=facts, counts=facts)
    return tuple(lines_ahead(month_lines([(priced, decisions)]), [month.offer])) if decisions else ()
