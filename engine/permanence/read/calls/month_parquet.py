"""Many millions of calls from Parquet straight to columns, without a database."""

from collections.abc import Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray

from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.problem import Place, Problem, Refused
from ...model.records import ALONE, CallBatch, Records, Span
from ...model.usage import Calls, Codes, Flags, Numbers, Places, SmallCodes, WordColumn, wide_enough
from .parquet_faults import UNKNOWN, WrongWords, is_time_of_a_call, lengths, number_faults, wrong_words
from .parquet_files import ParquetCalls, files_of
from .parquet_kept import KeptRows
from .parquet_links import by_id, links, may_share
from .parquet_repeats import CONTENT, NONE, Repeats, settle
from .word_codes import WordCodes
from .word_hash import Hashes, hashes, repeated

# The default allocator gives memory back after each batch and faults it in anew for the next: four times the
# time in the kernel, measured on five million calls. It gives back at the end of a read what that has left behind.
pa.set_memory_pool(pa.system_memory_pool())

LINES = ("account", "number")
FEW_WORDS = ("status", "direction", "language", "tags", "details")
"""Columns that mostly have few enough distinct words for a code of one byte; lines are few enough for two."""
Code = TypeVar("Code", np.int8, np.int16)
WORDS = (*LINES, *FEW_WORDS)
MOST = np.iinfo(np.int32).max
SHOWN = 5


def read_parquet_calls(paths: Sequence[Path], span: Span, month: Span) -> CallBatch:
    """Return the records of Parquet files that start in a time around a month, in UTC seconds.

    ``row`` is a record's place among the rows of all files, from 0. A record whose id stands in an earlier row is a
    duplicate, or refused when its content differs: those of the month itself are told. Callers' numbers are not read.
    Raises Refused for a file that cannot be used as a whole.
    """
    files = files_of(paths, ("source", "call_id", *CONTENT))
    scan = Scan.of(files, span, month)
    for file in files:
        scan.read(file)
    ids = scan.ids[: scan.rows]
    again = repeated(ids)
    again = again[[row not in scan.bad for row in again.tolist()]] if scan.bad else again
    repeats = settle(files, again) if len(again) else NONE
    batch = scan.batch(repeats, ", ".join(map(str, paths)))
    pa.default_memory_pool().release_unused()
    return batch


@define(eq=False, kw_only=True)
class Scan:
    """All columns of the records in a span, filled batch by batch; memory that is not filled is never touched.

    ``rows`` counts all records so far, ``used`` those of the span among them. ``ids`` holds hashes; ``linked`` has,
    batch by batch, the records that have a link, by their place among the used, and its hash; ``bad`` maps a row that
    cannot be used to whether it belongs to the month.
    """

    span: Span
    month: Span
    kept: KeptRows
    ids: Hashes
    row: Places
    start: Numbers
    wait: Codes
    talk: Codes
    codes: dict[str, SmallCodes]
    words: dict[str, WordCodes]
    wrong: Mapping[str, WrongWords]
    sources: WordCodes = field(factory=WordCodes)
    linked: list[tuple[Numbers, Hashes]] = field(factory=list)
    rows: int = 0
    used: int = 0
    bad: dict[int, bool] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    @classmethod
    def of(cls, files: Sequence[ParquetCalls], span: Span, month: Span) -> "Scan":
        """Return an empty scan with room for all rows of some files."""
        rows = sum(file.rows for file in files)
        words = {name: WordCodes() for name in WORDS}
        return cls(
            span=span,
            month=month,
            kept=KeptRows(files),
            ids=np.empty(rows, dtype=np.uint64),
            row=np.empty(rows, np.int32) if rows <= MOST else np.empty(rows, np.int64),
            start=np.empty(rows, dtype=np.int64),
            wait=np.empty(rows, dtype=np.int32),
            talk=np.empty(rows, dtype=np.int32),
            codes={**_room(rows, LINES, np.int16), **_room(rows, FEW_WORDS, np.int8)},
            words=words,
            wrong=wrong_words(words),
        )

    def read(self, file: ParquetCalls) -> None:
        """Take a file's records in; raise Refused when most of them cannot be used."""
        before = len(self.bad)
        for first, batch in file.batches(file.columns):
            self._add(file, first, batch)
        wrong = len(self.bad) - before
        if 2 * wrong > file.rows:
            what = f"{wrong} of its {file.rows} records cannot be used"
            shown = [problem for problem in self.problems if problem.where.file == str(file.path)][:SHOWN]
            raise Refused([Problem(Place(str(file.path)), what), *shown])

    def batch(self, repeats: Repeats, source: str) -> CallBatch:
        """Return what was read, without the records that repeat an earlier one."""
        used = slice(self.used)
        words: dict[str, Any] = {
            name: WordColumn(self.codes[name][used], tuple(self.words[name].number_of)) for name in WORDS
        }
        each = Calls(
            row=self.row[used],
            start=self.start[used],
            wait=self.wait[used],
            talk=self.talk[used],
            **words,
        )
        gone = np.concatenate([repeats.duplicates, repeats.conflicts])
        kept = ~np.isin(each.row, gone) if len(gone) else slice(None)
        records = self._records(each.take(kept), self._links()[kept])
        duplicates = int(_within(self.month, repeats.duplicate_starts).sum())
        conflicts = compress(repeats.problems, _within(self.month, repeats.conflict_starts))
        refused = (*compress(self.problems, self.bad.values()), *conflicts)
        return CallBatch(records=records, duplicates=duplicates, refused=refused, rows=self.rows, source=source)

    def _add(self, file: ParquetCalls, first: int, batch: "pa.RecordBatch") -> None:
        held = {name: batch[name] for name in batch.schema.names}
        rows = batch.num_rows
        held.setdefault("call_id", pa.nulls(rows, pa.string()))
        start = _whole(held["start"])
        # A wait that nobody noted is taken as none, as when the same records are imported.
        wait, talk = _whole(held["wait_seconds"], 0), _whole(held["talk_seconds"])
        codes = {name: self._coded(name, held, rows) for name in WORDS}
        self.ids[self.rows : self.rows + rows] = hashes(held["call_id"], self._seeds(held, rows))
        in_words = {
            "a spreadsheet spoilt the number called": self.wrong["number"].of(codes["number"]),
            "details is no JSON object of words and whole numbers": self.wrong["details"].of(codes["details"]),
            f"the status is none of {', '.join(STATUSES)}": self.words["status"].unknown(codes["status"], STATUSES),
            f"the direction is none of {', '.join(DIRECTIONS)}": self.words["direction"].unknown(
                codes["direction"], DIRECTIONS
            ),
        }
        wrong = number_faults(held["call_id"], start, wait, talk)
        wrong |= {reason: flags for reason, flags in in_words.items() if flags is not None}
        taken = _within(self.span, start)
        if wrong:
            bad = np.logical_or.reduce(list(wrong.values()))
            self._refuse(file, first, start, wrong, bad)
            taken &= ~bad
        if "linked_id" in held and held["linked_id"].null_count < rows:
            places = self._note_links(held["linked_id"], self._seeds(held, rows), taken)
            self.kept.keep(first + places, batch, places)
        self._fill(first, taken, {"start": start, "wait": wait, "talk": talk}, codes)
        self.rows += rows

    def _fill(self, first: int, taken: Flags, numbers: dict[str, Numbers], codes: dict[str, Codes]) -> None:
        """Write a batch's records of the span behind those that are there."""
        end = self.used + int(np.count_nonzero(taken))
        into, chosen = slice(self.used, end), slice(None) if end - self.used == len(taken) else taken
        self.row[into] = np.arange(first, first + len(taken), dtype=self.row.dtype)[chosen]
        self.start[into] = numbers["start"][chosen]
        self.wait[into] = numbers["wait"][chosen]
        self.talk[into] = numbers["talk"][chosen]
        for name, column in codes.items():
            self.codes[name] = wide_enough(self.codes[name], len(self.words[name].number_of))
            self.codes[name][into] = column[chosen]
        self.used = end

    def _refuse(self, file: ParquetCalls, first: int, start: Numbers, wrong: dict[str, Flags], bad: Flags) -> None:
        """Note why records cannot be used; one without a time belongs to the month of the one before it, or after."""
        readable = np.flatnonzero(is_time_of_a_call(start))
        for at in np.flatnonzero(bad).tolist():
            reasons = [reason for reason, flags in wrong.items() if flags[at]]
            self.problems.append(Problem(file.place(first + at), "; ".join(reasons)))
            near = readable[max(int(np.searchsorted(readable, at, side="right")) - 1, 0)] if len(readable) else at
            self.bad[first + at] = bool(_within(self.month, start[near : near + 1])[0])

    def _coded(self, name: str, held: Mapping[str, "pa.Array"], rows: int) -> Codes:
        if name in held:
            return self.words[name].code(held[name])
        word = "inbound" if name == "direction" else None
        return np.broadcast_to(np.int32(self.words[name].number(word)), rows)

    def _seeds(self, held: Mapping[str, "pa.Array"], rows: int) -> Hashes:
        """Return what makes equal ids of two sources different."""
        if "source" not in held:
            return np.broadcast_to(np.uint64(0), rows)
        codes = self.sources.code(held["source"])
        if codes.strides == (0,):
            return np.broadcast_to(np.uint64(codes[0] + 1) << np.uint64(40), rows)
        return (codes + 1).astype(np.uint64) << np.uint64(40)

    def _note_links(self, links: "pa.Array", seeds: Hashes, taken: Flags) -> Numbers:
        """Note the hash of each link of a batch's records of the span; return which have one: most have none."""
        some = np.flatnonzero(lengths(links))
        found = hashes(links.take(pa.array(some)), seeds[some])
        kept = taken[some]
        self.linked.append((self.used + np.cumsum(taken)[some[kept]] - 1, found[kept]))
        return some[kept]

    def _links(self) -> Places:
        """Return the links of records as numbers, from the very words: the hashes only say where to look."""
        row = self.row[: self.used]
        if self.linked:
            places, found = (np.concatenate(parts) for parts in zip(*self.linked, strict=True))
            own = self.ids[: self.rows] if self.used == self.rows else self.ids[row]
            shared = may_share(own, places, found)
            if len(shared):
                numbers = np.full(self.used, ALONE, dtype=row.dtype)
                numbers[shared] = links(self.kept, row[shared])
                return numbers
        return np.broadcast_to(row.dtype.type(ALONE), self.used)

    def _records(self, each: Calls, linked: Places) -> Records:
        order = by_id(self.kept, each.row, linked, each.start) if linked.size and linked.strides != (0,) else None
        return Records(each, linked) if order is None else Records(each.take(order), linked[order])


def _within(span: Span, start: Numbers) -> Flags:
    return (start >= span[0]) & (start < span[1])


def _room(rows: int, names: Sequence[str], kind: type[Code]) -> dict[str, NDArray[Code]]:
    return {name: np.empty(rows, dtype=kind) for name in names}


def _whole(values: "pa.Array", missing: int = UNKNOWN) -> Numbers:
    """Return whole numbers, instants as seconds; ``missing`` for null."""
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s", values.type.tz), safe=False)
    if values.null_count or not pa.types.is_integer(values.type):
        values = pc.fill_null(values.cast(pa.int64()), missing)
    return np.asarray(values)
