"""A file of call records → calls in our columns, and every record that cannot be used, with the reason."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from ...model.call_file import CALL_COLUMNS, ArrowRecords, CallFile, CallPart, RefusedRecord
from ...model.problem import Place, Problem, Refused
from ...model.usage import Numbers
from .columns import Columns
from .lines import TextTable, read_bytes, read_text
from .mapping import CallFormat, load_format
from .masking import masked
from .parquet_text import read_parquet_text
from .stamps import UNREADABLE
from .zones import ZoneContradictedError

SHOWN = 5
LONGEST_TEXT = 500


def read_calls(path: Path, form: CallFormat, source: str = "") -> CallFile:
    """Return the calls of a file: CSV in a format, gzipped or not, or Parquet with our own columns.

    ``source`` names the telephone system that call ids belong to, where the file does not: the format's name
    by default. Raises Refused when the file as a whole cannot be used: no file, empty, cut short, another
    encoding, another format, a zone that its stamps contradict.
    """
    content, digest = read_bytes(path)
    return read_content(path, content, digest, form, source)


def read_content(path: Path, content: bytes, digest: str, form: CallFormat, source: str = "") -> CallFile:
    """Return the calls of what was read of a file, as `read_calls` does."""
    if path.suffix == ".parquet":
        form = evolve(load_format("generic"), stamp="epoch", name=form.name)
        text = read_parquet_text(path, content, form)
    else:
        text = read_text(path, content, form)
    columns = Columns(text, form)
    try:
        table = _our_columns(columns, source or form.name)
    except ZoneContradictedError as error:
        raise Refused([Problem(Place(str(path)), str(error), "set zone in the call format")]) from error
    refused = _refused(path, columns, table)
    rows = len(text.lines) + len(text.damaged)
    if 2 * len(refused) > rows:
        what = f"is not of format {form.name}: {len(refused)} of its {rows} records cannot be read"
        raise Refused([Problem(Place(str(path)), what), *(record.problem for record in refused[:SHOWN])])
    usable = np.ones(len(text.lines), dtype=np.bool_)
    usable[list(columns.reasons)] = False
    return CallFile(
        file=str(path),
        digest=digest,
        zone=str(columns.zone or ""),
        parts=[
            CallPart(
                rows=rows,
                records=_records(text.lines[usable], table.filter(pa.array(usable))),
                refused=refused,
                notices=tuple(_doubts(path, columns)),
            )
        ],
    )


def _records(lines: Numbers, table: "pa.Table") -> ArrowRecords:
    columns = [pa.array(lines), *(column.combine_chunks() for column in table.columns)]
    records: ArrowRecords = pa.RecordBatch.from_arrays(columns, ["line", *table.column_names])
    return records


def _our_columns(columns: Columns, source: str) -> "pa.Table":
    """Return all records in the order of CALL_COLUMNS; those that have a reason hold what could be read."""
    start = columns.starts()
    status = columns.meanings("status", columns.form.status)
    talk = _talk(columns, start, status)
    ours: Mapping[str, pa.Array] = {
        "source": columns.words("source").fill_null(source),
        "call_id": columns.required("call_id"),
        "start": pa.array(start),
        "wait_seconds": pa.array(_wait(columns, start, talk)),
        "talk_seconds": pa.array(talk),
        "status": status,
        "direction": columns.meanings("direction", columns.form.direction),
        "language": columns.languages(),
        "tags": columns.tags(),
    }
    names = [column.name for column in CALL_COLUMNS]
    return pa.table({name: ours[name] if name in ours else columns.words(name) for name in names})


def _talk(columns: Columns, start: Numbers, status: "pa.Array") -> Numbers:
    """Return the seconds of conversation: their own column, else from answer to end."""
    if columns.has("talk"):
        answered = np.asarray(pc.equal(status, "answered").fill_null(False))
        columns.refuse(columns.missing("talk") & answered, "answered, but without a time of conversation")
        return columns.seconds("talk")
    answer, end = columns.later("answer", start), columns.later("end", start)
    talk: Numbers = np.where((answer == UNREADABLE) | (end == UNREADABLE), 0, end - answer)
    columns.refuse(talk < 0, "the call ends before it is answered")
    return np.asarray(np.maximum(talk, 0), dtype=np.int64)


def _wait(columns: Columns, start: Numbers, talk: Numbers) -> Numbers:
    """Return the seconds from start to answer, or to the end; 0 when no column tells them."""
    if columns.has("wait"):
        return columns.seconds("wait")
    if columns.has("duration"):
        duration = columns.seconds("duration")
        columns.refuse(talk > duration, "the conversation is longer than the call")
        return np.asarray(np.maximum(duration - talk, 0), dtype=np.int64)
    end, answer = columns.later("end", start), columns.later("answer", start)
    until: Numbers = np.where(answer == UNREADABLE, end, answer)
    wait: Numbers = np.where(until == UNREADABLE, 0, until - start)
    columns.refuse(wait < 0, "the call is answered before it starts")
    return np.asarray(np.maximum(wait, 0), dtype=np.int64)


def _refused(path: Path, columns: Columns, table: "pa.Table") -> tuple[RefusedRecord, ...]:
    """Return the records that cannot be used, in the order of the file."""
    text, start = columns.text, np.asarray(table["start"])
    reasons = {int(text.lines[row]): "; ".join(why) for row, why in columns.reasons.items()}
    ids = {int(text.lines[row]): table["call_id"][row].as_py() or "" for row in columns.reasons}
    readable = start != UNREADABLE
    lines, starts = text.lines[readable], start[readable]
    if not len(lines):
        lines, starts = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)

    def record(line: int, reason: str) -> RefusedRecord:
        nearest = max(int(np.searchsorted(lines, line, side="right")) - 1, 0)
        return RefusedRecord(
            problem=Problem(Place(str(path), line), reason),
            start=int(starts[nearest]),
            call_id=ids.get(line, ""),
            text=_shown(text, line),
        )

    return tuple(record(line, reason) for line, reason in sorted({**text.damaged, **reasons}.items()))


def _shown(text: TextTable, line: int) -> str:
    return masked(text.texts[line - 1].decode())[:LONGEST_TEXT] if text.texts else ""


def _doubts(path: Path, columns: Columns) -> Iterator[Problem]:
    for row in columns.doubtful:
        what = f"this time occurs twice that night in {columns.zone}; the first is taken"
        yield Problem(Place(str(path), int(columns.text.lines[row])), what)
