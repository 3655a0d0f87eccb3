"""The facts of each contract's month, for monthly rules to read."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np

from ...contracts.term import Term
from ...model.facts import COUNTED, FactValue
from ...model.period import Month
from ...model.served import Served
from ...model.usage import Numbers, WordColumn

Facts = dict[str, FactValue]
Columns = Mapping[str, Numbers | WordColumn]


def _term(served: Served) -> Term:
    return Term(served.contract, served.trial_rules)


CALENDAR: Mapping[str, Callable[[Served, Month], FactValue]] = {
    "contract.active": lambda _served, _month: 1,
    "contract.in_trial": lambda served, _: int(_term(served).in_trial(served.month_days.start)),
    "contract.first_month": lambda served, month: int(served.contract.start in month.period),
    "contract.months": lambda served, _: _term(served).months_by(served.month_days.start),
    "contract.days": lambda served, _: served.month_days.days,
    "mission": lambda served, _: served.contract.mission,
    "customer.kind": lambda served, _: served.contract.customer.kind,
    "customer.region": lambda served, _: served.contract.customer.region,
    "history.floor": lambda served, _: served.floor.up_to if served.floor else 0,
}
"""The facts that a contract's own dates and words give, or its past months, without any call of the month."""


def month_facts(
    served: Served, month: Month, counts: Mapping[str, int], needed: Collection[str] | None = None
) -> Facts:
    """Return the facts of one contract's month: what was counted, the mission, and what its calendar gives.

    Of the calendar's facts and the options only the ``needed`` ones are worked out, all when that is None. What was
    not counted, because no contract has the option that counts it, is 0.
    """
    facts: Facts = {"mission": served.contract.mission, **counts}
    if served.floor:
        facts["history.floor"] = served.floor.up_to
    for name in CALENDAR if needed is None else needed:
        if name in CALENDAR:
            facts[name] = CALENDAR[name](served, month)
        elif name.startswith(COUNTED):
            facts.setdefault(name, 0)
    for name in served.offer.options:
        if needed is None or f"option.{name}" in needed:
            facts[f"option.{name}"] = int(name in served.held_in_month)
    return facts


def as_columns(rows: Sequence[Facts], names: Iterable[str]) -> Columns:
    """Return some facts of many contracts as columns: numbers and yes/no as integers, words as codes."""
    columns: dict[str, Numbers | WordColumn] = {}
    for name in names:
        if isinstance(rows[0][name], str):
            columns[name] = WordColumn.of([str(row[name]) for row in rows])
        else:
            columns[name] = np.fromiter((int(row[name]) for row in rows), np.int64, len(rows))
    return columns
