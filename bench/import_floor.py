"""The floor of an import: pyarrow reading the CSV, and ADBC taking that very table in with the same indexes.

``python -m bench.import_floor FOLDER``, where FOLDER/csv/calls.csv.gz is the file.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import adbc_driver_sqlite.dbapi as adbc
import pyarrow as pa
import pyarrow.csv as pa_csv

from bench.phases import Phases

COLUMNS = (
    "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,"
    "disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence"
).split(",")
INDEXED = ("uniqueid", "start", "import")
"""The indexes of the table `call`: the first is unique there with the source, which is one here."""


def main(folder: Path) -> None:
    """Print the CPU time of reading and of taking in."""
    phases = Phases()
    phases.since_start("imports")
    with phases.phase("read"):
        read = pa_csv.ReadOptions(column_names=COLUMNS, use_threads=False)
        table = pa_csv.read_csv(folder / "csv" / "calls.csv.gz", read_options=read)
    table = table.append_column("import", pa.repeat(1, len(table)))
    target = folder / "import-floor.db"
    target.unlink(missing_ok=True)
    _make(target, table)
    with phases.phase("take in"), adbc.connect(str(target)) as database:
        with database.cursor() as cursor:
            cursor.adbc_ingest("call", table, mode="append")
        database.commit()
    for name in target.parent.glob("import-floor.db*"):
        name.unlink()
    phases.counts["calls"] = len(table)
    phases.tell()


def _make(target: Path, table: pa.Table) -> None:
    with closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        kinds = {name: "INTEGER" if pa.types.is_integer(table[name].type) else "TEXT" for name in table.column_names}
        columns = ", ".join(f"[{name}] {kind}" for name, kind in kinds.items())
        database.execute(f"CREATE TABLE call (id INTEGER PRIMARY KEY, {columns})")
        for number, name in enumerate(INDEXED):
            unique = "" if number else "UNIQUE"
            database.execute(f"CREATE {unique} INDEX call_{number} ON call ([{name}])")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
