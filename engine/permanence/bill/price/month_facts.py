"""The facts of each contract's month, for monthly rules to read."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...contracts.term import Term
from ...model.facts import COUNTED, PLAN, SUSPENDED_DAYS, WINDOW, FactValue
from ...model.offer import Offer
from ...model.period import Month
from ...model.quantity import LINES_HELD, QUANTITY
from ...model.served import Served
from ...model.usage import Numbers, WordColumn

Facts = dict[str, FactValue]
Columns = Mapping[str, Numbers | WordColumn]


def _term(served: Served) -> Term:
    return Term(served.contract, served.trial_rules)


def _months(served: Served) -> int:
    by_day = served.offer.billing.seniority == "by_day"
    return _term(served).months_by(served.served.start if by_day else served.month_days.start)


CALENDAR: Mapping[str, Callable[[Served, Month], FactValue]] = {
    "contract.active": lambda _served, _month: 1,
    "contract.in_trial": lambda served, _: int(_term(served).in_trial(served.month_days.start)),
    "contract.first_month": lambda served, month: int(served.contract.start in month.period),
    "contract.last_month": lambda served, _: int(served.ending is not None),
    "contract.ended_by": lambda served, _: served.ending.by if served.ending else "",
    "contract.ended_early": lambda served, _: int(served.ending is not None and served.ending.early),
    "contract.months": lambda served, _: _months(served),
    "contract.days": lambda served, _: served.month_days.days,
    SUSPENDED_DAYS: lambda served, _: sum(map(served.offer.billing.days_of, served.paused.periods)),
    "mission": lambda served, _: served.contract.mission,
    PLAN: lambda served, _: served.contract.plan,
    LINES_HELD: lambda served, _: served.quantities[LINES_HELD],
    "customer.kind": lambda served, _: served.contract.customer.kind,
    "customer.region": lambda served, _: served.contract.customer.region,
    "history.floor": lambda served, _: served.floor.up_to if served.floor else 0,
}
"""The facts that a contract's own dates, words and lines give, or its past months, without any call of the month."""


@frozen(eq=False)
class FactsAsked:
    """Facts of an offer's months by where they come from: what is looked up once, however many have the offer.

    ``options`` has the fact of each option, ``without`` those facts of a contract that has none.
    """

    calendar: tuple[tuple[str, Callable[[Served, Month], FactValue]], ...]
    counted: frozenset[str]
    windows: tuple[tuple[str, str], ...]
    quantities: tuple[str, ...]
    options: Mapping[str, str]
    without: Mapping[str, int]

    @classmethod
    def of(cls, offer: Offer, needed: Collection[str] | None = None) -> "FactsAsked":
        """Return the ``needed`` facts of an offer, all where that is None, with the quantities that it prices."""
        names = tuple(_every(offer) if needed is None else needed)
        options = {name: f"option.{name}" for name in offer.options}
        options = {name: fact for name, fact in options.items() if needed is None or fact in needed}
        quantities = (*(name for name in names if name.startswith(QUANTITY)), *offer.quantities_priced)
        return cls(
            calendar=tuple((name, CALENDAR[name]) for name in names if name in CALENDAR),
            counted=frozenset(name for name in names if name.startswith(COUNTED)),
            windows=tuple((name, name.removeprefix(WINDOW)) for name in names if name.startswith(WINDOW)),
            quantities=tuple(dict.fromkeys(quantities)),
            options=options,
            without=dict.fromkeys(options.values(), 0),
        )

    def of_month(self, served: Served, month: Month, counts: Mapping[str, int]) -> Facts:
        """Return these facts of one contract's month, with all that was counted.

        What was not counted, because no contract has the option that counts it, is 0.
        """
        facts: Facts = {"mission": served.contract.mission, **counts}
        if served.floor:
            facts["history.floor"] = served.floor.up_to
        for name, fact in self.calendar:
            facts[name] = fact(served, month)
        if not self.counted <= counts.keys():
            facts.update((name, 0) for name in sorted(self.counted - counts.keys()))
        for name, window in self.windows:
            facts[name] = int(served.takes(window))
        for name in self.quantities:
            facts[name] = served.quantities[name]
        if self.options:
            facts |= self.without
            for option in served.held_in_month:
                if option in self.options:
                    facts[self.options[option]] = 1
        return facts


def month_facts(
    served: Served, month: Month, counts: Mapping[str, int], needed: Collection[str] | None = None
) -> Facts:
    """Return the facts of one contract's month: what was counted, what was chosen, and what its calendar gives.

    Of the calendar's facts, the windows, the quantities and the options only the ``needed`` ones are worked out, and
    the quantities that a price multiplies; all when that is None.
    """
    return FactsAsked.of(served.offer, needed).of_month(served, month, counts)


def _every(offer: Offer) -> Iterator[str]:
    """Yield the facts that a contract's month has under an offer, without any call, whether or not a rule reads it."""
    yield from (name for name in CALENDAR if name != PLAN or offer.plans)
    yield from (f"{WINDOW}{window.id}" for window in offer.coverage.windows)
    yield from (f"{QUANTITY}{name}" for name in offer.quantities)


def as_columns(rows: Sequence[Facts], names: Iterable[str]) -> Columns:
    """Return some facts of many contracts as columns: numbers and yes/no as integers, words as codes."""
    columns: dict[str, Numbers | WordColumn] = {}
    for name in names:
        if isinstance(rows[0][name], str):
            columns[name] = WordColumn.of([str(row[name]) for row in rows])
        else:
            columns[name] = np.array([row[name] for row in rows], np.int64)
    return columns
