"""The floor: what reading the same columns, and writing the very same rows, costs without anything between.

``python -m bench.floor FOLDER``, where FOLDER/billing.db has been billed.
"""

import sqlite3
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.phases import Phases

NOT_BILLED = "caller"
"""The one column that billing never reads."""
Rows = list[tuple[object, ...]]


def main(folder: Path) -> None:
    """Print the CPU time of reading and of writing."""
    phases = Phases()
    phases.since_start("imports")
    with phases.phase("read and drop"):
        _read_and_drop(folder / "calls")
    with phases.phase("read"):
        read = _read(folder / "calls")
    phases.counts["calls"] = sum(table.num_rows for table in read)
    statements, tables = _dump(folder / "billing.db")
    target = folder / "floor.db"
    target.unlink(missing_ok=True)
    with phases.phase("write"):
        _write(target, statements, tables)
    phases.counts["rows"] = sum(map(len, tables.values()))
    target.unlink()
    phases.tell()


def _read(calls: Path) -> list[pa.Table]:
    """Return every column that billing needs, as tables in memory: billing, too, has all of a month's calls there."""
    paths = sorted(calls.glob("*.parquet"))
    columns = [name for name in pq.read_schema(paths[0]).names if name != NOT_BILLED]
    return [pq.read_table(path, columns=columns) for path in paths]


def _read_and_drop(calls: Path) -> None:
    """Read the same a row group at a time, and keep nothing: the least that reading could cost."""
    for path in sorted(calls.glob("*.parquet")):
        with pq.ParquetFile(path) as source:
            columns = [name for name in source.schema_arrow.names if name != NOT_BILLED]
            for group in range(source.num_row_groups):
                source.read_row_group(group, columns=columns)


def _dump(billing: Path) -> tuple[list[str], dict[str, Rows]]:
    """Return the statements that make the tables and indexes of a database, and the rows of each table."""
    database = sqlite3.connect(billing)
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'"
    statements = [sql for (sql,) in database.execute(made)]
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {
        name: database.execute(f"SELECT {', '.join(_stored(database, name))} FROM [{name}]").fetchall()
        for name in names
    }
    database.close()
    return statements, tables


def _stored(database: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table that are written: those that are made of others are not among them."""
    return [f"[{row[1]}]" for row in database.execute(f"PRAGMA table_info([{table}])")]


def _write(target: Path, statements: list[str], tables: dict[str, Rows]) -> None:
    database = sqlite3.connect(target, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    for statement in statements:
        database.execute(statement)
    database.execute("BEGIN")
    for name, rows in tables.items():
        if rows:
            columns = ", ".join(_stored(database, name))
            database.executemany(f"INSERT INTO [{name}] ({columns}) VALUES ({', '.join('?' * len(rows[0]))})", rows)
    database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
