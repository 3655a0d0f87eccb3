"""Their columns → ours: a record as CALL_COLUMNS has it."""

import hashlib
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.call_file import CALL_COLUMNS
from ...model.usage import Numbers
from .columns import LONGEST, Columns
from .further import details
from .stamps import UNREADABLE
from .times import later, starts

ROUNDED = 1
"""Seconds by which times that are rounded by themselves may contradict each other."""


def our_columns(columns: Columns, source: str) -> "pa.Table":
    """Return all records in the order of CALL_COLUMNS; those that have a reason hold what could be read.

    Raises ZoneContradictedError when the stamps do not stand in the zone that they should.
    """
    start = starts(columns)
    status = columns.meanings("status", columns.form.status)
    direction = columns.meanings("direction", columns.form.direction)
    wait, talk = _wait_and_talk(columns, start, status)
    ours: Mapping[str, pa.Array] = {
        "source": columns.words("source").fill_null(source),
        "call_id": columns.required("call_id") if columns.form.identity == "column" else _of_content(columns),
        "account": columns.accounts(direction),
        "number": columns.numbers("number", direction),
        "caller": columns.numbers("caller", direction),
        "start": pa.array(start),
        "wait_seconds": pa.array(wait),
        "talk_seconds": pa.array(talk),
        "status": status,
        "direction": direction,
        "language": columns.languages(),
        "tags": columns.tags(),
        "details": details(columns),
    }
    names = [column.name for column in CALL_COLUMNS]
    return pa.table({name: ours[name] if name in ours else columns.words(name) for name in names})


def _wait_and_talk(columns: Columns, start: Numbers, status: "pa.Array") -> tuple[Numbers, Numbers]:
    """Return the seconds from start to answer, or to the end, and those of the conversation."""
    answer, end = later(columns, "answer", start), later(columns, "end", start)
    if columns.has("talk"):
        answered = np.asarray(pc.equal(status, "answered").fill_null(False))
        columns.refuse(columns.missing("talk") & answered, "answered, but without a time of conversation")
        talk = columns.seconds("talk")
        told = (start != UNREADABLE) & (end != UNREADABLE)
        columns.refuse(told & (talk > end - start + ROUNDED), "the conversation is longer than the call")
    else:
        told = (answer != UNREADABLE) & (end != UNREADABLE)
        talk = np.where(told, end - answer, 0)
        columns.refuse(talk < 0, "the call ends before it is answered")
        columns.refuse(talk > LONGEST, "the conversation is longer than a day")
    wait = _wait(columns, start, answer, end, talk)
    if columns.form.talk_includes_wait:
        columns.refuse((talk > 0) & (wait > talk), "the wait is longer than the time that includes it")
        talk = talk - np.where(talk > 0, wait, 0)
    return np.clip(wait, 0, LONGEST), np.clip(talk, 0, LONGEST)


def _wait(columns: Columns, start: Numbers, answer: Numbers, end: Numbers, talk: Numbers) -> Numbers:
    """Return the seconds from start to answer, or to the end; 0 when no column tells them."""
    if columns.has("wait"):
        return columns.seconds("wait")
    if columns.has("duration"):
        duration = columns.seconds("duration")
        columns.refuse(talk > duration, "the conversation is longer than the call")
        return np.asarray(np.maximum(duration - talk, 0), dtype=np.int64)
    until: Numbers = np.where(answer == UNREADABLE, end, answer)
    wait: Numbers = np.where(until == UNREADABLE, 0, until - start)
    columns.refuse(wait < 0, "the call is answered before it starts")
    columns.refuse(wait > LONGEST, "the call waits longer than a day")
    return wait


def _of_content(columns: Columns) -> "pa.Array":
    """Return ids for records that have none: of what they say, and of their place among those that say the same."""
    names = columns.form.columns_of("call_id") or sorted(columns.form.columns_read())
    cells = [pc.fill_null(columns.theirs(name), "").to_pylist() for name in names]
    ids = []
    for record in zip(*cells, strict=True):
        content = hashlib.blake2b("\x1f".join(record).encode(), digest_size=12).hexdigest()
        columns.seen[content] += 1
        place = columns.seen[content]
        ids.append(content if place == 1 else f"{content}-{place}")
    return pa.array(ids, pa.string())
