"""Call records on their way from a file to calls.db: one column list for CSV, Parquet and SQLite."""

from collections.abc import Iterable, Sequence

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
    CallColumn("source", "TEXT", "Telephone system that the call id belongs to"),
    CallColumn("call_id", "TEXT", "The call's id, unique in its source"),
    CallColumn("linked_id", "TEXT?", "What the records of one call share, or the id of its first one"),
    CallColumn("account", "TEXT?", "Account code that the telephone system gave the call"),
    CallColumn("number", "TEXT?", "Number that was called"),
    CallColumn("caller", "TEXT?", "Number that called: personal data"),
    CallColumn("start", "INTEGER", "Arrival of the call", "seconds since 1970-01-01 UTC"),
    CallColumn("wait_seconds", "INTEGER", "From start to answer, or to the end when nobody answered", "seconds"),
    CallColumn("talk_seconds", "INTEGER", "Conversation", "seconds"),
    CallColumn("status", "TEXT", "answered, no_answer, busy or failed"),
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


@frozen(kw_only=True)
class CallFile:
    """What one file of call records holds.

    ``batches`` can be gone through more than once. ``rows`` is the number of records in the file, refused
    ones included; ``digest`` is the SHA-256 of its bytes; ``zone`` is the zone that its stamps were read
    in. ``notices`` tell of doubts that did not keep a record out.
    """

    file: str
    digest: str
    zone: str
    rows: int
    batches: Iterable[Sequence[NumberedRecord]]
    refused: tuple[RefusedRecord, ...]
    notices: tuple[Problem, ...]
