"""Call records on their way from a file to calls.db: one column list for CSV, Parquet and SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from attrs import frozen

from .problem import Problem

NumberedRecord = tuple[int | str | None, ...]
"""The line (row of a Parquet file) that a call stands in, then its values in the order of CALL_COLUMNS."""


@frozen
class CallColumn:
    """One column of a call record: SQL type (``?`` may be empty), what it holds, its unit."""

    name: str
    type: str
    meaning: str
    unit: str = ""

    @property
    def required(self) -> bool:
        """Tell whether every call must have a value."""
        return not self.type.endswith("?")


CALL_COLUMNS = (
    CallColumn("source", "TEXT", "Telephone system that the id belongs to"),
    CallColumn("call_id", "TEXT", "The record's id, unique in its source"),
    CallColumn("linked_id", "TEXT?", "What the records of one call share, or the id of its first one"),
    CallColumn("account", "TEXT?", "Account code that the telephone system gave the call"),
    CallColumn("number", "TEXT?", "Number that was called"),
    CallColumn("caller", "TEXT?", "Number that called: personal data"),
    CallColumn("start", "INTEGER", "Start; of a call's earliest record its arrival", "seconds since 1970-01-01 UTC"),
    CallColumn("wait_seconds", "INTEGER", "From start to answer, or to the end when nobody answered", "seconds"),
    CallColumn("talk_seconds", "INTEGER", "Conversation, of this record alone", "seconds"),
    CallColumn("status", "TEXT", "How the record ended: answered, no_answer, busy or failed"),
    CallColumn("direction", "TEXT", "inbound, outbound or internal"),
    CallColumn("language", "TEXT?", "Language of the call"),
    CallColumn("tags", "TEXT?", "Marks that the telephone system or the agent set, separated by spaces"),
    CallColumn("details", "TEXT?", "Further words and numbers of the record: a JSON object with sorted keys"),
)


@frozen(kw_only=True)
class RefusedRecord:
    """A record that cannot be used: why, and the instant by which it belongs to a month.

    ``start`` (UTC seconds) is the record's own where it can be read, else that of the nearest readable
    record before it, else of the next one. ``text`` is the record with telephone numbers masked.
    """

    problem: Problem
    start: int
    call_id: str
    text: str


class ArrowRecords(Protocol):
    """Records as columns in Arrow's form, the line of each first, then CALL_COLUMNS in their order."""

    def __len__(self) -> int: ...

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

    def to_pydict(self) -> dict[str, list[Any]]:
        """Return the columns as lists."""
        ...


@frozen(kw_only=True, eq=False)
class CallPart:
    """Some of the records of a file, in its order: those that can be used, and those that cannot.

    ``rows`` counts them all. ``notices`` tell of doubts that did not keep a record out.
    """

    rows: int
    records: ArrowRecords
    refused: tuple[RefusedRecord, ...] = ()
    notices: tuple[Problem, ...] = ()


@frozen(kw_only=True)
class CallFile:
    """What one file of call records holds, part by part: of a large one, never all at once.

    ``digest`` is the SHA-256 of its bytes, ``size`` their number, None where it is not known; ``zone`` is the zone
    that its stamps were read in. ``parts`` can be gone through again and again; going through them raises Refused
    where it turns out that the file as a whole cannot be used.
    """

    file: str
    digest: str
    zone: str
    parts: Iterable[CallPart]
    size: int | None = None

    @property
    def rows(self) -> int:
        """Return the number of records in the file, refused ones included."""
        return sum(part.rows for part in self.parts)

    @property
    def batches(self) -> Iterator[Sequence[NumberedRecord]]:
        """Yield the records that can be used, part by part."""
        for part in self.parts:
            yield list(zip(*part.records.to_pydict().values(), strict=True))

    @property
    def refused(self) -> tuple[RefusedRecord, ...]:
        """Return the records that cannot be used."""
        return tuple(record for part in self.parts for record in part.refused)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return the doubts that did not keep a record out."""
        return tuple(notice for part in self.parts for notice in part.notices)
