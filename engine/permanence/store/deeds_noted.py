"""What was done, as the databases note it: read back, the latest first."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..model.deed import Deed, NotedDeed
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
