"""Times as telephone systems write them → seconds, of UTC or of a wall clock."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from ...model.usage import Flags, Numbers
from .stamp_forms import PER_SECOND, YEAR_0, spelt_out
from .stamp_words import in_english, offset_of

UNREADABLE = np.iinfo(np.int64).min
NUMBER = re.compile(r"-?\d+([.,]\d*)?")
SPACED_OFFSET = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$|Z$)")
HOUR = re.compile(r"\d[T ]\d")
LONG_FRACTION = re.compile(r"(?<=[.,]\d{6})\d+")
PLAIN = "%Y-%m-%d %H:%M:%S"
QUICK = frozenset("YmdHMSyIp")
"""What pyarrow's own parser may be asked for: the rest is read one by one."""
Parsed = tuple[int, bool]
"""Seconds, and whether they are those of the wall clock."""


@frozen(eq=False)
class Stamps:
    """What a column of times says: seconds, UNREADABLE for none; which are of the wall clock, the others of UTC."""

    seconds: Numbers
    wall: Flags


def parse_stamps(texts: "pa.Array", form: str) -> Stamps:
    """Return the seconds since 1970 that each text names, UNREADABLE where it names none.

    ``form`` is one of ``stamp_forms.INSTANTS`` or a pattern. What has no offset and no zone's abbreviation is of the
    wall clock. Blanks around are passed over, fractions of a second cut off.
    """
    texts = pc.utf8_trim_whitespace(texts)
    if form == "iso":
        return _iso(texts)
    if form in PER_SECOND:
        return _each(texts, lambda text: (_unix(text, form), False))
    if form == "rfc2822":
        return _each(texts, lambda text: _told(parsedate_to_datetime(text)))
    pattern = spelt_out(form)
    if set(re.findall("%(.)", pattern)) <= QUICK:
        return _patterned(texts, pattern)
    return _each(texts, lambda text: _read(text, pattern))


def _iso(texts: "pa.Array") -> Stamps:
    """Parse all at once where they are plain, each by itself otherwise."""
    try:
        instants = texts.cast(pa.timestamp("ms", "UTC")).cast(pa.int64())
    except pa.ArrowInvalid:
        return _each(texts, _iso_one)
    return _of_instants(_filled(pc.floor(pc.divide(instants.cast(pa.float64()), 1000.0)).cast(pa.int64())))


def _iso_one(text: str) -> Parsed:
    if not HOUR.search(text):
        raise ValueError("no hour")
    return _told(datetime.fromisoformat(SPACED_OFFSET.sub("", text)))


def _patterned(texts: "pa.Array", pattern: str) -> Stamps:
    """Parse quickly, then again and strictly what does not come out as it was written (31 February, 24:00)."""
    if pattern == PLAIN and (plain := _plain(texts)) is not None:
        return plain
    quick = pc.strptime(texts, format=pattern, unit="s", error_is_null=True)
    seconds = np.array(_filled(quick.cast(pa.int64())))
    same = pc.equal(pc.strftime(quick, format=pattern), texts)
    doubtful = np.flatnonzero(~np.asarray(pc.fill_null(same, False)))
    if len(doubtful):
        seconds[doubtful] = _each(texts.take(pa.array(doubtful)), lambda text: _read(text, pattern)).seconds
    return Stamps(seconds, np.ones(len(seconds), dtype=np.bool_))


def _plain(texts: "pa.Array") -> Stamps | None:
    """Return the times of the commonest pattern, ten times as quickly, where each is written just so."""
    just_so = pc.and_(pc.equal(pc.binary_length(texts), 19), pc.equal(pc.utf8_slice_codeunits(texts, 10, 11), " "))
    if pc.all(just_so).as_py() is False:
        return None
    try:
        seconds = _filled(texts.cast(pa.timestamp("s")).cast(pa.int64()))
    except pa.ArrowInvalid:
        return None
    return Stamps(seconds, np.ones(len(seconds), dtype=np.bool_))


def _filled(values: "pa.Array") -> Numbers:
    return np.asarray(pc.fill_null(values, UNREADABLE), dtype=np.int64)


def _of_instants(seconds: Numbers) -> Stamps:
    return Stamps(seconds, np.zeros(len(seconds), dtype=np.bool_))


def _each(texts: "pa.Array", parse: Callable[[str], Parsed]) -> Stamps:
    def parsed(text: str | None) -> Parsed:
        try:
            return parse(text) if text is not None else (UNREADABLE, False)
        except (ValueError, OverflowError, TypeError):
            return UNREADABLE, False

    found = [parsed(text) for text in texts.to_pylist()]
    return Stamps(
        np.fromiter((seconds for seconds, _ in found), np.int64, len(found)),
        np.fromiter((wall for _, wall in found), np.bool_, len(found)),
    )


def _unix(text: str, form: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError("no number")
    seconds = int(Decimal(text.replace(",", ".")) // PER_SECOND[form])
    if abs(seconds) > 1 << 60:
        raise OverflowError("no time")
    return seconds - YEAR_0 if form == "gregorian" else seconds


def _told(moment: datetime) -> Parsed:
    """Return the instant of a time that has an offset, the wall clock's seconds of one that has none."""
    if moment.tzinfo is None:
        return int(moment.replace(tzinfo=UTC).timestamp() // 1), True
    return int(moment.timestamp() // 1), False


def _read(text: str, pattern: str) -> Parsed:
    """Return what a text means by a pattern: months and halves of the day in either language, zones used."""
    pattern = pattern.replace("%B", "%b").replace("%A", "%a")
    text = LONG_FRACTION.sub("", in_english(text, pattern))
    if "%Z" not in pattern:
        return _told(datetime.strptime(text, pattern))  # noqa: DTZ007 - what has no offset is the wall clock's
    text, offset = offset_of(text)
    moment = datetime.strptime(text, " ".join(pattern.replace("%Z", " ").split())).replace(tzinfo=UTC)
    return int(moment.timestamp() // 1) - offset, False
