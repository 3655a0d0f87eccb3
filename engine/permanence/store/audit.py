"""What was done, noted in the transaction in which it is done: each note chained to the one before."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlite_utils import Database

from ..model.deed import CameOf, Deed
from ..model.issued import BEFORE_THE_FIRST, digest_after, encoded

PUT = """
INSERT INTO audit (id, at, who, command, arguments, product, came_of, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
LAST = "SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1"
ALL = "SELECT id, at, who, command, arguments, product, came_of, digest FROM audit ORDER BY id"
Run = Callable[..., Iterable[Any]]
"""Runs a statement with the values that follow it, and returns its rows: `Bulk.run`, or that of `statements_of`."""


def note_deed(run: Run, deed: Deed | None, came_of: CameOf) -> None:
    """Note a deed with what came of it at the end of a database's audit, within the transaction that is open.

    Without a deed nobody typed it, and nothing is noted.
    """
    if deed:
        last, before = next(iter(run(LAST)), (0, None))
        told = json.dumps(came_of, ensure_ascii=False, sort_keys=True)
        row = (last + 1, deed.at, deed.who, deed.command, deed.arguments, deed.product, told)
        run(PUT, *row, _digest(before, row))


def chain_deeds(database: Database) -> None:
    """Give the deeds that were noted before they had digests theirs, in the transaction that is open."""
    before = None
    for *row, _ in database.execute(ALL).fetchall():
        before = _digest(before, row)
        database.execute("UPDATE audit SET digest = ? WHERE id = ?", (before, row[0]))


def deed_wrong(database: Database) -> str:
    """Return the first thing that is wrong with what a database notes of what was done; nothing where all is as noted.

    Rows taken from the end leave no trace.
    """
    before = None
    for number, (*row, digest) in enumerate(database.execute(ALL), 1):
        if row[0] != number:
            return f"row {number} of what was done (table audit) is missing"
        if digest != _digest(before, row):
            return f"row {number} of what was done (table audit) is not as it was noted"
        before = digest
    return ""


def _digest(before: str | None, row: Iterable[object]) -> str:
    return digest_after(before or BEFORE_THE_FIRST, encoded(list(row)))
