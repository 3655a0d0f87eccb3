"""What each imported file brought of each day, packed, and the digests by which a bill knows that it is that still."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from attrs import frozen

from ..model.problem import Place, Problem, Refused
from .asked import AskedDatabase

DAY = 86_400
CHUNK = 500
FACTS = "SELECT id, file, sha256, format, zone, rows, accepted, duplicate, refused FROM import WHERE id = ?"
DAYS = "SELECT day, records, set_aside, digest FROM import_day WHERE import = ? ORDER BY day"
PACKS = "SELECT day, what, records, digest FROM call_pack ORDER BY id"
CALLS_PACKED = """
SELECT content FROM call_pack JOIN import_day ON import_day.id = call_pack.day
WHERE import_day.import = ? AND what = 'call' ORDER BY call_pack.id
"""
DAMAGED = "restore it from a copy, or import the files again into a new one"
Row = tuple[Any, ...]


class Run(Protocol):
    """Runs a statement, and returns its rows."""

    def __call__(self, sql: str, *values: object) -> Sequence[Row]: ...


class PackedRecords(Protocol):
    """Some records of one day, packed."""

    @property
    def day(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def records(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    @property
    def digest(self) -> str: ...


@frozen
class StoredPack:
    """Records of an import and a day as they were packed, proved to be what was taken in."""

    file: str
    what: str
    content: bytes


def note_packs(run: Run, number: int, packs: Iterable[PackedRecords]) -> None:
    """Write what an import brought, within the transaction that is open."""
    for pack in packs:
        here = run("SELECT id FROM import_day WHERE import = ? AND day = ?", number, pack.day)
        if not here:
            run(
                "INSERT INTO import_day (import, day, records, set_aside, digest) VALUES (?, ?, 0, 0, '')",
                number,
                pack.day,
            )
            here = run("SELECT id FROM import_day WHERE import = ? AND day = ?", number, pack.day)
        run(
            "INSERT INTO call_pack (day, what, records, digest, content) VALUES (?, ?, ?, ?, ?)",
            *(here[0][0], pack.what, pack.records, pack.digest, pack.content),
        )


def close_days(run: Run, number: int) -> None:
    """Sum up the packs of an import by day, and sign the whole, within the transaction that is open."""
    for (day,) in run("SELECT id FROM import_day WHERE import = ?", number):
        packs = run("SELECT what, records, digest FROM call_pack WHERE day = ? ORDER BY id", day)
        records, aside = _counts(packs)
        run(
            "UPDATE import_day SET records = ?, set_aside = ?, digest = ? WHERE id = ?",
            *(records, aside, _digest(packs), day),
        )
    run("UPDATE import SET digest = ? WHERE id = ?", _signature(run, number), number)


def _counts(packs: Sequence[Row]) -> tuple[int, int]:
    calls = sum(records for what, records, _ in packs if what == "call")
    return calls, sum(records for _, records, _ in packs) - calls


def _digest(values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()


def _signature(run: Run, number: int) -> str:
    return _digest((list(run(FACTS, number)), list(run(DAYS, number))))


def stored_packs(
    database: AskedDatabase, start_utc: int, end_utc: int, up_to: int | None = None, after: int = 0
) -> Iterator[StoredPack]:
    """Yield what was imported of the days that a time touches, in the order of import.

    It may be that of imports ``up_to`` one alone, or of those ``after`` one.

    Raises Refused where it is not what was taken in any more: then the file and the day are named.
    """
    name = str(database.execute("PRAGMA database_list").fetchone()[2]).rpartition("/")[2]
    files, noted = _proved_imports(database, name)
    days = [row for row in noted if start_utc // DAY <= row[2] <= (end_utc - 1) // DAY]
    days = [row for row in days if row[1] > after and (up_to is None or row[1] <= up_to)]
    for first in range(0, len(days), CHUNK):
        some = days[first : first + CHUNK]
        found = _packs_of(database, [row[0] for row in some])
        for key, number, day, digest in some:
            packs = found.get(key, [])
            if _digest([pack[:3] for pack in packs]) != digest or any(_changed(pack) for pack in packs):
                raise Refused([_damaged(name, f"what {files[number]} brought of {_date(day)}")])
            yield from (StoredPack(files[number], what, content) for what, _, _, content in packs)


def _packs_of(database: AskedDatabase, keys: Sequence[int]) -> dict[int, list[Row]]:
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT day, what, records, digest, content FROM call_pack WHERE day IN ({marks}) ORDER BY id"
    found = defaultdict(list)
    for day, *pack in database.execute(sql, list(keys)):
        found[day].append(tuple(pack))
    return found


def _changed(pack: Row) -> bool:
    _, _, digest, content = pack
    return not isinstance(content, bytes) or sha256(content).hexdigest() != digest


def _proved_imports(database: AskedDatabase, name: str) -> tuple[dict[int, str], list[Row]]:
    """Return the file of each import, and each of its days: number, import, day, digest of the packs.

    Each row is read once, and what is proved is what is used: an index may say otherwise than its table. Raises Refused
    where an import, or a day of it, is not what was noted of it.
    """
    noted = database.execute(
        "SELECT id, import, day, records, set_aside, digest FROM import_day NOT INDEXED ORDER BY import, day"
    ).fetchall()
    days = defaultdict(list)
    for _, number, *day in noted:
        days[number].append(tuple(day))
    files = {}
    for *facts, digest in database.execute(
        "SELECT id, file, sha256, format, zone, rows, accepted, duplicate, refused, digest FROM import NOT INDEXED"
    ):
        number = facts[0]
        files[number] = str(facts[1])
        if _digest(([tuple(facts)], days.pop(number, []))) != digest:
            raise Refused([_damaged(name, f"what was noted of {files[number]}")])
    if days:
        raise Refused([_damaged(name, f"what was noted of import {next(iter(days))}")])
    return files, [(key, number, day, digest) for key, number, day, _, _, digest in noted]


def _damaged(name: str, what: str) -> Problem:
    return Problem(Place(name), f"{what} is not what was taken in any more: the database is damaged", DAMAGED)


def _date(day: int) -> str:
    found = datetime.fromtimestamp(day * DAY, UTC)
    return f"{found.day} {found:%B %Y} (UTC)"


def first_import_otherwise(database: AskedDatabase) -> str:
    """Return the first file whose calls are otherwise in their rows than as they were packed; nothing where none is."""
    from .call_packs import rows_alike

    def run(sql: str, *values: object) -> Sequence[Row]:
        return list(database.execute(sql, values).fetchall())

    for number, file in run("SELECT id, file FROM import ORDER BY id"):
        if not rows_alike(run, number, (content for (content,) in database.execute(CALLS_PACKED, (number,)))):
            return str(file)
    return ""


def pack_all(database: AskedDatabase) -> None:
    """Pack the calls of every import of a database that has none packed, within the transaction that is open."""
    from .call_packs import packs_of_import

    def run(sql: str, *values: object) -> Sequence[Row]:
        return list(database.execute(sql, values).fetchall())

    for (number,) in run("SELECT id FROM import ORDER BY id"):
        note_packs(run, number, packs_of_import(run, number))
        close_days(run, number)
