"""In which coverage window an instant falls, one instant at a time or millions by table."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ...contracts.holidays import public_holidays
from ...model.clock import DAY_MINUTES, EPOCH_DAY, MINUTE, local_time, stretches
from ...model.contract import Contract
from ...model.coverage import CoverageWindow
from ...model.offer import Offer
from ...model.scalars import HOLIDAY
from ...model.usage import Codes, Numbers

WindowCodes = NDArray[np.int16]
CLOSED = -1
SUNDAY = 6


@frozen(kw_only=True)
class Timetable:
    """All that decides in which window an instant falls: zone, public holidays, windows.

    Where an option's windows overlap the offer's, the first in order has the minute.
    """

    zone: str
    region: str
    holidays: Literal["closed", "as_weekday", "as_sunday"] = "closed"
    extra_closed: tuple[date, ...] = ()
    extra_open: tuple[date, ...] = ()
    windows: tuple[CoverageWindow, ...]

    @classmethod
    def of(cls, contract: Contract, offer: Offer, windows: tuple[CoverageWindow, ...]) -> "Timetable":
        """Return a contract's timetable, with the windows that its options leave it."""
        coverage = offer.coverage
        region = contract.customer.region if coverage.holiday_region == "customer" else coverage.holiday_region
        return cls(
            zone=offer.head.timezone,
            region=region,
            holidays=coverage.holidays,
            extra_closed=coverage.extra_closed,
            extra_open=coverage.extra_open,
            windows=windows,
        )

    def kinds(self, day: date) -> tuple[int, ...]:
        """Return what a day counts as: Monday 0 … Sunday 6, public holiday 7; nothing when all is closed (A5).

        A window that names ``holiday`` is open on public holidays whatever else they count as.
        """
        if day in self.extra_closed:
            return ()
        if day in self.extra_open or day not in public_holidays(self.region, day.year):
            return (day.weekday(),)
        as_well = {"closed": (), "as_weekday": (day.weekday(),), "as_sunday": (SUNDAY,)}
        return (HOLIDAY, *as_well[self.holidays])

    def windows_on(self, day: date) -> tuple[int, ...]:
        """Return the numbers of the windows that are open on a day."""
        kinds = self.kinds(day)
        return tuple(i for i, window in enumerate(self.windows) if any(kind in window.days for kind in kinds))

    def window_at(self, instant: int) -> int:
        """Return the number of the window that an instant in UTC seconds falls in; -1 outside all.

        Hours are half-open, on the local wall clock: a window in the hour that an autumn night repeats is
        open twice, one in the hour that a spring night leaves out is empty (A19).
        """
        day, minute = local_time(instant, self.zone)
        hours = ((i, self.windows[i].hours) for i in self.windows_on(day))
        return next((i for i, open_ in hours if open_.start <= minute < open_.end), CLOSED)

    def by_minute(self, first: int, last: int) -> WindowCodes:
        """Return the window number of each minute of [first, last), in UTC minutes since 1970."""
        pieces = [self._by_local_minute(a + ahead, b + ahead) for a, b, ahead in stretches(first, last, self.zone)]
        return np.concatenate(pieces)

    def _by_local_minute(self, first: int, last: int) -> WindowCodes:
        start, end = first // DAY_MINUTES, -(-last // DAY_MINUTES)
        table = np.full((end - start, DAY_MINUTES), CLOSED, np.int16)
        for row, day in enumerate(range(start, end)):
            for number in reversed(self.windows_on(date.fromordinal(EPOCH_DAY + day))):
                hours = self.windows[number].hours
                table[row, hours.start : hours.end] = number
        origin = start * DAY_MINUTES
        return table.reshape(-1)[first - origin : last - origin]


@frozen(eq=False)
class CoverageTable:
    """The windows of several timetables, minute by minute, as codes into ``words``; -1 outside all windows.

    ``row_of`` gives each timetable its row: timetables that come to the same share one. Row 0 is never
    open: it is that of timetable -1, which stands for none.
    """

    timetables: tuple[Timetable, ...]
    words: tuple[str, ...]
    first: int
    rows: WindowCodes
    row_of: Codes

    @classmethod
    def of(cls, timetables: Sequence[Timetable], start: int, end: int) -> "CoverageTable":
        """Return the table of [start, end), in UTC seconds, and the day after (calls that wait for an answer)."""
        first, last = start // MINUTE, -(-end // MINUTE) + DAY_MINUTES
        words = tuple(dict.fromkeys(window.id for timetable in timetables for window in timetable.windows))
        rows = {np.full(last - first, CLOSED, np.int16).tobytes(): 0}
        row_of = []
        for timetable in timetables:
            codes = np.array([*(words.index(window.id) for window in timetable.windows), CLOSED], np.int16)
            row_of.append(rows.setdefault(codes[timetable.by_minute(first, last)].tobytes(), len(rows)))
        table = np.frombuffer(b"".join(rows), np.int16).reshape(len(rows), last - first)
        return cls(tuple(timetables), words, first, table, np.array([*row_of, 0], np.int32))

    def look_up(self, timetable: Codes, instant: Numbers) -> WindowCodes:
        """Return the window code of each instant in UTC seconds, under its timetable, given by number."""
        minutes = self.rows.shape[1]
        minute = instant // MINUTE - self.first
        inside = np.clip(minute, 0, minutes - 1)
        found: WindowCodes = self.rows.reshape(-1).take(self.row_of.take(timetable) * np.int64(minutes) + inside)
        for i in np.flatnonzero((minute != inside) & (timetable >= 0)):
            found[i] = self._ask(int(timetable[i]), int(instant[i]))
        return found

    def _ask(self, timetable: int, instant: int) -> int:
        windows = self.timetables[timetable].windows
        number = self.timetables[timetable].window_at(instant)
        return CLOSED if number == CLOSED else self.words.index(windows[number].id)
