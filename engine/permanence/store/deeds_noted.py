"""What was done, as the databases note it: read back, the latest first."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..model.deed import Deed, NotedDeed
from ..model.problem import Place, Problem
from .audit import deed_wrong
from .layouts import DatabaseLayout
from .opening import reading

LATEST = "SELECT id, who, command, arguments, at, product, came_of FROM audit ORDER BY id DESC"


def deeds_noted(path: Path, layout: DatabaseLayout) -> Iterator[NotedDeed]:
    """Yield what a database notes, the latest first; nothing where there is no database.

    Raises Refused for a database that is not ours, or not up to date.
    """
    with reading(path, layout) as database:
        for number, *deed, came_of in database.execute(LATEST) if database else ():
            yield NotedDeed(number, Deed(*deed), json.loads(came_of))


def deeds_wrong(path: Path, layout: DatabaseLayout) -> Problem | None:
    """Return the first thing that is wrong with what a database notes of what was done; None where it is as noted."""
    with reading(path, layout) as database:
        wrong = deed_wrong(database) if database else ""
    hint = "restore the database from a backup, and find out who changed it"
    return Problem(Place(path.name), wrong, hint) if wrong else None
