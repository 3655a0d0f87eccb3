"""The month's contracts, their lines, and the profile that decides a call's fate at each time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from attrs import evolve, frozen

from ...model.clock import midnight
from ...model.contract import Contract
from ...model.count_rules import CountRules
from ...model.option_asked import windows_with
from ...model.option_failed import OptionFailed
from ...model.period import NO_DAYS, Period
from ...model.regions import region_of
from ...model.served import Served
from ...model.usage import Codes
from .coverage import CoverageTable, Timetable
from .line_holders import ALWAYS, NEVER, Holding, Lines, Segment, lines_of


@frozen
class BillFault:
    """Why contracts, by number, cannot be billed: the option whose plugin failed ("" for none), and what it said."""

    option: str
    contracts: tuple[int, ...]
    message: str


@frozen
class Profile:
    """All that decides a call's fate besides the call: the offer's count rules and a timetable."""

    count: CountRules
    timetable: Timetable


@frozen(eq=False)
class Roster:
    """The contracts in service in a month, by number; their segments; who holds which line.

    ``waiting`` are the contracts on hold, whose calls are known by their lines alone. ``profile_of`` gives each
    segment's profile, -1 for those of contracts on hold and for the segment -1. ``faults`` names contracts whose
    coverage is not what it should be: their calls are measured all the same, their bills have to wait.
    """

    served: tuple[Served, ...]
    waiting: tuple[Contract, ...]
    segments: tuple[Segment, ...]
    profiles: tuple[Profile, ...]
    profile_of: Codes
    lines: Lines
    coverage: CoverageTable
    faults: tuple[BillFault, ...]


def make_roster(
    served: Sequence[Served], idle: Iterable[Contract] = (), waiting: Sequence[Contract] = (), zone: str = "UTC"
) -> Roster:
    """Return the roster of a month: the contracts in service, numbered in order, and the lines of idle ones.

    Those of contracts on hold are theirs from their first day on, in a zone, where nobody in service holds them.

    An option that the contract's offer does not have measures nothing: that contract is the caller's to hold.
    Raises ValueError for days of service without an end, zoneinfo.ZoneInfoNotFoundError for an unknown zone.
    """
    profiles, segments = _Profiles(), list[Segment]()
    held: list[Holding] = []
    for number, one in enumerate(served):
        theirs = tuple(enumerate(_segments(number, one, profiles), len(segments)))
        segments.extend(segment for _, segment in theirs)
        held.extend(_holdings(one.contract, one.offer.head.timezone, theirs))
    held.extend(((), (line.line for line in contract.lines_held)) for contract in idle)
    on_hold: list[Segment] = []
    for place, contract in enumerate(waiting):
        theirs = tuple(enumerate(_waits(place, contract, zone), len(segments) + len(on_hold)))
        on_hold.extend(segment for _, segment in theirs)
        held.extend(_holdings(contract, zone, theirs))
    found = tuple(profiles.numbers)
    return Roster(
        served=tuple(served),
        waiting=tuple(waiting),
        segments=tuple(segments),
        profiles=found,
        profile_of=np.array([*(segment.profile for segment in (*segments, *on_hold)), -1], np.int32),
        lines=lines_of(held, segments, on_hold),
        coverage=CoverageTable.of(
            [profile.timetable for profile in found],
            min((segment.start for segment in segments), default=0),
            max((segment.end for segment in segments), default=0),
        ),
        faults=tuple(BillFault(name, tuple(who), what) for (name, what), who in profiles.faults.items()),
    )


def _segments(number: int, one: Served, profiles: "_Profiles") -> Iterator[Segment]:
    if not one.served.days:
        return
    zone = one.offer.head.timezone
    if len(one.served.periods) == 1 and not one.contract.lines_changed and _all_along(one):
        (period,) = one.served.periods
        options = tuple([name for name in one.offer.options if name in one.held]) if one.held else ()
        profile = profiles.number(number, one, options)
        assert period.end is not None
        yield Segment(number, midnight(period.start, zone), midnight(period.end, zone), profile, options)
        return
    cuts = {day for days in one.held.values() for period in days.periods for day in _bounds(period)}
    cuts.update(day for line in one.contract.lines_changed for day in _bounds(line.period))
    for period in one.served.periods:
        for first, last in pairwise(sorted({*_bounds(period), *(day for day in cuts if day in period)})):
            options = tuple(name for name in one.offer.options if first in one.held.get(name, NO_DAYS))
            profile = profiles.number(number, one, options)
            yield Segment(number, midnight(first, zone), midnight(last, zone), profile, options)


def _all_along(one: Served) -> bool:
    """Tell whether the options of a contract are its own on each day of service of the month."""
    return all(days is one.served or days == one.served for days in one.held.values())


def _bounds(period: Period) -> Iterator[date]:
    yield period.start
    if period.end:
        yield period.end


def _waits(place: int, contract: Contract, zone: str) -> Iterator[Segment]:
    """Yield the times in which a contract on hold has the same lines; where its dates may be wrong, at any time."""
    cuts = {ALWAYS if contract.slips else midnight(contract.start, zone), NEVER}
    changes = {day for line in contract.lines_changed for day in (line.since, line.until) if day}
    cuts.update(cut for cut in (midnight(day, zone) for day in changes) if cut > min(cuts))
    for start, end in pairwise(sorted(cuts)):
        yield Segment(place, start, end, -1, ())


def _holdings(contract: Contract, zone: str, theirs: Sequence[tuple[int, Segment]]) -> Iterator[Holding]:
    """Yield a contract's lines with the segments in which it holds them: all of them, but for lines that changed."""
    changed, every = contract.lines_changed, tuple([number for number, _ in theirs])
    if not changed:
        yield every, contract.lines
        return
    yield every, (line.line for line in contract.lines_held if line not in changed)
    for line in changed:
        since = midnight(line.since, zone) if line.since else ALWAYS
        until = midnight(line.until, zone) if line.until else NEVER
        yield tuple(number for number, segment in theirs if since <= segment.start < until), (line.line,)


class _Profiles:
    """The distinct profiles met so far, numbered, and what went wrong in making them."""

    def __init__(self) -> None:
        self.numbers: dict[Profile, int] = {}
        self.faults: dict[tuple[str, str], list[int]] = {}
        self._made: dict[tuple[object, ...], tuple[int, tuple[tuple[str, str], ...]]] = {}

    def number(self, contract: int, one: Served, options: tuple[str, ...]) -> int:
        """Return the number of the profile of a contract (given by number too) that has these options."""
        key = (id(one.offer), one.contract.customer.region, one.contract.windows, options)
        if key not in self._made:
            profile, faults = _profile(one, options)
            self._made[key] = self.numbers.setdefault(profile, len(self.numbers)), faults
        number, faults = self._made[key]
        for fault in faults:
            who = self.faults.setdefault(fault, [])
            if who[-1:] != [contract]:
                who.append(contract)
        return number


def _profile(one: Served, options: Iterable[str]) -> tuple[Profile, tuple[tuple[str, str], ...]]:
    windows = tuple(window for window in one.offer.coverage.windows if one.takes(window.id))
    faults: list[tuple[str, str]] = []
    for name in options:
        try:
            windows = windows_with(one.offer.options[name], windows)
        except OptionFailed as failure:
            faults.append((name, failure.told))
    timetable = Timetable.of(one.contract, one.offer, windows)
    try:
        region_of(timetable.region)
    except ValueError as failure:
        faults.append(("", str(failure)))
        timetable = evolve(timetable, region="FR")
    return Profile(one.offer.count, timetable), tuple(faults)
