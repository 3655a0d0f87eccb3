"""A bill worked out again from its capsule: rules and contract as they stood, and what was counted then."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from ..contracts.book import Book
from ..model.invoice import MonthRun
from ..model.outcome import Outcome
from ..model.period import Month
from ..model.problem import Place, Problem, Refused
from ..model.records import CallBatch, Records
from ..model.usage import Calls, UsageRow
from .floors import with_floors
from .month import measure_month, month_run, price_counted


@frozen(kw_only=True)
class Capsule:
    """What an invoice was worked out from besides rules and contract.

    ``counts`` are what was counted in each part of its month, ``past`` the calls of the months before, ``usage`` the
    calls behind it by kind: outcome, reason, window, its title, marks, calls, seconds of conversation.
    """

    contract: str
    month: Month
    counts: Sequence[Mapping[str, int]]
    past: Mapping[Month, int]
    usage: Sequence[tuple[str, str, str, str, str, int, int]]


def rebilled(book: Book, capsule: Capsule) -> MonthRun:
    """Return the month of a contract billed from its capsule: no call is read.

    ``book`` has the contract alone, with its offers. Raises Refused where the contract waits now, or is served in other
    parts of the month than then: what was counted in each cannot be told.
    """
    nothing = CallBatch(records=Records.alone(Calls.at(np.zeros(0, np.int64))), source="")
    measured = measure_month(book, capsule.month, nothing.records)
    for hold in measured.standing.holds:
        raise Refused([Problem(Place(hold.contract.id), f"it cannot be billed now: {hold.reason}")])
    past = {capsule.contract: capsule.past}
    roster = with_floors(book, capsule.month, measured.roster, past, measured.standing.histories)
    if len(roster.served) != len(capsule.counts):
        what = f"its month has {len(roster.served)} parts now, and had {len(capsule.counts)}"
        raise Refused([Problem(Place(f"{capsule.month}-{capsule.contract}"), what)])
    facts = [{**none, **counts} for none, counts in zip(measured.counted.facts, capsule.counts, strict=True)]
    counted = evolve(measured.counted, facts=facts, faults=roster.faults)
    billed = price_counted(book, capsule.month, measured, roster, counted)
    run = month_run(book, nothing, billed, capsule.month, past)
    usage = tuple(_row(capsule.contract, *row) for row in capsule.usage)
    return evolve(run, invoices=tuple(evolve(one, usage=usage) for one in billed.invoices))


def _row(contract: str, outcome: str, reason: str, window: str, _title: str, marks: str, *counts: int) -> UsageRow:
    calls, talked = counts
    return UsageRow(contract, Outcome[outcome.upper()], reason, window, marks, calls, talked)
