"""The calls of one day, customer by customer, as each is told of his own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from ..contracts.book import Book
from ..model.clock import midnight
from ..model.period import ONE_DAY
from .calls_behind import Record, calls_told, rows_by_contract
from .month import JudgedMonth


def calls_of_day(
    book: Book, measured: JudgedMonth, day: date, callers_of: Callable[[Sequence[int]], Mapping[int, str]]
) -> Mapping[str, Sequence[Record]]:
    """Return the calls that each contract in service on a day received in it, in order of arrival, with their reasons.

    A contract without a call that day has none of them. ``callers_of`` gives the numbers that called by that of a
    call's first record; they are cut.
    """
    there = [one.contract.id for one in measured.standing.served if day in one.served]
    found: dict[str, list[Record]] = {name: [] for name in there}
    start, contracts = measured.calls.start, measured.judged.classified.contract
    first, end = midnight(day, book.zone), midnight(day + ONE_DAY, book.zone)
    rows = np.flatnonzero((start >= first) & (start < end) & (contracts >= 0))
    rows = rows[np.argsort(start[rows], kind="stable")]
    for row, call in zip(rows.tolist(), calls_told(book, measured, rows, callers_of), strict=True):
        name = measured.roster.served[contracts[row]].contract.id
        if name in found:
            found[name].append(call)
    return found


def calls_of_contract(
    book: Book, measured: JudgedMonth, contract: str, callers_of: Callable[[Sequence[int]], Mapping[int, str]]
) -> Sequence[Record]:
    """Return the calls that a contract received in a month, in order of arrival, with their reasons."""
    rows = rows_by_contract(measured, [contract])[contract]
    rows = rows[np.argsort(measured.calls.start[rows], kind="stable")]
    return calls_told(book, measured, rows, callers_of)
