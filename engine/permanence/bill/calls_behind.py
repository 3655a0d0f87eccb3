"""The calls behind one contract's month, one by one, as the present rules see them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..contracts.book import Book
from ..model.forgotten import caller_shown
from ..model.outcome import Outcome
from ..model.period import Month
from ..model.records import Records
from ..model.usage import Calls, Numbers
from .measure.call_rules import Judged
from .month import JudgedMonth, measure_month

Record = dict[str, Any]


def calls_behind(
    book: Book, month: Month, contract: str, records: Records, callers_of: Callable[[Sequence[int]], Mapping[int, str]]
) -> Sequence[Record]:
    """Return every call of a contract's month in order of arrival, with outcome, reason, window and marks.

    ``records`` are those of the month's calls, ``callers_of`` gives the numbers that called by that of a call's
    first record. Where the offer says what a conversation is billed as, a call has that too: 0 for one that is not
    counted. Callers' numbers are cut to their first five characters: they are personal data.
    """
    measured = measure_month(book, month, records)
    rows = rows_by_contract(measured, [contract])[contract]
    found = calls_told(book, measured, rows, callers_of)
    lengths, served = measured.counted.lengths, measured.roster.served
    if lengths is not None and any(one.offer.duration for one in served if one.contract.id == contract):
        billed = np.where(measured.judged.classified.counted[rows], lengths[rows], 0)
        found = [{**record, "billed_seconds": one} for record, one in zip(found, billed.tolist(), strict=True)]
    return found


def calls_by_contract(
    book: Book,
    month: Month,
    records: Records,
    contracts: Collection[str],
    callers_of: Callable[[Sequence[int]], Mapping[int, str]],
) -> Iterator[tuple[str, Sequence[Record]]]:
    """Yield some contracts in service in a month, each with its calls in order of arrival, as `calls_behind` has them.

    The month is measured once for all of them.
    """
    measured = measure_month(book, month, records, chosen=contracts)
    for name, rows in rows_by_contract(measured, contracts).items():
        yield name, calls_told(book, measured, rows, callers_of)


def rows_by_contract(month: JudgedMonth, contracts: Collection[str]) -> Mapping[str, Numbers]:
    """Return the calls of each of some contracts in a judged month, by position, in rising order."""
    place = {name: number for number, name in enumerate(dict.fromkeys(contracts))}
    places = np.array([*(place.get(one.contract.id, -1) for one in month.roster.served), -1], np.int64)
    whose = places[month.judged.classified.contract]
    mine = np.flatnonzero(whose >= 0)
    ends = np.cumsum(np.bincount(whose[mine], minlength=len(place)))
    parts = np.split(mine[np.argsort(whose[mine], kind="stable")], ends[:-1])
    return dict(zip(place, parts, strict=False))


def calls_told(
    book: Book, measured: JudgedMonth, rows: Numbers, callers_of: Callable[[Sequence[int]], Mapping[int, str]]
) -> Sequence[Record]:
    """Return some calls of a measured month, by position, each with what became of it; callers' numbers are cut."""
    calls, zone = measured.calls, ZoneInfo(book.zone)
    callers = callers_of(calls.row[rows].tolist())
    return [_record(calls, measured.judged, row, callers.get(int(calls.row[row]), ""), zone) for row in rows.tolist()]


def _record(calls: Calls, judged: Judged, row: int, caller: str, zone: ZoneInfo) -> Record:
    classified = judged.classified
    window = int(classified.window[row])
    return {
        "call": int(calls.row[row]),
        "records": int(calls.records[row]),
        "arrived": datetime.fromtimestamp(int(calls.start[row]), zone).isoformat(sep=" "),
        "caller": f"{caller_shown(caller)[:5].removesuffix('…')}…" if caller else "",
        "wait_seconds": int(calls.wait[row]),
        "talk_seconds": int(calls.talk[row]),
        "outcome": Outcome(int(classified.outcome[row])).name.lower(),
        "reason": classified.reasons[int(classified.reason[row])],
        "window": classified.windows[window] if window >= 0 else "",
        "marks": judged.marks[row],
    }
