"""The facts of each contract's month, for monthly rules to read."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..model.facts import FactValue
from ..model.period import Month
from ..model.served import Served
from ..model.usage import Numbers, WordColumn
from .term import Term

Facts = dict[str, FactValue]
Columns = Mapping[str, Numbers | WordColumn]


def month_facts(served: Served, month: Month, counts: Mapping[str, int]) -> Facts:
    """Return the facts of one contract's month, from its calendar and from what was counted."""
    contract, term, first = served.contract, Term(served.contract, served.offer.term), served.served.start
    return {
        "contract.active": 1,
        "contract.in_trial": int(term.in_trial(first)),
        "contract.first_month": int(contract.start in month.period),
        "contract.months": term.months_by(first),
        "contract.days": served.served.days,
        "mission": contract.mission,
        "customer.kind": contract.customer.kind,
        "customer.region": contract.customer.region,
        **{f"option.{name}": 0 for name in served.offer.options},
        **{f"option.{name}": 1 for name, _ in served.held},
        **counts,
    }


def notice_facts(term: Term) -> Facts:
    """Return the facts of a notice, on the day it was received.

    Raises ValueError when the contract has received none.
    """
    day = term.contract.notice
    if day is None:
        raise ValueError(f"contract {term.contract.id} has received no notice")
    return {
        "notice.received": 1,
        "notice.in_time": int(term.notice_in_time(day)),
        "contract.in_trial": int(day < term.trial_end),
        "contract.renewed": int(term.renewed(day)),
        "customer.kind": term.contract.customer.kind,
    }


def as_columns(rows: Sequence[Facts], names: Iterable[str]) -> Columns:
    """Return some facts of many contracts as columns: numbers and yes/no as integers, words as codes."""
    columns: dict[str, Numbers | WordColumn] = {}
    for name in names:
        if isinstance(rows[0][name], str):
            columns[name] = WordColumn.of([str(row[name]) for row in rows])
        else:
            columns[name] = np.fromiter((int(row[name]) for row in rows), np.int64, len(rows))
    return columns
