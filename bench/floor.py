"""The floor: what reading the same columns, and writing the very same rows, costs without anything between.

``python -m bench.floor FOLDER``, where FOLDER/billing.db has been billed.
"""

import sqlite3
import sys
from pathlib import Path

import pyarrow.parquet as pq

from bench.phases import Phases

NOT_BILLED = "caller"
"""The one column that billing never reads."""
Rows = list[tuple[object, ...]]


def main(folder: Path) -> None:
    """Print the CPU time of reading and of writing."""
    phases = Phases()
    phases.since_start("imports")
    with phases.phase("read"):
        _read(folder / "calls")
    statements, tables = _dump(folder / "billing.db")
    target = folder / "floor.db"
    target.unlink(missing_ok=True)
    with phases.phase("write"):
        _write(target, statements, tables)
    phases.counts["rows"] = sum(map(len, tables.values()))
    target.unlink()
    phases.tell()


def _read(calls: Path) -> None:
    """Read every column that billing needs, a row group at a time, words as the dictionaries that they are."""
    for path in sorted(calls.glob("*.parquet")):
        with pq.ParquetFile(path, memory_map=False) as source:
            columns = [name for name in source.schema_arrow.names if name != NOT_BILLED]
            for group in range(source.num_row_groups):
                source.read_row_group(group, columns=columns)


def _dump(billing: Path) -> tuple[list[str], dict[str, Rows]]:
    """Return the statements that make the tables and indexes of a database, and the rows of each table."""
    database = sqlite3.connect(billing)
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'"
    statements = [sql for (sql,) in database.execute(made)]
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {name: database.execute(f"SELECT * FROM [{name}]").fetchall() for name in names}
    database.close()
    return statements, tables


def _write(target: Path, statements: list[str], tables: dict[str, Rows]) -> None:
    database = sqlite3.connect(target, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    for statement in statements:
        database.execute(statement)
    database.execute("BEGIN")
    for name, rows in tables.items():
        if rows:
            database.executemany(f"INSERT INTO [{name}] VALUES ({', '.join('?' * len(rows[0]))})", rows)
    database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
