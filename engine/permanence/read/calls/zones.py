"""Wall-clock seconds → seconds UTC: which zone a file stands in, and what becomes of both clock changes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from attrs import frozen

from ...model.usage import Flags, Numbers

QUARTER, DAY = 900, 86_400
NO_EPOCH = -1


class ZoneContradictedError(ValueError):
    """A file's stamps do not stand in the zone that was stated, or in none that can be told."""


@frozen
class Clock:
    """The zone of a file's stamps, and on which nights its order tells when the clocks went back.

    ``turns`` has, by the day on the wall clock, the last record that came before the other time, in the order of the
    file, which has the newest first when ``backwards``.
    """

    zone: tzinfo
    turns: Mapping[int, int] = {}
    backwards: bool = False


@frozen(eq=False)
class Instants:
    """Starts in seconds UTC; which of them fall in a skipped hour, and which could be an hour later."""

    start: Numbers
    skipped: Flags
    doubtful: Flags
    zone: tzinfo


def to_utc(wall: Numbers, epoch: Numbers, clock: Clock, first: int = 0) -> Instants:
    """Return the instants of wall-clock seconds, given in the order of the file from its record ``first`` on.

    ``epoch`` is the Unix time that each call's id starts with, NO_EPOCH where it starts with none. A repeated hour
    is told by the id, else by the order of the file (reading A19), else the first is taken and is doubtful.
    """
    known = epoch != NO_EPOCH
    early, late = candidates(wall, clock.zone)
    repeated, skipped = early < late, early > late
    later = repeated & np.where(known, np.abs(late - epoch) < np.abs(early - epoch), False)
    untold = repeated & ~known
    told = np.zeros_like(untold)
    for day in np.unique(wall[untold] // DAY).tolist():
        if day in clock.turns:
            rows = np.flatnonzero(untold & (wall // DAY == day))
            after = rows + first > clock.turns[day]
            later[rows], told[rows] = ~after if clock.backwards else after, True
    return Instants(np.where(later, late, early), skipped, untold & ~told, clock.zone)


def candidates(wall: Numbers, zone: tzinfo) -> tuple[Numbers, Numbers]:
    """Return the earlier and the later instant that wall-clock seconds can mean.

    The two differ in a repeated hour (first < second) and in a skipped one (first > second). Clocks change on
    the quarter of an hour, so one question to zoneinfo per quarter is enough.
    """
    quarters, place = np.unique(wall // QUARTER, return_inverse=True)
    walls = [datetime.fromtimestamp(int(quarter) * QUARTER, UTC).replace(tzinfo=zone) for quarter in quarters]
    offsets = [
        np.array([_seconds(moment.replace(fold=fold).utcoffset()) for moment in walls], dtype=np.int64)
        for fold in (0, 1)
    ]
    return wall - offsets[0][place], wall - offsets[1][place]


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0


def nearest(wall: Numbers, zone: tzinfo, start: Numbers) -> Numbers:
    """Return the instants of wall-clock seconds, in a repeated hour the one that is nearer to a call's start."""
    first, second = candidates(wall, zone)
    return np.where(np.abs(second - start) < np.abs(first - start), second, first)
