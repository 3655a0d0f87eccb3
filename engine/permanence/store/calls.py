"""Files of calls into calls.db: a file is in entirely or not at all, and every record of it ends somewhere."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import define, field, frozen
from sqlite_utils import Database

from ..model.call_file import CALL_COLUMNS, CallFile, CallPart
from ..model.deed import Deed
from ..model.problem import Place, Problem
from .asked import seen_as_it_is
from .audit import note_deed
from .bulk import Bulk, writing_in_bulk
from .call_packs import Pack, Packer, as_records, parted, refused_rows
from .forgetting import key_of, known_again
from .import_days import close_days, note_packs
from .migrations import CALLS
from .opening import Tell, open_to_write, reading, untold

CallsDatabase: TypeAlias = Database
"""calls.db, held open."""
Progress = Callable[[int], None]
"""Told how many more records have been taken in."""

NAMES = tuple(column.name for column in CALL_COLUMNS)
CONTENT = tuple(name for name in NAMES if name not in ("source", "call_id"))
HIDDEN = ("number", "caller")
"""Columns whose values a message does not show."""

INCOMING = f"CREATE TEMP TABLE incoming (line INTEGER PRIMARY KEY, {', '.join(NAMES)})"
TAKE_IN = f"INSERT INTO incoming (line, {', '.join(NAMES)}) VALUES ({', '.join('?' * (len(NAMES) + 1))})"
ACCEPT = f"""
INSERT INTO call (import, line, {", ".join(NAMES)}) VALUES ({{number}}, {", ".join("?" * (len(NAMES) + 1))})
ON CONFLICT (source, call_id) DO NOTHING
"""


def _differences() -> str:
    """Return the SQL for a list of what two records with one id differ in."""
    shown = {
        name: f"'{name}'"
        if name in HIDDEN
        else f"'{name} ' || coalesce(i.{name}, 'none') || ', known as ' || coalesce(c.{name}, 'none')"
        for name in CONTENT
    }
    parts = [f"CASE WHEN i.{name} IS NOT c.{name} THEN '; ' || {text} ELSE '' END" for name, text in shown.items()]
    return " || ".join(parts)


SET_ASIDE_KNOWN = f"""
INSERT INTO set_aside (import, line, outcome, start, reason, call_id, text)
SELECT ?, line, CASE differs WHEN '' THEN 'duplicate' ELSE 'refused' END, start,
    CASE differs WHEN '' THEN 'known already: ' ELSE 'known with other content: ' || substr(differs, 3) || ': ' END
    || place, call_id, ''
FROM (
    SELECT i.line, i.start, i.call_id, {_differences()} AS differs,
        'line ' || c.line || ' of ' || import.file AS place
    FROM incoming i JOIN call c ON c.source = i.source AND c.call_id = i.call_id JOIN import ON import.id = c.import
)
ORDER BY line
"""
SUM_UP = """
UPDATE import SET rows = ?, accepted = (SELECT count(*) FROM call WHERE call.import = import.id),
    duplicate = (SELECT count(*) FROM set_aside s WHERE s.import = import.id AND outcome = 'duplicate'),
    refused = (SELECT count(*) FROM set_aside s WHERE s.import = import.id AND outcome = 'refused')
WHERE id = ?
"""
KNOWN = """
SELECT line, start, CASE outcome WHEN 'refused' THEN reason END FROM set_aside WHERE id > ? ORDER BY id
"""
SET_ASIDE_COLUMNS = ("import", "line", "start", "reason", "call_id", "text")
SET_ASIDE = """
INSERT INTO set_aside (import, line, outcome, start, reason, call_id, text) VALUES (?, ?, 'refused', ?, ?, ?, ?)
"""

COUNTS = ("rows", "accepted", "duplicate", "refused")
COUNTED = f"SELECT {', '.join(COUNTS)} FROM import WHERE id = ?"

KEPT = 1_000
"""So many refused records and doubts of a file are named, more of them are counted: a file may have millions."""

SIZES = "SELECT bytes, sha256 FROM import WHERE bytes IS NOT NULL"


@frozen(kw_only=True)
class ImportResult:
    """What became of a file: rows = accepted + duplicate + refused.

    ``problems`` names refused records, then doubts, the first thousand of either; ``unnamed`` counts those beyond.
    ``already`` tells that these bytes had been imported before: nothing has changed, and the counts are those of that
    time.
    """

    file: str
    rows: int
    accepted: int
    duplicate: int
    refused: int
    zone: str
    problems: tuple[Problem, ...]
    unnamed: int
    already: bool


@define
class Doubts:
    """What is doubtful in a file: the first doubts, and how many there are."""

    first: list[Problem] = field(factory=list)
    count: int = 0

    def add(self, notices: Sequence[Problem]) -> None:
        """Take doubts in."""
        self.first += notices[: KEPT - len(self.first)]
        self.count += len(notices)


def open_calls(path: str, tell: Tell = untold, deed: Deed | None = None) -> Database:
    """Return calls.db, to write to, with its tables: made when it is not there, brought up to date when it is older."""
    return open_to_write(path, CALLS, tell, deed)


def digests_taken(path: Path) -> dict[str, int | None]:
    """Return the SHA-256 of each file that a database of calls took, of whatever version it is; none without one.

    With each comes its size in bytes, None where nobody noted it.
    """
    with seen_as_it_is(path) as database:
        try:
            table = database.execute("SELECT * FROM import") if database else None
            names = [column[0] for column in table.description] if table else []
            rows = [dict(zip(names, row, strict=True)) for row in table or ()]
            return {row["sha256"]: row.get("bytes") for row in rows if "sha256" in row}
        except sqlite3.DatabaseError:
            # What is wrong with it is told where it is opened to be written to.
            return {}


def sizes_taken(path: Path) -> dict[int, set[str]]:
    """Return the SHA-256 of each beginning of a file that was taken in, by its size in bytes, where that is known.

    A database that is not there has none. Raises Refused for one that is not ours or not up to date.
    """
    found: dict[int, set[str]] = {}
    with reading(path, CALLS) as database:
        for size, digest in database.execute(SIZES) if database else ():
            found.setdefault(size, set()).add(digest)
    return found


def already_imported(database: Database, file: str, digest: str) -> ImportResult:
    """Return what became of a file's bytes when they were imported, though they were not read again now."""
    number = database.execute("SELECT id FROM import WHERE sha256 = ?", (digest,)).fetchone()[0]
    return _result(database, number, file, already=True)


def import_calls(
    database: Database,
    calls: CallFile,
    form: str,
    progress: Progress = lambda _: None,
    product: str | None = None,
    deed: Deed | None = None,
) -> ImportResult:
    """Take a file's calls in, in one transaction, and return what became of each record.

    A call that is known with the same content is a duplicate; with other content it is refused, and what differs
    is named. The first record of a file wins over later ones with its id. ``form`` is the name of the format,
    ``product`` the version of Permanence that read the file, None where it is not known; the ``deed`` is noted where
    something is taken in.
    """
    key = key_of(Path(database.execute("PRAGMA database_list").fetchone()[2]))
    with writing_in_bulk(database) as bulk:
        known = bulk.run("SELECT id FROM import WHERE sha256 = ?", calls.digest)
        doubts = Doubts()
        if known:
            number = known[0][0]
            for part in calls.parts:
                doubts.add(part.notices)
        else:
            number = _take_in(bulk, calls, form, progress, product, doubts, key)
            counts = dict(zip(COUNTS, bulk.run(COUNTED, number)[0], strict=True))
            note_deed(bulk.run, deed, {"file": calls.file, **counts})
    return _result(database, number, calls.file, doubts, already=bool(known))


def _take_in(
    bulk: Bulk,
    calls: CallFile,
    form: str,
    progress: Progress,
    product: str | None,
    doubts: Doubts,
    key: bytes | None,
) -> int:
    """Write a file's records, note its doubts, and return the number of the import."""
    number: int = bulk.one("SELECT coalesce(max(id), 0) + 1 FROM import")
    bulk.run(
        "INSERT INTO import (id, file, sha256, format, zone, rows, accepted, duplicate, refused, product, bytes) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?)",
        *(number, calls.file, calls.digest, form, calls.zone, product, calls.size),
    )
    packer, rows = Packer(), 0
    for part in calls.parts:
        note_packs(bulk.run, number, _take_in_part(bulk, number, part, packer, key))
        rows += part.rows
        doubts.add(part.notices)
        progress(part.rows)
    note_packs(bulk.run, number, packer.rest())
    bulk.run(SUM_UP, rows, number)
    close_days(bulk.run, number)
    return number


def _take_in_part(bulk: Bulk, number: int, part: CallPart, packer: Packer, key: bytes | None) -> Iterator[Pack]:
    """Write some of a file's records, and yield what is packed of them."""
    last, aside = (bulk.one(f"SELECT coalesce(max(id), 0) FROM {table}") for table in ("call", "set_aside"))
    bulk.many(ACCEPT.format(number=number), part.records)
    accepted = bulk.one("SELECT coalesce(max(id), 0) FROM call") - last
    lines = (
        [line for (line,) in bulk.run("SELECT line FROM call WHERE id > ?", last)]
        if accepted < len(part.records)
        else None
    )
    new, known = parted(part.records, lines)
    yield from packer.add_calls(new, last + 1)
    if len(known):
        bulk.run(INCOMING)
        bulk.many(TAKE_IN, known)
        known_again(bulk, key)
        bulk.run(SET_ASIDE_KNOWN, number)
        bulk.run("DROP TABLE incoming")
    if part.refused:
        bulk.many(SET_ASIDE, as_records(SET_ASIDE_COLUMNS, refused_rows(number, part.refused)))
    yield from packer.add_set_aside(bulk.run(KNOWN, aside))


def _result(database: Database, number: int, file: str, doubts: Doubts | None = None, *, already: bool) -> ImportResult:
    row = database.execute(
        "SELECT rows, accepted, duplicate, refused, zone FROM import WHERE id = ?", (number,)
    ).fetchone()
    refused = database.execute(
        "SELECT line, reason FROM set_aside WHERE import = ? AND outcome = 'refused' ORDER BY line LIMIT ?",
        (number, KEPT),
    ).fetchall()
    doubts = doubts or Doubts()
    problems = (*(Problem(Place(file, line), reason) for line, reason in refused), *doubts.first)
    return ImportResult(
        file=file,
        rows=row[0],
        accepted=row[1],
        duplicate=row[2],
        refused=row[3],
        zone=row[4],
        problems=problems,
        unnamed=row[3] + doubts.count - len(problems),
        already=already,
    )
