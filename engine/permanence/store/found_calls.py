"""Calls out of calls.db by number, id, line or time, each with all its records; callers' numbers stay there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from attrs import frozen
from sqlite_utils import Database

from ..model.call_file import CALL_COLUMNS
from ..model.line import one_spelling

Record = dict[str, Any]
Span = tuple[int, int]
"""Instants from one up to, but not including, another, in UTC seconds."""
NEW_CALL_AFTER = 86_400
MOST_RECORDS = 400
FRANCE, ABROAD = "+33", "00"
NAMES = ("id", "import", *(column.name for column in CALL_COLUMNS))
COLUMNS = ", ".join(f"call.[{name}]" for name in NAMES)
LINK = "coalesce(linked_id, call_id)"
OLDER = "AND start < ? ORDER BY start DESC LIMIT 1"
NEWER = "AND start >= ? ORDER BY start LIMIT 1"


@frozen(kw_only=True)
class WantedCalls:
    """Which calls are looked for: from, to or with the id of one of some words; on one of some lines; of a time.

    What is None may be anything.
    """

    words: Collection[str] | None = None
    lines: Collection[str] | None = None
    span: Span | None = None

    @property
    def conditions(self) -> tuple[list[str], list[str | int]]:
        """Return the conditions in SQL, but for the time, with their values."""
        found: list[str] = []
        values: list[str | int] = []
        for words, columns in (
            (self.words, ("caller", "number", "call_id", "linked_id")),
            (self.lines, ("account", "number")),
        ):
            if words is not None:
                among = f"({', '.join('?' * len(words))})"
                found.append(f"({' OR '.join(f'[{column}] IN {among}' for column in columns)})")
                values += [*words] * len(columns)
        return found, values


def spellings(written: str) -> tuple[str, ...]:
    """Return the ways in which a telephone system may have written a number; an id or an account as it is."""
    one = one_spelling(written.strip())
    found = {written.strip(): None, one: None}
    if one.startswith("+"):
        found.update(dict.fromkeys((one[1:], ABROAD + one[1:])))
    if one.startswith(FRANCE):
        found["0" + one.removeprefix(FRANCE)] = None
    return tuple(found)


def found_calls(database: Database, wanted: WantedCalls) -> list[list[Record]]:
    """Return the calls that fit, in order of arrival, each with its records in theirs: those of `MOST_RECORDS` records.

    Records that share their link are one call, unless more than a day lies between two that follow each other.
    """
    conditions, values = wanted.conditions
    if wanted.span:
        conditions, values = [*conditions, "start >= ?", "start < ?"], [*values, *wanted.span]
    sql = f"SELECT {COLUMNS} FROM call WHERE {' AND '.join(conditions)} ORDER BY start DESC LIMIT {MOST_RECORDS}"
    fitting = _rows(database, sql, values)
    found = [call for some in _near_each_other(fitting) for call in _whole(database, some)]
    return sorted(found, key=lambda records: (records[0]["start"], records[0]["id"]))


def nearest(database: Database, wanted: WantedCalls) -> tuple[int, ...]:
    """Return when the last call before and the first one after a time arrived that fit but for it, in UTC seconds."""
    conditions, values = wanted.conditions
    if not wanted.span or not conditions:
        return ()
    fitting = f"SELECT start FROM call WHERE {' AND '.join(conditions)} "
    asked = ((fitting + OLDER, wanted.span[0]), (fitting + NEWER, wanted.span[1]))
    return tuple(row[0] for sql, instant in asked for row in database.execute(sql, [*values, instant]).fetchall())


def _rows(database: Database, sql: str, values: Sequence[str | int]) -> list[Record]:
    return [dict(zip(NAMES, row, strict=True)) for row in database.execute(sql, values).fetchall()]


def _link(record: Record) -> tuple[str, str]:
    return record["source"], record["linked_id"] or record["call_id"]


def _near_each_other(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records in groups between which lie more than two days: what belongs to one call is in one of them."""
    near: list[Record] = []
    for record in sorted(records, key=lambda one: one["start"]):
        if near and record["start"] - near[-1]["start"] > 2 * NEW_CALL_AFTER:
            yield near
            near = []
        near.append(record)
    if near:
        yield near


def _whole(database: Database, fitting: Sequence[Record]) -> Iterator[list[Record]]:
    """Yield the calls that some records belong to, with all their records."""
    links = list(dict.fromkeys(map(_link, fitting)))
    sql = (
        f"SELECT {COLUMNS} FROM call WHERE start >= ? AND start <= ? "
        f"AND (source, {LINK}) IN (VALUES {', '.join('(?, ?)' for _ in links)}) "
        f"ORDER BY source, {LINK}, start, length(call_id), call_id"
    )
    records, known = list(fitting), 0
    while len(records) > known:
        known = len(records)
        starts = [record["start"] for record in records]
        span = (min(starts) - NEW_CALL_AFTER, max(starts) + NEW_CALL_AFTER)
        records = _rows(database, sql, [*span, *(word for link in links for word in link)])
    ids = {record["id"] for record in fitting}
    for _, linked in groupby(records, key=_link):
        yield from (call for call in _apart(linked) if any(record["id"] in ids for record in call))


def _apart(linked: Iterable[Record]) -> Iterator[list[Record]]:
    call: list[Record] = []
    for record in linked:
        if call and record["start"] - call[-1]["start"] > NEW_CALL_AFTER:
            yield call
            call = []
        call.append(record)
    yield call
