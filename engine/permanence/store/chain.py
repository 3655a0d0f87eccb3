"""The chain of what is issued, proved before anything is added to a database: nothing goes on from what was changed."""

from pathlib import Path

from sqlite_utils import Database

from ..model.issued import BEFORE_THE_FIRST, digest_after
from ..model.problem import Place, Problem, Refused

ENTRIES = "SELECT position, id, CAST(content AS BLOB), digest FROM issued ORDER BY position"
"""Documents in their order; their texts as the bytes that digests are made of."""


def prove_chain(database: Database) -> None:
    """Raise Refused where a document is not as it was issued."""
    before = BEFORE_THE_FIRST
    for _, number, content, digest in database.execute(ENTRIES):
        before = digest_after(before, content)
        if before != digest:
            raise not_as_issued(database, number)


def not_as_issued(database: Database, number: str) -> Refused:
    """Return what is raised where a document is not as it was issued."""
    path = Path(database.execute("PRAGMA database_list").fetchone()[2])
    what = f"{number} is not as it was issued: its digest is not that of what it says after the documents before it"
    hint = "restore the database from a backup, and find out who changed it: `permanence verify`"
    return Refused([Problem(Place(path.name), what, hint)])
