"""Decisions become charge lines: what a rule charges, at the offer's price, for the days of a month that it charges."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from attrs import frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from .as_agreed import agreed_for, told_as_agreed
from .charge_line import decided_together
from .limit import Limit
from .priced_month import PricedMonth, joined
from .registry import model_of
from .share import Share

Part = tuple[PricedMonth, tuple[Decision, ...]]
"""A part of a month, and the rules that hold in it."""


def charged_alike(parts: Sequence[Part]) -> Iterator[tuple[PricedMonth, Decision]]:
    """Yield each rule with the parts of a month that it charges at one price, as one: what is rounded is rounded once.

    Rules stand in the order of the parts in which they first hold, then of the decisions. Those of another version of
    an offer are another text, and lines of their own.
    """
    if len(parts) == 1:
        ((month, decisions),) = parts
        yield from ((month, decision) for decision in decisions)
        return
    rules: dict[Hashable, dict[Hashable, list[tuple[PricedMonth, Decision]]]] = {}
    for month, decisions in parts:
        for decision in decisions:
            charge = decision.rule.then.charge
            same_rule = rules.setdefault((month.offer.digest, decision.rule.id, charge), {})
            same_rule.setdefault(_alike(month, charge), []).append((month, decision))
    for together in (together for same_rule in rules.values() for together in same_rule.values()):
        yield joined([month for month, _ in together]), decided_together([decision for _, decision in together])


@frozen(eq=False)
class RuleCharges:
    """What a rule comes to in a month: its lines, whether each is due once a month, its shares and limits.

    ``decision`` is that the rule holds, ``band`` is the top of the band that is billed, where there is a line for one.
    """

    decision: Decision
    lines: tuple[ChargeLine, ...]
    once: tuple[bool, ...]
    shares: tuple[Share, ...]
    limits: tuple[Limit, ...]
    band: int | None

    def due(self, whole: set[str]) -> tuple[ChargeLine, ...]:
        """Return the lines that are due beside those of a month that is due once, by code; its own become such."""
        if not any(self.once):
            return self.lines
        due = [line for line, once in zip(self.lines, self.once, strict=True) if not (once and line.code in whole)]
        whole.update(line.code for line, once in zip(self.lines, self.once, strict=True) if once)
        return tuple(due)


def charge_lines(month: PricedMonth, decisions: tuple[Decision, ...]) -> tuple[ChargeLine, ...]:
    """Return the lines of days that are priced as one, in the order of the decisions.

    Raises Unpriceable when the offer has no price for the count, OptionFailed when a plugin raises.
    """
    return tuple(line for decision in decisions for line in answer_of(month, decision).lines)


def answer_of(month: PricedMonth, decision: Decision) -> RuleCharges:
    """Return all that days which are priced as one come to by a rule.

    Raises Unpriceable when the offer has no price for the count, OptionFailed when a plugin raises.
    """
    return month.memory.answer(month, decision, _answer) if month.memory else _answer(month, decision)


def _answer(month: PricedMonth, decision: Decision) -> RuleCharges:
    charge = decision.rule.then.charge
    model, name = model_of(month.offer, charge)
    span = month.span
    lines = tuple([line.of_days_in(span) for line in model.lines(month, decision, name)])
    if month.agreed:
        lines = tuple(told_as_agreed(lines, month, decision, charge))
    return RuleCharges(
        decision=decision,
        lines=lines,
        once=tuple([model.whole(month.offer, name, line) for line in lines]),
        shares=tuple(model.shares(month, decision, name)),
        limits=tuple(model.limits(month, decision, name)),
        band=band_billed(month, lines),
    )


def band_billed(month: PricedMonth, lines: Iterable[ChargeLine]) -> int | None:
    """Return the top of the band that a month is billed by; None where no line is for one."""
    band = month.band if any(line.code == "bands" for line in lines) else None
    return band.up_to if band else None


def _alike(month: PricedMonth, charge: str) -> Hashable:
    model, name = model_of(month.offer, charge)
    alike = model.alike(month, name)
    return (alike, agreed_for(month, charge)) if month.served.contract.agreed else alike
