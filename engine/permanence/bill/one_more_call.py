"""What one more ordinary call adds to the counts of each contract of a month: measured as any other call is."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from ..contracts.book import Book
from ..model.clock import MINUTE
from ..model.period import Month
from ..model.records import Records
from ..model.usage import Calls, WordColumn
from .invented_calls import NO_CALLS, TALK_SECONDS
from .measure.roster import Roster
from .month import MeasuredMonth, measure_others

DAY = 86_400


def one_more_call(book: Book, month: Month, measured: MeasuredMonth, now: int) -> Sequence[Mapping[str, int]]:
    """Return, for each part of a month in the roster, what one more call of a contract adds to its counts.

    The call comes to the contract's first line at the first minute from ``now`` on, in UTC seconds, that lies in its
    windows, the first of the month where none is left, and is talked for two minutes. A contract that is answered in no
    minute has none. What only several calls together bring about is not among it.
    """
    found = dict(_instants(measured.roster, now))
    served = [(measured.roster.served[number], instant) for number, instant in found.items()]
    served = [(one, instant) for one, instant in served if one.contract.lines]
    rules = [one.offer.count for one, _ in served]
    calls = Calls.at(
        np.array([instant for _, instant in served], np.int64),
        talk=np.array([max(TALK_SECONDS, rule.min_talk_seconds) for rule in rules], np.int32),
        account=WordColumn.of([one.contract.lines[0] for one, _ in served]),
        status=WordColumn.of(["answered"] * len(served)),
        direction=WordColumn.of(["outbound" if rule.direction == "outbound" else "inbound" for rule in rules]),
    )
    with_it = measure_others(book, month, measured, Records.alone(calls)).counted.facts
    without = measure_others(book, month, measured, NO_CALLS.records).counted.facts
    return [_more(one, none) for one, none in zip(with_it, without, strict=True)]


def _more(counts: Mapping[str, int], before: Mapping[str, int]) -> Mapping[str, int]:
    return {name: count - before.get(name, 0) for name, count in counts.items() if count != before.get(name, 0)}


def _instants(roster: Roster, now: int) -> Iterator[tuple[int, int]]:
    """Yield one contract after the other: its part of the month that the call falls into, and when."""

    @cache
    def first_minute(profile: int, start: int, end: int) -> int | None:
        for since in range(start, end, DAY):
            minutes = np.arange(since, min(since + DAY, end), MINUTE, dtype=np.int64)
            open_ones = roster.coverage.look_up(np.full(minutes.size, profile, np.int32), minutes) >= 0
            if open_ones.any():
                return int(minutes[open_ones.argmax()])
        return None

    place: dict[str, tuple[bool, int, int]] = {}
    for segment in roster.segments:
        ahead = -(-max(segment.start, min(now, segment.end)) // MINUTE) * MINUTE
        later = first_minute(segment.profile, ahead, segment.end)
        instant = first_minute(segment.profile, segment.start, segment.end) if later is None else later
        if instant is not None:
            one = (later is None, instant, segment.contract)
            name = roster.served[segment.contract].contract.id
            place[name] = min(place.get(name, one), one)
    yield from ((number, instant) for _, instant, number in place.values())
