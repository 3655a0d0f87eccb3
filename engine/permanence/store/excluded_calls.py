"""Calls excluded afterwards, out of calls.db."""

from ..model.exclusion import Exclusion
from .asked import AskedDatabase

ENTRIES = "SELECT id, call, what = 'undone', at, by, why FROM exclusion ORDER BY id"


def exclusions(database: AskedDatabase) -> tuple[Exclusion, ...]:
    """Return every entry, in the order in which they were made."""
    return tuple(
        Exclusion(number=number, call=call, undone=bool(undone), at=at, by=by, why=why)
        for number, call, undone, at, by, why in database.execute(ENTRIES)
    )
