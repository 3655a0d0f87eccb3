"""What came with later imports than those that a month was billed with, where a look at these alone can tell."""

from collections.abc import Sequence

from ..model.records import MARGIN, NEW_CALL_AFTER, Span
from .asked import AskedDatabase

SINCE = """
SELECT coalesce(account, ''), coalesce(number, ''), count(*) FROM call
WHERE import > ? AND start >= ? AND start < ? GROUP BY 1, 2 ORDER BY 1, 2
"""
CAME = "SELECT 1 FROM call WHERE import > ? AND start >= ? AND start < ? LIMIT 1"
JOINED = """
SELECT 1 FROM call WHERE start >= ? AND start < ?
GROUP BY source, coalesce(nullif(linked_id, ''), call_id)
HAVING count(*) > 1 AND max(import) > ? AND min(start) < ? AND max(start) >= ? LIMIT 1
"""
GOES_ON = """
SELECT 1 FROM call WHERE import > ? AND start >= ? AND start < ? AND start + wait_seconds >= ? LIMIT 1
"""
TO_EARLIER = """
SELECT 1 FROM call WHERE import > ? AND linked_id <> '' AND linked_id <> call_id AND EXISTS (
    SELECT 1 FROM call AS earlier
    WHERE earlier.source = call.source AND earlier.call_id = call.linked_id AND earlier.import <= ?
) LIMIT 1
"""
FROM_EARLIER = """
SELECT 1 FROM call WHERE start >= ? AND start <= ? AND import <= ? AND linked_id <> '' AND linked_id <> call_id
AND (source, linked_id) IN (
    SELECT source, call_id FROM call WHERE import > ?
    UNION ALL SELECT source, linked_id FROM call WHERE import > ? AND linked_id <> ''
) LIMIT 1
"""
BOUNDS = "SELECT min(start), max(start) FROM call WHERE import > ?"


def joined_to_earlier(database: AskedDatabase, number: int) -> bool:
    """Tell whether a record of imports after one may be part of a call with records that came before."""
    first, last = database.execute(BOUNDS, (number,)).fetchone()
    if first is None:
        return False
    around = (first - NEW_CALL_AFTER, last + NEW_CALL_AFTER)
    return _found(database, TO_EARLIER, (number, number)) or _found(
        database, FROM_EARLIER, (*around, number, number, number)
    )


def calls_since(
    database: AskedDatabase, number: int, month: Span, *, crossing: bool
) -> Sequence[tuple[str, str, int]] | None:
    """Return the calls of a month that came with imports after one, by account and called number: how many each.

    None where that cannot be told from these records alone: one of them is part of a call with others, or goes on over
    the month's bounds where an offer on file may give it to another month then (``crossing``).
    """
    if _some_joined(database, number, month) or (crossing and _some_goes_on(database, number, month)):
        return None
    return [(account, line, count) for account, line, count in database.execute(SINCE, (number, *month))]


def _some_joined(database: AskedDatabase, number: int, month: Span) -> bool:
    """Tell whether a record that came later is part of a call of the month that has others."""
    start, end = month
    parts = (
        ((start - MARGIN, start), (start - MARGIN, start + NEW_CALL_AFTER), (start, start)),
        ((start, end), (start - NEW_CALL_AFTER, end + NEW_CALL_AFTER), (end, start)),
        ((end, end + MARGIN), (end - NEW_CALL_AFTER, end + MARGIN), (end, end)),
    )
    return any(
        _found(database, CAME, (number, *came)) and _found(database, JOINED, (*beside, number, *bounds))
        for came, beside, bounds in parts
    )


def _some_goes_on(database: AskedDatabase, number: int, month: Span) -> bool:
    start, end = month
    parts = (number, start - MARGIN, start, start), (number, start, end, end)
    return any(_found(database, GOES_ON, part) for part in parts)


def _found(database: AskedDatabase, sql: str, values: Sequence[int]) -> bool:
    return database.execute(sql, values).fetchone() is not None
