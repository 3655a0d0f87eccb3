"""Numbers of stored calls in one spelling, as they are read today."""

from sqlite_utils import Database

from ..model.line import one_spelling


def spell_alike(database: Database) -> None:
    """Write the numbers of calls that were taken in as they stood as E.164, where that can be told.

    A record that comes in again would otherwise be a known call with another number.
    """
    database.conn.create_function("one_spelling", 1, one_spelling, deterministic=True)
    for column in ("number", "caller"):
        database.execute(f"UPDATE call SET {column} = one_spelling({column}) WHERE {column} IS NOT NULL")
