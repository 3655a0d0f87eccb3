"""Calls out of calls.db: imports, and single calls by their number."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from ..model.call_file import CALL_COLUMNS
from .asked import AskedDatabase

CHUNK = 500
IMPORTS = "SELECT id, sha256 FROM import WHERE id <= ? ORDER BY id"
SINCE = "SELECT coalesce(sum(records), 0) FROM import_day WHERE import > ?"
LATEST = 2**62
BY_DAY = "SELECT day, sum(records) FROM import_day WHERE day >= ? AND day < ? GROUP BY day"


def holds_imports(database: AskedDatabase) -> bool:
    """Tell whether any file of calls was ever imported."""
    return database.execute("SELECT 1 FROM import LIMIT 1").fetchone() is not None


def imports_up_to(database: AskedDatabase, number: int | None = None) -> tuple[int, str]:
    """Return the number of the last import up to a number, 0 for none, and the digest of all of these."""
    rows = database.execute(IMPORTS, (LATEST if number is None else number,)).fetchall()
    return (rows[-1][0] if rows else 0), sha256(repr(rows).encode()).hexdigest()


def records_since(database: AskedDatabase, number: int) -> int:
    """Return how many records came with imports after one."""
    (found,) = database.execute(SINCE, (number,)).fetchone()
    return int(found)


def rows_since(database: AskedDatabase, number: int) -> frozenset[int]:
    """Return the numbers of the records that came with imports after one."""
    return frozenset(row for (row,) in database.execute("SELECT id FROM call WHERE import > ?", (number,)))


def records_by_utc_day(database: AskedDatabase, first: int, end: int) -> Mapping[int, int]:
    """Return how many calls arrived on each day in UTC (days since 1970), from one day up to another."""
    return dict(database.execute(BY_DAY, (first, end)).fetchall())


def calls_by_row(database: AskedDatabase, rows: Iterable[int]) -> list[dict[str, Any]]:
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
