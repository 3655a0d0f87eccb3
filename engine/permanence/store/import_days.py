"""What each imported file brought of each day, in UTC."""

from sqlite_utils import Database

DAY = """
INSERT INTO import_day (import, day, records, set_aside, digest)
SELECT import, day, sum(call), sum(NOT call), '' FROM (
    SELECT import, start / 86400 AS day, 1 AS call FROM call WHERE import = :import
    UNION ALL SELECT import, start / 86400, 0 FROM set_aside WHERE import = :import
) GROUP BY import, day ORDER BY day
"""


def note_days(database: Database, number: int) -> None:
    """Note what an import brought of each day, within the transaction that is open."""
    database.execute(DAY, {"import": number})


def fill_days(database: Database) -> None:
    """Note it of every import, within the transaction that is open."""
    for (number,) in database.execute("SELECT id FROM import ORDER BY id").fetchall():
        note_days(database, number)
