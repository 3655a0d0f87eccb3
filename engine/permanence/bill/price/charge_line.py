"""A charge as a line of the invoice, with the facts that it read."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from ...model.decision import Decision
from ...model.facts import FactValue
from ...model.invoice import ChargeLine
from ...model.money import Micros, amount_of
from ...model.option import Charge
from ...model.words.lines import (
    days_in_words,
)
from .priced_month import PricedMonth


def monthly_line(
    month: PricedMonth, decision: Decision, label: str, unit_price: Micros, sentence: str, *, prorate: bool = True
) -> ChargeLine:
    """Return a price by the month as a line, for the days that are charged."""
    days, of_days = month.share if prorate else (1, 1)
    charge = Charge(label=label, quantity=1, unit_price=unit_price, unit="mois", days=days, of_days=of_days)
    return charge_line(decision, charge, sentence + days_in_words(month.billed, days, of_days))


def reading(decision: Decision, facts: Mapping[str, FactValue], *names: str) -> Decision:
    """Return a decision with the facts that its price reads besides those that its condition read."""
    known = dict(decision.facts)
    more = [(name, facts.get(name, 0)) for name in names if name not in known]
    return evolve(decision, facts=(*decision.facts, *more)) if more else decision


def decided_together(decisions: Sequence[Decision]) -> Decision:
    """Return what a rule decided in several parts of a month as one; a fact that differs has each of its values."""
    if len(decisions) == 1:
        return decisions[0]
    values: dict[str, dict[FactValue, None]] = {}
    for name, value in (fact for decision in decisions for fact in decision.facts):
        values.setdefault(name, {})[value] = None
    return evolve(decisions[0], facts=tuple((name, _told(tuple(each))) for name, each in values.items()))


def _told(values: Sequence[FactValue]) -> FactValue:
    return values[0] if len(values) == 1 else ", ".join(map(str, values))


def is_whole(charge: Charge | ChargeLine) -> bool:
    """Tell whether a charge is a monthly price that does not follow the days: it is due once a month."""
    return charge.unit == "mois" and charge.of_days == 1


def charge_line(decision: Decision, charge: Charge, sentence: str) -> ChargeLine:
    """Return a charge as a line of the invoice, its amount rounded once."""
    return ChargeLine(
        code=decision.rule.then.charge,
        label=charge.label,
        quantity=charge.quantity,
        unit=charge.unit,
        unit_price=charge.unit_price,
        for_each=charge.for_each,
        days=charge.days,
        of_days=charge.of_days,
        amount=amount_of(charge.quantity, charge.unit_price, charge.days, charge.of_days, charge.for_each),
        decision=decision,
        sentence=sentence,
    )
