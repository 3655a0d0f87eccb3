"""Times as telephone systems write them → seconds, of UTC or of a wall clock."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.usage import Numbers

UNREADABLE = np.iinfo(np.int64).min


def parse_stamps(texts: "pa.Array", form: str) -> Numbers:
    """Return the seconds since 1970 that each text names, UNREADABLE where it names none.

    ``form`` is ``iso`` (with an offset: the seconds are UTC), ``epoch`` (likewise) or a strptime pattern: without
    ``%z`` the seconds are those of the wall clock. Fractions of a second are cut off.
    """
    if form == "iso":
        try:
            instants = texts.cast(pa.timestamp("ms", "UTC")).cast(pa.int64())
        except pa.ArrowInvalid:
            return _each(texts, _iso_seconds)
        return _filled(pc.floor(pc.divide(instants.cast(pa.float64()), 1000.0)).cast(pa.int64()))
    if form == "epoch":
        return _each(texts, lambda text: int(float(text)))
    if "%z" in form:
        return _each(texts, lambda text: int(datetime.strptime(text, form).astimezone(UTC).timestamp() // 1))
    return _patterned(texts, form)


def _patterned(texts: "pa.Array", form: str) -> Numbers:
    """Parse quickly, then again and strictly what does not come out as it was written (31 February, 24:00)."""
    quick = pc.strptime(texts, format=form, unit="s", error_is_null=True)
    seconds = np.array(_filled(quick.cast(pa.int64())))
    same = pc.equal(pc.strftime(quick, format=form), texts)
    doubtful = np.flatnonzero(~np.asarray(pc.fill_null(same, False)))
    if len(doubtful):
        seconds[doubtful] = _each(texts.take(pa.array(doubtful)), lambda text: _naive_seconds(text, form))
    return seconds


def _filled(values: "pa.Array") -> Numbers:
    return np.asarray(pc.fill_null(values, UNREADABLE), dtype=np.int64)


def _each(texts: "pa.Array", parse: Callable[[str], int]) -> Numbers:
    def seconds(text: str | None) -> int:
        try:
            return parse(text) if text is not None else UNREADABLE
        except (ValueError, OverflowError):
            return UNREADABLE

    return np.fromiter((seconds(text) for text in texts.to_pylist()), np.int64, len(texts))


def _naive_seconds(text: str, form: str) -> int:
    return int(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp())


def _iso_seconds(text: str) -> int:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no offset")
    return int(instant.timestamp() // 1)
