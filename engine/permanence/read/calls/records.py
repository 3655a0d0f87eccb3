"""A file of call records → calls in our columns, and every record that cannot be used, with the reason."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from ...model.call_file import CallFile, NumberedRecord, RefusedRecord
from ...model.problem import Place, Problem, Refused
from ...model.usage import Numbers
from .columns import Columns
from .lines import TextTable, read_bytes, read_text
from .mapping import CallFormat
from .mapping_file import load_format
from .masking import masked
from .our_columns import our_columns
from .parquet_text import read_parquet_text
from .stamps import UNREADABLE
from .zones import ZoneContradictedError

BATCH = 50_000
SHOWN = 5
LONGEST_TEXT = 500
NO_CALL_IS_LATER = 4_102_444_800
"""The year 2100: the last instant of a call where nobody says what today is."""


@frozen(eq=False)
class Batches:
    """The usable records of a file in batches of tuples, which can be gone through again and again."""

    lines: Numbers
    table: "pa.Table"

    def __iter__(self) -> Iterator[Sequence[NumberedRecord]]:
        for start in range(0, len(self.lines), BATCH):
            columns = [column.to_pylist() for column in self.table.slice(start, BATCH).columns]
            yield list(zip(self.lines[start : start + BATCH].tolist(), *columns, strict=True))


def read_calls(
    path: Path, form: CallFormat, source: str = "", latest: int = NO_CALL_IS_LATER, most_refused: float = 0.5
) -> CallFile:
    """Return the calls of a file: CSV in a format, gzipped or not, or Parquet with our own columns.

    ``source`` names the telephone system that call ids belong to, where the file does not: the format's name
    by default; ``latest`` is the last instant (UTC seconds) at which a call may have arrived; ``most_refused`` is
    the share of records that may be unreadable. Raises Refused when
    the file as a whole cannot be used: no file, empty, cut short, another encoding, another format, a zone that its
    stamps contradict.
    """
    content, digest = read_bytes(path)
    if path.suffix == ".parquet":
        form = evolve(load_format("generic"), stamp="epoch", name=form.name)
        text = read_parquet_text(path, content, form)
    else:
        text = read_text(path, content, form)
    columns = Columns(text, form, latest)
    try:
        table = our_columns(columns, source or form.name)
    except ZoneContradictedError as error:
        raise Refused([Problem(Place(str(path)), str(error), "set zone in the call format")]) from error
    refused = _refused(path, columns, table)
    rows = len(text.lines) + len(text.damaged)
    if len(refused) > most_refused * rows:
        what = f"is not of format {form.name}: {len(refused)} of its {rows} records cannot be read"
        raise Refused([Problem(Place(str(path)), what), *(record.problem for record in refused[:SHOWN])])
    usable = np.ones(len(text.lines), dtype=np.bool_)
    usable[list(columns.reasons)] = False
    return CallFile(
        file=str(path),
        digest=digest,
        zone=str(columns.zone or ""),
        rows=rows,
        batches=Batches(text.lines[usable], table.filter(pa.array(usable))),
        refused=refused,
        notices=tuple(_doubts(path, columns)),
    )


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
    for row, what in sorted(columns.notices.items()):
        yield Problem(Place(str(path), int(columns.text.lines[row])), what)
