"""What answers a question in SQL: a database that sqlite-utils holds open, or a plain connection to one."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

VERSION = "PRAGMA user_version"


class AskedDatabase(Protocol):
    """A database that is asked."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> sqlite3.Cursor:
        """Run a statement with the values that follow it, and return what has its rows."""
        ...


def version_of(path: Path) -> int | None:
    """Return the version of a database's tables, None where there is none."""
    with seen_as_it_is(path) as database:
        return int(database.execute(VERSION).fetchone()[0]) if database else None


@contextmanager
def asked_plainly(path: Path, version: int) -> Iterator[AskedDatabase | None]:
    """Hold a database open whose tables were looked at when they were of a version; None where they are of another.

    Nothing of sqlite-utils is loaded for it.
    """
    with seen_as_it_is(path) as database:
        same = database is not None and database.execute(VERSION).fetchone()[0] == version
        yield database if same else None


@contextmanager
def seen_as_it_is(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a database open to look into it, of whatever version it is, or none of ours; None when there is none."""
    if not path.is_file():
        yield None
        return
    with closing(sqlite3.connect(path)) as database:
        yield database
