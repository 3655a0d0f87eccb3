"""Calls out of calls.db: a month as columns, and single calls by their number."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from sqlite_utils import Database

from ..model.call_file import CALL_COLUMNS
from ..model.problem import Place, Problem
from ..model.usage import CallBatch, Calls, Numbers, WordColumn

CHUNK = 500
MONTH = """
SELECT id, start, wait_seconds, talk_seconds, coalesce(account, ''), coalesce(number, ''), status, direction,
    coalesce(language, ''), coalesce(tags, ''), source, linked_id
FROM call WHERE start >= ? AND start < ? ORDER BY start, source, call_id
"""
REFUSED = """
SELECT import.file, line, reason FROM set_aside JOIN import ON import.id = set_aside.import
WHERE outcome = 'refused' AND start >= ? AND start < ? ORDER BY set_aside.id
"""
IMPORTS = "SELECT id, sha256 FROM import WHERE id <= ? ORDER BY id"
LATEST = 2**62
SINCE = """
SELECT coalesce(account, ''), coalesce(number, ''), count(*) FROM call
WHERE import > ? AND start >= ? AND start < ? GROUP BY 1, 2 ORDER BY 1, 2
"""
BY_DAY = "SELECT start / 86400, count(*) FROM call WHERE start >= ? AND start < ? GROUP BY 1"
DUPLICATES = "SELECT count(*) FROM set_aside WHERE outcome = 'duplicate' AND start >= ? AND start < ?"


def calls_of_month(database: Database, start_utc: int, end_utc: int) -> CallBatch:
    """Return the calls that arrived from one instant up to, but not including, another, in order of arrival.

    With them come the records of that time that were set aside: how many duplicates, and why each other one was
    refused. ``row`` is the call's number in the database.
    """
    span = (start_utc, end_utc)
    rows = database.execute(MONTH, span).fetchall()
    columns: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [()] * 12
    calls = Calls(
        row=np.array(columns[0], dtype=np.int64),
        start=np.array(columns[1], dtype=np.int64),
        wait=np.array(columns[2], dtype=np.int32),
        talk=np.array(columns[3], dtype=np.int32),
        account=_words(columns[4]),
        number=_words(columns[5]),
        status=_words(columns[6]),
        direction=_words(columns[7]),
        language=_words(columns[8]),
        tags=_words(columns[9]),
        linked=_linked(columns[10], columns[11]),
    )
    refused = database.execute(REFUSED, span).fetchall()
    return CallBatch(
        calls=calls,
        duplicates=database.execute(DUPLICATES, span).fetchone()[0],
        refused=tuple(Problem(Place(file, line), reason) for file, line, reason in refused),
        source="calls.db",
    )


def holds_imports(database: Database) -> bool:
    """Tell whether any file of calls was ever imported."""
    return database.execute("SELECT 1 FROM import LIMIT 1").fetchone() is not None


def imports_up_to(database: Database, number: int | None = None) -> tuple[int, str]:
    """Return the number of the last import up to a number, 0 for none, and the digest of all of these."""
    rows = database.execute(IMPORTS, (LATEST if number is None else number,)).fetchall()
    return (rows[-1][0] if rows else 0), sha256(repr(rows).encode()).hexdigest()


def calls_since(database: Database, number: int, start_utc: int, end_utc: int) -> list[tuple[str, str, int]]:
    """Return the calls of a time that came with imports after one, by account and called number: how many each."""
    return [(account, line, count) for account, line, count in database.execute(SINCE, (number, start_utc, end_utc))]


def records_by_utc_day(database: Database, start_utc: int, end_utc: int) -> Mapping[int, int]:
    """Return how many calls arrived on each day in UTC (days since 1970), from one instant up to another."""
    return dict(database.execute(BY_DAY, (start_utc, end_utc)).fetchall())


def calls_by_row(database: Database, rows: Iterable[int]) -> list[dict[str, Any]]:
    """Return calls by their numbers in the database, all columns, the caller's number too, in the order asked."""
    names = ("id", *(column.name for column in CALL_COLUMNS))
    numbers = [int(row) for row in rows]
    found: list[dict[str, Any]] = []
    for first in range(0, len(numbers), CHUNK):
        some = numbers[first : first + CHUNK]
        sql = f"SELECT {', '.join(names)} FROM call WHERE id IN ({', '.join('?' * len(some))})"
        found += [dict(zip(names, row, strict=True)) for row in database.execute(sql, some)]
    by_number = {call["id"]: call for call in found}
    return [by_number[number] for number in numbers if number in by_number]


def _words(values: Sequence[object]) -> WordColumn:
    return WordColumn.of([str(value) for value in values])


def _linked(sources: Sequence[object], links: Sequence[object]) -> Numbers:
    """Return a number for each link that two calls or more share, -1 for a call alone."""
    pairs = list(zip(sources, links, strict=True))
    calls_of: dict[tuple[object, object], int] = {}
    for pair in pairs:
        calls_of[pair] = calls_of.get(pair, 0) + 1
    shared = (pair for pair, calls in calls_of.items() if calls > 1 and pair[1] is not None)
    number = {pair: position for position, pair in enumerate(shared)}
    return np.array([number.get(pair, -1) for pair in pairs], dtype=np.int64)
