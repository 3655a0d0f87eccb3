"""What rules come to, as it was worked out before: a month prices each distinct case once, whoever has it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field, fields

from ...contracts.price_revisions import revision_case
from ...model.contract import Contract, OptionTaken
from ...model.decision import Decision
from ...model.served import Served
from .cases_priced import Cases, FactsRead
from .priced_month import PricedMonth

A = TypeVar("A")
OF_NO_PRICE = {
    Contract: (
        *("id", "customer", "digest", "quote", "fingerprint", "lines", "signed", "live", "notice", "notice_sent"),
        *(
            "note",
            "events",
            "lines_changed",
            "slips",
            "place",
            "options",
            "deposit",
            "instructions",
            "report",
            "alerts",
        ),
    ),
    OptionTaken: ("id", "since", "until", "of", "digest", "signed", "place"),
    Served: ("contract", "offer", "served", "_month_days", "_trial_rules", "floor", "missing", "taxed_in", "ending"),
}
"""What no line hangs on: who the customer is, and dates, which the days of service have. All else may change a price.

Of a contract's options, those days and how often they begin are looked at. What came of past months is not remembered.
"""
PRICED = {
    kind: tuple(one.name for one in fields(kind) if one.name not in left_out) for kind, left_out in OF_NO_PRICE.items()
}


@define(eq=False)
class LineMemory(Generic[A]):
    """What rules come to in one month, by all that it hangs on: the offer, the rule, the choices, days, facts read.

    That an option's ``charge`` is a function of the month that it gets is what this rests on.
    """

    _known: dict[tuple[int, str], Cases[A]] = field(factory=dict)
    _likes: dict[Hashable, int] = field(factory=dict)
    _of_case: dict[tuple[int, str], int] = field(factory=dict)
    _months: dict[int, Hashable] = field(factory=dict)

    def answer(self, month: PricedMonth, decision: Decision, work: Callable[[PricedMonth, Decision], A]) -> A:
        """Return what a rule comes to in a month; ``work`` is asked for what is not known yet.

        A month in parts, and one that rests on past months, is worked out by itself.
        """
        if month.counts is not month.facts or month.served.floor:
            return work(month, decision)

        def worked_out(facts: FactsRead) -> A:
            facts.note(name for name, _ in decision.facts)
            return work(evolve(month, facts=facts, counts=facts, memory=None), decision)

        return self.cases(month, decision).of(month.facts, worked_out)

    def cases(self, month: PricedMonth, decision: Decision) -> Cases[A]:
        """Return what a rule came to in all months that differ from one in nothing but facts."""
        like = self._like(month, decision.rule.then.charge), decision.rule.id
        return self._known.setdefault(like, Cases())

    def _like(self, month: PricedMonth, charge: str) -> int:
        """Return a number that months share which have all in common that what is charged hangs on, but for facts."""
        known = None if month.case is None else self._of_case.get((month.case, charge))
        if known is None:
            known = self._likes.setdefault((self._hangs_on(month), _option(month, charge)), len(self._likes))
            if month.case is not None:
                self._of_case[month.case, charge] = known
        return known

    def _hangs_on(self, month: PricedMonth) -> Hashable:
        if month.case is None:
            return _hangs_on(month)
        if month.case not in self._months:
            self._months[month.case] = _hangs_on(month)
        return self._months[month.case]


def _hangs_on(month: PricedMonth) -> Hashable:
    served, rules, whole = month.served, month.served.trial_rules, (month.month.period,)
    days = (month.billed, served.served, served.month_days)
    return (
        month.offer.edition,
        None if all(one.periods == whole for one in days) else days,
        (rules.trial_billed, rules.trial_calls, rules.trial_usage),
        revision_case(served.offer, served.contract) if served.offer.series else (),
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
