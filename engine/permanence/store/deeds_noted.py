"""What was done, as the databases note it: read back, the latest first."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..model.deed import Deed, NotedDeed
from ..model.issued import LedgerHead
from ..model.problem import Place, Problem
from .audit import deed_wrong, heads_noted, log_end
from .layouts import DatabaseLayout
from .migrations import BILLING
from .opening import reading

LATEST = "SELECT id, who, command, arguments, at, product, came_of FROM audit ORDER BY id DESC"


def deeds_noted(path: Path, layout: DatabaseLayout) -> Iterator[NotedDeed]:
    """Yield what a database notes, the latest first; nothing where there is no database.

    Raises Refused for a database that is not ours, or not up to date.
    """
    with reading(path, layout) as database:
        for number, *deed, came_of in database.execute(LATEST) if database else ():
            yield NotedDeed(number, Deed(*deed), json.loads(came_of))


def log_ends(path: Path, layout: DatabaseLayout) -> LedgerHead | None:
    """Return where what a database notes of what was done ends; None where there is no database."""
    with reading(path, layout) as database:
        return log_end(database) if database else None


def issues_noted(path: Path) -> tuple[LedgerHead, ...]:
    """Return the ends of the ledger that billing.db notes with what was issued, in order."""
    with reading(path, BILLING) as database:
        return tuple(heads_noted(database)) if database else ()


def deeds_wrong(path: Path, layout: DatabaseLayout, printed: LedgerHead | None = None) -> Problem | None:
    """Return the first thing that is wrong with what a database notes of what was done; None where it is as noted.

    ``printed`` is an end of it that was printed earlier.
    """
    with reading(path, layout) as database:
        if database is None and printed:
            return Problem(Place(str(path)), "there is no such database, and the end of its log was printed")
        wrong = deed_wrong(database, printed) if database else ""
    hint = "restore the database from a backup, and find out who changed it"
    return Problem(Place(path.name), wrong, hint) if wrong else None
