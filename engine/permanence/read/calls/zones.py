"""Wall-clock seconds → seconds UTC: which zone a file stands in, and what becomes of both clock changes."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from attrs import frozen

from ...model.usage import Flags, Numbers
from .mapping import FROM_UNIQUEID

QUARTER, HALF_HOUR, DAY = 900, 1_800, 86_400
NEAR = 120
"""Seconds by which a stamp and the Unix time of the same call may differ and still agree."""
AGREED = 0.8
"""Share of a file's calls that must agree with a zone."""
USUAL_ZONES = ("Europe/Paris", "UTC")
NO_EPOCH = -1


class ZoneContradictedError(ValueError):
    """A file's stamps do not stand in the zone that was stated, or in none that can be told."""


@frozen(eq=False)
class Instants:
    """Starts in seconds UTC; which of them fall in a skipped hour, and which could be an hour later."""

    start: Numbers
    skipped: Flags
    doubtful: Flags
    zone: tzinfo


def to_utc(wall: Numbers, epoch: Numbers, stated: str) -> Instants:
    """Return the instants of wall-clock seconds, given in the order of the file.

    ``epoch`` is the Unix time that each call's id starts with, NO_EPOCH where it starts with none; ``stated``
    is a tz name, or ``from_uniqueid``: then the zone is the one that stamps and ids agree on. A repeated hour
    is told by the id, else by the order of the file (reading A19), else the first is taken and is doubtful.
    Raises ZoneContradictedError, with a sentence, when the stamps contradict the zone.
    """
    known = epoch != NO_EPOCH
    if stated == FROM_UNIQUEID:
        zone = _infer(wall[known], epoch[known], len(wall))
    else:
        zone = ZoneInfo(stated)
        _verify(wall[known], epoch[known], zone)
    first, second = candidates(wall, zone)
    repeated, skipped = first < second, first > second
    later = repeated & np.where(known, np.abs(second - epoch) < np.abs(first - epoch), False)
    untold = repeated & ~known
    told = np.zeros_like(untold)
    backwards = bool(np.sign(np.diff(wall)).sum() < 0)
    for day in np.unique(wall[untold] // DAY):
        rows = np.flatnonzero(untold & (wall // DAY == day))
        turn = _second_pass(wall[rows], backwards=backwards)
        if turn is not None:
            later[rows], told[rows] = turn, True
    return Instants(np.where(later, second, first), skipped, untold & ~told, zone)


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


def _infer(wall: Numbers, epoch: Numbers, calls: int) -> tzinfo:
    """Return the zone in which stamps and Unix times agree: Paris, UTC, or a constant offset."""
    if len(wall) < AGREED * calls:
        raise ZoneContradictedError(
            "the call ids do not start with a Unix time, so they cannot tell the zone of the stamps"
        )
    for name in USUAL_ZONES:
        if _agreement(wall, epoch, ZoneInfo(name)) >= AGREED:
            return ZoneInfo(name)
    offset = _usual_offset(wall, epoch)
    if abs(offset) >= timedelta(days=1) or _agreement(wall, epoch, timezone(offset)) < AGREED:
        raise ZoneContradictedError("the stamps and the Unix times in the call ids agree on no zone")
    return timezone(offset)


def _verify(wall: Numbers, epoch: Numbers, zone: tzinfo) -> None:
    if len(wall) and _agreement(wall, epoch, zone) < AGREED:
        offset = _usual_offset(wall, epoch)
        seems = f"in {timezone(offset)}" if abs(offset) < timedelta(days=1) else f"{abs(offset).days} days away"
        raise ZoneContradictedError(f"the stamps are not in {zone}: by the Unix times in the call ids they are {seems}")


def _agreement(wall: Numbers, epoch: Numbers, zone: tzinfo) -> float:
    first, second = candidates(wall, zone)
    return float(np.mean(np.minimum(np.abs(first - epoch), np.abs(second - epoch)) <= NEAR))


def _usual_offset(wall: Numbers, epoch: Numbers) -> timedelta:
    return timedelta(seconds=round(float(np.median(wall - epoch)) / QUARTER) * QUARTER)


def _second_pass(wall: Numbers, *, backwards: bool) -> Flags | None:
    """Return which calls of a repeated hour come after the clocks went back; None when the order does not tell.

    ``wall`` is in the order of the file, newest first when ``backwards``. The clocks went back where it falls
    by half an hour or more.
    """
    ordered = wall[::-1] if backwards else wall
    falls = np.diff(ordered)
    if not len(falls) or falls.min() > -HALF_HOUR:
        return None
    after = np.arange(len(ordered)) > int(np.argmin(falls))
    return after[::-1] if backwards else after
