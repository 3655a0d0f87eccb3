"""What became of each call of a month: into billing.db with its bills, and out of it for one contract or one call."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..model.kept_calls import CallKind, KeptCall, KeptCalls
from ..model.outcome import Outcome

Row = tuple[Any, ...]
Column = NDArray[Any]
PART = 1 << 20
"""Calls of a row, at most: those of a day are found without reading the whole of a month of many millions."""
WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4", 8: "<u8"}
KINDS = "SELECT number, outcome, reason, window, marks, facts FROM call_kind WHERE month = ? ORDER BY number"
PARTS = """
SELECT id, month, calls, contracts FROM call_kept
WHERE month = coalesce(?, month) AND last_start >= ? AND first_start < ? ORDER BY id
"""
AT_ANY_TIME = (0, 2**62)
Span = tuple[int, int]
"""Instants from one up to, but not including, another, in UTC seconds."""


def kept_tables(month: str, kept: KeptCalls) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of what became of a month's calls, by table; a month without a call has a row too."""
    calls = np.bincount(kept.kind, minlength=len(kept.kinds)).tolist()
    yield "call_kind", [_kind_row(month, number, kind, calls[number]) for number, kind in enumerate(kept.kinds)]
    contracts = "\n".join(kept.contracts)
    parts = (kept.take(slice(first, first + PART)) for first in range(0, max(1, len(kept)), PART))
    yield "call_kept", (_part_row(month, number, part, contracts) for number, part in enumerate(parts, 1))


def _kind_row(month: str, number: int, kind: CallKind, calls: int) -> Row:
    words = (kind.outcome.word, kind.reason, kind.window, " ".join(kind.marks), " ".join(kind.facts))
    return (f"{month}-{number}", month, number, *words, calls)


def _part_row(month: str, number: int, part: KeptCalls, contracts: str) -> Row:
    first, last = (int(part.start.min()), int(part.start.max())) if len(part) else (0, 0)
    columns = (part.call, part.start, part.talk, part.contract + np.int32(1), part.kind)
    return (f"{month}-{number:04}", month, len(part), first, last, contracts, *map(_packed, columns))


def _packed(column: Column) -> bytes:
    most = int(column.max()) if column.size else 0
    width = next(width for width in WIDTHS if most < 1 << (8 * width))
    return column.astype(WIDTHS[width]).tobytes()


@frozen
class _Part:
    """A row of `call_kept`, of which a column is read when it is asked for: one alone has many megabytes."""

    connection: sqlite3.Connection
    id: str
    month: str
    calls: int
    contracts: tuple[str, ...]

    def column(self, name: str) -> Column:
        (packed,) = self.connection.execute(f"SELECT [{name}] FROM call_kept WHERE id = ?", (self.id,)).fetchone()
        return np.frombuffer(packed, WIDTHS[len(packed) // self.calls])


def kept_calls(
    connection: sqlite3.Connection,
    *,
    month: str | None = None,
    contract: str | None = None,
    span: Span = AT_ANY_TIME,
    calls: Collection[int] | None = None,
) -> tuple[KeptCall, ...]:
    """Return what became of calls, in order of arrival: of a month, a contract ("" for nobody's), a time, or some.

    ``calls`` are places of first records. What is not asked for may be anything.
    """
    found: list[KeptCall] = []
    kinds: dict[str, Sequence[CallKind]] = {}
    for key, of_month, count, names in connection.execute(PARTS, (month, *span)).fetchall():
        if not count:
            continue
        part = _Part(connection, key, of_month, count, tuple(names.split("\n")) if names else ())
        rows = _rows(part, contract, span, calls)
        if rows.size:
            found += _calls(part, rows, kinds.setdefault(of_month, _kinds(connection, of_month)))
    return tuple(sorted(found, key=lambda one: (one.start, one.call)))


def _rows(part: _Part, contract: str | None, span: Span, calls: Collection[int] | None) -> NDArray[np.intp]:
    """Return which calls of a row are asked for; the contract's column is read first, the others if need be."""
    wanted = np.ones(part.calls, np.bool_)
    if contract:
        numbers = [number for number, name in enumerate(part.contracts, 1) if name == contract]
        wanted &= np.isin(part.column("contract"), numbers)
    elif contract is not None:
        wanted &= part.column("contract") == 0
    if span != AT_ANY_TIME and wanted.any():
        start = part.column("start")
        wanted &= (start >= span[0]) & (start < span[1])
    if calls is not None and wanted.any():
        wanted &= np.isin(part.column("call"), np.array(list(calls), np.uint64))
    return np.flatnonzero(wanted)


def _calls(part: _Part, rows: NDArray[np.intp], kinds: Sequence[CallKind]) -> Iterator[KeptCall]:
    columns = (part.column(name)[rows].tolist() for name in ("call", "start", "talk", "contract", "kind"))
    for call, start, talk, number, kind in zip(*columns, strict=True):
        contract = part.contracts[number - 1] if number else ""
        yield KeptCall(month=part.month, call=call, start=start, talk=talk, contract=contract, kind=kinds[kind])


def _kinds(connection: sqlite3.Connection, month: str) -> Sequence[CallKind]:
    return [
        CallKind(Outcome[outcome.upper()], reason, window, tuple(marks.split()), tuple(facts.split()))
        for _, outcome, reason, window, marks, facts in connection.execute(KINDS, (month,))
    ]
