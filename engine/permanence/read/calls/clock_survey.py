"""Which zone a whole file's stamps stand in, told from its records part by part in memory that does not grow."""

from collections import Counter
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from attrs import define, field

from ...model.usage import Numbers
from .mapping import FROM_UNIQUEID
from .zones import DAY, NO_EPOCH, QUARTER, Clock, ZoneContradictedError, candidates

HALF_HOUR = 1_800
NEAR = 120
"""Seconds by which a stamp and the Unix time of the same call may differ and still agree."""
AGREED = 0.8
"""Share of a file's calls that must agree with a zone."""
USUAL_ZONES = ("Europe/Paris", "UTC")


@define
class Turn:
    """The steepest fall, and the steepest rise, between neighbours in a repeated hour, and the records before them."""

    last: int
    fall: int = 0
    fall_at: int = -1
    rise: int = 0
    rise_at: int = -1
    before: int = -1

    def add(self, wall: int, position: int) -> None:
        """Take the next record of that hour in."""
        step = wall - self.last
        if self.before >= 0 and step < self.fall:
            self.fall, self.fall_at = step, self.before
        if self.before >= 0 and step >= self.rise and step > 0:
            self.rise, self.rise_at = step, self.before
        self.last, self.before = wall, position


@define(eq=False)
class ClockSurvey:
    """What the records so far say of the clock; ``stated`` is a tz name, or ``from_uniqueid``."""

    stated: str
    records: int = 0
    known: int = 0
    agreed: Counter[str] = field(factory=Counter)
    offsets: Counter[int] = field(factory=Counter)
    near: Counter[int] = field(factory=Counter)
    slope: int = 0
    last: int | None = None
    turns: dict[int, Turn] = field(factory=dict)

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the zones that may be that of the file, besides constant offsets."""
        return USUAL_ZONES if self.stated == FROM_UNIQUEID else (self.stated,)

    def add(self, wall: Numbers, epoch: Numbers) -> None:
        """Take the wall-clock seconds of more records in, with the Unix times of their ids."""
        if not len(wall):
            return
        known = epoch != NO_EPOCH
        seconds, told = wall[known], epoch[known]
        for name in self.zones:
            early, late = candidates(seconds, ZoneInfo(name))
            gap = np.minimum(np.abs(early - told), np.abs(late - told))
            self.agreed[name] += int((gap <= NEAR).sum())
        quarters = np.rint((seconds - told) / QUARTER).astype(np.int64)
        self.offsets.update(quarters.tolist())
        self.near.update(quarters[np.abs(seconds - told - quarters * QUARTER) <= NEAR].tolist())
        ordered = wall if self.last is None else np.concatenate([[self.last], wall])
        self.slope += int(np.sign(np.diff(ordered)).sum())
        self._add_turns(wall, known)
        self.records, self.known, self.last = self.records + len(wall), self.known + int(known.sum()), int(wall[-1])

    def _add_turns(self, wall: Numbers, known: "np.typing.NDArray[np.bool_]") -> None:
        early, late = candidates(wall, ZoneInfo(self.zones[0]))
        for row in np.flatnonzero((early < late) & ~known).tolist():
            second = int(wall[row])
            self.turns.setdefault(second // DAY, Turn(second)).add(second, self.records + row)

    def settled(self) -> Clock:
        """Return the clock of the file.

        Raises ZoneContradictedError, with a sentence, when the stamps contradict the zone, or agree on none.
        """
        zone = self._inferred() if self.stated == FROM_UNIQUEID else self._verified()
        backwards = self.slope < 0
        found = {
            day: turn.rise_at if backwards else turn.fall_at
            for day, turn in self.turns.items()
            if (turn.rise if backwards else -turn.fall) >= HALF_HOUR
        }
        return Clock(zone, found, backwards)

    def _inferred(self) -> tzinfo:
        if self.known < AGREED * self.records or not self.known:
            raise ZoneContradictedError(
                "the call ids do not start with a Unix time, so they cannot tell the zone of the stamps"
            )
        for name in USUAL_ZONES:
            if self.agreed[name] >= AGREED * self.known:
                return ZoneInfo(name)
        quarter = self._usual()
        offset = timedelta(seconds=quarter * QUARTER)
        if abs(offset) >= timedelta(days=1) or self.near[quarter] < AGREED * self.known:
            raise ZoneContradictedError("the stamps and the Unix times in the call ids agree on no zone")
        return timezone(offset)

    def _verified(self) -> tzinfo:
        zone = ZoneInfo(self.stated)
        if self.known and self.agreed[self.stated] < AGREED * self.known:
            offset = timedelta(seconds=self._usual() * QUARTER)
            seems = f"in {timezone(offset)}" if abs(offset) < timedelta(days=1) else f"{abs(offset).days} days away"
            raise ZoneContradictedError(
                f"the stamps are not in {zone}: by the Unix times in the call ids they are {seems}"
            )
        return zone

    def _usual(self) -> int:
        """Return the median of the quarters of an hour by which stamps are ahead of Unix times."""
        seen = 0
        for quarter, count in sorted(self.offsets.items()):
            seen += count
            if 2 * seen >= self.known:
                return quarter
        return 0


def clock_of(wall: Numbers, epoch: Numbers, stated: str) -> Clock:
    """Return the clock of records that are all there are."""
    survey = ClockSurvey(stated)
    survey.add(wall, epoch)
    return survey.settled()
