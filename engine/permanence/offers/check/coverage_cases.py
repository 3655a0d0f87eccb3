"""Every kind of day that an offer's coverage tells apart, every set of options that changes it, every clock change."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise

from attrs import evolve, frozen

from ...bill.measure.coverage import Timetable
from ...contracts.holidays import public_holidays
from ...model.clock import DAY_MINUTES, MINUTE, midnight, stretches
from ...model.coverage import CoverageWindow
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.period import ONE_DAY

KINDS = 2 * 7
YEARS = 12
"""In so many years every weekday has been a public holiday, in every region."""
LATEST = date(2200, 1, 1)
MOST_WIDENING = 6
"""Of so many options that change the coverage every set is walked; of more, the sets of one and of two."""
Windows = tuple[CoverageWindow, ...]


@frozen
class DayCase:
    """A kind of day, with the first such day on which the clock does not change; a day of its own is ``alone``."""

    day: date
    holiday: bool
    alone: bool = False

    @property
    def kind(self) -> tuple[int, bool]:
        """Return the weekday, from 0, and whether it is a public holiday."""
        return self.day.weekday(), self.holiday


@frozen
class Piece:
    """Minutes of a day, half-open, with the numbers of the windows that cover all of them."""

    start: int
    end: int
    open: tuple[int, ...]


@frozen
class ClockChange:
    """A day on which the clock changes: the minutes of it that there are none of, or two, and where clocks go."""

    day: date
    start: int
    end: int
    forward: bool


def first_day(offer: Offer) -> date:
    """Return the day from which an offer is looked at: the first of its sale."""
    return min(offer.head.sold_from, LATEST)


def timetable_of(offer: Offer, windows: Windows) -> Timetable:
    """Return the timetable of the offer's one region, or of one where the national holidays hold."""
    coverage = offer.coverage
    return Timetable(
        zone=offer.head.timezone,
        region=offer.head.country if coverage.holiday_region == "customer" else coverage.holiday_region,
        holidays=coverage.holidays,
        extra_closed=coverage.extra_closed,
        extra_open=coverage.extra_open,
        windows=windows,
    )


def day_cases(offer: Offer) -> tuple[DayCase, ...]:
    """Return every kind of day: each weekday, each weekday that is a public holiday, and each day closed by date.

    Which days are holidays differs by region, what a holiday is on a weekday does not: so no region has another kind.
    """
    table, found, day = timetable_of(offer, ()), dict[tuple[int, bool], DayCase](), first_day(offer)
    by_date = {*table.extra_closed, *table.extra_open}
    for _ in range(YEARS * 366):
        case = DayCase(day, day in public_holidays(table.region, day.year))
        if case.kind not in found and day not in by_date and not _changes(day, table.zone):
            found[case.kind] = case
            if len(found) == KINDS:
                break
        day += ONE_DAY
    kinds = sorted(found.values(), key=lambda case: (case.holiday, case.day.weekday()))
    alone = (DayCase(day, day in public_holidays(table.region, day.year), True) for day in sorted(table.extra_closed))
    return (*kinds, *alone)


def pieces(table: Timetable, day: date) -> tuple[Piece, ...]:
    """Return a day cut where a window opens or closes, as billing sees its windows."""
    open_ = table.windows_on(day)
    edges = {0, DAY_MINUTES}
    edges |= {edge for i in open_ for edge in (table.windows[i].hours.start, table.windows[i].hours.end)}
    found: list[Piece] = []
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        hours = {i: table.windows[i].hours for i in open_}
        covering = tuple(i for i in open_ if hours[i].start <= start and end <= hours[i].end)
        if found and found[-1].open == covering:
            found[-1] = evolve(found[-1], end=end)
        else:
            found.append(Piece(start, end, covering))
    return tuple(found)


def clock_changes(offer: Offer) -> Iterator[ClockChange]:
    """Yield the changes of the clock in the five years from the first of an offer's sale."""
    day, zone = first_day(offer), offer.head.timezone
    for _ in range(5 * 366):
        if _changes(day, zone):
            first, last = midnight(day, zone) // MINUTE, midnight(day + ONE_DAY, zone) // MINUTE
            # From a minute before: some zones change at midnight itself.
            (_, change, old), (_, _, new) = tuple(stretches(first - 1, last, zone))
            wall = sorted(((change + old) % DAY_MINUTES, (change + new) % DAY_MINUTES))
            yield ClockChange(day, wall[0], wall[1], new > old)
        day += ONE_DAY


def widened(offer: Offer) -> Mapping[tuple[str, ...], Windows]:
    """Return the windows of a contract by the options that it has, for the options that change them; first without.

    Raises OptionFailed where an option's plugin fails.
    """
    own = offer.coverage.windows
    changing = [name for name, option in offer.options.items() if windows_with(option, own) != own]
    sizes = range(1, (len(changing) if len(changing) <= MOST_WIDENING else 2) + 1)
    found: dict[tuple[str, ...], Windows] = {(): own}
    for names in (names for size in sizes for names in combinations(changing, size)):
        found[names] = windows_with(offer.options[names[-1]], found[names[:-1]])
    return found


def windows_sold(offer: Offer) -> frozenset[str]:
    """Return the names of the windows that a contract may have; an option that fails has none of its own."""
    try:
        return frozenset(window.id for windows in widened(offer).values() for window in windows)
    except Exception:
        return frozenset(window.id for window in offer.coverage.windows)


def _changes(day: date, zone: str) -> bool:
    return midnight(day + ONE_DAY, zone) - midnight(day, zone) != DAY_MINUTES * MINUTE
