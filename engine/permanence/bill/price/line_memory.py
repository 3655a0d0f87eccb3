"""Lines that were worked out before: a month prices each distinct case of a line once, whoever has it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from attrs import define, evolve, field, fields

from ...model.contract import Contract, OptionTaken
from ...model.decision import Decision
from ...model.facts import FactValue
from ...model.invoice import ChargeLine
from ...model.served import Served
from .priced_month import PricedMonth

Work = Callable[[PricedMonth, Decision], Iterable[ChargeLine]]
OF_NO_PRICE = {
    Contract: (
        *("id", "customer", "digest", "quote", "fingerprint", "lines", "signed", "live", "notice", "note", "events"),
        *("lines_changed", "slips", "place", "options"),
    ),
    OptionTaken: ("id", "since", "until", "of", "digest", "signed", "place"),
    Served: ("contract", "offer", "served", "_month_days", "_trial_rules", "floor", "missing", "taxed_in"),
}
"""What no line hangs on: who the customer is, and dates, which the days of service have. All else may change a price.

Of a contract's options, those days and how often they begin are looked at. What came of past months is not remembered.
"""
PRICED = {
    kind: tuple(one.name for one in fields(kind) if one.name not in left_out) for kind, left_out in OF_NO_PRICE.items()
}


class FactsRead(Mapping[str, FactValue]):
    """Facts that note which of them are read; whoever goes through them reads them all."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self.facts = facts
        self.read: dict[str, None] = {}

    def __getitem__(self, name: str) -> FactValue:
        self.read[name] = None
        return self.facts[name]

    def __iter__(self) -> Iterator[str]:
        self.read.update(dict.fromkeys(self.facts))
        return iter(self.facts)

    def __len__(self) -> int:
        self.read.update(dict.fromkeys(self.facts))
        return len(self.facts)


@define(eq=False)
class Cases:
    """Lines by the values of the facts that some of their like have read so far."""

    names: tuple[str, ...] = ()
    lines: dict[tuple[FactValue | None, ...], tuple[ChargeLine, ...]] = field(factory=dict)

    def values(self, facts: Mapping[str, FactValue]) -> tuple[FactValue | None, ...]:
        """Return what tells some facts apart, as far as is known."""
        return tuple([facts.get(name) for name in self.names])

    def take(self, lines: tuple[ChargeLine, ...], facts: FactsRead) -> None:
        """Remember lines; where they read facts that none had read before, the others are forgotten."""
        more = tuple(name for name in facts.read if name not in self.names)
        if more:
            self.names, self.lines = (*self.names, *more), {}
        self.lines[self.values(facts.facts)] = lines


@define(eq=False)
class LineMemory:
    """The lines of one month by all that they hang on: the offer, the rule, what was chosen, days, and facts read.

    That an option's ``charge`` is a function of the month that it gets is what this rests on.
    """

    _cases: dict[Hashable, Cases] = field(factory=dict)
    _last: tuple[PricedMonth | None, Hashable] = (None, None)

    def lines(self, month: PricedMonth, decision: Decision, work: Work) -> Iterable[ChargeLine]:
        """Return what a rule charges for a month; ``work`` is asked for what is not known yet.

        A month in parts, and one that rests on past months, is worked out by itself.
        """
        if month.counts is not month.facts or month.served.floor:
            return work(month, decision)
        if self._last[0] is not month:
            self._last = month, _hangs_on(month)
        like = (self._last[1], decision.rule.id, decision.facts, _option(month, decision.rule.then.charge))
        cases = self._cases.get(like)
        if cases is None:
            cases = self._cases[like] = Cases()
        found = cases.lines.get(cases.values(month.facts))
        if found is None:
            facts = FactsRead(month.facts)
            found = tuple(work(evolve(month, facts=facts, counts=facts, memory=None), decision))
            cases.take(found, facts)
        return found


def _hangs_on(month: PricedMonth) -> Hashable:
    served, rules, whole = month.served, month.served.trial_rules, (month.month.period,)
    days = (month.billed, served.served, served.month_days)
    return (
        month.offer.edition,
        None if all(one.periods == whole for one in days) else days,
        (rules.trial_billed, rules.trial_calls),
        _priced(Contract, served.contract),
        _priced(Served, served),
        (served.chosen, tuple(served.quantities.values()), served.discounts, served.agreed),
    )


def _option(month: PricedMonth, charge: str) -> Hashable:
    """Return what lines of an option hang on besides: its days, how often it begins, and what was agreed for it."""
    kind, _, name = charge.partition(".")
    if kind != "option":
        return None
    taken = (_priced(OptionTaken, one) for one in month.contract.options if one.id == name)
    served = month.served
    return served.held.get(name), served.starts_of(name), served.quantity_of(name), tuple(taken)


def _priced(kind: type, one: Any) -> tuple[Any, ...]:
    values = (getattr(one, name) for name in PRICED[kind])
    return tuple([tuple(sorted(value.items())) if isinstance(value, Mapping) else value for value in values])
