"""Records out of calls.db: those of a month's calls as columns, and single ones by their number."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from sqlite_utils import Database

from ..model.call_file import CALL_COLUMNS
from ..model.problem import Place, Problem
from ..model.records import ALONE, CallBatch, Records, Span
from ..model.usage import Calls, Numbers, WordColumn

CHUNK = 500
RECORDS = """
SELECT id, start, wait_seconds, talk_seconds, coalesce(account, ''), coalesce(number, ''), status, direction,
    coalesce(language, ''), coalesce(tags, ''), source, linked_id, call_id
FROM call WHERE start >= ? AND start < ? ORDER BY start, length(call_id), call_id, source
"""
REFUSED = """
SELECT import.file, line, reason FROM set_aside JOIN import ON import.id = set_aside.import
WHERE outcome = 'refused' AND start >= ? AND start < ? ORDER BY set_aside.id
"""
IMPORTS = "SELECT id, sha256 FROM import WHERE id <= ? ORDER BY id"
LATEST = 2**62
DUPLICATES = "SELECT count(*) FROM set_aside WHERE outcome = 'duplicate' AND start >= ? AND start < ?"


def records_of_month(database: Database, span: Span, month: Span) -> CallBatch:
    """Return the records that start in a time around a month, in order of arrival, in UTC seconds.

    With them come the records of the month itself that were set aside: how many duplicates, and why each other one was
    refused. ``row`` is the record's number in the database.
    """
    rows = database.execute(RECORDS, span).fetchall()
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * 13
    each = Calls(
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
    )
    refused = database.execute(REFUSED, month).fetchall()
    return CallBatch(
        records=Records(each, _linked(columns[10], columns[11], columns[12])),
        duplicates=database.execute(DUPLICATES, month).fetchone()[0],
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


def _linked(sources: Sequence[str], links: Sequence[str | None], ids: Sequence[str]) -> Numbers:
    """Return a number for each link that two records or more share, -1 for a record alone."""
    pairs = [(source, link or own) for source, link, own in zip(sources, links, ids, strict=True)]
    if not any(links):
        return np.full(len(pairs), ALONE, np.int64)
    records_of: dict[tuple[str, str], int] = {}
    for pair in pairs:
        records_of[pair] = records_of.get(pair, 0) + 1
    number = {pair: position for position, pair in enumerate(p for p, count in records_of.items() if count > 1)}
    return np.array([number.get(pair, ALONE) for pair in pairs], dtype=np.int64)
