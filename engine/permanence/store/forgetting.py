"""Callers' numbers taken out of calls.db: cut, or erased; and nothing of them left in free pages or in the log."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.forgotten import CUT, forgotten, is_caller, names_number, numbers_cut
from ..model.problem import Place, Problem, Refused
from .audit import note_deed
from .bulk import Bulk
from .opening import statements_of, writing

KEY_BYTES = 32
WITH_NUMBER = f"caller <> '' AND instr(caller, '{CUT}') = 0"
CUT_OLDER = f"UPDATE call SET caller = forgotten(caller, source, call_id) WHERE start < ? AND {WITH_NUMBER}"
CUT_ALREADY = f"SELECT id, source, call_id, caller FROM call WHERE instr(caller, '{CUT}') > 0 AND caller <> '{CUT}'"
ERASE = f"UPDATE call SET caller = '{CUT}' WHERE id = ?"
TEXTS = (
    ("set_aside", "text", "[start] < :before"),
    ("work", "note", "[day] < :day"),
    ("work_set_aside", "text", "1"),
)
"""Texts that may name a number, and the condition under which they are old."""
KNOWN_CUT = f"""
SELECT i.line, i.source, i.call_id, i.caller, c.caller FROM incoming i
JOIN call c ON c.source = i.source AND c.call_id = i.call_id WHERE instr(c.caller, '{CUT}') > 0
"""
ELSEWHERE = "SELECT coalesce(number, ''), call_id, coalesce(linked_id, ''), coalesce(details, '') FROM call"


@frozen
class Forgotten:
    """What was forgotten: numbers of so many records, and in so many texts beside them.

    ``elsewhere`` counts the records that still have the caller's number as the one called, in an id, or in a detail:
    bills rest on these. ``emptied`` tells that no log holds it any more; somebody reading the database may keep it.
    """

    records: int
    texts: int
    elsewhere: int = 0
    emptied: bool = True


def key_file(path: Path) -> Path:
    """Return where the key of a database of calls is kept: beside it."""
    return path.with_name(f"{path.name}.key")


def key_of(path: Path) -> bytes | None:
    """Return the key of a database of calls, None where it has none; raise Refused for what is no key."""
    place = key_file(path)
    if not place.exists():
        return None
    with suppress(ValueError):
        key = bytes.fromhex(place.read_text(encoding="utf-8").strip())
        if len(key) == KEY_BYTES:
            return key
    hint = "restore it from a copy, or move it away: then numbers that were cut are compared by how they begin"
    raise Refused([Problem(Place(place.name), "this is no key of callers' numbers", hint)])


def forget_older(database: Database, before: int, key: bytes, deed: Deed | None = None) -> Forgotten:
    """Cut the callers' numbers of the calls that arrived before an instant, in UTC seconds, in one transaction.

    The second time there is nothing left to do.
    """

    def cut(caller: str, source: str, call_id: str) -> str:
        return forgotten(caller, source, call_id, key)

    database.conn.create_function("forgotten", 3, cut, deterministic=True)
    with _leaving_nothing(database):
        records = database.execute(CUT_OLDER, (before,)).rowcount
        texts = _cut_texts(database, before)
        _note(database, deed, records, texts)
    return Forgotten(records, texts, emptied=_emptied(database))


def forget_caller(
    database: Database, spellings: Sequence[str], key: bytes | None, deed: Deed | None = None
) -> Forgotten:
    """Erase a caller's number, however it is written, from all records and texts, in one transaction."""
    number = spellings[0]
    with _leaving_nothing(database):
        marks = ", ".join("?" * len(spellings))
        records = database.execute(f"UPDATE call SET caller = '{CUT}' WHERE caller IN ({marks})", spellings).rowcount
        cut = [
            (row,)
            for row, source, call_id, known in database.execute(CUT_ALREADY)
            if key and any(is_caller(known, spelt, source, call_id, key) for spelt in spellings)
        ]
        database.conn.executemany(ERASE, cut)
        texts = _cut_texts(database, None, number)
        elsewhere = sum(any(names_number(text, number) for text in row) for row in database.execute(ELSEWHERE))
        _note(database, deed, records + len(cut), texts)
    return Forgotten(records + len(cut), texts, elsewhere, _emptied(database))


def _note(database: Database, deed: Deed | None, records: int, texts: int) -> None:
    """Note what was forgotten, where something was, within the transaction that is open."""
    if records or texts:
        note_deed(statements_of(database), deed, {"records": records, "texts": texts})


def known_again(bulk: Bulk, key: bytes | None) -> None:
    """Give incoming records the caller of the known record of their id, where that is forgotten and the same."""
    for line, source, call_id, caller, known in bulk.run(KNOWN_CUT):
        if is_caller(known, caller or "", source, call_id, key):
            bulk.run("UPDATE incoming SET caller = ? WHERE line = ?", known, line)


@contextmanager
def _leaving_nothing(database: Database) -> Iterator[None]:
    """Hold the right to write; what is overwritten or deleted meanwhile is not left in free room of the file."""
    database.execute("PRAGMA secure_delete = ON")
    with writing(database):
        yield


def _emptied(database: Database) -> bool:
    """Write the file anew, without what its pages held once, and empty its log; tell whether that could be done.

    It is done each time: a command that was killed before may have left it to do.
    """
    database.execute("VACUUM")
    busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _cut_texts(database: Database, before: int | None, number: str = "") -> int:
    """Cut the numbers in texts, those that name a ``number`` or all, of before an instant; return how many had one."""
    found = 0
    for table, column, old in TEXTS:
        told: dict[str, object] = {}
        if before is not None:
            told = {"before": before, "day": datetime.fromtimestamp(before, UTC).date().isoformat()}
        where = f"[{column}] <> '' AND {old if told else '1'}"
        rows = database.execute(f"SELECT id, [{column}] FROM [{table}] WHERE {where}", told).fetchall()
        cut = [
            (numbers_cut(text), row)
            for row, text in rows
            if numbers_cut(text) != text and (not number or names_number(text, number))
        ]
        database.conn.executemany(f"UPDATE [{table}] SET [{column}] = ? WHERE id = ?", cut)
        found += len(cut)
    return found
