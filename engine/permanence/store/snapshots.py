"""Databases as they are at one moment: copied while others read and write, and read where nothing may be touched."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from ..model.problem import Place, Problem, Refused
from .layouts import DatabaseLayout
from .opening import PATIENCE, version_in

DAMAGED = "restore it from a backup that is whole"


@contextmanager
def held_as_they_are(paths: Mapping[Path, DatabaseLayout]) -> Iterator[Mapping[Path, tuple[Database, int]]]:
    """Hold databases as they stand, each with its version, one after another in their order; those that are there.

    Whoever writes goes on, and is not seen here. Raises Refused for what is no database of its kind.
    """
    with ExitStack() as stack:
        held = {}
        for path, layout in paths.items():
            if path.is_file():
                opened = stack.enter_context(closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)))
                opened.execute("BEGIN")
                opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
                database = Database(opened)
                held[path] = (database, version_in(database, layout))
        yield held


def copy_held(database: Database, target: Path) -> None:
    """Copy a database that is held, to a new file that its owner alone may read: what it was when it was first held."""
    target.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(target)) as made:
        database.conn.backup(made)


@contextmanager
def sealed(path: Path) -> Iterator[Database]:
    """Hold a database open that nobody writes to, without a trace beside it; raise Refused where it is damaged."""
    address = f"file:{quote(str(path.absolute()))}?immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as opened:
        try:
            yield Database(opened)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise Refused([Problem(Place(path.name), f"SQLite says: {error}", DAMAGED)]) from error


def damage_in(database: Database) -> str:
    """Return the first thing that SQLite finds damaged in a database; nothing where it is whole."""
    (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else str(found)
