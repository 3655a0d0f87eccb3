"""Files of call records as reading hands them over, from plain tuples."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from permanence.model.call_file import CALL_COLUMNS, CallFile, CallPart, RefusedRecord
from permanence.model.records import CallBatch, Span
from permanence.read.calls.month_packed import read_packed_records
from permanence.store.import_days import stored_packs
from sqlite_utils import Database

NAMES = [column.name for column in CALL_COLUMNS]


def a_part(records: Sequence[Sequence[Any]], refused: Sequence[RefusedRecord] = ()) -> CallPart:
    """Return a part of a file: each record is its line, then our columns."""
    columns = zip(*records, strict=True) if records else [()] * (len(NAMES) + 1)
    batch = pa.RecordBatch.from_arrays([pa.array(column) for column in columns], ["line", *NAMES])
    return CallPart(rows=len(records) + len(refused), records=batch, refused=tuple(refused))


def a_file(name: str, digest: str, zone: str, *parts: CallPart) -> CallFile:
    """Return a file of these parts."""
    return CallFile(file=name, digest=digest, zone=zone, parts=parts)


def records_of_month(database: Database, span: Span, month: Span) -> CallBatch:
    """Return the records that start in a time around a month, as a bill reads them."""
    return read_packed_records(stored_packs(database, *span), span, month)
