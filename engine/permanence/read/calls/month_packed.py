"""A month's calls out of what imports packed by day: Arrow streams, whatever holds them."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc

from ...model.problem import Place, Problem
from ...model.records import ALONE, CallBatch, Records, Span
from ...model.usage import Calls, Codes, Flags, Numbers, WordColumn
from .shared_links import shared_links
from .word_codes import WordCodes

WORDS = ("account", "number", "status", "direction", "language", "tags", "details")
NUMBERS = {"id": np.int64, "start": np.int64, "wait_seconds": np.int32, "talk_seconds": np.int32}
CALL = "call"
FEW = 0.2
"""Share of records with a link below which the others are looked at one by one."""


class Packed(Protocol):
    """Calls, or records set aside, that a file brought of one day."""

    @property
    def file(self) -> str: ...

    @property
    def what(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def read_packed_records(packs: Iterable[Packed], span: Span, month: Span) -> CallBatch:
    """Return the records that start in a time around a month, in order of arrival, in UTC seconds.

    ``packs`` are those of the days of that time. With the records come those of the month itself that were set aside:
    how many duplicates, and why each other one was refused. ``row`` is the record's number in the database.
    """
    calls, aside = [], []
    for pack in packs:
        table = ipc.open_stream(pack.content).read_all()
        start = np.asarray(table["start"])
        begin, end = span if pack.what == CALL else month
        within = (start >= begin) & (start < end)
        if not within.all():
            table = table.filter(pa.array(within))
        if pack.what == CALL:
            calls.append(table)
        else:
            aside.append((pack.file, table))
    refused = list(_refused(aside))
    duplicates = sum(table.num_rows for _, table in aside) - len(refused)
    return CallBatch(records=records_of(calls), duplicates=duplicates, refused=tuple(refused), source="calls.db")


def records_of(tables: Sequence["pa.Table"]) -> Records:
    """Return records in order of arrival, whatever order they were imported in.

    Each table stands in that order; its words, but for ids and links, are dictionaries.
    """
    tables = sorted((table for table in tables if table.num_rows), key=lambda table: table["start"][0].as_py())
    numbers = {name: _numbers(tables, name, kind) for name, kind in NUMBERS.items()}
    words: dict[str, Any] = {name: _words(tables, name) for name in WORDS}
    each = Calls(
        row=numbers["id"],
        start=numbers["start"],
        wait=numbers["wait_seconds"],
        talk=numbers["talk_seconds"],
        **words,
    )
    linked, order = _links(tables, len(each)), _order(tables, each.start)
    return Records(each, linked) if order is None else Records(each.take(order), linked[order])


def _numbers(tables: Sequence["pa.Table"], name: str, kind: type) -> Any:
    return np.concatenate([np.zeros(0, kind), *(np.asarray(table[name]) for table in tables)])


def _words(tables: Sequence["pa.Table"], name: str) -> WordColumn:
    codes, known = [np.zeros(0, np.int32)], WordCodes()
    codes += [known.code(chunk) for table in tables for chunk in table[name].chunks]
    joined: Codes = np.concatenate(codes)
    small = len(known.number_of) <= np.iinfo(np.int8).max
    return WordColumn(joined.astype(np.int8) if small else joined, tuple(known.number_of))


def _order(tables: Sequence["pa.Table"], start: Numbers) -> Numbers | None:
    """Return the order of arrival, the shorter id first where calls arrive together; None where they stand in it."""
    edges = np.cumsum([table.num_rows for table in tables])[:-1]
    if len(start) < 2 or (np.diff(start).min() >= 0 and (start[edges] > start[edges - 1]).all()):
        return None
    ids = pa.chunked_array([chunk for table in tables for chunk in table["call_id"].chunks])
    source = pa.chunked_array([chunk.cast(pa.string()) for table in tables for chunk in table["source"].chunks])
    return by_arrival(start, ids, source)


def by_arrival(start: "Numbers | pa.ChunkedArray", ids: "pa.ChunkedArray", source: "pa.ChunkedArray") -> Numbers:
    """Return the order of arrival of records, the shorter id first where they arrive together."""
    keys = pa.table({"start": start, "length": pc.binary_length(ids), "id": ids, "source": source})
    return np.asarray(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))


def _links(tables: Sequence["pa.Table"], size: int) -> Numbers:
    """Return a number for each link that two records or more of a source share, -1 for a record alone.

    A record without a link has its own id for one.
    """
    linked = np.full(size, ALONE, dtype=np.int64)
    links, ids = (_plain(tables, name) for name in ("linked_id", "call_id"))
    has_one = _has(links)
    if not has_one.any():
        return linked
    # Where most records have no link, few of the others' ids are one; else all of them are looked at.
    some = np.arange(size)
    if has_one.mean() < FEW:
        named = pc.is_in(ids, value_set=pc.unique(links.filter(pa.array(has_one))))
        some = np.flatnonzero(has_one | np.asarray(named))
        links, ids = links.take(pa.array(some)), ids.take(pa.array(some))
    known = WordCodes()
    sources = np.concatenate([known.code(chunk) for table in tables for chunk in table["source"].chunks])
    link = pc.if_else(pa.array(has_one[some]), links, ids).combine_chunks()
    linked[some] = shared_links(link, sources[some])
    return linked


def _plain(tables: Sequence["pa.Table"], name: str) -> "pa.ChunkedArray":
    return pa.chunked_array([pa.array([], pa.string()), *(chunk for table in tables for chunk in table[name].chunks)])


def _has(words: "pa.ChunkedArray") -> Flags:
    return np.asarray(pc.greater(pc.binary_length(pc.fill_null(words, "")), 0))


def _refused(aside: Sequence[tuple[str, "pa.Table"]]) -> Iterable[Problem]:
    """Yield why records were refused, file after file in the order of import, line after line."""
    order = {file: number for number, file in enumerate(dict.fromkeys(file for file, _ in aside))}
    rows = [
        (order[file], line, file, reason)
        for file, table in aside
        for line, reason in zip(table["line"].to_pylist(), table["reason"].to_pylist(), strict=True)
        if reason is not None
    ]
    yield from (Problem(Place(file, line), reason) for _, line, file, reason in sorted(rows))
