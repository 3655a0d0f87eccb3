"""Decisions become charge lines: what a rule charges, at the offer's price, for the days served."""

from collections.abc import Iterator

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from .models import model_of
from .priced_month import PricedMonth


def charge_lines(month: PricedMonth, decisions: tuple[Decision, ...]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month, in the order of the decisions.

    Raises Unpriceable when the offer has no price for the count, OptionFailed when a plugin raises.
    """
    return tuple(line for decision in decisions for line in _lines(month, decision))


def _lines(month: PricedMonth, decision: Decision) -> Iterator[ChargeLine]:
    model, name = model_of(decision.rule.then.charge)
    return model.lines(month, decision, name)
