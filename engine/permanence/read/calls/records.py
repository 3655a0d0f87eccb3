"""A file of call records → calls in our columns, and every record that cannot be used, with the reason."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from ...model.call_file import ArrowRecords, CallFile, CallPart, RefusedRecord
from ...model.problem import Place, Problem, Refused
from ...model.usage import Numbers
from .blocks import opened
from .clock_survey import ClockSurvey
from .columns import Columns
from .lines import EARLY, TextTable, read_tables
from .mapping import CallFormat, bare
from .mapping_file import load_format
from .masking import masked
from .our_columns import our_columns
from .parquet_text import read_parquet_text
from .stamps import UNREADABLE
from .times import NO_CALL_IS_LATER, on_the_clock, says_offset
from .zones import Clock, ZoneContradictedError

SHOWN = 5
LONGEST_TEXT = 500


@frozen(eq=False, kw_only=True)
class Reader:
    """What is needed to read a file's records, as often as it is asked for."""

    path: Path
    form: CallFormat
    source: str
    latest: int
    clock: Clock | None
    most_refused: float

    def __iter__(self) -> Iterator[CallPart]:
        """Yield the parts of the file; raise Refused where most of its records cannot be used."""
        rows, before, start = 0, 0, 0
        seen, wrong = Counter[str](), list[Problem]()
        refused_so_far = 0
        for text in self.tables():
            columns = Columns(text, self.form, self.latest, seen, clock=self.clock, before=before)
            table = our_columns(columns, self.source)
            refused, start = _refused(self.path, columns, table, start)
            rows, before = rows + len(text.lines) + len(text.damaged), before + columns.clocked
            refused_so_far += len(refused)
            wrong += [record.problem for record in refused[: SHOWN - len(wrong)]]
            if rows >= EARLY:
                self._refuse_most(refused_so_far, rows, wrong)
            yield self._part(columns, table, refused)
        self._refuse_most(refused_so_far, rows, wrong)

    def tables(self, wanted: Collection[str] | None = None) -> Iterator[TextTable]:
        """Yield the records of the file as text."""
        if self.path.suffix == ".parquet":
            return read_parquet_text(self.path, self.form)
        return read_tables(self.path, self.form, wanted)

    def surveyed(self) -> tuple[int, Clock | None]:
        """Return how many parts the file has, and its clock; None where its times say how they stand to UTC.

        Of a file whose times always say so, no more than two parts are counted.

        Raises ZoneContradictedError where they do not stand in the zone that they should.
        """
        if says_offset(self.form):
            return len(list(islice(self.tables(), 2))), None
        survey, parts, rows = ClockSurvey(self.form.zone_meant), 0, 0
        for text in self.tables((*self.form.columns_of(self.form.stamped), bare(self.form.epoch))):
            survey.add(*on_the_clock(Columns(text, self.form, self.latest)))
            parts, rows = parts + 1, rows + len(text.lines) + len(text.damaged)
            if rows >= EARLY and rows - survey.records > self.most_refused * rows:
                self.look()
        return parts, survey.settled() if survey.records else None

    def look(self) -> None:
        """Read some of the file; raise Refused where most of that cannot be used."""
        rows = 0
        for part in self:
            rows += part.rows
            if rows >= EARLY:
                return

    def _refuse_most(self, refused: int, rows: int, shown: Sequence[Problem]) -> None:
        if refused > self.most_refused * rows:
            what = f"is not of format {self.form.name}: {refused} of its {rows} records cannot be read"
            raise Refused([Problem(Place(str(self.path)), what), *shown])

    def _part(self, columns: Columns, table: "pa.Table", refused: tuple[RefusedRecord, ...]) -> CallPart:
        usable = np.ones(len(columns), dtype=np.bool_)
        usable[list(columns.reasons)] = False
        chosen = table if usable.all() else table.filter(pa.array(usable))
        return CallPart(
            rows=len(columns) + len(columns.text.damaged),
            records=_records(columns.text.lines[usable], chosen),
            refused=refused,
            notices=tuple(_doubts(self.path, columns)),
        )


def read_calls(
    path: Path, form: CallFormat, source: str = "", latest: int = NO_CALL_IS_LATER, most_refused: float = 0.5
) -> CallFile:
    """Return the calls of a file: CSV in a format, gzipped or not, or Parquet with our own columns.

    ``source`` names the telephone system that call ids belong to, where the file does not: that of the mapping by
    default; ``latest`` is the last instant (UTC seconds) at which a call may have arrived; ``most_refused`` is
    the share of records that may be unreadable. Raises Refused when the file as a whole cannot be used: no file, empty,
    cut short, another encoding, another format, a zone that its stamps contradict. Of a long file some of this is told
    only while its parts are gone through.
    """
    if path.suffix == ".parquet":
        form = evolve(load_format("generic"), stamp="epoch", name=form.name, source=form.source)
    reader = Reader(
        path=path, form=form, source=source or form.source_meant, latest=latest, clock=None, most_refused=most_refused
    )
    try:
        count, clock = reader.surveyed()
    except ZoneContradictedError as error:
        raise Refused([Problem(Place(str(path)), str(error), "set zone in the call format")]) from error
    reader = evolve(reader, clock=clock)
    parts: Iterable[CallPart] = list(reader) if count == 1 else reader
    if count > 1:
        # Before its digest: nobody waits for gigabytes of something else to be gone through.
        reader.look()
    with opened(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        size = file.tell()
    return CallFile(file=str(path), digest=digest, size=size, zone=str(clock.zone) if clock else "", parts=parts)


def _records(lines: Numbers, table: "pa.Table") -> ArrowRecords:
    columns = [pa.array(lines), *(column.combine_chunks() for column in table.columns)]
    records: ArrowRecords = pa.RecordBatch.from_arrays(columns, ["line", *table.column_names])
    return records


def _refused(path: Path, columns: Columns, table: "pa.Table", before: int) -> tuple[tuple[RefusedRecord, ...], int]:
    """Return the records that cannot be used, in the order of the file, and the last start that can be read.

    ``before`` is the last one of the records before these, 0 where there is none.
    """
    text, start = columns.text, np.asarray(table["start"])
    readable = start != UNREADABLE
    lines, starts = text.lines[readable], start[readable]
    last = int(starts[-1]) if len(starts) else before
    if not columns.reasons and not text.damaged:
        return (), last
    reasons = {int(text.lines[row]): "; ".join(why) for row, why in columns.reasons.items()}
    ids = {int(text.lines[row]): table["call_id"][row].as_py() or "" for row in columns.reasons}
    first = before or (int(starts[0]) if len(starts) else 0)

    def record(line: int, reason: str) -> RefusedRecord:
        nearest = int(np.searchsorted(lines, line, side="right")) - 1
        return RefusedRecord(
            problem=Problem(Place(str(path), line), reason),
            start=int(starts[nearest]) if nearest >= 0 else first,
            call_id=ids.get(line, ""),
            text=_shown(text, line),
        )

    return tuple(record(line, reason) for line, reason in sorted({**text.damaged, **reasons}.items())), last


def _shown(text: TextTable, line: int) -> str:
    return masked(text.texts[line - text.first].decode())[:LONGEST_TEXT] if text.texts else ""


def _doubts(path: Path, columns: Columns) -> Iterator[Problem]:
    for row, what in sorted(columns.notices.items()):
        yield Problem(Place(str(path), int(columns.text.lines[row])), what)
