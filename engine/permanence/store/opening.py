"""Databases opened: to write, made or brought up to date first; to read, as they are, or refused with what to do."""

import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.problem import Place, Problem, Refused
from ..model.waiting import TELLS_AFTER, tell_of_waiting, who_holds
from .audit import Run, note_deed
from .copies import keep_copy
from .layouts import DatabaseLayout
from .migrations import LAYOUTS

ANOTHER_FILE = "name another file, or move this one away"
PATIENCE = 60
"""Seconds that a command waits for another one that writes to the same database."""
PAUSE = 0.01
PAGE_BYTES = 8_192
"""Of a page of a new database: a month is written in a seventh less time than in pages of SQLite's own 4,096."""


@frozen
class Upgraded:
    """A database that was of an earlier version: both versions of its tables, and the copy of it as it was."""

    path: Path
    before: int
    now: int
    copy: Path


Tell = Callable[[Upgraded], object]
"""Told of a database that was brought up to date, once that is done."""


def untold(_: Upgraded) -> None:
    """Tell nobody."""


def open_to_write(path: Path | str, layout: DatabaseLayout, tell: Tell = untold, deed: Deed | None = None) -> Database:
    """Return a database with its tables: made when there are none, brought up to date when they are older.

    Who brings it up to date is noted in it, by the ``deed``.

    Raises Refused when it is no SQLite database, is not of this layout, or of a version that cannot be brought up.
    """
    database = connected(path)
    try:
        make_ready(database, layout, tell, deed)
    except BaseException:
        database.close()
        raise
    return database


def connected(path: Path | str) -> Database:
    """Return a database as it is, to write to."""
    return Database(sqlite3.connect(path, timeout=PATIENCE))


@contextmanager
def reading(path: Path, layout: DatabaseLayout) -> Iterator[Database | None]:
    """Hold a database open as it is; None when there is none, or when it has no tables yet.

    Raises Refused when it is no SQLite database, is not of this layout, or is not up to date.
    """
    if not path.exists():
        yield None
        return
    try:
        with closing(Database(path)) as database:
            found = version_in(database, layout)
            if 0 < found < layout.version:
                raise Refused([_earlier(database, found, layout)])
            yield database if found else None
    except UnicodeDecodeError as error:
        what = "SQLite says what is no text: the database is damaged"
        raise Refused([Problem(Place(path.name), what, "restore it from a copy")]) from error


def holds(path: Path, layout: DatabaseLayout) -> bool:
    """Tell whether a database has its tables; raise Refused as `reading` does."""
    with reading(path, layout) as database:
        return database is not None


def upgrade(path: Path, deed: Deed | None = None) -> Upgraded | None:
    """Bring a database of ours up to date, whichever it is; return None when it is so already.

    Raises Refused when it is none of ours, empty, or of a version that cannot be brought up to date.
    """
    if not path.is_file():
        raise Refused([Problem(Place(str(path)), "there is no such database", "name one that is there")])
    told: list[Upgraded] = []
    open_to_write(path, layout_in(path), told.append, deed).close()
    return told[0] if told else None


def layout_in(path: Path) -> DatabaseLayout:
    """Return which database of ours a file is; raise Refused when it is none of ours, or empty."""
    with closing(Database(path)) as database:
        return _layout_of(database)


def make_ready(database: Database, layout: DatabaseLayout, tell: Tell = untold, deed: Deed | None = None) -> None:
    """Give an empty database its tables, bring one of an earlier version up to date, leave any other as it is.

    All of it is one transaction, which one process at a time is in. Before an older database is changed, a copy of it
    is kept; after a failure there is none, and the database is as it was. Raises Refused as `open_to_write` does.
    """
    found = version_in(database, layout)
    if found == layout.version:
        return
    if not found:
        database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        _write_ahead(database)
    copy = None
    try:
        with writing(database):
            found = version_in(database, layout)  # another process may have been here meanwhile
            if found == layout.version:
                return
            if found:
                copy = keep_copy(_path(database), found)
            else:
                layout.create(database)
            layout.bring_up_to_date(database)
            if copy and layout.notes_deeds:
                note_deed(statements_of(database), deed, {"upgraded": {"before": found, "now": layout.version}})
    except BaseException:
        if copy:
            copy.unlink(missing_ok=True)
        raise
    if copy:
        tell(Upgraded(_path(database), found, layout.version, copy))


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Hold the right to write from the first statement of a transaction on: what is read in it stays true.

    Raises Refused when another command writes for longer than anybody waits.
    """
    path = _path(database)
    begin_in_turn(path, database.execute, _is_busy)
    try:
        yield
        database.commit()
    except BaseException:
        database.rollback()
        raise


def begin_in_turn(path: Path, run: Callable[[str], object], busy: Callable[[Exception], bool]) -> None:
    """Begin a transaction that writes, once nobody else does; who that is, is told before long.

    ``busy`` tells whether what a statement raised is that somebody else writes. Raises Refused where he does so for
    longer than anybody waits.
    """
    waits = [PATIENCE] if PATIENCE < TELLS_AFTER else [TELLS_AFTER, PATIENCE - TELLS_AFTER]
    for number, patience in enumerate(waits, 1):
        run(f"PRAGMA busy_timeout = {round(1000 * patience)}")
        try:
            run("BEGIN IMMEDIATE")
        except Exception as error:
            if not busy(error):
                raise
            if number == len(waits):
                raise waited_in_vain(path) from error
            tell_of_waiting(str(path))
        else:
            run(f"PRAGMA busy_timeout = {round(1000 * PATIENCE)}")
            return


def _is_busy(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY


def statements_of(database: Database) -> Run:
    """Return what runs a statement with the values that follow it."""
    return lambda sql, *values: database.execute(sql, values)


def waited_in_vain(path: Path) -> Refused:
    """Return what is said where another command writes to a database for longer than anybody waits."""
    what = f"{who_holds(str(path))} writes to it: this command has waited {PATIENCE} seconds for its end"
    return Refused([Problem(Place(path.name), what, "nothing was written; try again once the other one has ended")])


def version_in(database: Database, layout: DatabaseLayout) -> int:
    """Return the version of a database's tables, 0 when it has none.

    Raises Refused when it is no SQLite database, is not of this layout, or of a version that cannot be brought up.
    """
    found, there = _read(database)
    if not there:
        return 0
    missing = [name for name in layout.tables_of(found) if name not in there]
    if missing:
        what = f'this database is not the one that is meant: no table "{missing[0]}"'
        raise Refused([_problem(database, what, ANOTHER_FILE)])
    if found > layout.version:
        what = f"a later version of Permanence made this database: its tables are version {found}"
        hint = f"this one knows version {layout.version}: install the later Permanence, or name another file"
        raise Refused([_problem(database, what, hint)])
    if found < layout.first:
        what = f"another version of Permanence made this database: its tables are version {found}"
        hint = f"this one brings version {layout.first} and later up to date: move the file away, then {layout.again}"
        raise Refused([_problem(database, what, hint)])
    return found


def _read(database: Database) -> tuple[int, set[str]]:
    """Return the version that a database bears and the names of its tables, both of one moment."""
    try:
        with database.atomic():
            (found,) = database.execute("PRAGMA user_version").fetchone()
            return found, set(database.table_names())
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise Refused([_problem(database, "this file is no SQLite database", ANOTHER_FILE)]) from error


def seen_from_here(path: Path) -> Path:
    """Return a path as it is typed in the current folder, where it lies below it; else in full."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _layout_of(database: Database) -> DatabaseLayout:
    found, there = _read(database)
    if not there:
        hint = "there is nothing to bring up to date: the first command that writes to it makes its tables"
        raise Refused([_problem(database, "this database is empty", hint)])
    for layout in LAYOUTS:
        if there.issuperset(layout.tables_of(found)):
            return layout
    hint = "name a billing.db, a calls.db or an impact.db"
    raise Refused([_problem(database, "this database is none of Permanence", hint)])


def _earlier(database: Database, found: int, layout: DatabaseLayout) -> Problem:
    what = f"an earlier version of Permanence made this database: its tables are version {found}"
    named = shlex.quote(str(seen_from_here(_path(database))))
    command = f"`permanence upgrade {named}` brings it up to date, and keeps a copy of it as it is"
    return _problem(database, what, f"this one reads version {layout.version}: {command}")


def _write_ahead(database: Database) -> None:
    """Let readers read while somebody writes.

    SQLite does not wait when another process is doing the same at this moment, so that it is tried again.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            database.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
        else:
            return


def _path(database: Database) -> Path:
    return Path(database.execute("PRAGMA database_list").fetchone()[2])


def _problem(database: Database, what: str, hint: str) -> Problem:
    return Problem(Place(_path(database).name), what, hint)
