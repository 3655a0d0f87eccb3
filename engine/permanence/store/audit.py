"""What was done, noted in the transaction in which it is done: each note chained to the one before."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from ..model.deed import CameOf, Deed
from ..model.issued import BEFORE_THE_FIRST, LedgerHead, digest_after, encoded

PUT = """
INSERT INTO audit (id, at, who, command, arguments, product, came_of, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
LAST = "SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1"
HEADS = "SELECT came_of FROM audit WHERE came_of LIKE '%\"head\"%' ORDER BY id"
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


def deed_wrong(database: Database, printed: LedgerHead | None = None) -> str:
    """Return the first thing that is wrong with what a database notes of what was done; nothing where all is as noted.

    ``printed`` is an end that was printed earlier: rows taken from the end leave no other trace here.
    """
    before, number = None, 0
    for number, (*row, digest) in enumerate(database.execute(ALL), 1):
        if row[0] != number:
            return f"row {number} of what was done (table audit) is missing"
        if digest != _digest(before, row):
            return f"row {number} of what was done (table audit) is not as it was noted"
        if printed and printed.position == number and printed.digest != digest:
            return f"row {number} of what was done (table audit) is another than when {printed} was printed"
        before = digest
    if printed and printed.position > number:
        return f"what was done (table audit) ends at row {number}, and {printed} was printed: rows were taken away"
    return ""


def log_end(database: Database) -> LedgerHead:
    """Return where what a database notes ends: the number of its last row, and its digest."""
    found = database.execute(LAST).fetchone()
    return LedgerHead(*found) if found else LedgerHead()


def heads_noted(database: Database) -> Iterator[LedgerHead]:
    """Yield the ends of the ledger that were noted with what was issued, in order."""
    for (came_of,) in database.execute(HEADS):
        if (head := json.loads(came_of).get("head")) and (found := LedgerHead.parse(head)):
            yield found


def _digest(before: str | None, row: Iterable[object]) -> str:
    return digest_after(before or BEFORE_THE_FIRST, encoded(list(row)))
