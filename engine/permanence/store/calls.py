"""Files of calls into calls.db: a file is in entirely or not at all, and every record of it ends somewhere."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from ..model.call_file import CALL_COLUMNS, CallFile
from ..model.problem import Place, Problem
from .migrations import CALLS
from .opening import Tell, open_to_write, untold, writing

Progress = Callable[[int], None]
"""Told how many more records have been taken in."""

NAMES = tuple(column.name for column in CALL_COLUMNS)
CONTENT = tuple(name for name in NAMES if name not in ("source", "call_id"))
HIDDEN = ("number", "caller")
"""Columns whose values a message does not show."""

INCOMING = f"CREATE TEMP TABLE incoming (line INTEGER PRIMARY KEY, {', '.join(NAMES)}, known INTEGER)"
TAKE_IN = f"INSERT INTO incoming (line, {', '.join(NAMES)}) VALUES ({', '.join('?' * (len(NAMES) + 1))})"
ACCEPT = f"""
INSERT INTO call (import, line, {", ".join(NAMES)}) SELECT ?, line, {", ".join(NAMES)} FROM incoming WHERE true
ORDER BY line ON CONFLICT (source, call_id) DO NOTHING
"""
MARK_KNOWN = """
UPDATE incoming SET known = call.id FROM call
WHERE call.source = incoming.source AND call.call_id = incoming.call_id
AND (call.import, call.line) IS NOT (?, incoming.line)
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
    FROM incoming i JOIN call c ON c.id = i.known JOIN import ON import.id = c.import
)
ORDER BY line
"""
SET_ASIDE = """
INSERT INTO set_aside (import, line, outcome, start, reason, call_id, text) VALUES (?, ?, 'refused', ?, ?, ?, ?)
"""


@frozen(kw_only=True)
class ImportResult:
    """What became of a file: rows = accepted + duplicate + refused.

    ``problems`` names each refused record, then each doubt; ``already`` tells that these bytes had been imported
    before: nothing has changed, and the counts are those of that time.
    """

    file: str
    rows: int
    accepted: int
    duplicate: int
    refused: int
    zone: str
    problems: tuple[Problem, ...]
    already: bool


def open_calls(path: str, tell: Tell = untold) -> Database:
    """Return calls.db, to write to, with its tables: made when it is not there, brought up to date when it is older."""
    return open_to_write(path, CALLS, tell)


def digests_taken(path: Path) -> set[str]:
    """Return the SHA-256 of each file that a database of calls took, of whatever version it is; none without one."""
    if not path.is_file():
        return set()
    with closing(Database(path)) as database:
        try:
            return {digest for (digest,) in database.execute("SELECT sha256 FROM import")}
        except sqlite3.DatabaseError:
            # What is wrong with it is told where it is opened to be written to.
            return set()


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
) -> ImportResult:
    """Take a file's calls in, in one transaction, and return what became of each record.

    A call that is known with the same content is a duplicate; with other content it is refused, and what differs
    is named. The first record of a file wins over later ones with its id. ``form`` is the name of the format,
    ``product`` the version of Permanence that read the file, None where it is not known.
    """
    with writing(database):
        known = database.execute("SELECT id FROM import WHERE sha256 = ?", (calls.digest,)).fetchone()
        number = known[0] if known else _take_in(database, calls, form, progress, product)
    return _result(database, number, calls.file, calls.notices, already=bool(known))


def _take_in(database: Database, calls: CallFile, form: str, progress: Progress, product: str | None) -> int:
    """Write a file's records, and return the number of the import."""
    run = database.execute
    number = (
        run(
            "INSERT INTO import (file, sha256, format, zone, rows, accepted, duplicate, refused, product) "
            "VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?)",
            (calls.file, calls.digest, form, calls.zone, calls.rows, product),
        ).lastrowid
        or 0
    )
    run("DROP TABLE IF EXISTS temp.incoming")
    run(INCOMING)
    for batch in calls.batches:
        database.conn.executemany(TAKE_IN, batch)
        progress(len(batch))
    run(ACCEPT, (number,))
    run(MARK_KNOWN, (number,))
    run(SET_ASIDE_KNOWN, (number,))
    database.conn.executemany(
        SET_ASIDE,
        (
            (number, record.problem.where.line, record.start, record.problem.what, record.call_id, record.text)
            for record in calls.refused
        ),
    )
    run("DROP TABLE temp.incoming")
    for outcome in ("duplicate", "refused"):
        run(
            f"UPDATE import SET {outcome} = (SELECT count(*) FROM set_aside WHERE import = ? AND outcome = ?) "
            "WHERE id = ?",
            (number, outcome, number),
        )
    run("UPDATE import SET accepted = (SELECT count(*) FROM call WHERE import = ?) WHERE id = ?", (number, number))
    return number


def _result(
    database: Database, number: int, file: str, notices: tuple[Problem, ...] = (), *, already: bool
) -> ImportResult:
    row = database.execute(
        "SELECT rows, accepted, duplicate, refused, zone FROM import WHERE id = ?", (number,)
    ).fetchone()
    refused = database.execute(
        "SELECT line, reason FROM set_aside WHERE import = ? AND outcome = 'refused' ORDER BY line", (number,)
    ).fetchall()
    problems = [Problem(Place(file, line), reason) for line, reason in refused]
    return ImportResult(
        file=file,
        rows=row[0],
        accepted=row[1],
        duplicate=row[2],
        refused=row[3],
        zone=row[4],
        problems=(*problems, *notices),
        already=already,
    )
