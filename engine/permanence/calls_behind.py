"""The calls behind one contract's month, one by one, as the present rules see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from .book import Book
from .call_sources import calls_between
from .judging import Judged, judge
from .model.period import Month
from .model.usage import Calls, Outcome
from .rate.clock import month_bounds
from .rate.durations import billed_lengths
from .rate.roster import make_roster
from .standing import standing_in
from .store.call_queries import calls_by_row
from .store.calls import open_calls

Record = dict[str, Any]


def calls_behind(book: Book, month: Month, contract: str, path: Path) -> Sequence[Record]:
    """Return every call of a contract's month in order of arrival, with outcome, reason, window and marks.

    Where the offer says what a conversation is billed as, a call has that too: 0 for one that is not counted.
    Callers' numbers are cut to their first five characters: they are personal data. Of Parquet files they are not
    read at all.
    """
    calls = calls_between(str(path), *month_bounds(month, book.zone)).calls
    standing = standing_in(book, month)
    roster = make_roster(standing.served, standing.idle)
    judged = judge(calls, roster, book.deciders)
    numbers = [number for number, served in enumerate(roster.served) if served.contract.id == contract]
    rows = np.flatnonzero(np.isin(judged.classified.contract, numbers))
    callers = {} if path.suffix == ".parquet" else _callers(path, calls.row[rows].tolist())
    zone = ZoneInfo(book.zone)
    records = [_record(calls, judged, row, callers.get(int(calls.row[row]), ""), zone) for row in rows.tolist()]
    duration = next((roster.served[number].offer.duration for number in numbers), None)
    if duration:
        billed = np.where(judged.classified.counted[rows], billed_lengths(duration, calls.talk[rows]), 0)
        records = [{**record, "billed_seconds": one} for record, one in zip(records, billed.tolist(), strict=True)]
    return records


def _callers(path: Path, numbers: Sequence[int]) -> Mapping[int, str]:
    database = open_calls(str(path))
    try:
        return {call["id"]: call["caller"] or "" for call in calls_by_row(database, numbers)}
    finally:
        database.close()


def _record(calls: Calls, judged: Judged, row: int, caller: str, zone: ZoneInfo) -> Record:
    classified = judged.classified
    window = int(classified.window[row])
    return {
        "call": int(calls.row[row]),
        "arrived": datetime.fromtimestamp(int(calls.start[row]), zone).isoformat(sep=" "),
        "caller": f"{caller[:5]}…" if caller else "",
        "wait_seconds": int(calls.wait[row]),
        "talk_seconds": int(calls.talk[row]),
        "outcome": Outcome(int(classified.outcome[row])).name.lower(),
        "reason": classified.reasons[int(classified.reason[row])],
        "window": classified.windows[window] if window >= 0 else "",
        "marks": judged.marks[row],
    }
