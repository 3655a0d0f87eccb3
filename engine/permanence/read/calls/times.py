"""The instants of records: arrival, answer and end, in seconds UTC, from times as their system writes them."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.usage import Numbers
from .clock_survey import clock_of
from .columns import Columns
from .mapping import CallFormat
from .masking import masked
from .stamp_forms import PER_SECOND, YEAR_0, example_of
from .stamps import UNREADABLE, Stamps, parse_stamps
from .zones import NO_EPOCH, nearest, to_utc

UNIX_TIME = r"(?:^|-)(?P<epoch>\d{9,10})\.\d+$"
"""What Asterisk's uniqueid looks like, a system's name before it or not."""
EARLIEST = 946_684_800
"""The year 2000: before it nobody's calls are billed."""
NO_CALL_IS_LATER = 4_102_444_800
"""The year 2100: the last instant of a call where nobody says what today is."""
YEAR_1, YEAR_10000 = -62_135_596_800, 253_402_300_800
"""The years between which a time has a year that can be named."""
UNITS = (
    ("epoch", 1, 0, "seconds since 1970"),
    ("epoch_ms", 1_000, 0, "milliseconds"),
    ("epoch_us", 1_000_000, 0, "microseconds"),
    ("gregorian", 1, YEAR_0, "seconds since the year 0"),
)


def starts(columns: Columns) -> Numbers:
    """Return when each call arrived, in seconds UTC; UNREADABLE where that cannot be told.

    Where no column tells it, that is as long before the end as the call went on.

    Raises ZoneContradictedError when the file's stamps do not stand in the zone that they should.
    """
    ours = columns.form.stamped
    texts, name = columns.cells(ours), _name(columns, ours)
    stamps = _stamps(columns, ours)
    seconds = stamps.seconds.copy()
    readable = seconds != UNREADABLE
    columns.refuse_each(~readable, lambda row: f"{name} {_no_time(columns, texts[row].as_py())}")
    wall = stamps.wall & readable
    if wall.any():
        epochs = _epochs(columns)[wall]
        clock = columns.clock or clock_of(seconds[wall], epochs, columns.form.zone_meant)
        instants = to_utc(seconds[wall], epochs, clock, columns.before)
        columns.zone, columns.clocked = instants.zone, int(wall.sum())
        skipped = np.zeros(len(columns), dtype=np.bool_)
        skipped[wall] = instants.skipped
        columns.refuse_each(
            skipped, lambda row: f'{name} "{texts[row]}" is in the hour that {columns.zone} skips that night'
        )
        what = f"this time occurs twice that night in {columns.zone}; the first is taken"
        columns.notices |= dict.fromkeys(np.flatnonzero(wall)[instants.doubtful].tolist(), what)
        seconds[wall] = instants.start
    if ours == "end":
        seconds = np.where(readable, seconds - _length(columns), UNREADABLE)
    impossible = readable & ((seconds < EARLIEST) | (seconds > columns.latest))
    columns.refuse_each(
        impossible, lambda row: f'{name} "{masked(texts[row].as_py())}" {_impossible(columns, int(seconds[row]))}'
    )
    return np.where(impossible, UNREADABLE, seconds)


def says_offset(form: CallFormat) -> bool:
    """Tell whether each time of a format says itself how it stands to UTC."""
    return form.stamp in PER_SECOND or "%z" in form.stamp or (form.stamp == "iso" and not form.zone)


def on_the_clock(columns: Columns) -> tuple[Numbers, Numbers]:
    """Return the times of records that say no offset, as wall-clock seconds, and the Unix times in their ids."""
    stamps = _stamps(columns, columns.form.stamped)
    wall = stamps.wall & (stamps.seconds != UNREADABLE)
    return (stamps.seconds[wall], _epochs(columns)[wall]) if wall.any() else (stamps.seconds[:0], stamps.seconds[:0])


def later(columns: Columns, ours: str, start: Numbers) -> Numbers:
    """Return another instant of each call, in seconds UTC; UNREADABLE where the column is empty or absent."""
    if not columns.has(ours):
        return np.full(len(columns), UNREADABLE, dtype=np.int64)
    if ours == columns.form.stamped:
        return np.where(start != UNREADABLE, start + _length(columns), UNREADABLE)
    stamps, texts, name = _stamps(columns, ours), columns.cells(ours), _name(columns, ours)
    none = np.asarray(pc.is_null(texts)) | _says_none(columns, ours)
    seconds = np.where(none, UNREADABLE, stamps.seconds)
    wrong = (seconds == UNREADABLE) & ~none
    columns.refuse_each(wrong, lambda row: f"{name} {_no_time(columns, texts[row].as_py())}")
    readable = (seconds != UNREADABLE) & (start != UNREADABLE)
    wall = readable & stamps.wall
    if columns.zone is not None:
        seconds[wall] = nearest(seconds[wall], columns.zone, start[wall])
    return np.where(readable, seconds, UNREADABLE)


def _length(columns: Columns) -> Numbers:
    """Return how long each call went on from its arrival to its end, as its durations tell."""
    if columns.has("duration"):
        columns.refuse(columns.missing("duration"), "without a duration nobody knows when the call arrived")
        return columns.seconds("duration")
    wait, talk = columns.seconds("wait"), columns.seconds("talk")
    return np.maximum(wait, talk) if columns.form.talk_includes_wait else wait + talk


def _name(columns: Columns, ours: str) -> str:
    return ", ".join(columns.form.columns_of(ours))


def _stamps(columns: Columns, ours: str) -> Stamps:
    """Return what a column says; of the form iso without an offset only where the mapping states a zone."""
    form = columns.form
    found = parse_stamps(columns.cells(ours), form.stamp)
    if form.stamp == "iso" and not form.zone:
        return Stamps(np.where(found.wall, UNREADABLE, found.seconds), np.zeros_like(found.wall))
    return found


def _says_none(columns: Columns, ours: str) -> "np.typing.NDArray[np.bool_]":
    """Return where a Unix time is 0, which systems write for what did not happen."""
    if columns.form.stamp not in PER_SECOND:
        return np.zeros(len(columns), dtype=np.bool_)
    return np.asarray(pc.fill_null(pc.match_substring_regex(columns.cells(ours), r"^\s*0+([.,]0+)?\s*$"), False))


def _epochs(columns: Columns) -> Numbers:
    found = pc.struct_field(pc.extract_regex(columns.theirs(columns.form.epoch), UNIX_TIME), "epoch")
    return np.asarray(pc.fill_null(found.cast(pa.int64()), NO_EPOCH), dtype=np.int64)


def _no_time(columns: Columns, text: str | None) -> str:
    if text is None:
        return "is empty"
    return f'"{masked(text)}" is no time such as {example_of(columns.form.stamp)}'


def _impossible(columns: Columns, seconds: int) -> str:
    """Return why a time cannot be that of a call, and the unit that it looks like."""
    form = columns.form.stamp
    if form in PER_SECOND:
        written = (seconds + (YEAR_0 if form == "gregorian" else 0)) * PER_SECOND[form]
        for unit, per_second, zero, meaning in UNITS:
            if unit != form and EARLIEST <= written // per_second - zero <= columns.latest:
                return f'looks like {meaning}; stamp = "{unit}" in the call format?'
    if YEAR_1 <= seconds < YEAR_10000:
        year = datetime.fromtimestamp(seconds, UTC).year
        if seconds > columns.latest and year <= datetime.fromtimestamp(columns.latest, UTC).year:
            return "is still to come"
        return f"is in the year {year}: no call of ours"
    return "is in no year of ours"
