"""Files that a command wrote, noted in billing.db: rules, contracts and quotes are as legal as what is in databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import click

from ..model.deed import CameOf
from ..model.problem import Refused
from ..read.deeds import so_far

BILLING = Path("billing.db")


@contextmanager
def files_noted(context: click.Context) -> Iterator[None]:
    """Note in the billing.db that is here, where there is one, which files the block wrote, whether it fails or not.

    They are written first, since no transaction has both. What kept the block from its end is told, not that it could
    not be noted too. Raises Refused and what SQLite raises where the database cannot be used.
    """
    if context.parent is not None:
        yield
        return
    try:
        yield
    except BaseException:
        with suppress(Refused, sqlite3.DatabaseError, OSError):
            _note(_written())
        raise
    _note(_written())


def _written() -> tuple[Path, ...]:
    files = (Path(thing) for thing, became in so_far().items() if became == "was written")
    return tuple(path for path in files if path.suffix == ".toml" and path.is_file())


def _note(files: tuple[Path, ...]) -> None:
    if files:
        note_in(BILLING, {"written": {path.as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}})


def note_in(billing: Path, came_of: CameOf) -> None:
    """Note in a billing.db, where it is there, what came of the command that runs, in a transaction of its own."""
    if not billing.is_file():
        return
    # What draws tables and opens databases takes long to load, and most commands write no such file.
    from ..store.audit import note_deed
    from ..store.migrations import BILLING as LAYOUT
    from ..store.opening import open_to_write, statements_of, writing
    from .deed_typed import deed_typed
    from .upgraded import tell_upgraded

    deed = deed_typed()
    with closing(open_to_write(billing, LAYOUT, tell_upgraded, deed)) as database, writing(database):
        note_deed(statements_of(database), deed, came_of)
