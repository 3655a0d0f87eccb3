"""Many rows into a database at once, as Arrow's columns, by ADBC: half of what it costs a row at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import adbc_driver_manager
import adbc_driver_sqlite.dbapi as adbc
from attrs import frozen
from sqlite_utils import Database

from ..model.call_file import ArrowRecords
from .opening import begin_in_turn, connected, waited_in_vain

CACHE_KB = 24_576
"""Pages kept in memory: the indexes of a year of calls are looked up at random."""
FULL = ("full", "disk I/O")
LOCKED = "database is locked"


@frozen
class Bulk:
    """A transaction that is open: statements, and statements run once for each row of many."""

    cursor: Any

    def run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, none where it has none."""
        self.cursor.execute(sql, values or None)
        return list(self.cursor.fetchall()) if self.cursor.description else []

    def one(self, sql: str, *values: object) -> Any:
        """Return the one value that a statement asks for."""
        return self.run(sql, *values)[0][0]

    def many(self, sql: str, records: ArrowRecords) -> None:
        """Run a statement for each of the records, whose columns stand for its question marks."""
        if len(records):
            self.cursor.executemany(sql, records)


@contextmanager
def writing_in_bulk(database: Database) -> Iterator[Bulk]:
    """Hold the right to write to a database from the first statement on, all or nothing.

    The database is closed meanwhile and open again afterwards: ADBC brings an SQLite of its own, and what two of them
    in one process lock, neither sees of the other. Raises what sqlite3 would raise.
    """
    path = database.execute("PRAGMA database_list").fetchone()[2]
    database.conn.close()
    try:
        with adbc.connect(path, autocommit=True) as connection, connection.cursor() as cursor:
            bulk = Bulk(cursor)
            begin_in_turn(Path(path), bulk.run, lambda error: LOCKED in str(error))  # first: nothing else waits
            try:
                bulk.run(f"PRAGMA cache_size = -{CACHE_KB}")
                yield bulk
                bulk.run("COMMIT")
            except BaseException:
                with suppress(adbc_driver_manager.Error):  # SQLite has rolled back by itself where the disk is full
                    bulk.run("ROLLBACK")
                raise
    except adbc_driver_manager.DatabaseError as error:
        if LOCKED in str(error):
            raise waited_in_vain(Path(path)) from error
        raise _as_sqlite3(error) from error
    finally:
        database.conn = connected(path).conn


def _as_sqlite3(error: Exception) -> sqlite3.DatabaseError:
    kind = sqlite3.IntegrityError if isinstance(error, adbc_driver_manager.IntegrityError) else sqlite3.OperationalError
    told = kind(str(error).partition(": ")[2] or str(error))
    if any(word in str(error) for word in FULL):
        told.sqlite_errorname = "SQLITE_FULL"
    return told
