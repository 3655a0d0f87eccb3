"""Each import's records packed by day, as a month is read: columns of codes into words, compressed, with a digest.

`call` has one row for each call, to be looked up and shown; what bills rest on are packs: reading a hundred of them
takes a tenth of the time of a million rows, and a digest of each says that it is what was taken in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen
from pyarrow import ipc

from ..model.call_file import CALL_COLUMNS, ArrowRecords, RefusedRecord

DAY = 86_400
LEFT_OUT = "caller"
"""The one column that no bill reads."""
PLAIN = ("call_id", "linked_id")
"""Words that hardly ever occur twice: codes would be longer than they are."""
NAMES = tuple(column.name for column in CALL_COLUMNS if column.name != LEFT_OUT)
NUMBERS = {"start": pa.int64(), "wait_seconds": pa.int32(), "talk_seconds": pa.int32()}
AT_MOST = 50_000
"""So many records wait to be packed: a file in order of time then has a pack or two of each day."""
CALL, SET_ASIDE = "call", "set_aside"


Run = Callable[..., Sequence[tuple[object, ...]]]
"""Runs a statement with the values that follow it, and returns its rows."""


@frozen(eq=False)
class Pack:
    """Some calls, or records set aside, of one day."""

    day: int
    what: str
    records: int
    content: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the content."""
        return sha256(self.content).hexdigest()


@define(eq=False)
class Packer:
    """What an import brings, collected until there is enough to pack."""

    calls: list["pa.Table"] = field(factory=list)
    set_aside: list["pa.Table"] = field(factory=list)

    def add_calls(self, records: "pa.RecordBatch", first: int) -> Iterator[Pack]:
        """Take calls in whose numbers in the database run from ``first`` on; yield packs when there is enough."""
        numbers = pa.array(np.arange(first, first + len(records), dtype=np.int64))
        yield from self.add(pa.table({"id": numbers, **{name: records[name] for name in NAMES}}))

    def add(self, calls: "pa.Table") -> Iterator[Pack]:
        """Take calls in with their numbers in the database; yield packs when there is enough."""
        columns = {name: _packed(calls[name].combine_chunks(), name) for name in NAMES}
        self.calls.append(pa.table({"id": calls["id"], **columns}))
        yield from self._enough()

    def add_set_aside(self, rows: Sequence[Sequence[object]]) -> Iterator[Pack]:
        """Take records in that were set aside: line, start, and the reason, which duplicates have not."""
        if rows:
            lines, starts, reasons = zip(*rows, strict=True)
            columns = {"line": pa.array(lines, pa.int64()), "start": pa.array(starts, pa.int64())}
            self.set_aside.append(pa.table({**columns, "reason": pa.array(reasons, pa.string())}))
        yield from self._enough()

    def _enough(self) -> Iterator[Pack]:
        if max(sum(map(len, self.calls)), sum(map(len, self.set_aside))) >= AT_MOST:
            yield from self.rest()

    def rest(self) -> Iterator[Pack]:
        """Yield the packs of what is left."""
        for what, tables in ((CALL, self.calls), (SET_ASIDE, self.set_aside)):
            if tables:
                yield from _by_day(what, pa.concat_tables(tables, promote_options="none").unify_dictionaries())
                tables.clear()


def _typed(name: str, values: Sequence[object]) -> "pa.Array":
    return pa.array(values, NUMBERS.get(name, pa.int64() if name == "id" else pa.string()))


def _packed(values: "pa.Array", name: str) -> "pa.Array":
    if name in NUMBERS:
        return values.cast(NUMBERS[name])
    words = values.cast(pa.string())
    return words if name in PLAIN else words.dictionary_encode()


def _by_day(what: str, table: "pa.Table") -> Iterator[Pack]:
    """Yield the packs of each day's records, in order of time."""
    start = np.asarray(table["start"])
    if len(start) > 1 and np.diff(start).min() <= 0:
        keys = _order(table) if what == CALL else table.select(["start", "line"])
        table = table.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))
        start = np.asarray(table["start"])
    days = start // DAY
    edges = [0, *(np.flatnonzero(np.diff(days)) + 1).tolist(), len(days)] if len(days) else []
    for begin, end in pairwise(edges):
        part = table.slice(begin, end - begin).combine_chunks()
        yield Pack(int(days[begin]), what, end - begin, _written(part))


def _order(calls: "pa.Table") -> "pa.Table":
    """Return what calls are ordered by: arrival, then the shorter id, the lesser of two as long, and the source."""
    ids, source = calls["call_id"], calls["source"].cast(pa.string())
    return pa.table({"start": calls["start"], "length": pc.binary_length(ids), "id": ids, "source": source})


def _written(table: "pa.Table") -> bytes:
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, table.schema, options=ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write(table)
    return bytes(sink.getvalue())


def as_records(names: Sequence[str], rows: Sequence[Sequence[object]]) -> ArrowRecords:
    """Return rows as Arrow's columns, by their names."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    batch: ArrowRecords = pa.RecordBatch.from_arrays([pa.array(column) for column in columns], list(names))
    return batch


def parted(records: ArrowRecords, accepted: Sequence[int] | None) -> tuple["pa.RecordBatch", "pa.RecordBatch"]:
    """Return the records that stand in some lines, None for all, and the others."""
    batch = pa.record_batch(records)
    if accepted is None:
        return batch, batch.slice(0, 0)
    taken = pc.is_in(batch["line"], value_set=pa.array(accepted, batch["line"].type))
    return batch.filter(taken), batch.filter(pc.invert(taken))


def refused_rows(number: int, records: Sequence[RefusedRecord]) -> list[tuple[object, ...]]:
    """Return refused records of an import as rows of `set_aside`."""
    return [(number, one.problem.where.line, one.start, one.problem.what, one.call_id, one.text) for one in records]


def rows_alike(run: Run, number: int, packs: Iterable[bytes]) -> bool:
    """Tell whether the rows of an import say of its calls what was packed when it was taken in.

    The one column that is left out of packs may be another: callers are forgotten.
    """
    try:
        packed = [_plain(ipc.open_stream(content).read_all()) for content in packs]
    except (pa.ArrowInvalid, OSError):
        return False
    rows = [_plain(table) for table in _rows_of_import(run, number)]
    if not (packed and rows):
        return not (packed or rows)
    return bool(pa.concat_tables(packed).sort_by("id").equals(pa.concat_tables(rows)))


def _plain(calls: "pa.Table") -> "pa.Table":
    columns = {name: calls[name].cast(NUMBERS.get(name, pa.string())) for name in NAMES}
    return pa.table({"id": calls["id"], **columns})


def _rows_of_import(run: Run, number: int) -> Iterator["pa.Table"]:
    """Yield the calls of an import as they stand in their rows, in the order of their numbers."""
    sql, last = f"SELECT id, {', '.join(NAMES)} FROM call WHERE import = ? AND id > ? ORDER BY id LIMIT 50000", 0
    while rows := run(sql, number, last):
        columns = dict(zip(("id", *NAMES), zip(*rows, strict=True), strict=True))
        yield pa.table({name: _typed(name, values) for name, values in columns.items()})
        last = int(columns["id"][-1])


def packs_of_import(run: Run, number: int) -> Iterator[Pack]:
    """Yield the packs of an import whose rows are in the database, as they would have been made with it."""
    packer = Packer()
    for table in _rows_of_import(run, number):
        yield from packer.add(table)
    sql = "SELECT line, start, CASE outcome WHEN 'refused' THEN reason END FROM set_aside WHERE import = ? ORDER BY id"
    yield from packer.add_set_aside(run(sql, number))
    yield from packer.rest()
