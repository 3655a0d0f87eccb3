"""What an option may ask of calls that are judged: the window that the roster found for each, and its moment."""

from functools import lru_cache

import numpy as np

from ...model.count_rules import CountRules
from ...model.judged_calls import JudgedCalls, Positions, Whereabouts
from ...model.usage import Calls, Numbers, WordColumn
from .coverage import CoverageTable, Timetable
from .outcomes import Classified, classify, per_segment
from .roster import Roster


def judged(calls: Calls, classified: Classified, roster: Roster, zone: str) -> Whereabouts:
    """Return what is known of the calls of a roster, on the wall clock of a zone."""

    def window(rows: Positions) -> WordColumn:
        return WordColumn(classified.window[rows].astype(np.int32), classified.windows)

    def instant(rows: Positions) -> Numbers:
        answered = per_segment(roster, [profile.count.instant == "answer" for profile in roster.profiles], 0)
        found: Numbers = calls.start[rows] + answered[classified.segment[rows]] * calls.wait[rows].astype(np.int64)
        return found

    return Whereabouts(window, instant, zone)


def judged_by(roster: Roster, calls: Calls, zone: str) -> JudgedCalls:
    """Return all calls as the contracts of a roster have them."""
    return JudgedCalls(calls, np.arange(len(calls)), judged(calls, classify(calls, roster), roster, zone))


def judged_alone(calls: Calls, timetable: Timetable, count: CountRules) -> JudgedCalls:
    """Return all calls as a contract has them that has one timetable, and each call in it."""
    met = calls.start + (calls.wait.astype(np.int64) if count.instant == "answer" else 0)
    first, last = (int(met.min()), int(met.max()) + 1) if len(calls) else (0, 1)
    table = _table(timetable, first, last)
    window = WordColumn(table.look_up(np.zeros(len(calls), np.int32), met).astype(np.int32), table.words)
    return JudgedCalls(calls, np.arange(len(calls)), Whereabouts(window.take, lambda rows: met[rows], timetable.zone))


@lru_cache(maxsize=32)
def _table(timetable: Timetable, first: int, last: int) -> CoverageTable:
    """Return the table of a timetable alone, in UTC seconds; options of one offer are asked about the same moments."""
    return CoverageTable.of([timetable], first, last)
