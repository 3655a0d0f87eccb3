"""The first records of a file, and all that share a link with them, as records of calls."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from ...model.call_file import CallFile
from ...model.records import Records
from .month_packed import WORDS, by_arrival, records_of

ReadRecord = dict[str, Any]
"""A record by the names of our columns, with the line that it stands in."""
CODED = ("source", *WORDS)


@frozen(eq=False)
class FirstRecords:
    """The ``first`` records of a file, and all that may be of their calls: ``row`` of a record is its line."""

    first: tuple[ReadRecord, ...]
    linked: Records


def first_records(found: CallFile, count: int) -> FirstRecords:
    """Return so many of a file's first records, with all that share a link with them, wherever in it they stand."""
    tables: list[pa.Table] = []
    for table in _tables(found):
        tables.append(table)
        if sum(one.num_rows for one in tables) >= count:
            break
    first = pa.concat_tables(tables).slice(0, count) if tables else pa.table({})
    links = _links(first) if first.num_rows else pa.array([], pa.string())
    linked = [table.filter(pc.is_in(_links(table), value_set=links)) for table in _tables(found)]
    return FirstRecords(tuple(first.to_pylist()), records_of([_coded(pa.concat_tables(linked))] if linked else []))


def _tables(found: CallFile) -> Iterator["pa.Table"]:
    for part in found.parts:
        yield pa.table(pa.record_batch(part.records))


def _links(table: "pa.Table") -> "pa.ChunkedArray":
    """Return the link of each record, its own id where it has none; of two sources' equal ones both are meant."""
    links = pc.fill_null(table["linked_id"], "")
    return pc.if_else(pc.equal(links, ""), table["call_id"], links)


def _coded(table: "pa.Table") -> "pa.Table":
    """Return records as they are packed in calls.db, in order of arrival, each numbered by its line."""
    table = table.take(pa.array(by_arrival(table["start"], table["call_id"], table["source"])))
    columns = {name: table[name].dictionary_encode() if name in CODED else table[name] for name in table.column_names}
    return pa.table({"id": columns.pop("line"), **columns})
