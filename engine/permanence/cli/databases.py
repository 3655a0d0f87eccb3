"""Databases that a command makes: where it fails after that, they are among what it has done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..read.deeds import note


@contextmanager
def may_make(database: Path) -> Iterator[None]:
    """Note a database that is there after the block has failed, and was not before it."""
    was_there = database.exists()
    try:
        yield
    except BaseException:
        if not was_there and database.exists():
            note(str(database), "was made")
        raise
